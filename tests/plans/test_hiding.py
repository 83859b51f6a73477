"""Two published tables never reveal the answer of one country, whatever changed between them."""

from collections import Counter
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from jukwaa.plans.disclosure_control import MIN_COUNTRIES, are_counts_publishable

STATE_NAMES = ("in place", "partly", "needed")
SAME_STATES_STRATEGY = st.builds(lambda state, size: [state] * size, st.sampled_from(STATE_NAMES), st.integers(1, 6))
STATES_STRATEGY = st.lists(st.sampled_from(STATE_NAMES), min_size=1, max_size=6) | SAME_STATES_STRATEGY


@st.composite
def build_histories(draw):
    """Build months in which groups of countries join, leave, return and change their answers."""
    ways = [[draw(STATES_STRATEGY), draw(STATES_STRATEGY), []] for _group in range(draw(st.integers(1, 4)))]
    months = draw(st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=4))
    return [
        {f"{group}{place}": state for group, way in enumerate(ways) for place, state in enumerate(way[chosen[group]])}
        for chosen in months
    ]


MONTHS_STRATEGY = build_histories()


def filter_publishable(months):
    """Return the months that the rule allows to publish, in order."""
    told = []
    for said in months:
        if are_counts_publishable(said, told):
            told.append(said)
    return told


def generate_splits(size):
    """Yield every distribution of states over this number of countries."""
    for first, second in product(range(size + 1), repeat=2):
        if first + second <= size:
            yield Counter(dict(zip(STATE_NAMES, (first, second, size - first - second), strict=True)))


def find_possible_states(before, now):
    """Return the possible states of countries that stayed, left and joined, as deduced from both tables."""
    gone = sum(1 for country in before if before[country] != now.get(country))
    tables = Counter(before.values()), Counter(now.values())
    found = [set(), set(), set()]
    for went in generate_splits(gone):
        stayed = {state: tables[0][state] - went[state] for state in STATE_NAMES}
        came = {state: tables[1][state] - stayed[state] for state in STATE_NAMES}
        if min(*stayed.values(), *came.values()) >= 0:
            for states, numbers in zip(found, (stayed, went, came), strict=True):
                states |= {state for state in STATE_NAMES if numbers[state]}
    return [states for states in found if states]


def remove_country(said, country):
    return {each: state for each, state in said.items() if each != country}


@given(MONTHS_STRATEGY)
def test_published_tables_reveal_no_country_even_to_members(months):
    """The attacker knows which countries are counted, which answers changed, and the answer of their own country."""
    told = filter_publishable(months)
    for before, now in [*combinations(told, 2), *((each, each) for each in told)]:
        for own in {(before.get(each), now.get(each)): each for each in {*before, *now}}.values():
            possible = find_possible_states(remove_country(before, own), remove_country(now, own))
            assert all(len(states) > 1 for states in possible)


@given(MONTHS_STRATEGY)
def test_published_tables_differ_by_none_or_at_least_five(months):
    told = filter_publishable(months)
    for before, now in combinations(told, 2):
        changed = [country for country in {*before, *now} if before.get(country) != now.get(country)]
        assert not 0 < len(changed) < MIN_COUNTRIES
    assert all(len(each) >= MIN_COUNTRIES for each in told)


def build_answer_table(in_place=0, partly=0, needed=0, names="ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
    return dict(zip(names, ["in place"] * in_place + ["partly"] * partly + ["needed"] * needed, strict=False))


def test_is_publishable_examples():
    five = build_answer_table(in_place=2, needed=3)
    assert are_counts_publishable(five, [])
    assert not are_counts_publishable(build_answer_table(in_place=2, needed=2), [])  # too few
    assert not are_counts_publishable(build_answer_table(needed=5), [])  # all say the same
    assert not are_counts_publishable(
        build_answer_table(in_place=1, needed=4), []
    )  # the one who says something else would know the others
    assert are_counts_publishable(five, [five])
    assert not are_counts_publishable({**five, "Z": "needed"}, [five])  # one came
    assert not are_counts_publishable({**five, "A": "needed"}, [five])  # one says something else
    assert not are_counts_publishable(
        remove_country(build_answer_table(in_place=3, needed=3), "A"), [build_answer_table(in_place=3, needed=3)]
    )  # one went
    assert are_counts_publishable({**five, **build_answer_table(in_place=2, needed=3, names="VWXYZ")}, [five])
    assert not are_counts_publishable(
        {**five, **build_answer_table(needed=5, names="VWXYZ")}, [five]
    )  # all who came say the same
    assert not are_counts_publishable(
        five, [{**five, **build_answer_table(needed=5, names="VWXYZ")}]
    )  # all who went said the same
    assert are_counts_publishable(
        {**remove_country(five, "A"), **build_answer_table(in_place=2, needed=3, names="VWXYZ")}, [five]
    )  # one went unseen
