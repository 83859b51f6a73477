"""From any two tables that were told nobody can work out what one country said, whatever happened between them."""

from collections import Counter
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from jukwaa.plans.disclosure_control import MIN_COUNTRIES, is_publishable

STATES = ("in place", "partly", "needed")
ALIKE = st.builds(lambda state, size: [state] * size, st.sampled_from(STATES), st.integers(1, 6))
SOME = st.lists(st.sampled_from(STATES), min_size=1, max_size=6) | ALIKE


@st.composite
def histories(draw):
    """Months in which groups of countries come, go, come back, and say something else together."""
    ways = [[draw(SOME), draw(SOME), []] for _group in range(draw(st.integers(1, 4)))]
    months = draw(st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=4))
    return [
        {f"{group}{place}": state for group, way in enumerate(ways) for place, state in enumerate(way[chosen[group]])}
        for chosen in months
    ]


MONTHS = histories()


def told_of(months):
    """Those of these months, in their order, that the rule lets through."""
    told = []
    for said in months:
        if is_publishable(said, told):
            told.append(said)
    return told


def splits(size):
    """All that so many countries can have said together."""
    for first, second in product(range(size + 1), repeat=2):
        if first + second <= size:
            yield Counter(dict(zip(STATES, (first, second, size - first - second), strict=True)))


def could_have_said(before, now):
    """What is possible for those who stayed, went and came, for somebody who knows who did and adds up both tables."""
    gone = sum(1 for country in before if before[country] != now.get(country))
    tables = Counter(before.values()), Counter(now.values())
    found = [set(), set(), set()]
    for went in splits(gone):
        stayed = {state: tables[0][state] - went[state] for state in STATES}
        came = {state: tables[1][state] - stayed[state] for state in STATES}
        if min(*stayed.values(), *came.values()) >= 0:
            for states, numbers in zip(found, (stayed, went, came), strict=True):
                states |= {state for state in STATES if numbers[state]}
    return [states for states in found if states]


def without(said, country):
    return {each: state for each, state in said.items() if each != country}


@given(MONTHS)
def test_from_any_two_told_tables_nobody_learns_the_answer_of_one_country_not_even_one_of_them(months):
    """Whoever asks knows who is counted in each, who of them says the same still, and what their own country says."""
    told = told_of(months)
    for before, now in [*combinations(told, 2), *((each, each) for each in told)]:
        for own in {(before.get(each), now.get(each)): each for each in {*before, *now}}.values():
            possible = could_have_said(without(before, own), without(now, own))
            assert all(len(states) > 1 for states in possible)


@given(MONTHS)
def test_what_is_told_is_over_five_and_changes_by_none_or_by_five(months):
    told = told_of(months)
    for before, now in combinations(told, 2):
        changed = [country for country in {*before, *now} if before.get(country) != now.get(country)]
        assert not 0 < len(changed) < MIN_COUNTRIES
    assert all(len(each) >= MIN_COUNTRIES for each in told)


def said(in_place=0, partly=0, needed=0, names="ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
    return dict(zip(names, ["in place"] * in_place + ["partly"] * partly + ["needed"] * needed, strict=False))


def test_the_rule_in_examples():
    five = said(in_place=2, needed=3)
    assert is_publishable(five, [])
    assert not is_publishable(said(in_place=2, needed=2), [])  # too few
    assert not is_publishable(said(needed=5), [])  # all say the same
    assert not is_publishable(said(in_place=1, needed=4), [])  # the one who says something else would know the others
    assert is_publishable(five, [five])
    assert not is_publishable({**five, "Z": "needed"}, [five])  # one came
    assert not is_publishable({**five, "A": "needed"}, [five])  # one says something else
    assert not is_publishable(without(said(in_place=3, needed=3), "A"), [said(in_place=3, needed=3)])  # one went
    assert is_publishable({**five, **said(in_place=2, needed=3, names="VWXYZ")}, [five])
    assert not is_publishable({**five, **said(needed=5, names="VWXYZ")}, [five])  # all who came say the same
    assert not is_publishable(five, [{**five, **said(needed=5, names="VWXYZ")}])  # all who went said the same
    assert is_publishable(
        {**without(five, "A"), **said(in_place=2, needed=3, names="VWXYZ")}, [five]
    )  # one went unseen
