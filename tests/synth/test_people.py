"""Made-up people are plausible, pass every check of form, and come out the same for a seed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.kernel.bank_accounts import read_bank_account
from doudi.kernel.id_numbers import read_id_number
from doudi.kernel.names import read_name
from doudi.kernel.phones import read_phone
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme, Relation, Sex
from doudi.synth.chance import Chance
from doudi.synth.numbers import IdNumbers, account_number, phone_number
from doudi.synth.places import communities_of
from doudi.synth.population import population
from doudi.synth.rates import rates_in_force

if TYPE_CHECKING:
    from doudi.synth.people import Household

ON = date(2022, 1, 1)
RATES = rates_in_force("demo_assumptions", ON)
LEAST_YEARS_BETWEEN_GENERATIONS = 14


def people(persons: int, seed: int = 1) -> list[Household]:
    return list(population(persons, seed, communities_of("六甲街道"), RATES, ON))


@given(st.dates(date(1920, 1, 1), ON), st.sampled_from(Sex))
@settings(max_examples=50)
def test_an_id_number_says_the_birth_and_sex_that_it_was_made_for(born: date, sex: Sex) -> None:
    number, said = IdNumbers().next(born, sex)
    read = read_id_number(number, ON)
    assert (read.birth_date, read.sex) == (said, sex) == (born, sex)
    assert read.is_fictional
    assert not read.notices


def test_no_id_number_is_given_twice_however_many_are_born_on_a_day() -> None:
    numbers = IdNumbers()
    given_out = [numbers.next(date(1960, 5, 1), Sex.FEMALE) for _ in range(1200)]
    assert len({number for number, _ in given_out}) == len(given_out)
    assert all(read_id_number(number, ON).birth_date == born for number, born in given_out)


@given(st.integers(1, 10**8 - 1))
def test_accounts_and_phones_pass_their_checks(index: int) -> None:
    assert not read_bank_account(account_number(index)).notices
    assert not read_phone(phone_number(index)).notices


@pytest.mark.parametrize("seed", [1, 7, 2022])
def test_a_population_has_the_size_asked_for_and_less_than_a_household_more(seed: int) -> None:
    households = people(1000, seed)
    persons = sum(len(household.members) for household in households)
    assert 1000 <= persons < 1000 + len(households[-1].members)


def test_the_same_seed_makes_the_same_people_and_another_one_others() -> None:
    assert people(200, 5) == people(200, 5)
    assert people(200, 5) != people(200, 6)


def test_a_longer_population_begins_as_the_shorter_one() -> None:
    shorter = people(200)
    assert people(400)[: len(shorter)] == shorter


def test_everybody_is_different_and_bears_a_name_without_a_flaw() -> None:
    members = [person for household in people(3000) for person in household.members]
    assert len({person.id_number for person in members}) == len(members)
    assert all(not read_name(person.name).notices for person in members)
    assert all(0 <= person.age(ON) < 105 for person in members)


def test_generations_lie_at_least_fourteen_years_apart() -> None:
    for household in people(4000):
        head = household.head
        assert head.relation is Relation.HEAD
        for person in household.members:
            older = {Relation.PARENT: (person, head), Relation.CHILD: (head, person)}
            if person.relation in older:
                parent, child = older[person.relation]
                years = (child.born - parent.born).days / 365.25
                assert years >= LEAST_YEARS_BETWEEN_GENERATIONS


def test_nobody_lives_anywhere_before_birth_and_nothing_is_told_of_the_future() -> None:
    for household in people(2000):
        for person in household.members:
            assert household.since <= person.joined <= ON or person.joined == person.born
            assert all(person.born <= fact.since <= ON for fact in person.facts)


def test_most_programmes_are_met_in_a_population_of_some_thousands() -> None:
    awards = Counter(a.programme for household in people(12_000) for a in household.awards)
    assert awards[Programme.DIBAO] > 50
    assert awards[Programme.DISABILITY_CARE] > 100
    assert awards[Programme.DISABILITY_LIVING] > 10
    assert awards[Programme.TEKUN] > 2
    assert awards[Programme.ORPHAN] > 2


def test_every_award_was_decided_before_and_after_it_was_asked_for() -> None:
    for household in people(6000):
        for award in household.awards:
            assert household.since <= award.applied_on <= award.decided_on < ON


def test_an_unknown_subdistrict_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refusal, match="没有已知的社区") as refused:
        communities_of("无此街道")
    assert refused.value.code == "AREA"


def test_a_jurisdiction_whose_standard_nobody_knows_makes_no_awards() -> None:
    with pytest.raises(Refusal) as refused:
        rates_in_force("530111", ON)
    assert refused.value.code == "RATE-UNKNOWN"


def test_draws_are_spread_evenly_enough() -> None:
    chance = Chance(1, "spread")
    drawn = Counter(chance.between(1, 6) for _ in range(6000))
    assert set(drawn) == {1, 2, 3, 4, 5, 6}
    assert all(850 < count < 1150 for count in drawn.values())
    assert list(islice(chance.some(range(10), 10), 10)) == list(range(10))
