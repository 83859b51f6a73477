"""Both sides of a match at the same moment: whoever comes second, no contact is seen before both have agreed."""

from collections import Counter

import pytest

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.actions import matches as actions
from jukwaa.cooperation.models import Consent, Match, Side, Step
from jukwaa.cooperation.presenters import MatchPage
from tests.at_once import run_concurrently
from tests.factories import AffiliationFactory

each_turn = pytest.mark.parametrize("turn", range(3))


@pytest.fixture
def suggested_match(transactional_db, offer, need, coordinator):
    """Both are asked, neither has agreed."""
    return actions.propose_match(actor=coordinator, offer=offer, need=need)


def give_match_consent(match, who, side):
    return lambda: actions.give_consent(actor=who, match=match, match_side=side)


def decline_match(match, who, from_state="suggested"):
    told = {"state": "fell-through", "words": "No time.", "from_state": from_state}
    return lambda: actions.update_match_state(actor=who, match=match, **told)


def get_match_state(match, *people) -> tuple[str, list[int]]:
    """Its state, and how many contacts the page shows to each of these people."""
    now = Match.objects.get(pk=match.pk)
    return now.state, [len(MatchPage(now, Standing(who, now.need.coalition)).contacts) for who in people]


def count_match_verbs() -> Counter[str]:
    return Counter(Activity.objects.filter(kind="match").values_list("verb", flat=True))


@each_turn
def test_both_sides_who_agree_at_once_are_introduced_once(
    suggested_match, person_who_gives, person_who_needs, coordinator, turn
):
    assert get_match_state(suggested_match, person_who_gives, person_who_needs, coordinator) == ("suggested", [0, 0, 0])
    came = run_concurrently(
        give_match_consent(suggested_match, person_who_gives, Side.OFFER),
        give_match_consent(suggested_match, person_who_needs, Side.NEED),
    )

    assert came == [suggested_match, suggested_match]
    assert get_match_state(suggested_match, person_who_gives, person_who_needs, coordinator) == (
        "introduced",
        [1, 1, 0],
    )
    assert count_match_verbs() == {"suggested": 1, "consented": 1, "introduced": 1}
    assert list(Step.objects.values_list("state", flat=True)) == ["suggested", "introduced"]


@each_turn
def test_a_side_that_agrees_twice_at_once_agrees_once_and_no_contact_is_seen(
    suggested_match, giving_organisation, person_who_gives, person_who_needs, turn
):
    colleague = AffiliationFactory(organisation=giving_organisation, may_speak=True).person
    came = run_concurrently(
        *(
            give_match_consent(suggested_match, who, Side.OFFER)
            for who in (person_who_gives, person_who_gives, colleague)
        )
    )

    assert came == [suggested_match] * 3
    assert Consent.objects.count() == 1
    assert get_match_state(suggested_match, person_who_gives, person_who_needs) == ("suggested", [0, 0])


@each_turn
def test_one_side_declines_while_the_other_agrees_and_no_contact_is_seen(
    suggested_match, person_who_gives, person_who_needs, turn
):
    agreed, declined = run_concurrently(
        give_match_consent(suggested_match, person_who_gives, Side.OFFER),
        decline_match(suggested_match, person_who_needs),
    )

    assert get_match_state(suggested_match, person_who_gives, person_who_needs) == ("fell-through", [0, 0])
    assert isinstance(declined, Match)
    if not isinstance(agreed, Match):  # it was second
        assert str(agreed).startswith("The status has changed to: did not go ahead.")
        assert not Consent.objects.exists()


@each_turn
def test_who_declines_while_the_last_consent_comes_in_is_told_and_contacts_are_seen_only_if_both_agreed(
    suggested_match, person_who_gives, person_who_needs, turn
):
    actions.give_consent(actor=person_who_gives, match=suggested_match, match_side=Side.OFFER)
    agreed, declined = run_concurrently(
        give_match_consent(suggested_match, person_who_needs, Side.NEED),
        decline_match(suggested_match, person_who_gives),
    )

    if isinstance(agreed, Match):
        assert str(declined).startswith("The status has changed to: introduced.")
        assert get_match_state(suggested_match, person_who_gives, person_who_needs) == ("introduced", [1, 1])
    else:
        assert isinstance(declined, Match)
        assert get_match_state(suggested_match, person_who_gives, person_who_needs) == ("fell-through", [0, 0])


@each_turn
def test_a_consent_that_is_taken_back_while_the_other_comes_in_shows_no_contact(
    suggested_match, person_who_gives, person_who_needs, turn
):
    actions.give_consent(actor=person_who_gives, match=suggested_match, match_side=Side.OFFER)
    came = run_concurrently(
        give_match_consent(suggested_match, person_who_needs, Side.NEED),
        lambda: actions.withdraw_consent(actor=person_who_gives, match=suggested_match, match_side=Side.OFFER),
    )

    assert came == [suggested_match, suggested_match]
    assert get_match_state(suggested_match, person_who_gives, person_who_needs)[1] == [0, 0]


@each_turn
def test_both_sides_who_ask_for_each_other_at_once_are_introduced(
    transactional_db, offer, need, person_who_gives, person_who_needs, turn
):
    ask = actions.propose_match
    came = run_concurrently(
        lambda: ask(actor=person_who_gives, offer=offer, need=need, words="We could come in May."),
        lambda: ask(actor=person_who_needs, offer=offer, need=need, words="Could you come in May?"),
    )

    match = Match.objects.get()
    assert came == [match, match]
    assert get_match_state(match, person_who_gives, person_who_needs) == ("introduced", [1, 1])
    assert set(Step.objects.exclude(words="").values_list("side", "words")) == {
        ("offer", "We could come in May."),
        ("need", "Could you come in May?"),
    }


@each_turn
def test_one_who_asks_twice_at_once_asks_once(transactional_db, offer, need, person_who_needs, turn):
    came = run_concurrently(
        *[lambda: actions.propose_match(actor=person_who_needs, offer=offer, need=need, words="In May?")] * 2
    )

    assert came == [Match.objects.get()] * 2
    assert (Consent.objects.count(), Step.objects.count()) == (1, 1)
