"""A person's name is taken out of a record: text, versions, what hangs on it, quotes, files, emails and the index."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from jukwaa.coalitions.models import Activity, Capacity
from jukwaa.config.health.record import check_current_versions, check_search_index, check_version_digests
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.mail.actions import queue_email
from jukwaa.records import index
from jukwaa.records.actions import (
    add_comment,
    add_record_source,
    attach_file_to_record,
    begin_record,
    change_record,
    edit_comment,
    redact_names_in_record,
)
from jukwaa.records.models import Attachment, Comment, CommentVersion, Document, Passage, Record, Version
from jukwaa.records.redaction import NameRedactor
from jukwaa.records.tasks import delete_files, read_attachment
from jukwaa.updates.models import Letter
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    DocumentFactory,
    EntryFactory,
    MeetingFactory,
    PersonFactory,
)

REDACTED_NAME = "Maria Testova"
TEXT_WITH_NAME = "The press officer, Maria  Testova, opened.\nMARIA TESTOVA's report was read. Mariana Testovan agreed."


@pytest.fixture
def document(coalition, rapporteur):
    row = Document(
        coalition=coalition, kind="document", title="Minutes by Maria Testova", text=TEXT_WITH_NAME, fingerprint="f"
    )
    return begin_record(actor=rapporteur, record=row, is_published=True)


def redact_name_in_record(actor, record, *names, **more):
    return redact_names_in_record(actor=actor, record=record, names=names or [REDACTED_NAME], **more)


def find_rows_with_name(redacted_name=REDACTED_NAME):
    """Where the name still stands, in the tables of this app."""
    finds = NameRedactor([redacted_name]).matches
    rows = [*Version.objects.values_list("content", flat=True), *Passage.objects.values_list("text", flat=True)]
    rows += [*Comment.objects.values_list("body", flat=True), *CommentVersion.objects.values_list("body", flat=True)]
    rows += [f"{row.title} {row.summary} {row.text}" for row in Document.objects.all()]
    return [row for row in rows if finds(row)]


@pytest.mark.parametrize(
    ("text", "redacted_text"),
    [
        ("Maria Testova spoke.", "[-] spoke."),
        ("maria\n testova, and MARIA TESTOVA's", "[-], and [-]'s"),
        ("Mariana Testovan; Rosamaria Testova", "Mariana Testovan; Rosamaria Testova"),
        ("会议由张伟主持。", "会议由[-]主持。"),
    ],
)
def test_name_is_replaced_as_whole_word_only(text, redacted_text):
    assert NameRedactor([REDACTED_NAME, "张伟"], "[-]").redact_names(text) == redacted_text


def test_longest_name_is_replaced_first_and_json_keeps_its_keys():
    redactor = NameRedactor(["Testova", REDACTED_NAME, " "], "[-]")

    assert redactor.redact_names({"Testova": [f"{REDACTED_NAME} and Testova", 7]}) == {"Testova": ["[-] and [-]", 7]}
    assert NameRedactor([" "], "[-]").redact_names("a text") == "a text"


@pytest.mark.parametrize("character_offset", range(len(TEXT_WITH_NAME)))
def test_positions_in_text_are_shifted(character_offset):
    redactor = NameRedactor([REDACTED_NAME], "[name removed]")
    start, end = redactor.move(character_offset, TEXT_WITH_NAME), redactor.move(len(TEXT_WITH_NAME), TEXT_WITH_NAME)
    inside = any(
        name.start() < character_offset < name.end() for name in redactor._names_pattern.finditer(TEXT_WITH_NAME)
    )

    assert end == len(redactor.redact_names(TEXT_WITH_NAME))
    assert inside or redactor.redact_names(TEXT_WITH_NAME)[start:] == redactor.redact_names(
        TEXT_WITH_NAME[character_offset:]
    )


def test_name_is_removed_from_text_versions_comments_and_search(coalition, coordinator, rapporteur, member, document):
    change_record(actor=rapporteur, record=document, changes={"summary": f"{REDACTED_NAME} wrote it."}, from_version=1)
    comment = add_comment(actor=member, record=document, body=f"Thanks, {REDACTED_NAME}!")
    edit_comment(actor=member, comment=comment, body="Thanks!", from_version=1)
    assert len(find_rows_with_name()) > 4

    count = redact_name_in_record(coordinator, document)

    assert (count > 6, find_rows_with_name()) == (True, [])
    document.refresh_from_db()
    assert document.title == "Minutes by [name removed]"
    assert document.text.startswith("The press officer, [name removed], opened.\n[name removed]'s report")
    assert "Mariana Testovan agreed" in document.text
    assert [hit.record.pk for hit in index.search_records(coalition, member, "press officer").hits] == [document.pk]


def test_redaction_adds_version_and_activity_and_record_verifies(coordinator, rapporteur, document):
    change_record(actor=rapporteur, record=document, changes={"summary": "About it."}, from_version=1)

    redact_name_in_record(coordinator, document)

    document.refresh_from_db()
    assert (document.version, Version.objects.count()) == (3, 3)
    assert timezone.now() - document.redacted_at < timedelta(minutes=1)
    activity = Activity.objects.get(verb="redacted")
    assert (activity.actor, activity.object_id) == (coordinator, document.pk)
    assert [*check_version_digests(), *check_current_versions(), *check_search_index()] == []
    assert Version.objects.exclude(salt="").values_list("number", flat=True).get() == 3


def test_stale_save_after_redaction_is_refused(coordinator, rapporteur, document):
    redact_name_in_record(coordinator, document)

    with pytest.raises(EditConflict):
        change_record(actor=rapporteur, record=document, changes={"summary": REDACTED_NAME}, from_version=1)


def test_quotations_of_document_are_redacted_with_it(coordinator, coalition, document):
    entry = EntryFactory(coalition=coalition, published=True)
    for words in ("Maria  Testova, opened.", "report was read.", "agreed."):
        start = TEXT_WITH_NAME.index(words)
        add_record_source(record=entry, document=document, start_offset=start, end_offset=start + len(words))

    redact_name_in_record(coordinator, document)

    document.refresh_from_db()
    sources = entry.sources.order_by("start")
    assert [document.text[source.start : source.end] for source in sources] == [source.quote for source in sources]
    assert [source.quote for source in sources] == ["[name removed], opened.", "report was read.", "agreed."]


def test_minutes_and_attendance_omit_name_and_preserve_organisation(coalition, coordinator, organisation, member):
    meeting = MeetingFactory(coalition=coalition, published=True, title="A call")
    came = CapacityFactory(coalition=coalition, name=REDACTED_NAME, organisation=organisation)
    AttendanceFactory(meeting=meeting, capacity=came)
    shared = CapacityFactory(coalition=coalition, name=f"{REDACTED_NAME} (press)")
    elsewhere = EntryFactory(coalition=coalition, published=True)
    elsewhere.speakers.add(shared)
    own = CapacityFactory(coalition=coalition, name=REDACTED_NAME, person=PersonFactory(name=REDACTED_NAME))
    AttendanceFactory(meeting=meeting, capacity=own)
    entries = [EntryFactory(meeting=meeting, coalition=coalition, text=f"{who} agreed.", published=True)
               for who in (REDACTED_NAME, "Somebody")]  # fmt: skip
    entries[1].speakers.add(shared)

    redact_name_in_record(coordinator, meeting)

    names = {row.capacity.name: row.capacity.organisation for row in meeting.attendances.select_related("capacity")}
    assert names == {
        "[name removed]": organisation,
        REDACTED_NAME: None,
    }  # of a person who signs in: that is their own to leave
    assert [entry.text for entry in meeting.entries.order_by("pk")] == [
        "[name removed] agreed.",
        "Somebody agreed.",
    ]
    assert entries[1].speakers.get().name == "[name removed] (press)"
    assert (elsewhere.speakers.get(), Capacity.objects.get(pk=own.pk).name) == (shared, REDACTED_NAME)
    versions = dict(Record.objects.filter(pk__in=[entry.pk for entry in entries]).values_list("pk", "version"))
    assert versions == {entries[0].pk: 2, entries[1].pk: 1}


def test_files_with_name_are_deleted_on_request_only(coordinator, rapporteur, coalition, document):
    document.file.save("minutes.txt", ContentFile(TEXT_WITH_NAME.encode()))
    named, other = (attach_file_to_record(actor=rapporteur, record=document, file_name=f"{name}.txt",
                                          data=text.encode())
                    for name, text in (("a", f"By {REDACTED_NAME}."), ("b", "By nobody.")))  # fmt: skip
    for file in (named, other):
        read_attachment.func(file.pk)
    paths = [named.file.name, document.file.name]

    redact_name_in_record(coordinator, document)
    assert Attachment.objects.count() == 2

    Document.objects.update(text=TEXT_WITH_NAME)
    redact_name_in_record(coordinator, document, includes_files=True)

    assert Attachment.objects.get().pk == other.pk
    assert not Document.objects.get().file
    delete_files.func(paths)
    assert not any(map(default_storage.exists, paths))


def test_text_of_emails_about_record_with_name_is_deleted(coordinator, coalition, document):
    for number, words in enumerate((REDACTED_NAME, "nobody")):
        message = queue_email(to="a@example.org", subject="News", body=f"By {words}.", key=str(number), held=True)
        message.sent_at, message.held = timezone.now(), False
        message.save()
        Letter.objects.create(message=message, coalition=coalition, record=document)

    redact_name_in_record(coordinator, document)

    assert [letter.message.body for letter in Letter.objects.order_by("pk")] == ["", "By nobody."]


def test_replacement_is_in_the_language_of_the_coalition(coordinator, coalition, document):
    coalition.language = "fr"
    coalition.save()
    document.refresh_from_db()
    with translation.override("fr"):
        words = translation.gettext("[name removed]")
    redact_name_in_record(coordinator, document)

    assert Document.objects.get().title == f"Minutes by {words}"


@pytest.mark.parametrize("redacted_names", [["Nobody Here"], [" "], ["M"]])
def test_redaction_of_absent_name_changes_nothing(coordinator, document, redacted_names):
    with pytest.raises(ActionRefused):
        redact_name_in_record(coordinator, document, *redacted_names)

    assert (Document.objects.get().version, Document.objects.get().redacted_at) == (1, None)


@pytest.mark.parametrize(("persona", "is_allowed"), [("member", False), ("rapporteur", False), ("outsider", False),
                                          ("safeguarding_lead", True), ("coordinator", True)])  # fmt: skip
def test_coordinator_or_safeguarding_lead_redacts(request, document, persona, is_allowed):
    person = request.getfixturevalue(persona)
    if is_allowed:
        redact_name_in_record(person, document)
    else:
        with pytest.raises(PermissionDenied):
            redact_name_in_record(person, document)

    assert (Document.objects.get().redacted_at is not None) == is_allowed


@pytest.mark.parametrize("quarantine_state", ["held", "safeguarding"])
def test_name_in_quarantine_is_left_to_safeguarding_lead(coalition, coordinator, safeguarding_lead, quarantine_state):
    meeting = MeetingFactory(coalition=coalition, published=True)
    entry = EntryFactory(meeting=meeting, coalition=coalition, text=f"{REDACTED_NAME} agreed.", published=True)
    Record.objects.filter(pk=entry.pk).update(state=quarantine_state)

    for record in (meeting, Record.objects.get(pk=entry.pk)):
        with pytest.raises(PermissionDenied):
            redact_name_in_record(coordinator, record)

    assert redact_name_in_record(safeguarding_lead, meeting) > 0


def test_other_records_with_the_name_are_not_changed(coordinator, coalition, document):
    other = DocumentFactory(coalition=coalition, title=f"About {REDACTED_NAME}", published=True)

    redact_name_in_record(coordinator, document)

    other.refresh_from_db()
    assert (other.title, other.version, other.redacted_at) == (f"About {REDACTED_NAME}", 1, None)
