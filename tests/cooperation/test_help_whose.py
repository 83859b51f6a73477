"""Whose an offer is, where the source named somebody whom the directory did not have: said later, by whom it may be."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.actions import offers as actions
from jukwaa.cooperation.models import Offer
from jukwaa.core.refusals import ActionRefused
from tests.at_once import run_concurrently
from tests.factories import OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def written_down(coalition, rapporteur):
    return OfferFactory(
        coalition=coalition, organisation=None, whose="Members in Kenya", title="They train", published=True,
        author=rapporteur,
    )  # fmt: skip


@pytest.fixture
def post(client, coalition, written_down, rapporteur):
    client.force_login(rapporteur)
    url = reverse("cooperation:offer_edit", args=[coalition.slug, written_down.pk])
    typed = {"title": "They train", "language": "en", "label": "TLP:CLEAR", "sort": written_down.sort, "version": 1}

    def one(**fields):
        return client.post(url, typed | fields)

    one.url = url
    return one


def owner():
    return Offer.objects.values_list("organisation__name", "whose").get()


def test_the_rapporteur_says_whose_it_is_once_the_directory_has_it(client, post, giver, who_gives, written_down):
    assert 'value="Members in Kenya"' in client.get(post.url).text
    assert post(whose="a university").status_code == 302

    assert owner() == ("A university", "Members in Kenya")
    assert list(Activity.objects.values_list("verb", flat=True)).count("said-whose") == 1
    assert 'name="whose"' not in client.get(post.url).text
    client.force_login(who_gives)
    assert client.get(post.url).status_code == 200  # it answers for it from now on


@pytest.mark.parametrize("whose", ["Members in Kenya", ""])
def test_what_the_source_says_can_stay(post, giver, whose):
    assert post(whose=whose, summary="More of it.").status_code == 302
    assert owner() == (None, "Members in Kenya")


def test_who_is_not_in_the_directory_gets_a_sentence_and_nothing_is_lost(post, giver):
    answer = post(whose="A college", summary="What I wrote.")

    assert answer.status_code == 422
    assert "The directory has no organisation with this name, or more than one." in answer.text
    assert "What I wrote." in answer.text
    assert owner() == (None, "Members in Kenya")


def test_who_left_the_coalition_is_not_made_to_offer(post, giver):
    giver.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    answer = post(whose="A university", summary="What I wrote.")

    assert (answer.status_code, "A university has left the coalition." in answer.text) == (422, True)
    assert Offer.objects.values_list("summary", "organisation").get() == ("", None)


def test_nobody_else_says_it_not_even_of_what_is_their_own(written_down, giver, who_gives, offer, taker):
    for given, owner in ((written_down, giver), (offer, taker)):
        with pytest.raises(PermissionDenied):
            actions.change_help(
                actor=who_gives, offer_or_need=given, changes={}, from_version=1, owner_organisation=owner
            )


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_say_it_at_once_the_second_is_told_what_the_first_said(
    transactional_db, coalition, rapporteur, coordinator, giver, taker, turn
):
    given = OfferFactory(coalition=coalition, organisation=None, whose="Members", published=True, author=rapporteur)
    came = run_concurrently(
        *(
            (lambda who=who, owner=owner: actions.change_help(
                actor=who, offer_or_need=given, changes={}, from_version=1, owner_organisation=owner
            ))
            for who, owner in ((rapporteur, giver), (coordinator, taker))
        )
    )  # fmt: skip

    assert {type(each) for each in came} == {Offer, ActionRefused}
    (refused,) = [each for each in came if isinstance(each, ActionRefused)]
    assert str(refused) == f"This has already been linked to {owner()[0]}."
