"""Nothing is left of a person who was erased but what the preview listed."""

from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from jukwaa.accounts import actions, deletions
from jukwaa.accounts import erasure as erasing
from jukwaa.accounts.erasure import erase_person, preview_erasure
from jukwaa.accounts.identity import build_person_identity, compute_account_digest, compute_address_digest
from jukwaa.accounts.models import Person
from jukwaa.accounts.name_traces import NameTracePage, find_visible_pages
from jukwaa.accounts.own_rows import find_personal_rows
from jukwaa.accounts.signals import person_erased
from jukwaa.coalitions.actions import (
    PersonFacts,
    add_person,
    add_to_mailing_list,
    create_import,
    map_import_columns,
    remove_person,
)
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.coalitions.models import Activity, Capacity
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.core.personal_data import DeleteRows, erasure_part_registry, personal_data_registry
from jukwaa.mail.actions import queue_email, send_waiting_emails
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Attachment, Held, Passage
from jukwaa.updates.models import ListPost
from jukwaa.updates.notification_emails import queue_notification_letter
from tests.accounts.person_traces import (
    EMAIL,
    PERSON_NAME,
    PHONE,
    create_person_in_every_table,
    find_traces_in_tables,
    search_caches_for_identity,
    search_files_for_identity,
    visit_pages_as_visitor,
)
from tests.factories import DocumentFactory, MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db

# Where a name, an address or a phone number stood: what the erasure removes, and what others wrote.
DELETED_MODELS = {
    "account_emailaddress.email",
    "accounts_addresschange.address",
    "accounts_minorstatuschange.reason",
    "accounts_person.email",
    "accounts_person.name",
    "accounts_signinrequest.email",
    "coalitions_affiliation.position",
    "coalitions_capacity.name",
    "coalitions_import.table",
    "coalitions_importrow.cells",
    "coalitions_importrow.problems",
    "coalitions_membership.motivation",
    "coalitions_membership.reason",
    "cooperation_need.reach",
    "cooperation_offer.reach",
    "mail_message.error",
    "mail_message.html",
    "mail_message.subject",
    "mail_message.to",
    "mail_replyaddress.address",
    "mfa_authenticator.data",
    "privacy_datarequest.email",
    "privacy_datarequest.name",
    "privacy_datarequest.words",
    "proposals_participant.address",
    "proposals_participant.name",
    "proposals_participant.reason",
    "proposals_correspondencemessage.recipient",
    "proposals_correspondencemessage.sender",
    "proposals_correspondencemessage.sender_name",
    "proposals_secretariataddress.address",
    "regions_prospect.contact_address",
    "regions_prospect.contact_name",
    "search_savedsearch.name",
    "search_savedsearch.query",
    "updates_invitationround.message",
    "updates_listpost.body",
    "updates_listpost.sender",
    "updates_pendingmail.address",
    "updates_pendingmail.name",
    "updates_pendingmail.text",
}
COLUMNS_KEEPING_NAME = {
    "coalitions_organisation.name",
    "drafting_hold.clarification",
    "drafting_hold.reason",
    "mail_message.body",  # of an email to somebody else
    "meetings_groupmessage.text",
    "proposals_correspondencemessage.text",
    "records_attachment.text",
    "records_comment.body",
    "records_commentversion.body",
    "records_document.text",
    "records_held.address",
    "records_held.text",
    "records_passage.text",
    "records_record.title",
    "the index.words",
}
# Of which the person has no row, since nobody has asked for a deletion before they ask.
NOT_YET_ERASED = {"accounts.AccountDeletion"}


def confirm_deletion_by_link(person):
    """Through the link of the email; the day has come."""
    deletions.request_deletion(person=person)
    body = Message.objects.filter(key__startswith="deletion-confirm").latest("pk").body
    token = next(line for line in body.splitlines() if "/confirm/" in line).rstrip("/").rpartition("/")[2]
    return deletions.confirm_deletion(token=token)


