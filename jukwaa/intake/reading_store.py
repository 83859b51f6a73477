"""From text to the desk: the document as a draft, its sentences, what they suggest, and who is named in them."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import batched
from operator import attrgetter

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Organisation
from jukwaa.core.circulation import find_circulation_limit, find_off_record_remark
from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.core.documents.incoming.file_kinds import EMAIL_MEDIA_TYPE
from jukwaa.core.transactions import lock_rows
from jukwaa.core.uploads import clean_filename
from jukwaa.intake import reader
from jukwaa.intake.attendance_roles import find_member_organisations_on_day
from jukwaa.intake.due_dates import find_due_day, find_past_due_day
from jukwaa.intake.entry_plan import LABELS_FROM_WIDEST_CIRCLE
from jukwaa.intake.guesses import (
    SuggestionGuess,
    build_suggestion_guesses,
    is_group_name,
    parse_commitment_progress,
    strip_office_from_name,
)
from jukwaa.intake.matching import (
    OrganisationNameMatch,
    build_attendee_finder,
    build_organisation_matcher,
    find_match_beside_name,
    split_name_from_bracket,
)
from jukwaa.intake.meeting_details import fill_meeting_details, find_facts_of_reading
from jukwaa.intake.models import Actor, DeskKind, Reading, Sentence, Suggestion
from jukwaa.intake.reader.names import find_bracketed_text_by_name
from jukwaa.intake.report_overview import UNKNOWN_LANGUAGE, ReportOverview, ReportPart
from jukwaa.intake.source_readers import (
    describe_content_beside_text,
    describe_personal_details,
    set_coordinators_as_readers,
    suggest_source_label,
)
from jukwaa.intake.suggestion_completion import complete_suggestions
from jukwaa.intake.text_hashes import compute_normalised_text_hash, compute_text_fingerprint
from jukwaa.meetings.models import Commitment, Meeting
from jukwaa.records.actions import begin_record
from jukwaa.records.models import Document, Label, Source, State

ROWS_PER_BATCH = 1000  # rows of a transaction: about 50 ms
MIN_DISTINCTIVE_QUOTE_LENGTH = (
    25  # characters: a shorter sentence, such as "None.", says nothing about where it is from
)


@dataclass(frozen=True, slots=True)
class ReadingUpload:
    """The file that a text came in."""

    name: str
    data: bytes


def store_reading_in_batches(
    *, reading: Reading, extracted_text: ExtractedText, report_parts: Iterable[ReportPart]
) -> None:
    """Put a long text on the desk, in many short transactions: until the last of them nobody sees anything of it.

    Each part is stored before the next is read. The task may have been killed half-way before; what it left is taken
    out first.
    """
    _delete_partial_rows(reading)
    overview = ReportOverview()
    for part_text, parsed_report in report_parts:
        completed = complete_suggestions(parsed_report, reading.coalition)
        overview.add_part(part_text, completed)
        _store_report_rows(reading, completed)
        del parsed_report, completed  # before the next part is read
    if not _finish_storing_reading(reading=reading, extracted_text=extracted_text, overview=overview):
        _delete_partial_rows(reading)


def _store_report_rows(reading: Reading, parsed_report: reader.Reading) -> None:
    sentences = store_reading_sentences(reading, parsed_report)
    organisations = store_reading_actors(reading, parsed_report)
    create_in_batches(Suggestion, build_reading_suggestions(reading, parsed_report, sentences, organisations))


def restrict_reading_label(
    reading: Reading, extracted_text: ExtractedText, reading_upload: ReadingUpload | None = None
) -> None:
    """Nobody reads a source against what its text or its file speaks for, until a person has decided."""
    suggested = suggest_source_label(extracted_text.text, extracted_text.margins)
    if reading_upload and (beside_text := describe_content_beside_text(reading_upload.data, extracted_text)):
        reading.notes = [{"beside_text": beside_text}]
        suggested = Label.RED
    if describe_personal_details(extracted_text.hidden_text):  # the file still contains it
        suggested = Label.RED
    widest_first = LABELS_FROM_WIDEST_CIRCLE
    reading.label = max(Label(reading.label), suggested, key=widest_first.index)


def _delete_partial_rows(reading: Reading) -> None:
    for rows in (reading.suggestions, reading.sentences, reading.actors):
        while some := list(rows.values_list("pk", flat=True)[:ROWS_PER_BATCH]):
            rows.filter(pk__in=some).delete()


@action
def _finish_storing_reading(*, reading: Reading, extracted_text: ExtractedText, overview: ReportOverview) -> bool:
    """The last step: the document, with the file that waited, and the reading at the desk. False if it was ended."""
    waiting = lock_rows(Reading.objects.filter(pk=reading.pk, state=Reading.State.READING)).first()
    if waiting is None:
        return False
    waiting.coalition, waiting.started_by = reading.coalition, reading.started_by
    document = _build_reading_document(waiting, extracted_text, overview)
    if extracted_text.media_type == EMAIL_MEDIA_TYPE:  # it has everybody's address
        name, storage = str(waiting.upload.name), waiting.upload.storage
        transaction.on_commit(lambda: storage.delete(name))  # before that, it is the only copy for another try
    else:
        document.file_name, document.file.name = clean_filename(waiting.upload_name), waiting.upload.name
    waiting.document = _save_reading_document(waiting, document)
    waiting.upload = ""
    _save_reading_as_open(waiting, extracted_text, overview)
    return True


@action
def store_parsed_reading(
    *,
    reading: Reading,
    extracted_text: ExtractedText,
    parsed_report: reader.Reading,
    reading_upload: ReadingUpload | None = None,
) -> Reading:
    """Put a text on the desk. `parsed_report` was made beforehand, so that no lock is held while the machine reads."""
    parsed_report = complete_suggestions(parsed_report, reading.coalition)
    overview = ReportOverview()
    overview.add_part(extracted_text, parsed_report)
    if reading.document is None:
        reading.document = _create_reading_document(reading, extracted_text, overview, reading_upload)
    _save_reading_as_open(reading, extracted_text, overview)
    _store_report_rows(reading, parsed_report)
    return reading


def _save_reading_as_open(reading: Reading, extracted_text: ExtractedText, overview: ReportOverview) -> None:
    reading.language = overview.language
    reading.understood = overview.understood
    beside_text = [{"beside_text": reading.beside_text}] if reading.beside_text else []
    reading.notes = [*beside_text, *overview.notes]
    limit = find_off_record_remark(extracted_text.text)
    if limit := limit or find_circulation_limit(extracted_text.text, extracted_text.margins):
        reading.notes.append({"circulation": limit})
    if details := describe_personal_details(extracted_text.checked_text):
        reading.notes.append({"personal_details": details})
    if overview.corrections:
        sentence = _("A later email in this file may change a date in an earlier one: %(quotes)s Compare both.")
        reading.notes.append(sentence % {"quotes": " ".join(f"“{quote}”" for quote in overview.corrections)})
    reading.likeness = compute_normalised_text_hash(extracted_text.text)
    reading.state = Reading.State.OPEN
    fill_meeting_details(reading, extracted_text.text, overview)
    reading.save()
    record_activity(actor=reading.started_by, verb="read", subject=reading, coalition=reading.coalition)


def _create_reading_document(
    reading: Reading, extracted_text: ExtractedText, overview: ReportOverview, reading_upload: ReadingUpload | None
) -> Document:
    document = _build_reading_document(reading, extracted_text, overview)
    if reading_upload is not None and extracted_text.media_type != EMAIL_MEDIA_TYPE:  # it has everybody's address
        document.file_name = clean_filename(reading_upload.name)
        document.file.save(document.file_name, ContentFile(reading_upload.data), save=False)
    return _save_reading_document(reading, document)


def _save_reading_document(reading: Reading, document: Document) -> Document:
    """No role opens what is TLP:RED: the coordinators are named, so that others than the importer can go on with it."""
    document = begin_record(actor=reading.started_by, record=document)
    if document.label == Label.RED:
        set_coordinators_as_readers(document)
    return document


def _build_reading_document(reading: Reading, extracted_text: ExtractedText, overview: ReportOverview) -> Document:
    """Submitted, not published: those who keep the record see it, nobody else does until it is entered."""
    return Document(
        coalition=reading.coalition,
        kind="document",
        title=reading.title,
        label=reading.label,
        language=reading.coalition.language if overview.language == UNKNOWN_LANGUAGE else overview.language,
        state=State.SUBMITTED,
        text=extracted_text.text,
        fingerprint=compute_text_fingerprint(extracted_text.text),
        media_type=extracted_text.media_type,
    )


def store_reading_sentences(reading: Reading, parsed_report: reader.Reading) -> dict[int, Sentence]:
    known = _load_recorded_quotes(reading.meeting)
    rows = []
    before = 0
    for said in parsed_report.sentences:
        telling = " ".join(said.quote.split())
        rows.append(
            Sentence(
                reading=reading,
                number=said.number,
                start=said.start,
                end=said.end,
                unit=said.unit[:12],
                section=said.section[:250],
                opens=before == 0 or "\n" in parsed_report.text[before : said.start],
                joined="\n\n" in said.quote,
                in_record_id=known.get(telling) if len(telling) >= MIN_DISTINCTIVE_QUOTE_LENGTH else None,
            )
        )
        before = said.end
    create_in_batches(Sentence, rows)
    return {row.number: row for row in rows}


def create_in_batches[M: models.Model](
    model: type[M], unsaved_rows: Iterable[M], *, ignore_conflicts: bool = False
) -> None:
    """Each batch in a transaction of its own, unless one has begun already. Rows are built as they are stored."""
    for some in batched(unsaved_rows, ROWS_PER_BATCH):
        model._default_manager.bulk_create(some, ignore_conflicts=ignore_conflicts)  # noqa: SLF001 - public by Django's word


def _load_recorded_quotes(meeting: Meeting | None) -> dict[str, int]:
    """What the record of this meeting has already, by the words that it was made from."""
    if meeting is None:
        return {}
    sources = Source.objects.filter(record__entry__meeting=meeting).exclude(quote="")
    return {" ".join(quote.split()): pk for quote, pk in sources.values_list("quote", "record")}


def store_reading_actors(reading: Reading, parsed_report: reader.Reading) -> dict[str, Organisation]:
    """One row a name; those that the directory knows are matched, and a person can say otherwise."""
    guesses = list(build_suggestion_guesses(parsed_report, set()))
    named = [strip_office_from_name(name) for made in parsed_report.suggestions for name in (*made.actors, made.owner)]
    named += [name for guess in guesses if guess.is_chair for name in guess.made.actors]
    came = [made for made in parsed_report.suggestions if made.kind == "attendee"]
    groups = {
        name: group for made in came for name, group in find_bracketed_text_by_name(made.quote, made.actors).items()
    }
    groups |= {name: made.group for made in came if made.group for name in made.actors}
    attendees = {strip_office_from_name(name) for made in came for name in made.actors}
    attendees |= {name for guess in guesses if guess.is_chair for name in guess.made.actors}
    attendees |= {name for made in parsed_report.suggestions if made.kind == "commitment" for name in made.actors}
    return store_actor_names(reading, named, groups, attendees)


def store_actor_names(
    reading: Reading,
    actor_names: Iterable[str],
    groups_by_name: Mapping[str, str] | None = None,
    attendees: Collection[str] = (),
) -> dict[str, Organisation]:
    """Rows for names that the reading does not have yet. Returns the organisation of each that was matched.

    `groups_by_name`: the organisation beside a name in a table, as written, for where the name says nothing.
    `attendees`: the names of those who attended or do something, which may be people of the directory.
    """
    find = build_organisation_matcher(reading.coalition)
    find_attendee = build_attendee_finder(reading.coalition, reading.meeting_day) if attendees else None
    rows = []
    for name in dict.fromkeys(name[:250] for name in actor_names if name.strip()):
        group = is_group_name(name)
        person_name, beside = split_name_from_bracket(name)
        has_bracket, beside = bool(beside), (groups_by_name or {}).get(name, beside)
        meant = OrganisationNameMatch() if group else find(name)
        if beside and not group and (meant == OrganisationNameMatch() or (has_bracket and not meant.sure)):
            meant = find_match_beside_name(find, beside)
        if find_attendee is not None and not group and name in attendees:
            meant = find_attendee(person_name, beside, meant)
        means = Actor.Means.MATCHED if meant.sure else Actor.Means.AS_WRITTEN
        rows.append(
            Actor(
                reading=reading,
                written=name,
                means=means,
                organisation=meant.sure,
                likely=meant.likely,
                is_group=group,
            )
        )
    create_in_batches(Actor, rows, ignore_conflicts=True)
    return {row.written: row.organisation for row in rows if row.organisation}


def _find_due_day_of_suggestion(made: reader.Suggestion, meeting_day: date | None, document: str) -> date | None:
    is_kept = parse_commitment_progress(made.status) == Commitment.Progress.KEPT
    find = find_past_due_day if is_kept else find_due_day
    return find(made.due, meeting_day, document)


def build_reading_suggestions(
    reading: Reading,
    parsed_report: reader.Reading,
    sentences: dict[int, Sentence],
    organisations_by_name: dict[str, Organisation],
) -> Iterator[Suggestion]:
    """What is suggested from these sentences, not saved yet."""
    rows_in_order = sorted(sentences.values(), key=attrgetter("start"))
    closing_day = reading.closing_day or find_facts_of_reading(reading, parsed_report.text).closing_day
    there = find_member_organisations_on_day(organisations_by_name.values(), reading.meeting_day)
    members = {name for name, organisation in organisations_by_name.items() if organisation.pk in there}
    return (
        _build_guessed_suggestion(
            reading, guess, sentence, _find_due_day_of_suggestion(guess.made, closing_day, parsed_report.text)
        )
        for guess in build_suggestion_guesses(parsed_report, members)
        if (sentence := _find_sentence_of_guess(guess, rows_in_order)) is not None and sentence.in_record_id is None
    )


def _find_sentence_of_guess(suggestion_guess: SuggestionGuess, sentences: list[Sentence]) -> Sentence | None:
    """The sentence in which it begins; they are in order, and do not overlap."""
    start = suggestion_guess.made.start
    at = bisect_right(sentences, start, key=attrgetter("start")) - 1
    return sentences[at] if at >= 0 and start < sentences[at].end else None


def _build_guessed_suggestion(
    reading: Reading, suggestion_guess: SuggestionGuess, sentence: Sentence, due_on: date | None
) -> Suggestion:
    made = suggestion_guess.made
    return Suggestion(
        reading=reading,
        sentence=sentence,
        start=made.start,
        end=made.end,
        kind=DeskKind(made.kind),
        text=" ".join((made.words or made.quote).split()),
        actors=list(made.actors),
        owner=made.owner[:250],
        due_text=made.due[:120],
        due_on=due_on,
        progress=parse_commitment_progress(made.status),
        came_as=suggestion_guess.came_as,
        mode=suggestion_guess.mode,
        is_chair=suggestion_guess.is_chair,
        why=made.why[:250],
    )


@action
def mark_reading_failed(reading: Reading, problem_text: str) -> None:
    """The text could not be had: the reading says why, and whoever started it is told."""
    unread = Reading.objects.filter(pk=reading.pk, state=Reading.State.READING)
    if unread.update(state=Reading.State.FAILED, problem=problem_text):
        record_activity(actor=None, verb="failed", subject=reading, coalition=reading.coalition)


def save_reading_progress(reading: Reading, pages_done: int, total_pages: int) -> None:
    """Outside of any transaction, so that the waiting page sees it."""
    Reading.objects.filter(pk=reading.pk).update(pages_done=pages_done, pages_total=total_pages)


def mark_reading_entered(reading: Reading, *, entry_by_suggestion: int, meeting: Meeting) -> None:
    """Part of the action that enters it."""
    reading.state, reading.entered_at, reading.entered_by_id = (
        Reading.State.ENTERED,
        timezone.now(),
        entry_by_suggestion,
    )
    reading.meeting = meeting
    reading.save(update_fields=["state", "entered_at", "entered_by", "meeting"])
