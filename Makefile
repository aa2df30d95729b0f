# The commands of this project; each sets up what it needs by itself.
.PHONY: help demo test lint bench torture fuzz shots messages docs lock clean mutants mutation

help:
	@echo 'make demo          the made-up first half of 2022 in Liujia, from the ledger to the report'
	@echo 'make demo SERVE=no the same, and no more than the report'
	@echo 'make test          the tests, on SQLite and on PostgreSQL; ARGS="-k money" narrows them'
	@echo 'make lint          the linters'
	@echo 'make bench         how fast a month is determined and paid; SIZES=10000 DATABASE=sqlite narrows it'
	@echo 'make torture       kill commands at any moment, N=500 times on each database, and compare'
	@echo 'make shots         pictures of every page of the demo, in var/shots; ARGS=household narrows them'
	@echo 'make fuzz          look for input that a parser can not bear; TARGET=return_file SECONDS=60'
	@echo 'make mutants       plant faults one by one, each must turn the tests red; FULL=yes runs them all'
	@echo 'make mutation ROOM=payments N=80 SEED=1   small faults drawn by chance, and who notices'
	@echo 'make messages      gather the messages that need an English translation'
	@echo 'make docs          write the lists in docs/ anew: codes, programmes, tables'
	@echo 'make lock          resolve the packages of both lock files anew (needs uv)'
	@echo 'make clean         remove what the other commands made, never an office'"'"'s data'

LOCK = uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml

# The demo has its own folder and database, whatever the environment says of an office's.
demo:
	@scripts/setup office
	@env -u DOUDI_DATABASE_URL -u DOUDI_KEY_FILE -u DOUDI_AT -u DOUDI_OFFICER \
		.venv/bin/python -m doudi demo --home var/demo $(if $(filter no,$(SERVE)),--no-serve,--serve)

test:
	@scripts/setup
	@scripts/test $(ARGS)

lint:
	@scripts/setup
	@scripts/lint

bench:
	@scripts/setup
	@SIZES='$(SIZES)' DATABASE='$(DATABASE)' $(if $(PEOPLE),PEOPLE='$(PEOPLE)') \
		.venv/bin/python -m scripts.bench

torture:
	@scripts/setup
	@.venv/bin/python -m tests.torture --kills $(or $(N),100)
	@scripts/with-postgres .venv/bin/python -m tests.torture --kills $(or $(N),100)

shots:
	@scripts/setup
	@.venv/bin/python -m scripts.shots $(ARGS)

fuzz:
	@scripts/setup
	@.venv/bin/python -m scripts.fuzz $(TARGET) $(if $(SECONDS),--seconds $(SECONDS)) \
		$(if $(INPUT),--input $(INPUT))

mutants:
	@scripts/setup
	@.venv/bin/python -m scripts.mutants $(if $(filter yes,$(FULL)),--full) $(if $(ONLY),--only "$(ONLY)")

mutation:
	@scripts/setup
	@.venv/bin/python -m scripts.mutation $(or $(ROOM),payments) --count $(or $(N),80) --seed $(or $(SEED),1)

messages:
	@scripts/setup
	@.venv/bin/python -m scripts.messages

docs:
	@scripts/setup
	@.venv/bin/python -m scripts.docs

lock:
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf .venv build dist var/demo .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache src/*.egg-info
	find src tests scripts docs -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -exec rm -f {} +
