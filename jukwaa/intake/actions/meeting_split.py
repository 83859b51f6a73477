"""Notes of another meeting in a report: what follows a sentence becomes a report import of its own, and back."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.intake import policies
from jukwaa.intake.actions.decisions import lock_decidable_reading
from jukwaa.intake.actions.reading_start import ReadingDetails, start_locked_reading
from jukwaa.intake.models import Decision, Reading
from jukwaa.intake.models.suggestions import ACCEPTING_DECISIONS
from jukwaa.intake.report_overview import UNKNOWN_LANGUAGE, ReportPart
from jukwaa.intake.report_parsing import parse_report
from jukwaa.intake.rereading import reread_report
from jukwaa.intake.source_readers import is_imported_document
from jukwaa.intake.text_hashes import compute_text_fingerprint
from jukwaa.records.models import Document, Label

MAX_CHARACTERS_READ_AT_ONCE = 300_000  # about 100 pages: more takes longer than a person waits
MAX_SENTENCES_NAMED = 10


class _SplitReport(NamedTuple):
    """Both parts of a report, with their readings."""

    kept: ReportPart
    moved: ReportPart


def split_reading(*, actor: Person, reading: Reading, number: int) -> Reading:
    """Move the notes from this sentence on to a report import of its own. Return that import.

    A second press leads to the same import. Raises PermissionDenied, and ActionRefused where a decision would be lost,
    where the readers of the document cannot be the same, or where the same text has been imported before.
    """
    if not policies.can_import_reports(ViewerContext(actor), reading.coalition):
        raise PermissionDenied
    return _move_later_notes(actor, reading, number, _read_both_parts(reading, number))


def rejoin_reading(*, actor: Person, reading: Reading) -> Reading:
    """Move the notes back that were moved last, if nothing was accepted from them. A second press changes nothing.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_import_reports(ViewerContext(actor), reading.coalition):
        raise PermissionDenied
    if not reading.moved_notes:
        return reading
    note = reading.moved_notes[-1]
    end = _find_end_of_notes(reading, note["last"] - note["first"] + 1)
    return _move_notes_back(actor, reading, note, _read_beginning(reading, end))


def _read_both_parts(reading: Reading, number: int) -> _SplitReport | None:
    """Before any row is locked, since it takes time. None if these notes have been moved already."""
    around = list(reading.sentences.filter(number__in=(number - 1, number)).order_by("number"))
    if not around or around[-1].number != number:
        return None
    if around[0].number == number:
        raise ActionRefused(_("Choose a later sentence. Otherwise nothing is left in this import."))
    end = _find_end_of_notes(reading)
    if end > MAX_CHARACTERS_READ_AT_ONCE:
        raise ActionRefused(
            _("This report is too long to be split here. Import the notes of the other meeting as a file of their own.")
        )
    document = _get_document(reading)
    cut = _find_cut(document.text, around[0].end, around[1].start)
    moved_text = ExtractedText(document.text[cut:end], document.media_type)
    return _SplitReport(_read_beginning(reading, cut), parse_report(moved_text))


def _find_end_of_notes(reading: Reading, sentences_added: int = 0) -> int:
    """Where the notes of this import end in its document, also with some of the sentences that were moved."""
    document = _get_document(reading)
    if not reading.moved_notes:
        return len(document.text)
    last = reading.sentences.latest("number").end
    _text, parsed_report = _read_beginning(reading, len(document.text))
    bounds = [last, *(said.end for said in parsed_report.sentences if said.start >= last)]
    starts = [said.start for said in parsed_report.sentences if said.start >= last]
    if len(starts) <= sentences_added:
        return len(document.text)
    return _find_cut(document.text, bounds[sentences_added], starts[sentences_added])


def _find_cut(text: str, end_before: int, start: int) -> int:
    """Where a part begins: at the line of its first sentence, with the mark of a heading or of an item."""
    line_start = text.rfind("\n", end_before, start) + 1
    return line_start or start


def _read_beginning(reading: Reading, end: int) -> ReportPart:
    document = _get_document(reading)
    language = None if reading.language == UNKNOWN_LANGUAGE else reading.language
    return parse_report(ExtractedText(document.text[:end], document.media_type, language))


def _get_document(reading: Reading) -> Document:
    return Document.objects.get(readings=reading)


