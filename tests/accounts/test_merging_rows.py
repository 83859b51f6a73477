"""Two accounts of one person both have what a person can have once: which row stays, and what it says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from jukwaa.accounts.account_merge import merge_accounts
from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Affiliation, Membership, Role
from jukwaa.library.models import Review
from jukwaa.privacy.models import Consent
from jukwaa.records.models import Authorship
from jukwaa.search.models import SavedSearch
from jukwaa.updates.models import Follow, MailChoice, Seen
from tests.factories import (
    AffiliationFactory,
    DocumentFactory,
    ItemFactory,
    MembershipFactory,
    PersonFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept_person():
    return PersonFactory(name="Ada", email="kept@example.org")


@pytest.fixture
def merged_person():
    return PersonFactory(name="A. Lovelace", email="other@example.org")


def merge_two_accounts(kept_person, other_person):
    return merge_accounts(surviving_person=kept_person, merged_person=other_person)


def test_active_membership_takes_precedence_over_application(coalition, kept_person, merged_person):
    applied = {"standing": "applied", "starts_on": None, "applied_on": date(2024, 1, 1)}
    MembershipFactory(coalition=coalition, organisation=None, person=kept_person, **applied)
    MembershipFactory(coalition=coalition, organisation=None, person=merged_person)

    merge_two_accounts(kept_person, merged_person)

    membership = Membership.objects.get()
    assert (membership.person, membership.standing) == (kept_person, "active")
    assert (membership.starts_on, membership.applied_on) == (date(2020, 1, 1), date(2024, 1, 1))


def test_affiliations_with_same_organisation_are_merged(organisation, kept_person, merged_person):
    AffiliationFactory(
        organisation=organisation, person=kept_person, position="Adviser", confirmed_on=None, confirmed_by=None
    )
    AffiliationFactory(organisation=organisation, person=merged_person, position="Director", may_speak=True)

    merge_two_accounts(kept_person, merged_person)

    affiliation = Affiliation.objects.get()
    assert (affiliation.position, affiliation.may_speak) == ("Adviser; Director", True)
    assert (affiliation.person, affiliation.confirmed_by) == (kept_person, kept_person)


def test_roles_are_combined_without_duplicates(coalition, kept_person, merged_person):
    RoleFactory(coalition=coalition, person=kept_person, kind="editor", starts_on=date(2025, 1, 1))
    RoleFactory(coalition=coalition, person=merged_person, kind="editor", starts_on=date(2024, 1, 1))
    RoleFactory(coalition=coalition, person=merged_person, kind="chair")

    merge_two_accounts(kept_person, merged_person)

    roles = set(Role.objects.filter(person=kept_person).values_list("kind", "starts_on"))
    assert roles == {("editor", date(2024, 1, 1)), ("chair", None)}


def test_consents_are_kept_and_later_one_applies(coalition, kept_person, merged_person):
    early, late = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    common = {"coalition": coalition, "kind": "membership", "text": "I agree."}
    Consent.objects.create(person=kept_person, given_at=early, **common)
    Consent.objects.create(person=merged_person, given_at=late, **common)
    Consent.objects.create(
        person=merged_person, given_at=early, withdrawn_at=early, **(common | {"kind": "mailing-list"})
    )

    merge_two_accounts(kept_person, merged_person)

    found = set(Consent.objects.filter(person=kept_person).values_list("kind", "given_at", "withdrawn_at"))
    assert found == {("membership", early, late), ("membership", late, None), ("mailing-list", early, early)}


def test_follows_are_merged_without_duplicates(coalition, kept_person, merged_person):
    for person in (kept_person, merged_person):
        search = SavedSearch.objects.create(person=person, coalition=coalition, name="News", query="q=news")
        Follow.objects.create(person=person, coalition=coalition, search=search)
        Follow.objects.create(person=person, coalition=coalition, kind="document")

    merge_two_accounts(kept_person, merged_person)

    assert (Follow.objects.filter(person=kept_person).count(), Follow.objects.count()) == (2, 2)
    assert SavedSearch.objects.get().person == kept_person


def test_settings_of_kept_account_are_kept(coalition, kept_person, merged_person):
    MailChoice.objects.create(person=kept_person, coalition=coalition, topic="news", wanted=False)
    MailChoice.objects.create(person=merged_person, coalition=coalition, topic="news", wanted=True)
    now = timezone.now()
    Seen.objects.create(person=kept_person, coalition=coalition, until=now - timedelta(days=9))
    Seen.objects.create(person=merged_person, coalition=coalition, until=now)
    Person.objects.filter(pk=merged_person.pk).update(language="fr", time_zone="Africa/Nairobi")

    merge_two_accounts(kept_person, merged_person)

    assert (MailChoice.objects.get().wanted, Seen.objects.get().until) == (False, now)
    assert (kept_person.name, kept_person.language, kept_person.time_zone) == ("Ada", "en", "UTC")


def test_unnamed_account_takes_name_of_merged_account(merged_person):
    nameless = PersonFactory(name="", email="nameless@example.org")

    assert merge_two_accounts(nameless, merged_person).name == "A. Lovelace"


def test_record_author_is_not_duplicated(coalition, kept_person, merged_person):
    document = DocumentFactory(coalition=coalition, author=kept_person)
    capacity = create_capacity(coalition=coalition, person=merged_person, organisation=None)
    Authorship.objects.create(record=document.record_ptr, person=merged_person, capacity=capacity)

    merge_two_accounts(kept_person, merged_person)

    authorship = Authorship.objects.get()
    assert (authorship.person, authorship.capacity, authorship.capacity.person) == (
        kept_person,
        capacity,
        kept_person,
    )


@pytest.mark.parametrize("outcome", ["", "publish"])
def test_author_cannot_review_own_draft_after_merge(coalition, kept_person, merged_person, outcome):
    decided = {
        "reason": "Fine.",
        "decided_by": kept_person,
        "decided_at": timezone.now(),
        "can_be_combined": False,
    }
    review = {"item": ItemFactory(coalition=coalition), "version": 1, "consent": "Yes.", "outcome": outcome}
    Review.objects.create(sent_by=merged_person, reviewer=kept_person, **review, **(decided if outcome else {}))

    merge_two_accounts(kept_person, merged_person)

    review = Review.objects.get()
    assert (review.sent_by, review.reviewer, review.outcome) == (kept_person, None, outcome)
