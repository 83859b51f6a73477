"""Create a person with an unusual name in every table, and search for all remaining traces of them."""

import base64
import json
import re
import unicodedata
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts import actions
from jukwaa.accounts.address_change import request_address_change
from jukwaa.accounts.consents import record_public_name_choice
from jukwaa.accounts.earlier_addresses import store_earlier_address
from jukwaa.accounts.models import KeptFile, MinorStatusChange, Person
from jukwaa.coalitions.actions import create_import, import_ready_rows, map_import_columns
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.coalitions.models import Affiliation, Capacity
from jukwaa.cooperation.models import Charter, Need, Offer
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.drafting.models import Call, Consultation, Edition, Evidence, Hold, Placement, Position, Revision, Term
from jukwaa.eligibility.models import AnnualReport, ConditionAnswer, CoordinationAttendance, CoordinationMeeting
from jukwaa.exchange.models import FeedKey
from jukwaa.library.models import WebLink
from jukwaa.mail.actions import ReplyThread, queue_email
from jukwaa.mail.models import Message
from jukwaa.meetings.models import (
    CommitmentChange,
    Correction,
    Dissent,
    Erratum,
    GroupMessage,
    ImportedCalendar,
    Invitee,
    Line,
    MergeRequest,
    Minutes,
    Rsvp,
    Support,
    TimeVote,
)
from jukwaa.plans.models import Assessment, Claim, Plan
from jukwaa.privacy.models import DataRequest
from jukwaa.proposals.correspondence_models import (
    CorrespondenceDraft,
    CorrespondenceFile,
    CorrespondenceMessage,
    SecretariatAddress,
)
from jukwaa.proposals.models import Participant, PrivateStatement, Submission
from jukwaa.records import index
from jukwaa.records.actions import add_comment, edit_comment
from jukwaa.records.models import Attachment, Audience, Held, Label, State
from jukwaa.regions.models import Acquaintance, Prospect, Voice
from jukwaa.search.models import SavedSearch
from jukwaa.updates.models import (
    CombinedReminders,
    Digest,
    FirstMail,
    Follow,
    Invitation,
    InvitationRound,
    ListPost,
    MailChoice,
    PendingMail,
    Seen,
)
from jukwaa.updates.notification_emails import queue_notification_letter
from tests.accounts.test_passkeys import create_passkey
from tests.factories import (
    AttendanceFactory,
    CommitmentFactory,
    DocumentFactory,
    EntryFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleFactory,
)
from tests.meetings.ideas import IdeaFactory
from tests.meetings.polls import TimePollFactory
from tests.proposals.kinds import ProposalFactory

PERSON_NAME = "Žofie Brandýsová-Ngũgĩ"
EMAIL = "zofie.brandys@ngugi-example.org"
EARLIER_ADDRESS = "zofie.before@example.org"
PHONE = "+420 777 123 987"
PERSON_NAME_STEM = "zofi"  # with which the name stands in the index
SIGNED_TEXT = f"I agree.\n\n-- \n{PERSON_NAME}\n{PHONE}\n{EMAIL}"


def create_person_in_every_table(world) -> tuple[Person, Client]:
    """Make the author of the world that person, and enter them in each other table; returns their browser as well."""
    person, coalition = world.people["author"], world.coalition
    person.name, person.email, person.name_is_public = PERSON_NAME, EMAIL, True
    person.save()
    Capacity.objects.filter(person=person, organisation=None).update(name=PERSON_NAME)
    record_public_name_choice(person)
    browser = _sign_in_client(person)
    history = {"person": person, "actor": person, "reason": f"{PERSON_NAME} was 17"}
    MinorStatusChange.objects.create(step="marked", **history)
    MinorStatusChange.objects.create(step="removed", **history)
    parts = (
        _add_to_directory,
        _add_to_drafts,
        _add_to_records,
        _add_to_cooperation,
        _add_to_meetings,
        _add_to_plans_and_regions,
    )
    for part in (*parts, _add_to_updates, _add_to_mail):
        part(world, person, coalition)
    return person, browser


def _sign_in_client(person) -> Client:
    browser = Client(headers={"User-Agent": "Firefox"})
    browser.post(actions.build_sign_in_link(person).removeprefix(settings.SITE_URL))
    actions.request_sign_in(email=EMAIL)
    request_address_change(person=person, address=f"new.{EMAIL}")
    create_passkey(person, passkey_name=f"The phone of {PERSON_NAME}")
    EmailAddress.objects.create(user=person, email=EMAIL.upper(), verified=True, primary=True)
    return browser


