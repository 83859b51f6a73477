"""Both sides of a match at the same moment: whoever comes second, no contact is seen before both have agreed."""

from collections import Counter

import pytest

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.actions import matches as actions
from jukwaa.cooperation.models import Consent, Match, MatchSide, Step
from jukwaa.cooperation.presenters import MatchPage
from tests.concurrency import run_concurrently
from tests.factories import AffiliationFactory

repeat_three_times = pytest.mark.parametrize("repetition", range(3))


@pytest.fixture
def suggested_help_match(transactional_db, offer, need, coordinator):
    """Both are asked, neither has agreed."""
    return actions.propose_match(actor=coordinator, offer=offer, need=need)


def give_match_consent(help_match, person, match_side):
    return lambda: actions.give_match_consent(actor=person, match=help_match, match_side=match_side)


def make_match_decliner(help_match, person, from_state="suggested"):
    told = {"state": "fell-through", "words": "No time.", "from_state": from_state}
    return lambda: actions.update_match_state(actor=person, match=help_match, **told)


def get_match_state(help_match, *people) -> tuple[str, list[int]]:
    """Its state, and how many contacts the page shows to each of these people."""
    now = Match.objects.get(pk=help_match.pk)
    return now.state, [len(MatchPage(now, Standing(who, now.need.coalition)).contacts) for who in people]


def count_match_verbs() -> Counter[str]:
    return Counter(Activity.objects.filter(kind="match").values_list("verb", flat=True))


@repeat_three_times
def test_concurrent_consents_introduce_once(
    suggested_help_match, person_who_gives, person_who_needs, coordinator, repetition
):
    assert get_match_state(suggested_help_match, person_who_gives, person_who_needs, coordinator) == (
        "suggested",
        [0, 0, 0],
    )
    came = run_concurrently(
        give_match_consent(suggested_help_match, person_who_gives, MatchSide.OFFER),
        give_match_consent(suggested_help_match, person_who_needs, MatchSide.NEED),
    )

    assert came == [suggested_help_match, suggested_help_match]
    assert get_match_state(suggested_help_match, person_who_gives, person_who_needs, coordinator) == (
        "introduced",
        [1, 1, 0],
    )
    assert count_match_verbs() == {"suggested": 1, "consented": 1, "introduced": 1}
    assert list(Step.objects.values_list("state", flat=True)) == ["suggested", "introduced"]


@repeat_three_times
def test_concurrent_consent_of_same_side_counts_once(
    suggested_help_match, giving_organisation, person_who_gives, person_who_needs, repetition
):
    colleague = AffiliationFactory(organisation=giving_organisation, may_speak=True).person
    came = run_concurrently(
        *(
            give_match_consent(suggested_help_match, who, MatchSide.OFFER)
            for who in (person_who_gives, person_who_gives, colleague)
        )
    )

    assert came == [suggested_help_match] * 3
    assert Consent.objects.count() == 1
    assert get_match_state(suggested_help_match, person_who_gives, person_who_needs) == ("suggested", [0, 0])


@repeat_three_times
def test_concurrent_decline_and_consent_hide_contact(
    suggested_help_match, person_who_gives, person_who_needs, repetition
):
    agreed, declined = run_concurrently(
        give_match_consent(suggested_help_match, person_who_gives, MatchSide.OFFER),
        make_match_decliner(suggested_help_match, person_who_needs),
    )

    assert get_match_state(suggested_help_match, person_who_gives, person_who_needs) == ("fell-through", [0, 0])
    assert isinstance(declined, Match)
    if not isinstance(agreed, Match):  # it was second
        assert str(agreed).startswith("The status has changed to: did not go ahead.")
        assert not Consent.objects.exists()


@repeat_three_times
def test_late_decline_is_refused_or_hides_contacts(
    suggested_help_match, person_who_gives, person_who_needs, repetition
):
    actions.give_match_consent(actor=person_who_gives, match=suggested_help_match, match_side=MatchSide.OFFER)
    agreed, declined = run_concurrently(
        give_match_consent(suggested_help_match, person_who_needs, MatchSide.NEED),
        make_match_decliner(suggested_help_match, person_who_gives),
    )

    if isinstance(agreed, Match):
        assert str(declined).startswith("The status has changed to: introduced.")
        assert get_match_state(suggested_help_match, person_who_gives, person_who_needs) == ("introduced", [1, 1])
    else:
        assert isinstance(declined, Match)
        assert get_match_state(suggested_help_match, person_who_gives, person_who_needs) == ("fell-through", [0, 0])


@repeat_three_times
def test_concurrently_withdrawn_consent_hides_contact(
    suggested_help_match, person_who_gives, person_who_needs, repetition
):
    actions.give_match_consent(actor=person_who_gives, match=suggested_help_match, match_side=MatchSide.OFFER)
    came = run_concurrently(
        give_match_consent(suggested_help_match, person_who_needs, MatchSide.NEED),
        lambda: actions.withdraw_match_consent(
            actor=person_who_gives, match=suggested_help_match, match_side=MatchSide.OFFER
        ),
    )

    assert came == [suggested_help_match, suggested_help_match]
    assert get_match_state(suggested_help_match, person_who_gives, person_who_needs)[1] == [0, 0]


@repeat_three_times
def test_concurrent_mutual_requests_introduce_both(
    transactional_db, offer, need, person_who_gives, person_who_needs, repetition
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


@repeat_three_times
def test_concurrent_repeated_request_is_saved_once(transactional_db, offer, need, person_who_needs, repetition):
    came = run_concurrently(
        *[lambda: actions.propose_match(actor=person_who_needs, offer=offer, need=need, words="In May?")] * 2
    )

    assert came == [Match.objects.get()] * 2
    assert (Consent.objects.count(), Step.objects.count()) == (1, 1)
