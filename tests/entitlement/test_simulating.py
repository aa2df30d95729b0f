"""A reform tried on the register: exact, on the same facts, and without writing anything."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from django.db import DatabaseError, connection, connections
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.access.models import Role
from doudi.access.queries import find_area
from doudi.entitlement.actions import stop_award, taper_award
from doudi.entitlement.effects_spread import STEPS, Gathered
from doudi.entitlement.queries import due_table
from doudi.entitlement.rules import rules_of
from doudi.entitlement.simulating import MOST_MONTHS, simulate
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme, Relation
from doudi.policy.reforms import Change, Reform
from tests.conftest import is_postgresql
from tests.entitlement.build import LIUJIA, STANDARD, an_award, head_of, liujia, work_out
from tests.registry.build import a_household, a_person, an_officer, day, moment, state, the_system

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from doudi.entitlement.effects import Simulated, Sums
    from doudi.registry.models import Household

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY, MARCH, APRIL, JUNE = (Month(f"2022-0{number}") for number in (1, 2, 3, 4, 6))
NOW = moment("2022-07-01")
SAYS = "dibao.standard"
few = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def _office(request: pytest.FixtureRequest) -> None:
    """An office under the demo's parameters, so that trying a reform is all that a test does."""
    if request.node.get_closest_marker("django_db"):
        liujia()


def a_standard_of(fen: int, first: Month = JANUARY, last: Month | None = None) -> Reform:
    """A reform of the Dibao standard."""
    return Reform("提标", "测试", (Change(SAYS, first, fen, last),))


def tried(reform: Reform, first: Month = JANUARY, last: Month = JANUARY, **how: Any) -> Simulated:
    """The reform tried on the subdistrict."""
    given = {"actor": None, "at": NOW, **how}
    return simulate(reform, (first, last), [find_area(LIUJIA)], **given)


def dibao(simulated: Simulated) -> Sums:
    """What the simulation says of Dibao."""
    return simulated.by_programme()[Programme.DIBAO]


def a_home(*members: str, wage: int = 0) -> Household:
    """A household of persons born on these days, the first with a wage or without."""
    head, *others = (a_person(born=born) for born in members or ("1980-04-01",))
    home = a_household(head, *((other, Relation.CHILD) for other in others))
    if wage:
        state(head, "income", kind="wage", amount_fen=wage, months=1)
    return home


def a_full_life() -> None:
    """Months with late facts, a stop, a taper, a death, an open question; worked out."""
    home = a_home("1980-04-01", "2012-05-01", wage=20_000)
    award = an_award(home)
    tapering = a_home()
    taper_award(
        an_award(tapering), from_month=MARCH, months=2, decided_on=day("2022-02-20"),
        actor=the_system(), at=moment("2022-02-21"),
    )  # fmt: skip
    open_home = a_home("1950-01-01")
    state(head_of(open_home), "disability", category="vision", grade=1)
    an_award(open_home, head_of(open_home), programme=Programme.DISABILITY_CARE)
    work_out("2022-01")
    state(
        head_of(tapering), "income", kind="wage", amount_fen=90_000, months=1,
        valid_from="2022-03-01", at=moment("2022-02-25"),
    )  # fmt: skip
    state(
        head_of(home), "income", kind="pension", amount_fen=10_000, months=1,
        valid_from="2022-02-05", at=moment("2022-03-08"),
    )  # fmt: skip
    for month in ("2022-02", "2022-03", "2022-04"):
        work_out(month)
    stop_award(
        award, last_month=FEBRUARY, decided_on=day("2022-05-02"), reason="户口迁出",
        actor=the_system(), at=moment("2022-05-02"),
    )  # fmt: skip
    work_out("2022-05")


def what_stands() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        whole = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            whole[table] = sorted(cursor.fetchall(), key=repr)
    return whole


def test_the_cost_by_the_law_in_force_is_what_is_due_to_the_fen() -> None:
    a_full_life()
    simulated = tried(a_standard_of(STANDARD + 5_000), JANUARY, Month("2022-05"))
    due = dict(
        due_table().filter(month__gte=JANUARY).values_list("month").annotate(Sum("amount_fen"))
    )
    assert {month: sums.before_fen for month, sums in simulated.by_month().items()} == due
    assert {sums.open_before for sums in simulated.by_month().values()} == {1}