@action
def _move_later_notes(actor: Person, reading: Reading, number: int, parts: _SplitReport | None) -> Reading:
    current = lock_decidable_reading(actor, reading)
    later = current.sentences.filter(number__gte=number)
    if parts is None or not later.exists():
        return _get_moved_notes(current, number)
    (kept_text, kept_report), (moved_text, moved_report) = parts
    document = _get_document(current)
    same_moves = current.moved_notes == reading.moved_notes  # or these notes may end elsewhere by now
    if not same_moves or not document.text.startswith(kept_text.text + moved_text.text):
        raise ActionRefused(_("This report has just been changed. Try again."))
    _require_undecided_notes(current, number)
    _require_same_readers(document)
    last = later.latest("number").number
    _require_no_document_with_text(current, moved_text.text)
    started = start_locked_reading(
        actor=current.started_by,
        coalition=current.coalition,
        reading_details=ReadingDetails(label=document.label),
        extracted_text=moved_text,
        parsed_report=moved_report,
        reading_upload=None,  # the file contains the notes that stay here too
    )
    moved = started.reading
    if started.found:
        _require_notes_moved_back(moved, current, document)
        moved.same_as, moved.state = None, Reading.State.OPEN
    moved.notes = [note for note in moved.notes if note != {"moved_from": current.pk}] + [{"moved_from": current.pk}]
    moved.save(update_fields=["notes", "same_as", "state"])
    reread_report(current, kept_report)
    current.notes.append({"moved_to": moved.pk, "first": number, "last": last})
    current.save(update_fields=["notes"])
    record_activity(actor=actor, verb="split", subject=current, coalition=current.coalition)
    return moved


def _get_moved_notes(reading: Reading, number: int) -> Reading:
    """The import to which a sentence was moved."""
    moved_to = [note["moved_to"] for note in reading.moved_notes if note["first"] <= number <= note["last"]]
    moved = Reading.objects.filter(pk__in=moved_to).select_related("coalition").first()
    if moved is None:
        raise ActionRefused(_("This import has no sentence %(number)s.") % {"number": number})
    return moved


def _require_undecided_notes(reading: Reading, number: int) -> None:
    """Nothing that a person decided goes away with the sentences, and no mark of the Chatham House Rule."""
    if part := reading.parts.filter(last__gte=number).first():
        sentence = _("These notes are marked as the agenda item “%(title)s”. Remove that agenda item first.")
        raise ActionRefused(sentence % {"title": part.title})
    kept = Q(decision__in=(*ACCEPTING_DECISIONS, Decision.MERGED)) | Q(merged__isnull=False)
    decided = reading.suggestions.filter(kept, sentence__number__gte=number).order_by("sentence__number")
    entered = decided.filter(entered_at__isnull=False).values_list("sentence__number", flat=True).distinct()
    numbers = entered or decided.values_list("sentence__number", flat=True).distinct()
    if not numbers:
        return
    sentence = _("Undo your decisions about these sentences first, because they would be lost: %(numbers)s.")
    if entered:
        sentence = _("These notes cannot be moved, because sentences have been added to the record: %(numbers)s.")
    named = format_list_in_sentence([str(each) for each in numbers[:MAX_SENTENCES_NAMED]])
    raise ActionRefused(sentence % {"numbers": named})


def _require_same_readers(document: Document) -> None:
    """A source of an import is read by all, by members or by the coordinators; other readers cannot be given to it."""
    if document.label in policies.SOURCE_LABELS and (document.label != Label.RED or is_imported_document(document)):
        return
    raise ActionRefused(
        _(
            "Only people or organisations that are named can read this document, so it cannot be split here. Import the"
            " notes of the other meeting as a file of their own."
        )
    )


def _require_no_document_with_text(reading: Reading, text: str) -> None:
    """A document that was never imported as a report has readers of its own."""
    documents = Document.objects.visible_to(reading.started_by).filter(coalition=reading.coalition_id)
    if documents.filter(fingerprint=compute_text_fingerprint(text), readings__isnull=True).exists():
        raise ActionRefused(_("These notes cannot be moved, because another document contains the same text."))


def _require_notes_moved_back(moved: Reading, reading: Reading, document: Document) -> None:
    """An import with the same text is used again only where it was made by a split of this one, for the same people."""
    if moved.same_as_id != reading.pk:
        raise ActionRefused(
            _(
                "These notes cannot be moved, because the same text has been imported before. Review the notes in that"
                " import."
            )
        )
    if _get_document(moved).label != document.label:
        raise ActionRefused(
            _(
                "These notes cannot be moved, because other people can read the document to which they were moved"
                " before. Import them as a file of their own."
            )
        )


@action
def _move_notes_back(actor: Person, reading: Reading, note: dict[str, int], part: ReportPart) -> Reading:
    current = lock_decidable_reading(actor, reading)
    if note not in current.notes:
        return current
    kept_text, parsed_report = part
    if note != current.moved_notes[-1] or not _get_document(current).text.startswith(kept_text.text):
        raise ActionRefused(_("This report has just been changed. Try again."))
    moved = lock_row(Reading(pk=note["moved_to"]))
    if moved.moved_notes:
        raise ActionRefused(_("The other import has been split too. Move its notes back first."))
    if moved.parts.exists():
        raise ActionRefused(_("Remove the agenda items of the other import first, because they would be lost."))
    if moved.suggestions.exclude(decision__in=(Decision.WAITING, Decision.REFUSED)).exists():
        raise ActionRefused(_("Undo the decisions in the other import first, because they would be lost."))
    current.notes.remove(note)
    reread_report(current, parsed_report)
    current.save(update_fields=["notes"])
    moved.state, moved.same_as = Reading.State.GIVEN_UP, current
    moved.save(update_fields=["state", "same_as"])
    record_activity(actor=actor, verb="rejoined", subject=current, coalition=current.coalition)
    return current
