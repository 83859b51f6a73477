"""Two accounts of one person become one: what moves, what is joined, what stays, and what stops it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from jukwaa.accounts.account_merge import merge_accounts, move_rows_written_during_merge, preview_merge
from jukwaa.accounts.earlier_addresses import find_person_by_address
from jukwaa.accounts.erased_identities import block_identity_in_coalition, is_blocked_address
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.minors import get_guardian_path, read_guardian_token
from jukwaa.accounts.models import AccountDeletion, ErasedIdentity, MinorStatusChange, Person
from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.coalitions.actions.mailing_list import add_many_to_mailing_list
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.departures import sync_person_departures
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Activity, ListEntry, Role
from jukwaa.coalitions.seals import find_broken_seals, seal_all_activities
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.actions import ReplyThread, queue_email
from jukwaa.mail.models import Message, ReplyAddress
from jukwaa.meetings.source_references import find_document_origins
from jukwaa.privacy.models import Consent
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Comment
from tests.factories import (
    DocumentFactory,
    MembershipFactory,
    OrganisationFactory,
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


def test_preview_counts_moved_and_ended_rows_by_kind(coalition, kept_person, merged_person):
    MembershipFactory(coalition=coalition, organisation=None, person=merged_person)
    RoleFactory(coalition=coalition, person=merged_person, kind="editor")
    document = DocumentFactory(coalition=coalition, author=merged_person, published=True)
    for body in ("One.", "Two."):
        add_comment(actor=merged_person, record=document, body=body)

    found = preview_merge(merged_person)

    moved = {str(part.title): part.count for part in found.moved}
    assert (moved["Your roles"], moved["Comments"]) == (1, 2)
    assert [(str(part.title), part.count) for part in found.kept] == [("Your activity", 2)]


def _create_capacity(coalition, person):
    return create_capacity(coalition=coalition, person=person, organisation=None)


# Under 18


def create_minor_person(**fields):
    guardian = PersonFactory(email="guardian@example.org")
    return PersonFactory(is_minor=True, adult_contact=guardian, adult_confirmed_at=None, **fields)


@pytest.mark.parametrize("is_mark_kept", [True, False])
def test_under_18_mark_of_either_account_is_kept(is_mark_kept):
    marked, adult = (
        create_minor_person(email="young@example.org"),
        PersonFactory(name_is_public=True, email="adult@example.org"),
    )
    MinorStatusChange.objects.create(person=marked, actor=marked, step="marked", reason="Said so.")

    person = merge_two_accounts(*((marked, adult) if is_mark_kept else (adult, marked)))

    person.refresh_from_db()
    assert (person.is_minor, person.name_is_public, person.adult_confirmed_at) == (True, False, None)
    assert person.adult_contact.email == "guardian@example.org"
    assert MinorStatusChange.objects.get().person == person


def test_link_of_adult_contact_still_works_after_merge(kept_person):
    marked = create_minor_person(email="young@example.org")
    token = get_guardian_path(marked).rstrip("/").rpartition("/")[2]

    merge_two_accounts(kept_person, marked)

    assert read_guardian_token(token) == (kept_person, marked.adult_contact)


@pytest.mark.parametrize(
    ("contact_agreements", "adult_contacts_agree"),
    [((True, True), True), ((True, False), False), ((False, True), False)],
)
def test_consent_of_both_adult_contacts_is_required(contact_agreements, adult_contacts_agree):
    guardian = PersonFactory()
    first, second = (
        PersonFactory(is_minor=True, adult_contact=guardian, guardian_agreed_at=timezone.now() if yes else None)
        for yes in contact_agreements
    )
    Consent.objects.create(person=first, kind="guardian", text="Yes.")

    merge_two_accounts(first, second)

    first.refresh_from_db()
    assert (first.guardian_agreed_at is not None) == adult_contacts_agree
    assert (Consent.objects.get().withdrawn_at is None) == adult_contacts_agree


def test_name_hidden_by_one_account_is_not_public(kept_person):
    shown_one = PersonFactory(name_is_public=True)
    Consent.objects.create(person=shown_one, kind="public-name", text="Yes.")

    merge_two_accounts(kept_person, shown_one)

    assert not Person.objects.get(pk=kept_person.pk).name_is_public
    assert Consent.objects.get(person=kept_person).withdrawn_at is not None


# What stops it


def schedule_deletion_of_other_account(_kept_person, other_person):
    AccountDeletion.objects.create(person=other_person, due_at=timezone.now())
    return "will be deleted soon"


def schedule_deletion_of_own_account(kept_person, _other_person):
    AccountDeletion.objects.create(person=kept_person, due_at=timezone.now())
    return "will be deleted soon"


def make_kept_person_adult_contact_of_other(kept_person, other_person):
    Person.objects.filter(pk=other_person.pk).update(is_minor=True, adult_contact=kept_person)
    return "adult contact of the other"


def make_kept_person_contact_and_other_minor(kept_person, other_person):
    Person.objects.filter(pk=other_person.pk).update(is_minor=True, adult_contact=PersonFactory())
    PersonFactory(is_minor=True, adult_contact=kept_person)
    return "name another adult first"


def close_other_account(_kept_person, other_person):
    Person.objects.filter(pk=other_person.pk).update(is_active=False)
    return "has been closed"


def erase_other_account(_kept_person, other_person):
    erase_person(Person.objects.get(pk=other_person.pk))
    return "has been deleted"


@pytest.mark.parametrize(
    "prevent_merge",
    [
        schedule_deletion_of_other_account,
        schedule_deletion_of_own_account,
        make_kept_person_adult_contact_of_other,
        make_kept_person_contact_and_other_minor,
        close_other_account,
        erase_other_account,
    ],
)
def test_obstacle_prevents_merge_with_message(coalition, kept_person, merged_person, prevent_merge):
    RoleFactory(coalition=coalition, person=merged_person)
    sentence = prevent_merge(kept_person, merged_person)

    with pytest.raises(ActionRefused, match=sentence):
        merge_two_accounts(kept_person, merged_person)

    assert Person.objects.get(pk=merged_person.pk).merged_into is None
    assert Role.objects.get().person == merged_person


def test_account_cannot_be_merged_with_itself(kept_person):
    with pytest.raises(ActionRefused, match="already the same account"):
        merge_two_accounts(kept_person, kept_person)


# The record


def test_merge_keeps_seals_valid_and_pages_show_kept_person(coalition, coordinator, kept_person, merged_person):
    MembershipFactory(coalition=coalition, organisation=None, person=merged_person)
    document = DocumentFactory(coalition=coalition, author=coordinator, published=True)
    comment = add_comment(actor=merged_person, record=document, body="Yes.")
    seal_all_activities()

    merge_two_accounts(kept_person, merged_person)
    seal_all_activities()

    standing = Standing(coordinator, coalition)
    comment.refresh_from_db()
    activity = Activity.objects.get(verb="commented")
    assert list(find_broken_seals()) == []
    assert (comment.author, comment.capacity.person) == (kept_person, kept_person)
    assert get_display_name(comment.author, standing) == "Ada"
    assert (activity.actor, activity.actor.current) == (merged_person, kept_person)
    assert Activity.objects.get(verb="merged").actor == kept_person


def test_document_uploader_is_shown_as_kept_person(coalition, coordinator, kept_person, merged_person):
    RoleFactory(coalition=coalition, person=merged_person, kind="rapporteur")
    document = DocumentFactory(coalition=coalition, published=True)
    Activity.objects.create(
        coalition=coalition, actor=merged_person, verb="added", kind="document", object_id=document.pk
    )

    merge_two_accounts(kept_person, merged_person)

    added = find_document_origins([document.pk], Standing(coordinator, coalition))[document.pk]
    assert (added.person, added.role) == (kept_person, "rapporteur")


def test_chain_of_merges_leads_to_last_account(kept_person, merged_person):
    third = PersonFactory()
    merge_two_accounts(merged_person, third)
    merge_two_accounts(kept_person, merged_person)

    assert {*Person.objects.filter(merged_into=kept_person)} == {merged_person, third}
    assert [Person.objects.current(each.pk).get() for each in (kept_person, merged_person, third)] == [kept_person] * 3
    assert [find_person_by_address(each.email) for each in (kept_person, merged_person, third)] == [kept_person] * 3


# Addresses


def test_pending_email_is_sent_to_kept_address(kept_person, merged_person):
    reply = ReplyThread("record:1", owner=f"person:{merged_person.pk}")
    queue_email(
        to=merged_person.email,
        subject="News",
        body="…",
        key="n",
        held=True,
        sender_scope="coalition:1",
        reply_thread=reply,
    )

    merge_two_accounts(kept_person, merged_person)

    assert Message.objects.get().to == kept_person.email
    assert (ReplyAddress.objects.get().address, ReplyAddress.objects.get().owner) == (
        kept_person.email,
        f"person:{kept_person.pk}",
    )


def test_imported_merged_address_finds_kept_person(coalition, coordinator, kept_person, merged_person):
    merge_two_accounts(kept_person, merged_person)
    organisation = OrganisationFactory(coalition=coalition)

    facts = PersonFacts(name="A. L.", email="Other@example.org")
    added = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)
    add_many_to_mailing_list(actor=coordinator, coalition=coalition, subscribers=[("other@example.org", "A. L.", None)])

    assert added == kept_person
    assert ListEntry.objects.get().person == kept_person
    assert not Person.objects.filter(email="other@example.org").exists()


# Who has left, and who was taken out


def test_hidden_name_stays_hidden_in_left_coalition(coalition, other_coalition, kept_person, merged_person):
    gone = MembershipFactory(coalition=coalition, organisation=None, person=merged_person)
    gone.standing, gone.ends_on = "left", date(2021, 1, 1)
    gone.save()
    MembershipFactory(coalition=other_coalition, organisation=None, person=kept_person)
    sync_person_departures(coalition, [merged_person.pk])

    merge_two_accounts(kept_person, merged_person)

    assert Person.objects.get(pk=kept_person.pk).former_in == [coalition.pk]


def test_name_is_shown_where_merged_account_is_member(coalition, kept_person, merged_person):
    gone = MembershipFactory(coalition=coalition, organisation=None, person=kept_person)
    gone.standing, gone.ends_on = "left", date(2021, 1, 1)
    gone.save()
    sync_person_departures(coalition, [kept_person.pk])
    MembershipFactory(coalition=coalition, organisation=None, person=merged_person)

    merge_two_accounts(kept_person, merged_person)

    assert Person.objects.get(pk=kept_person.pk).former_in == []


@pytest.mark.parametrize("with_kept", [True, False])
def test_removed_account_blocks_both_addresses_after_merge(coalition, kept_person, merged_person, with_kept):
    block_identity_in_coalition(kept_person if with_kept else merged_person, coalition.pk)

    merge_two_accounts(kept_person, merged_person)

    assert [is_blocked_address(address, coalition.pk) for address in (kept_person.email, "other@example.org")] == [
        True,
        True,
    ]


def test_membership_of_merged_account_allows_emails_again(coalition, kept_person, merged_person):
    block_identity_in_coalition(kept_person, coalition.pk)
    MembershipFactory(coalition=coalition, organisation=None, person=merged_person)

    merge_two_accounts(kept_person, merged_person)

    assert not is_blocked_address(kept_person.email, coalition.pk)


def test_later_erasure_records_both_accounts_and_addresses(kept_person, merged_person):
    merge_two_accounts(kept_person, merged_person)
    erase_person(kept_person)

    rows = ErasedIdentity.objects.filter(coalition_id=None)
    assert (rows.values("account").distinct().count(), rows.values("address").distinct().count()) == (2, 2)
    assert is_blocked_address("other@example.org")
    assert find_person_by_address("other@example.org") is None


# What comes late


def test_clock_moves_rows_written_during_merge(coalition, coordinator, kept_person, merged_person):
    merge_two_accounts(kept_person, merged_person)
    document = DocumentFactory(coalition=coalition, author=coordinator, published=True)
    capacity = _create_capacity(coalition, coordinator)
    late = Comment.objects.create(record=document, author=merged_person, body="Late.", capacity=capacity)

    assert move_rows_written_during_merge(timezone.now()) == 1

    late.refresh_from_db()
    assert late.author == kept_person
    assert move_rows_written_during_merge(timezone.now() + timedelta(hours=2)) == 0


@pytest.mark.parametrize(("kept", "merged", "language"), [("", "es", "es"), ("fr", "es", "fr"), ("fr", "", "fr")])
def test_language_of_either_account_is_kept(kept_person, merged_person, kept, merged, language):
    for person, chosen in ((kept_person, kept), (merged_person, merged)):
        person.language = chosen
        person.save()
    merge_accounts(surviving_person=kept_person, merged_person=merged_person)
    kept_person.refresh_from_db()

    assert kept_person.language == language
