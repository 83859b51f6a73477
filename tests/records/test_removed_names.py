"""A name that was removed from a record is removed again after an older backup was restored, and kept nowhere."""

import pytest
from django.core.files.base import ContentFile

from jukwaa.accounts import ledger
from jukwaa.accounts.erased_identities import append_missing_ledger_lines
from jukwaa.accounts.models import Protection
from jukwaa.accounts.protections import find_missing_protections, replay_protections
from jukwaa.coalitions.models import Activity
from jukwaa.config.health.record import check_current_versions, check_search_index, check_version_digests
from jukwaa.records.actions import add_comment, begin_record, redact_names_in_record
from jukwaa.records.models import Comment, Document, Record, Version
from jukwaa.records.removed_names import NameFinder
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db

REMOVED_NAME = "Maria Testova"
REPLAY_REPORT = ["1 records from which a name was removed."]


@pytest.fixture(autouse=True)
def ledger_folder(settings, tmp_path):
    settings.ERASURES_FOLDER = tmp_path


@pytest.fixture
def document(coalition, rapporteur):
    record = DocumentFactory.build(coalition=coalition, text=f"{REMOVED_NAME} opened.")
    return begin_record(actor=rapporteur, record=record, is_published=True)


def restore_document_text(document, text):
    """As with a backup from before: the ledger is complete, and the database has the name and no step."""
    append_missing_ledger_lines()
    Protection.objects.all().delete()
    Document.objects.filter(pk=document.pk).update(text=text, redacted_at=None)


def replay_removed_names():
    return replay_protections(ledger.read_erasure_ledger())


def get_indexed_text(document):
    return Document.objects.get(pk=document.pk).text


@pytest.mark.parametrize(
    ("text", "expected_text"),
    [
        (f"{REMOVED_NAME} opened.", "[name removed] opened."),
        ("By MARIA\n  TESTOVA, again.", "By [name removed], again."),
        (f"({REMOVED_NAME})", "([name removed])"),
        (f"Of {REMOVED_NAME}s, and {REMOVED_NAME}-Okello", f"Of {REMOVED_NAME}s, and [name removed]-Okello"),
        (f"Of {REMOVED_NAME}s and Mc{REMOVED_NAME}.", f"Of {REMOVED_NAME}s and Mc{REMOVED_NAME}."),
        ("Maria opened, Testova spoke.", "Maria opened, Testova spoke."),
    ],
)
def test_name_is_removed_again_as_whole_word_only(coordinator, document, text, expected_text):
    redact_names_in_record(actor=coordinator, record=document, names=[REMOVED_NAME])
    restore_document_text(document, text)

    assert [replay_removed_names(), replay_removed_names()] == [
        REPLAY_REPORT if "[name removed]" in expected_text else [],
        [],
    ]
    assert get_indexed_text(document) == expected_text


@pytest.mark.parametrize("removed_name", ["Ömer Işık", "İpek Su", "Σοφία Παπάς", "Strauß, M.", "สมชาย", "山田太郎"])
def test_removed_names_are_found_in_all_scripts(coordinator, document, removed_name):
    text = f"{removed_name} opened."
    Document.objects.filter(pk=document.pk).update(text=text)
    redact_names_in_record(actor=coordinator, record=Document.objects.get(pk=document.pk), names=[removed_name])
    assert get_indexed_text(document) == "[name removed] opened."
    restore_document_text(document, text)

    assert (replay_removed_names(), get_indexed_text(document)) == (REPLAY_REPORT, "[name removed] opened.")


def test_name_is_removed_from_versions_and_comments(coordinator, member, document):
    redact_names_in_record(actor=coordinator, record=document, names=[REMOVED_NAME])
    restore_document_text(document, f"{REMOVED_NAME} opened.")
    add_comment(actor=member, record=document, body=f"As {REMOVED_NAME} told us.")
    document = Document.objects.get(pk=document.pk)
    Version.objects.filter(record=document.pk, number=document.version).update(content=document.content())
    replay_removed_names()

    assert not [row for row in Version.objects.all() if REMOVED_NAME in str(row.content)]
    assert Comment.objects.get().body == "As [name removed] told us."
    assert Activity.objects.filter(verb="redacted").last().actor is None
    assert [list(check()) for check in (check_version_digests, check_current_versions, check_search_index)] == [
        [],
        [],
        [],
    ]


@pytest.mark.parametrize("with_files", [True, False])
def test_file_is_deleted_again_only_if_it_had_been_deleted(coordinator, document, with_files):
    document.file.save("minutes.txt", ContentFile(b"words"))
    redact_names_in_record(actor=coordinator, record=document, names=[REMOVED_NAME], includes_files=with_files)
    restore_document_text(document, f"{REMOVED_NAME} opened.")
    Document.objects.filter(pk=document.pk).update(file="minutes.txt", file_name="minutes.txt")
    replay_removed_names()

    assert (get_indexed_text(document), Document.objects.get().file.name) == (
        "[name removed] opened.",
        "" if with_files else "minutes.txt",
    )


def test_ledger_stores_no_name_and_digest_per_record(coordinator, document, coalition, rapporteur):
    other = DocumentFactory.build(coalition=coalition, text=REMOVED_NAME)
    other = begin_record(actor=rapporteur, record=other, is_published=True)
    for record in (document, other):
        redact_names_in_record(actor=coordinator, record=record, names=[REMOVED_NAME])
    append_missing_ledger_lines()

    steps = ledger.read_erasure_ledger().steps
    assert (len({step.key for step in steps}), [step.number for step in steps]) == (2, [len(REMOVED_NAME)] * 2)
    assert "maria" not in ledger.get_ledger_path().read_text().lower()


def test_other_record_with_same_number_is_unchanged(coordinator, document):
    redact_names_in_record(actor=coordinator, record=document, names=[REMOVED_NAME])
    restore_document_text(document, f"{REMOVED_NAME} opened.")
    Record.objects.filter(pk=document.pk).update(created_at="2020-01-01T00:00Z")

    assert (replay_removed_names(), get_indexed_text(document)) == ([], f"{REMOVED_NAME} opened.")


def test_name_added_after_redaction_is_not_removed(coordinator, document):
    redact_names_in_record(actor=coordinator, record=document, names=[REMOVED_NAME])
    append_missing_ledger_lines()
    Document.objects.filter(pk=document.pk).update(text=f"{REMOVED_NAME} agreed.")

    assert (replay_removed_names(), get_indexed_text(document)) == ([], f"{REMOVED_NAME} agreed.")


def test_dry_run_changes_nothing(coordinator, document, django_assert_num_queries):
    redact_names_in_record(actor=coordinator, record=document, names=[REMOVED_NAME])
    restore_document_text(document, f"{REMOVED_NAME} opened.")
    undone = find_missing_protections(ledger.read_erasure_ledger())["redaction"]

    assert ([each.record for each in undone], get_indexed_text(document)) == ([document.pk], f"{REMOVED_NAME} opened.")
    finder = NameFinder(undone[0].steps)
    assert (finder.count(f"By {REMOVED_NAME}."), finder.found) == (0, {REMOVED_NAME})