def build_trace_keys(trace_places) -> set[tuple[str, str, object]]:
    """As the search calls them: a column of text, and the passage of the index if it is one."""
    found = {
        (trace.model._meta.db_table, trace.model._meta.get_field(trace.column).column, trace.pk)
        for trace in trace_places
    }
    return found | {("the index", "words", trace.pk) for trace in trace_places if trace.model is Passage}


def find_columns_of_traces(found_traces) -> set[str]:
    return {f"{table}.{column}" for table, column, _pk in found_traces}


def list_remaining_rows(person) -> list[str]:
    """Tables in which a row is left that should be gone, and parts of the erasure that would still find something."""
    rows = [
        model._meta.label
        for model, declared in personal_data_registry.items()
        if isinstance(declared.erasure, DeleteRows) and find_personal_rows(model, declared, person)
    ]
    return rows + [name for name, part in erasure_part_registry.items() if part.find(person).exists()]


@pytest.mark.slow
def test_erasure_leaves_only_what_preview_listed(shared_world, db, django_capture_on_commit_callbacks):
    of_other_tests = search_files_for_identity()  # a test takes back its rows; its files stay until the tests end
    person, _browser = create_person_in_every_table(shared_world)
    visit_pages_as_visitor(shared_world)
    before, cached = find_traces_in_tables(), search_caches_for_identity()
    missing = {
        model._meta.label
        for model, declared in personal_data_registry.items()
        if (declared.people or declared.addresses) and not find_personal_rows(model, declared, person)
    }
    listed = build_trace_keys(preview_erasure(person).traces)

    confirm_deletion_by_link(person)
    with django_capture_on_commit_callbacks(execute=True):
        done = deletions.process_due_deletions(timezone.now() + deletions.DELETION_DELAY)
    send_waiting_emails()
    after = find_traces_in_tables()
    files = {Path(row.file.name).name for row in Attachment.objects.filter(text__contains=PERSON_NAME)}

    assert (missing, done) == (NOT_YET_ERASED, 1)
    assert len(cached) == 1
    assert find_columns_of_traces(before) == {*DELETED_MODELS, *COLUMNS_KEEPING_NAME}
    assert find_columns_of_traces(after) == COLUMNS_KEEPING_NAME
    assert after == listed
    assert list_remaining_rows(person) == []
    assert search_files_for_identity() - of_other_tests == files
    assert search_caches_for_identity() == []


# In a small world


@pytest.fixture
def person_to_erase(member) -> Person:
    member.name, member.email = PERSON_NAME, EMAIL
    member.save()
    return member


@pytest.fixture
def document(coalition, coordinator):
    return DocumentFactory(coalition=coalition, author=coordinator, title="Ours", text="Words.", published=True)