def test_every_family_gains_ten_yuan_for_each_member() -> None:
    for members in (
        ("1970-01-01",),
        ("1970-01-01", "1995-01-01"),
        ("1970-01-01", "1995-01-01", "1996-01-01"),
    ):
        an_award(a_home(*members, wage=30_000))
    simulated = tried(a_standard_of(STANDARD + 1_000))
    assert dibao(simulated).before_fen == STANDARD - 30_000 + 2 * STANDARD - 30_000 + (
        3 * STANDARD - 30_000
    )
    assert dibao(simulated).change_fen == 1_000 * (1 + 2 + 3)
    gains = simulated.spread.gains
    assert (gains.households, gains.together_fen) == (3, 6_000)
    assert (gains.least_fen, gains.median_fen, gains.most_fen) == (1_000, 2_000, 3_000)


def test_a_childs_supplement_rises_with_the_standard() -> None:
    an_award(a_home("1980-01-01", "2012-05-01"))
    assert dibao(tried(a_standard_of(STANDARD + 1_000))).change_fen == 2 * 1_000 + 1_000 // 10


@pytest.fixture
def register() -> None:
    """A register with a bit of everything, the same for all examples."""
    a_full_life()


unchanged = st.sampled_from(
    ["dibao.standard", "dibao.minimum_share", "tekun.base", "disability.care.1", "orphan.home"]
)


@pytest.mark.usefixtures("register")
@few
@given(st.sets(unchanged, min_size=1), st.integers(0, 4), st.booleans())
def test_a_reform_that_changes_nothing_has_no_effect(
    paths: set[str],
    begins: int,
    ends: bool,  # noqa: FBT001 - as drawn
) -> None:
    rules, first = rules_of(liujia()), JANUARY.plus(begins)
    changes = [
        Change(path, first, rules.plain(path, first.first), first if ends else None)
        for path in sorted(paths)
    ]
    simulated = tried(Reform("不变", "测试", tuple(changes)), FEBRUARY, APRIL)
    assert simulated.altered == ()
    for cell in simulated.cells:
        assert cell.sums.before_fen == cell.sums.after_fen
        assert cell.sums.open_before == cell.sums.open_after
        assert cell.sums.unclear_before == cell.sums.unclear_after
    total = simulated.total
    assert (total.change_fen, total.qualify, total.no_longer, total.begins, total.ends) == (0,) * 5
    assert simulated.spread.same == simulated.spread.households


@pytest.mark.usefixtures("register")
@few
@given(st.permutations([(SAYS, JANUARY, 71_000), (SAYS, MARCH, 76_500), ("tekun.base", MARCH, 1)]))
def test_the_order_of_changes_does_not_matter(drawn: list[tuple[str, Month, int]]) -> None:
    changes = tuple(Change(path, first, fen) for path, first, fen in drawn)
    simulated = tried(Reform("提标", "测试", changes), JANUARY, APRIL)
    ordered = Reform(
        "提标", "测试", tuple(sorted(changes, key=lambda each: (each.path, each.first)))
    )
    assert simulated.cells == tried(ordered, JANUARY, APRIL).cells


def test_months_outside_of_the_reform_stay_as_they_are() -> None:
    an_award(a_home())
    months = tried(a_standard_of(STANDARD + 1_000, FEBRUARY, MARCH), JANUARY, APRIL).by_month()
    assert [sums.change_fen for sums in months.values()] == [0, 1_000, 1_000, 0]


def test_an_average_month_is_one_that_the_reform_changes() -> None:
    an_award(a_home())
    simulated = tried(a_standard_of(STANDARD + 1_000, MARCH), JANUARY, APRIL)
    assert simulated.spread.gains.together_fen == 2_000
    assert simulated.spread.gains.median_fen == 1_000


def test_who_comes_in_and_who_goes_out_is_counted() -> None:
    an_award(a_home(wage=65_000))
    an_award(a_home(wage=75_000))
    raised = tried(a_standard_of(STANDARD + 10_000))
    assert (dibao(raised).begins, raised.spread.into, dibao(raised).held_again) == (1, 1, 1)
    lowered = tried(a_standard_of(STANDARD - 10_000))
    assert (dibao(lowered).ends, lowered.spread.out, dibao(lowered).held_fails) == (1, 1, 1)
    assert lowered.spread.losses.together_fen == -5_000