def _add_to_directory(world, person, coalition) -> None:
    Affiliation.objects.filter(person=person).update(position=f"{PERSON_NAME}, adviser")
    MembershipFactory(coalition=coalition, organisation=None, person=person)
    declined = {"standing": "declined", "starts_on": None, "ends_on": timezone.localdate()}
    motivation, reason = f"I am {PERSON_NAME}. Call me: {PHONE}", f"{PERSON_NAME} is too new"
    MembershipFactory(
        coalition=coalition, organisation=None, person=person, motivation=motivation, reason=reason, **declined
    )
    RoleFactory(coalition=coalition, person=person, kind="editor")
    coordinator = world.people["coordinator"]
    import_person_from_spreadsheet(coalition, coordinator, "people")
    import_person_from_spreadsheet(coalition, coordinator, "people", is_entered=False)
    import_person_from_spreadsheet(coalition, coordinator, "members", is_entered=False)
    create_capacity(coalition=coalition, person=person, organisation=None)
    create_capacity_from_source(coalition=coalition, person_name=PERSON_NAME)
    coalition.activities.create(actor=person, verb="changed", kind="person", object_id=person.pk)


def import_person_from_spreadsheet(coalition, coordinator, table_type, *, is_entered=True) -> None:
    headings = {"people": ["Name", "Email", "Phone"], "members": ["Organisation", "Contact", "Phone"]}
    second = {"people": "other@example.org", "members": "Someone else"}[table_type]
    rows = [headings[table_type], ["Another One", second, "1"]]
    table = ImportedTable([*rows, [PERSON_NAME, EMAIL, PHONE], [PERSON_NAME.upper(), "", PHONE]])
    brought = create_import(
        actor=coordinator, coalition=coalition, import_kind=table_type, file_name="list.csv", imported_table=table
    )
    brought = map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=brought.mapping)
    if is_entered:
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)


def _add_to_drafts(_world, person, coalition) -> None:
    for model in (Placement, Revision, Evidence, Consultation, Call, Edition):
        model.objects.filter(pk=model.objects.first().pk).update(by=person)
    words = {"reason": f"{PERSON_NAME} called.", "clarification": f"{PERSON_NAME} agrees."}
    Hold.objects.create(call=Call.objects.first(), by=person, clarified_by=person, clarified_at=timezone.now(), **words)
    own = create_capacity(coalition=coalition, person=person, organisation=None)
    Position.objects.create(call=Call.objects.first(), capacity=own, person=person, stance="support")
    Term.objects.create(coalition=coalition, name="Hotline", meaning="It takes reports.", by=person)
    WebLink.objects.filter(pk=WebLink.objects.first().pk).update(added_by=person)


def _add_to_records(world, person, coalition) -> None:
    """Also in texts of others, which are kept until their removal is requested."""
    document = world.records["document", str(Label.CLEAR), str(State.PUBLISHED)]
    comment = add_comment(actor=person, record=document, body=f"Signed: {PERSON_NAME}")
    edit_comment(actor=person, comment=comment, body="Signed.", from_version=comment.version)
    add_comment(actor=world.people["coordinator"], record=document, body=f"Thanks to {PERSON_NAME.upper()}.")
    minutes = DocumentFactory(
        coalition=coalition, title=f"Talk with {PERSON_NAME}", text=f"{PERSON_NAME}, {EMAIL}, said yes.", published=True
    )
    index.reindex_record(minutes)
    Attachment.objects.create(
        record=minutes,
        name="notes.txt",
        media_type="text/plain",
        size=9,
        fingerprint="0" * 64,
        state=Attachment.State.READ,
        text=f"Notes of {PERSON_NAME}",
        file=ContentFile(f"Notes of {PERSON_NAME}".encode(), "notes.txt"),
        added_by=person,
    )
    Audience.objects.create(record=minutes, person=person)
    Held.objects.create(
        coalition=coalition, door="mail", why="disclosure", text=SIGNED_TEXT, person=person, address=EMAIL, digest="0"
    )
    DataRequest.objects.create(
        coalition=coalition,
        kind="redaction",
        record=minutes,
        requester=person,
        email=EMAIL,
        name=PERSON_NAME,
        words=SIGNED_TEXT,
    )
    OrganisationFactory(coalition=coalition, name=f"Office of {PERSON_NAME}")


def _add_to_cooperation(_world, person, coalition) -> None:
    for model in (Offer, Need):
        model.objects.filter(pk=model.objects.first().pk).update(contact=person, reach=f"{PERSON_NAME}, {PHONE}")
    Charter.objects.filter(pk=Charter.objects.first().pk).update(by=person)