def test_failed_erasure_is_rolled_back(coalition, person_to_erase, document, monkeypatch):
    add_comment(actor=person_to_erase, record=document, body="Yes.")
    queue_email(to=EMAIL, subject=f"To {PERSON_NAME}", body=PERSON_NAME, key="1")
    before = find_traces_in_tables()
    steps = len([1 for model in personal_data_registry if model is not Person])
    erase_rows = erasing._erase_rows

    for failing in (0, 1, steps // 2, steps - 1, steps):
        left = iter(range(steps))

        def fail_while_erasing(*args, at=failing, left=left):
            if next(left) == at:
                raise RuntimeError("in the middle")
            erase_rows(*args)

        monkeypatch.setattr(erasing, "_erase_rows", fail_while_erasing)
        if failing == steps:
            monkeypatch.setattr(erasing, "clear_account_columns", lambda _person: 1 / 0)
        with pytest.raises((RuntimeError, ZeroDivisionError)):
            erase_person(Person.objects.get(pk=person_to_erase.pk))

    assert find_traces_in_tables() == before
    assert Person.objects.get(pk=person_to_erase.pk).erased_at is None


def test_erasure_signal_is_sent_once_with_name_and_digests(person_to_erase):
    heard = []

    def receive_erasure_signal(person, digests, **_signal):
        heard.append((person.name, digests.account, digests.addresses))

    person_erased.connect(receive_erasure_signal)
    erase_person(person_to_erase)
    erase_person(person_to_erase)
    person_erased.disconnect(receive_erasure_signal)

    assert heard == [(PERSON_NAME, compute_account_digest(person_to_erase), (compute_address_digest(EMAIL.upper()),))]
    assert EMAIL not in heard[0][2][0]


def test_erasure_writes_one_activity_per_coalition(coalition, person_to_erase):
    revision = coalition.revision
    erase_person(person_to_erase)

    coalition.refresh_from_db()
    assert list(Activity.objects.values_list("verb", "kind", "object_id")) == [
        ("took-out", "person", person_to_erase.pk)
    ]
    assert coalition.revision > revision


def test_erasure_ends_all_sessions_even_unlisted_ones(person_to_erase):
    for _device in range(2):
        Client().post(actions.build_sign_in_link(person_to_erase).partition("//")[2].partition("/")[2].join(["/", ""]))
    UserSession.objects.filter(pk=UserSession.objects.first().pk).delete()
    before = Session.objects.count()

    erase_person(person_to_erase)

    assert (before, Session.objects.count(), UserSession.objects.count()) == (2, 0, 0)


def test_session_of_erased_person_cannot_download(client, person_to_erase):
    client.force_login(person_to_erase)
    erase_person(person_to_erase)

    assert client.get("/account/data/").status_code == 302


def test_erasure_keeps_other_person_of_same_name(coalition, person_to_erase):
    namesake = PersonFactory(name=PERSON_NAME, email="another@example.org")
    own = create_capacity(coalition=coalition, person=namesake, organisation=None)
    theirs = create_capacity(coalition=coalition, person=person_to_erase, organisation=None)

    erase_person(person_to_erase)

    assert Person.objects.get(pk=namesake.pk).name == PERSON_NAME
    both = Capacity.objects.filter(pk__in=[own.pk, theirs.pk])
    assert dict(both.values_list("pk", "name")) == {own.pk: PERSON_NAME, theirs.pk: "a person"}


@pytest.mark.parametrize(("other_name", "is_member"), [("Costa Rica", True), (PERSON_NAME, False)])
def test_erasure_keeps_data_of_another_person_with_that_name(
    coalition, coordinator, other_coalition, other_name, is_member
):
    person = PersonFactory(name=other_name, email=EMAIL)
    if is_member:
        MembershipFactory(coalition=coalition, organisation=None, person=person)
    MembershipFactory(coalition=other_coalition, organisation=None, person=person)
    typed = create_capacity_from_source(coalition=coalition, person_name=other_name)
    table = ImportedTable([["Name", "Email"], [other_name, "else@example.org"], ["Another", EMAIL]])
    brought = create_import(
        actor=coordinator, coalition=coalition, import_kind="people", file_name="list.csv", imported_table=table
    )
    brought = map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=brought.mapping)
    post = ListPost.objects.create(
        coalition=coalition, message_id="1", thread="1", sender=other_name, body="Hello.", posted_at=timezone.now()
    )
    erase_person(person)
    for row in (typed, brought, post):
        row.refresh_from_db()

    assert (typed.name, post.sender) == (other_name, other_name)
    assert brought.table[1:] == [[other_name, "else@example.org"], ["", ""]]
    # The row of the other person asks whether it is the member, by name and address.
    assert [bool(row.cells) for row in brought.rows.all()] == [not is_member, False]


def test_typed_name_of_mailing_list_person_is_erased(coalition, coordinator):
    person = PersonFactory(name=PERSON_NAME, email=EMAIL)
    add_to_mailing_list(actor=coordinator, coalition=coalition, email=EMAIL)
    typed = create_capacity_from_source(coalition=coalition, person_name=PERSON_NAME)
    erase_person(person)
    typed.refresh_from_db()

    assert typed.name == "a person"
    assert not person.list_entries.exists()