def test_who_has_no_award_is_found_by_screening_and_costs_nothing() -> None:
    a_home(wage=75_000)
    raised = tried(a_standard_of(STANDARD + 10_000))
    assert (dibao(raised).qualify, dibao(raised).qualify_fen) == (1, 5_000)
    assert (dibao(raised).after_fen, raised.spread.households) == (0, 0)
    a_home(wage=65_000)
    assert dibao(tried(a_standard_of(STANDARD - 10_000))).no_longer == 1


def test_what_cannot_be_determined_stays_so_and_is_named() -> None:
    home = a_home("1950-01-01")
    an_award(home, head_of(home), programme=Programme.DISABILITY_CARE)
    state(head_of(home), "disability", category="vision", grade=1)
    simulated = tried(a_standard_of(STANDARD + 1_000))
    sums = simulated.by_programme()[Programme.DISABILITY_CARE]
    assert (sums.awards, sums.open_before, sums.open_after, sums.after_fen) == (1, 1, 1, 0)
    assert {each.missing.key: (each.before, each.after) for each in simulated.lacking} == {
        "needs_long_term_care": (1, 1),
    }  # fmt: skip


def test_a_reform_may_supply_what_the_law_leaves_unknown() -> None:
    home = a_home("2012-05-01")
    child = head_of(home)
    for side in ("father", "mother"):
        state(
            child, "parent", side=side, status="dead", status_since=None,
            disability_category="", disability_grade=None, serious_illness=False,
        )  # fmt: skip
    state(child, "care_placement", place="institution")
    an_award(home, child, programme=Programme.ORPHAN)
    unknown = tried(a_standard_of(STANDARD))
    assert unknown.by_programme()[Programme.ORPHAN].open_after == 1
    known = tried(Reform("甲", "乙", (Change("orphan.institution", JANUARY, 200_000),)))
    sums = known.by_programme()[Programme.ORPHAN]
    assert (sums.open_before, sums.open_after) == (1, 0)
    assert (sums.before_fen, sums.after_fen, sums.change_fen) == (0, 200_000, 0)


@pytest.mark.parametrize("first", [JANUARY, FEBRUARY, MARCH, APRIL])
def test_a_taper_goes_on_at_what_the_reform_gave_before_it(first: Month) -> None:
    home = a_home()
    taper_award(
        an_award(home), from_month=MARCH, months=3, decided_on=day("2022-02-20"),
        actor=the_system(), at=moment("2022-02-21"),
    )  # fmt: skip
    state(
        head_of(home), "income", kind="wage", amount_fen=90_000, months=1, valid_from="2022-03-01"
    )
    for month in (JANUARY, FEBRUARY, MARCH, APRIL):
        work_out(month)
    simulated = tried(a_standard_of(STANDARD + 1_000, FEBRUARY, FEBRUARY), first, APRIL)
    april = simulated.by_month()[APRIL]
    assert (april.before_fen, april.after_fen) == (STANDARD, STANDARD + 1_000)


def test_a_simulation_leaves_every_table_as_it_was() -> None:
    a_full_life()
    before = what_stands()
    tried(a_standard_of(80_000), JANUARY, JUNE)
    assert what_stands() == before


def test_a_simulation_reads_and_nothing_else() -> None:
    counts = []
    for size in (2, 20):
        for _ in range(size):
            an_award(a_home("1980-01-01", "2012-05-01"))
        with CaptureQueriesContext(connection) as captured:
            tried(a_standard_of(80_000), JANUARY, FEBRUARY)
        words = {each["sql"].lstrip("( ").split()[0].upper() for each in captured}
        assert words <= {"SELECT", "WITH", "PRAGMA", "SAVEPOINT", "RELEASE", "SET", "COPY"}
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_a_deed_is_refused_while_a_simulation_reads() -> None:
    person = head_of(a_home())
    before = what_stands()

    def do(_done: int, _all: int) -> None:
        state(person, "income", kind="wage", amount_fen=100, months=1)

    with pytest.raises(DatabaseError):
        tried(a_standard_of(80_000), progress=do)
    assert what_stands() == before
    do(1, 1)
    assert what_stands() != before


@pytest.mark.django_db(transaction=True)
def test_a_simulation_needs_no_right_to_write(tmp_path: Path) -> None:
    a_full_life()
    person = a_person()
    before = tried(a_standard_of(80_000), JANUARY, JUNE)
    with read_only_connection(tmp_path / "copy.sqlite3"):
        assert tried(a_standard_of(80_000), JANUARY, JUNE) == before
        with pytest.raises(DatabaseError):
            state(person, "income", kind="wage", amount_fen=100, months=1)