def _add_to_meetings(_world, person, coalition) -> None:
    capacity = create_capacity(coalition=coalition, person=person, organisation=None)
    attendance = AttendanceFactory(meeting__coalition=coalition, capacity=capacity)
    entry = EntryFactory(coalition=coalition, kind="commitment", published=True)
    commitment = CommitmentFactory(entry=entry, owner=capacity)
    CommitmentChange.objects.create(commitment=commitment, event="status", person=person, owner=capacity)
    Dissent.objects.create(entry=entry, capacity=capacity, kind="objected", statement="Too early.")
    Rsvp.objects.create(meeting=attendance.meeting, person=person, capacity=capacity, answer="yes")
    Invitee.objects.create(meeting=attendance.meeting, person=person)
    GroupMessage.objects.create(meeting=attendance.meeting, author=person, text=f"Signed: {PERSON_NAME}")
    option = TimePollFactory(meeting__coalition=coalition).options.get(number=1)
    TimeVote.objects.create(option=option, person=person, answer="yes")
    minutes = Minutes.objects.create(meeting=attendance.meeting, circulated_by=person)
    Line.objects.create(minutes=minutes, revision=1, author=person)
    own = create_capacity(coalition=coalition, person=person, organisation=None)
    Correction.objects.create(minutes=minutes, body="It was in May.", author=person, capacity=own)
    Erratum.objects.create(meeting=attendance.meeting, text="In May.", person=person, role="rapporteur")
    idea, other = IdeaFactory(coalition=coalition, published=True), IdeaFactory(coalition=coalition, published=True)
    Support.objects.create(idea=idea, person=person, capacity=capacity)
    MergeRequest.objects.create(idea=idea, into=other, person=person)
    CombinedReminders.objects.create(person=person, coalition=coalition)
    ImportedCalendar.objects.create(coalition=coalition, name="Calls", added_by=person)
    proposal = ProposalFactory(coalition=coalition, author=person, published=True)
    Submission.objects.create(proposal=proposal, by=person)
    speaker = Participant.objects.create(
        proposal=proposal, person=person, roles=["speaker"], reason=f"{PERSON_NAME} is ill"
    )
    PrivateStatement.objects.create(participant=speaker, gender="woman", age_band="35-54")
    typed = {"name": PERSON_NAME, "address": EMAIL, "consent_by": person}
    Participant.objects.create(proposal=ProposalFactory(coalition=coalition, published=True), roles=[], **typed)
    _add_to_correspondence(person, coalition)
    step = {"step": "Send it", "responsible": person, "due_on": timezone.localdate()}
    AnnualReport.objects.create(coalition=coalition, year=2026, edits={"outlook": {"text": "More", "basis": ""}})
    ConditionAnswer.objects.create(coalition=coalition, year=2026, rule="yearly-report", **step)
    call = CoordinationMeeting.objects.create(coalition=coalition, title="Call", starts_at=timezone.now())
    CoordinationAttendance.objects.create(meeting=call, person=person)


def _add_to_correspondence(person, coalition) -> None:
    SecretariatAddress.objects.create(coalition=coalition, address=EMAIL)
    mail = {"coalition": coalition, "subject": "Speakers", "text": SIGNED_TEXT}
    named = {"sender": EMAIL, "sender_name": PERSON_NAME}
    message = CorrespondenceMessage.objects.create(kind="received", digest="1", person=person, **named, **mail)
    CorrespondenceMessage.objects.create(kind="sent", digest="2", recipient=EMAIL, **mail | {"text": "Yes."})
    file = ContentFile(b"Welcome", "agenda.txt")
    CorrespondenceFile.objects.create(message=message, name="agenda.txt", file=file, is_checked=True)
    CorrespondenceDraft.objects.create(author=person, recipient="office@forum.example", **mail | {"text": "Yes."})


def _add_to_plans_and_regions(world, person, coalition) -> None:
    plan = Plan.objects.first()
    Claim.objects.create(plan=plan, person=person)
    Assessment.objects.create(plan=plan, capability="99", number=1, state="none", by=person)
    capacity = create_capacity(coalition=coalition, person=person, organisation=None)
    item = world.records["item", str(Label.CLEAR), str(State.PUBLISHED)]
    Voice.objects.create(item_id=item.pk, version=1, author=person, capacity=capacity, says="confirms")
    said_yes = {"state": "yes", "answered_on": timezone.localdate()}
    prospect = Prospect.objects.create(
        coalition=coalition,
        name="A helpline that said yes",
        folded="helpline yes",
        introducer=world.people["coordinator"],
        capacity=create_capacity(coalition=coalition, person=world.people["coordinator"], organisation=None),
        contact_name=PERSON_NAME,
        contact_address=EMAIL.title(),
        **said_yes,
    )
    Acquaintance.objects.create(prospect=prospect, person=person)


