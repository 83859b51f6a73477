"""Two published tables never reveal the answer of one country, whatever changed between them."""

from collections import Counter
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from jukwaa.plans.disclosure_control import MIN_COUNTRIES_PER_FIGURE, are_counts_publishable

STATE_NAMES = ("in place", "partly", "needed")
SAME_STATES_STRATEGY = st.builds(lambda state, size: [state] * size, st.sampled_from(STATE_NAMES), st.integers(1, 6))
STATES_STRATEGY = st.lists(st.sampled_from(STATE_NAMES), min_size=1, max_size=6) | SAME_STATES_STRATEGY


@st.composite
def generate_answer_months(draw):
    """Build months in which groups of countries join, leave, return and change their answers."""
    ways = [[draw(STATES_STRATEGY), draw(STATES_STRATEGY), []] for _group in range(draw(st.integers(1, 4)))]
    months = draw(st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=4))
    return [
        {f"{group}{place}": state for group, way in enumerate(ways) for place, state in enumerate(way[chosen[group]])}
        for chosen in months
    ]


MONTHS_STRATEGY = generate_answer_months()


def filter_publishable_months(answer_months):
    """Return the months that the rule allows to publish, in order."""
    told = []
    for said in answer_months:
        if are_counts_publishable(said, told):
            told.append(said)
    return told


def generate_state_splits(country_count):
    """Yield every distribution of states over this number of countries."""
    for first, second in product(range(country_count + 1), repeat=2):
        if first + second <= country_count:
            yield Counter(dict(zip(STATE_NAMES, (first, second, country_count - first - second), strict=True)))


def find_possible_states(earlier_counts, published_counts):
    """Return the possible states of countries that stayed, left and joined, as deduced from both tables."""
    gone = sum(1 for country in earlier_counts if earlier_counts[country] != published_counts.get(country))
    tables = Counter(earlier_counts.values()), Counter(published_counts.values())
    found = [set(), set(), set()]
    for went in generate_state_splits(gone):
        stayed = {state: tables[0][state] - went[state] for state in STATE_NAMES}
        came = {state: tables[1][state] - stayed[state] for state in STATE_NAMES}
        if min(*stayed.values(), *came.values()) >= 0:
            for states, numbers in zip(found, (stayed, went, came), strict=True):
                states |= {state for state in STATE_NAMES if numbers[state]}
    return [states for states in found if states]


def remove_country_state(state_by_country, country):
    return {each: state for each, state in state_by_country.items() if each != country}


@given(MONTHS_STRATEGY)
def test_published_tables_reveal_no_country_even_to_members(answer_months):
    """The attacker knows which countries are counted, which answers changed, and the answer of their own country."""
    told = filter_publishable_months(answer_months)
    for before, now in [*combinations(told, 2), *((each, each) for each in told)]:
        for own in {(before.get(each), now.get(each)): each for each in {*before, *now}}.values():
            possible = find_possible_states(remove_country_state(before, own), remove_country_state(now, own))
            assert all(len(states) > 1 for states in possible)


@given(MONTHS_STRATEGY)
def test_published_tables_differ_by_none_or_at_least_five(answer_months):
    told = filter_publishable_months(answer_months)
    for before, now in combinations(told, 2):
        changed = [country for country in {*before, *now} if before.get(country) != now.get(country)]
        assert not 0 < len(changed) < MIN_COUNTRIES_PER_FIGURE
    assert all(len(each) >= MIN_COUNTRIES_PER_FIGURE for each in told)


def build_answer_table(in_place=0, partly=0, needed=0, state_names="ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
    return dict(zip(state_names, ["in place"] * in_place + ["partly"] * partly + ["needed"] * needed, strict=False))


def test_counts_are_publishable_only_without_revealing_a_country():
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
        remove_country_state(build_answer_table(in_place=3, needed=3), "A"), [build_answer_table(in_place=3, needed=3)]
    )  # one went
    assert are_counts_publishable({**five, **build_answer_table(in_place=2, needed=3, state_names="VWXYZ")}, [five])
    assert not are_counts_publishable(
        {**five, **build_answer_table(needed=5, state_names="VWXYZ")}, [five]
    )  # all who came say the same
    assert not are_counts_publishable(
        five, [{**five, **build_answer_table(needed=5, state_names="VWXYZ")}]
    )  # all who went said the same
    assert are_counts_publishable(
        {**remove_country_state(five, "A"), **build_answer_table(in_place=2, needed=3, state_names="VWXYZ")}, [five]
    )  # one went unseen