def test_an_interrupted_simulation_leaves_the_office_as_it_was() -> None:
    person = head_of(a_home())
    told: list[tuple[int, int]] = []

    def stop(done: int, all_of_them: int) -> None:
        told.append((done, all_of_them))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tried(a_standard_of(80_000), JANUARY, APRIL, progress=stop)
    assert told == [(1, 4), (2, 4)]
    state(person, "income", kind="wage", amount_fen=100, months=1)


def test_an_area_inside_another_counts_once() -> None:
    an_award(a_home())
    areas = [find_area("福保社区"), liujia(), liujia()]
    both = simulate(a_standard_of(80_000), (JANUARY, JANUARY), areas, actor=None, at=NOW)
    assert both == tried(a_standard_of(80_000))
    assert [name for _, name in both.communities] == ["福保社区"]


def test_a_district_is_done_office_by_office() -> None:
    an_award(a_home())
    told: list[tuple[int, int]] = []
    district = liujia().parent
    assert district is not None
    whole = simulate(
        a_standard_of(80_000), (JANUARY, JANUARY), [district], actor=None, at=NOW,
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert len(told) == told[-1][1] > 1
    assert whole.total.awards == 1


def test_only_who_works_there_may_try_a_reform_there() -> None:
    liujia()
    stranger = an_officer("li", Role.COUNTER_CLERK, "小板桥街道")
    with pytest.raises(Refusal) as caught:
        tried(a_standard_of(80_000), actor=stranger)
    assert caught.value.code == "NOT-VISIBLE"


@pytest.mark.parametrize("last", [JANUARY.plus(-1), JANUARY.plus(MOST_MONTHS)])
def test_months_backwards_or_too_many_are_refused(last: Month) -> None:
    with pytest.raises(Refusal) as caught:
        tried(a_standard_of(80_000), JANUARY, last)
    assert caught.value.code == "SIMULATE-SPAN"


def test_months_before_the_rules_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        tried(a_standard_of(80_000), Month("2014-04"), Month("2014-05"))
    assert caught.value.code == "RULES-EARLY"


amounts = st.integers(0, 3).map(lambda yuan: yuan * 5_000) | st.integers(0, 200_000)
rows = st.lists(st.tuples(st.integers(1, 6), amounts, amounts), max_size=8)


@given(st.lists(st.tuples(rows, st.booleans()), max_size=4))
def test_gains_and_losses_add_up_however_they_are_gathered(
    months: list[tuple[list[tuple[int, int, int]], bool]],
) -> None:
    gathered, sums = Gathered(), defaultdict[int, list[int]](lambda: [0, 0, 0])
    for month, counts in months:
        table = np.array(month, dtype=np.int64).reshape(-1, 3)
        gathered.add_month(table[:, 0], table[:, 1], table[:, 2], counts=counts)
        for household, before, after in month:
            sums[household][0] += before
            sums[household][1] += after
        for household in {each for each, _, _ in month}:
            sums[household][2] += counts
    spread = gathered.spread()
    changes = [(after - before, max(of, 1)) for before, after, of in sums.values()]
    assert spread.households == len(sums) == sum(band.households for band in spread.bands)
    assert spread.gains.together_fen == sum(max(change, 0) for change, _ in changes)
    assert spread.losses.together_fen == sum(min(change, 0) for change, _ in changes)
    assert spread.same + spread.gains.households + spread.losses.households == len(changes)
    up_to = sum(0 < change <= STEPS[0] * of for change, of in changes)
    assert [band.households for band in spread.bands if band.above == 0 != band.most] == [up_to]


@contextmanager
def read_only_connection(copy: Path) -> Iterator[None]:
    """The database as somebody has it who may only read: on SQLite a copy, opened to be read."""
    if is_postgresql():
        yield from _a_session_that_reads()
        return
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
    writer, reader = connections["default"], connections["default"].copy()
    reader.settings_dict["NAME"] = f"file:{copy}?mode=ro"
    connections["default"] = reader
    try:
        yield
    finally:
        reader.close()
        connections["default"] = writer


def _a_session_that_reads() -> Iterator[None]:
    """The session on PostgreSQL with every transaction read-only unless told otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        yield
        cursor.execute("SET default_transaction_read_only = off")
