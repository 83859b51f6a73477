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
from tests.concurrency import run_concurrently
from tests.factories import OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry_of_minutes(coalition, rapporteur):
    return OfferFactory(
        coalition=coalition, organisation=None, whose="Members in Kenya", title="They train", published=True,
        author=rapporteur,
    )  # fmt: skip


@pytest.fixture
def post_help_form(client, coalition, entry_of_minutes, rapporteur):
    client.force_login(rapporteur)
    url = reverse("cooperation:offer_edit", args=[coalition.slug, entry_of_minutes.pk])
    typed = {"title": "They train", "language": "en", "label": "TLP:CLEAR", "sort": entry_of_minutes.sort, "version": 1}

    def post_one_offer(**fields):
        return client.post(url, typed | fields)

    post_one_offer.url = url
    return post_one_offer


def get_help_owner():
    return Offer.objects.values_list("organisation__name", "whose").get()


def test_rapporteur_assigns_owner_from_directory(
    client, post_help_form, giving_organisation, person_who_gives, entry_of_minutes
):
    assert 'value="Members in Kenya"' in client.get(post_help_form.url).text
    assert post_help_form(whose="a university").status_code == 302

    assert get_help_owner() == ("A university", "Members in Kenya")
    assert list(Activity.objects.values_list("verb", flat=True)).count("said-whose") == 1
    assert 'name="whose"' not in client.get(post_help_form.url).text
    client.force_login(person_who_gives)
    assert client.get(post_help_form.url).status_code == 200  # it answers for it from now on


@pytest.mark.parametrize("source_owner", ["Members in Kenya", ""])
def test_source_owner_can_be_kept(post_help_form, giving_organisation, source_owner):
    assert post_help_form(whose=source_owner, summary="More of it.").status_code == 302
    assert get_help_owner() == (None, "Members in Kenya")


def test_unknown_owner_shows_error_and_keeps_form(post_help_form, giving_organisation):
    answer = post_help_form(whose="A college", summary="What I wrote.")

    assert answer.status_code == 422
    assert "The directory has no organisation with this name, or has more than one." in answer.text
    assert "What I wrote." in answer.text
    assert get_help_owner() == (None, "Members in Kenya")


def test_former_member_cannot_become_owner(post_help_form, giving_organisation):
    giving_organisation.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    answer = post_help_form(whose="A university", summary="What I wrote.")

    assert (answer.status_code, "A university has left the coalition." in answer.text) == (422, True)
    assert Offer.objects.values_list("summary", "organisation").get() == ("", None)


def test_only_note_takers_assign_owner(
    entry_of_minutes, giving_organisation, person_who_gives, offer, needing_organisation
):
    for given, owner in ((entry_of_minutes, giving_organisation), (offer, needing_organisation)):
        with pytest.raises(PermissionDenied):
            actions.change_offer_or_need(
                actor=person_who_gives, offer_or_need=given, changes={}, from_version=1, owner=owner
            )


@pytest.mark.parametrize("repetition", range(3))
def test_concurrent_owner_assignment_shows_first_choice(
    transactional_db, coalition, rapporteur, coordinator, giving_organisation, needing_organisation, repetition
):
    given = OfferFactory(coalition=coalition, organisation=None, whose="Members", published=True, author=rapporteur)
    came = run_concurrently(
        *(
            (lambda who=who, owner=owner: actions.change_offer_or_need(
                actor=who, offer_or_need=given, changes={}, from_version=1, owner=owner
            ))
            for who, owner in ((rapporteur, giving_organisation), (coordinator, needing_organisation))
        )
    )  # fmt: skip

    assert {type(each) for each in came} == {Offer, ActionRefused}
    (refused,) = [each for each in came if isinstance(each, ActionRefused)]
    assert str(refused) == f"This offer or need has already been linked to {get_help_owner()[0]}."