def _add_to_updates(_world, person, coalition) -> None:
    FeedKey.objects.create(person=person)
    search = SavedSearch.objects.create(person=person, coalition=coalition, name=PERSON_NAME, query=f"q={PERSON_NAME}")
    Follow.objects.create(person=person, coalition=coalition, search=search)
    Digest.objects.create(person=person, coalition=coalition, told_until=timezone.now(), due_at=timezone.now())
    Seen.objects.create(person=person, coalition=coalition, until=timezone.now())
    MailChoice.objects.create(person=person, coalition=coalition, topic="news", wanted=True)
    FirstMail.objects.create(person=person, coalition=coalition)
    wrote = InvitationRound.objects.create(
        coalition=coalition, by=person, language="en", subject="Hello", message=PERSON_NAME
    )
    Invitation.objects.create(round=wrote, person=person)
    kept = KeptFile(person=person, name="a.txt", size=1, expires_at=timezone.now() + timedelta(hours=1))
    kept.file.save("a.txt", ContentFile(b"a"))
    PendingMail.objects.create(kind="apply", coalition=coalition, address=EMAIL, name=PERSON_NAME, text=SIGNED_TEXT)
    ListPost.objects.create(
        coalition=coalition,
        message_id="1",
        thread="1",
        sender=PERSON_NAME,
        person=person,
        body=SIGNED_TEXT,
        posted_at=timezone.now(),
    )


def _add_to_mail(_world, person, coalition) -> None:
    words = {"subject": f"To {PERSON_NAME}", "body": f"Dear {PERSON_NAME}"}
    letter = {"coalition": coalition, "person": person, "to": EMAIL, **words}
    queue_notification_letter(key="waiting", held=True, reply=ReplyThread("record:1", f"person:{person.pk}"), **letter)
    queue_notification_letter(key="earlier", held=False, **{**letter, "to": EARLIER_ADDRESS})
    store_earlier_address(person, EARLIER_ADDRESS)
    queue_email(to=EARLIER_ADDRESS, key="no letter", subject="Code", body="123456", is_requested=True)
    queue_email(to=EMAIL, key="sent", html=PERSON_NAME, **words)
    queue_email(to="other@example.org", key="to another", subject="A comment", body=f"{PERSON_NAME}\ncommented.")
    Message.objects.filter(key__in=["sent", "earlier", "to another", "no letter"]).update(
        sent_at=timezone.now(), claimed_at=timezone.now(), error=f"Greylisted: {EMAIL}"
    )
    Message.objects.filter(key="to another").update(error="")


def visit_pages_as_visitor(world) -> None:
    """So that pages which name them are kept."""
    for name in ("coalitions:person_list", "meetings:meeting_list", "home:front"):
        Client().get(reverse(name, args=[world.coalition.slug]))


# The search

PERSON_TEXT = (PERSON_NAME, EMAIL, EARLIER_ADDRESS, PHONE)


def contains_person_identity(text: str) -> bool:
    """Escaped or not, whatever the case and the space between the words."""
    if "\\u" in text:
        text = re.sub(r"\\+u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split()).replace("\\n", " ")
    return any(word.casefold() in plain for word in PERSON_TEXT)


def find_traces_in_tables() -> set[tuple[str, str, object]]:
    """Table, column and number of each row that holds a name, an address or a phone number of theirs."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if "passage_words" not in name]
        found = {place for table in tables for place in _search_table_for_identity(cursor, table)}
        return found | {("the index", "words", pk) for pk in _search_index_for_identity(cursor)}


def _search_table_for_identity(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    columns = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
    for row in cursor.fetchall():
        for column, value in zip(columns, row, strict=True):
            if (table, column) != ("records_passage", "words") and contains_person_identity(
                _decode_column_value(table, column, value)
            ):
                yield table, column, row[0]


def _decode_column_value(table, column_name, cell) -> str:
    if table == "django_session" and column_name == "session_data":
        return str(Client().session.decode(cell))
    if table == "core_cache" and column_name == "value":
        return base64.b64decode(cell).decode("utf-8", "replace")
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("utf-8", "replace")
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict | list) else str(cell)


def _search_index_for_identity(cursor) -> set[int]:
    """Passages that are found by the name."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT id FROM records_passage WHERE words::text LIKE %s", [f"%{PERSON_NAME_STEM}%"])
        return {pk for (pk,) in cursor.fetchall()}
    cursor.execute("CREATE VIRTUAL TABLE temp.searched USING fts5vocab('main', 'records_passage_words', 'instance')")
    cursor.execute("SELECT DISTINCT doc FROM temp.searched WHERE term LIKE %s", [f"%{PERSON_NAME_STEM}%"])
    found = {pk for (pk,) in cursor.fetchall()}
    cursor.execute("DROP TABLE temp.searched")
    return found


def search_files_for_identity() -> set[str]:
    files = (path for path in Path(settings.DATA_FOLDER).rglob("*") if path.is_file())
    return {path.name for path in files if contains_person_identity(path.read_bytes().decode("utf-8", "replace"))}


def search_caches_for_identity() -> list[str]:
    kept = caches["pages"]._cache.values()
    return [value for value in kept if contains_person_identity(value.decode("utf-8", "replace"))]