def test_erasing_minor_keeps_adult_contact(coordinator, mailing_coalition):
    minor = PersonFactory(name=PERSON_NAME, email=None, is_minor=True, adult_contact=coordinator)
    queue_notification_letter(
        coalition=mailing_coalition,
        person=minor,
        to=coordinator.email,
        key="1",
        subject=PERSON_NAME,
        body=PERSON_NAME,
        held=True,
    )
    queue_email(to=coordinator.email, subject="Another", body="Not about them.", key="2")

    erase_person(minor)

    assert (minor.is_minor, minor.adult_contact) == (False, None)
    assert list(Message.objects.values_list("subject", flat=True)) == ["Another"]


def test_preview_names_only_pages_visible_to_person(coalition, coordinator, person_to_erase, document):
    facts = {"coalition": coalition, "author": coordinator, "published": True}
    document.text = f"{PERSON_NAME} said so, at {EMAIL}."
    document.save()
    DocumentFactory(title=f"Not for {PERSON_NAME}", label="red", **facts)
    DocumentFactory(title="A place", text="Zofie Brandy lives in Brandýsová.", **facts)
    Held.objects.create(coalition=coalition, door="mail", why="disclosure", text=f"{PERSON_NAME} did it", digest="0")
    add_comment(actor=coordinator, record=document, body=f"Also by {PERSON_NAME.lower()}")

    found = preview_erasure(person_to_erase)

    assert find_visible_pages(found.traces, person_to_erase) == [NameTracePage("Ours", document.get_absolute_url())]
    assert all(part.title != "Safeguarding" for part in (*found.deleted, *found.emptied, *found.kept))


def test_preview_writes_nothing(person_to_erase, document, django_assert_max_num_queries):
    add_comment(actor=person_to_erase, record=document, body=f"Signed: {PERSON_NAME}")
    before = find_traces_in_tables()
    preview_erasure(person_to_erase)

    assert find_traces_in_tables() == before


def test_mailing_list_post_is_kept_without_sender_and_signature(coalition, person_to_erase):
    body = f"{PERSON_NAME.upper()} agrees.\n\n-- \nCall {PHONE}"
    post = ListPost.objects.create(
        coalition=coalition, message_id="1", thread="1", sender=PERSON_NAME, body=body, posted_at=timezone.now()
    )
    erase_person(person_to_erase)

    post.refresh_from_db()
    assert (post.sender, post.body) == ("", "[removed] agrees.\n\n[removed]")


def test_post_of_erased_sender_is_erased_under_any_name(coalition, person_to_erase):
    post = ListPost.objects.create(
        coalition=coalition,
        message_id="1",
        thread="1",
        sender="Their other name",
        person=person_to_erase,
        body=f"I am {PERSON_NAME}.",
        posted_at=timezone.now(),
    )
    erase_person(person_to_erase)

    post.refresh_from_db()
    assert (post.sender, post.person, post.body) == ("", None, "I am [removed].")


def test_removed_unconnected_person_is_erased_as_thoroughly(coalition, coordinator, document):
    facts = PersonFacts(name=PERSON_NAME, email=EMAIL)
    organisation = OrganisationFactory(coalition=coalition)
    person = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)
    queue_email(to=EMAIL, subject=f"To {PERSON_NAME}", body=PERSON_NAME, key="1")

    remove_person(actor=coordinator, coalition=coalition, person=person)

    assert find_traces_in_tables() == set()


def test_identity_is_matched_as_whole_words_ignoring_case():
    identity = build_person_identity(PersonFactory(name="Ann Lee", email="ann@example.org"))

    assert identity.is_in("By ANN\n LEE.")
    assert identity.is_in([{"by": ["Ann@Example.org"]}])
    assert not identity.is_in("Ann Leeds, joann@example.org")
    assert identity.remove_name_from("Ann  Lee (ann@example.org) spoke") == "[removed] ([removed]) spoke"
    assert not build_person_identity(Person(name="", email=None)).is_in("anything")
