"""What a person adds from the words of a report, which the machine missed, and suggestions in their own words."""

from dataclasses import replace
from typing import Any

from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.actions.decisions import (
    check_suggestion_wording,
    lock_decidable_reading,
    record_decision_activity,
    store_suggestion_decision,
    store_wording_actor_names,
)
from jukwaa.intake.chosen_attendance import find_chosen_attendance, has_known_or_several_people
from jukwaa.intake.leading_owner import build_leading_owner_finder
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Decision, DeskKind, Reading, Sentence, Suggestion
from jukwaa.intake.similar_sentences import read_sentence
from jukwaa.intake.suggestion_wording import (
    SuggestionWording,
    complete_commitment_wording,
    get_suggestion_wording,
    split_wording_by_owner,
)
from jukwaa.records.models import Document


@action
def add_suggestion(
    *, actor: Person, reading: Reading, start_offset: int, end_offset: int, wording: SuggestionWording
) -> Suggestion:
    """Keep something that the machine missed, for each owner, unless an entry from the same words says it already.

    Returns the first that was added, or else the first that was there, with `is_repeated`. Raises PermissionDenied,
    ActionRefused for words that lie outside of the sentences, and EditConflict for what another person has rejected.
    """
    reading = lock_decidable_reading(actor, reading)
    check_suggestion_wording(wording)
    sentence = _find_sentence(reading, start_offset, end_offset)
    span = (sentence, start_offset, end_offset)
    kept = [_keep_wording(actor, reading, span, each) for each in split_wording_by_owner(wording)]
    return next((each for each in kept if not each.is_repeated), kept[0])


def _keep_wording(
    actor: Person, reading: Reading, span: tuple[Sentence, int, int], wording: SuggestionWording
) -> Suggestion:
    sentence, start_offset, end_offset = span
    columns = wording.get_column_values()
    there = reading.suggestions.filter(
        start=start_offset, end=end_offset, kind=columns["kind"], text=columns["text"]
    ).order_by("pk")
    if repeated := next((one for one in there if one.is_kept and _says_no_more(columns, one)), None):
        repeated.is_repeated = True
        return repeated
    if waiting := next((one for one in there if not one.is_kept and _may_become(columns, one)), None):
        return _keep_instead(actor, waiting, wording)
    groups = _find_organisations_beside_names(reading, start_offset, end_offset, columns)
    store_wording_actor_names(reading, columns, groups)
    added = Suggestion.objects.create(
        reading=reading,
        sentence=sentence,
        start=start_offset,
        end=end_offset,
        by_machine=False,
        decision=Decision.ACCEPTED,
        decided_by=actor,
        decided_at=timezone.now(),
        **columns,
    )
    record_decision_activity(actor, reading)
    return added


def _find_sentence(reading: Reading, start_offset: int, end_offset: int) -> Sentence:
    """The one that these words begin in. Raises ActionRefused for words that lie outside of the sentences."""
    sentence = reading.sentences.filter(start__lte=start_offset, end__gt=start_offset).first()
    last = reading.sentences.last()
    if sentence is None or last is None or not start_offset < end_offset <= last.end:
        raise ActionRefused(_("Select words in the document: 1 sentence, or several consecutive sentences."))
    return sentence


def _says_no_more(columns: dict[str, Any], existing: Suggestion) -> bool:
    """Whether an entry of the same words has all the names and details of this one."""
    details = ("came_as", "is_chair") if existing.is_attendance else ("owner", "due_on", "due_text", "progress")
    return (
        set(columns["actors"]) <= set(existing.actors)
        and columns["mode"] in {"", existing.mode}
        and all(
            columns[name] == getattr(existing, name) or not (columns[name] or existing.is_attendance)
            for name in details
        )
    )


def _may_become(columns: dict[str, Any], waiting: Suggestion) -> bool:
    """Whether an entry can take the place of a suggestion that was not kept: not of one about other people."""
    if waiting.is_attendance:
        return waiting.actors in ([], columns["actors"])
    return not columns["owner"] or waiting.owner in ("", columns["owner"])


@action
def edit_suggestion(
    *, actor: Person, suggestion: Suggestion, wording: SuggestionWording, from_version: int
) -> Suggestion:
    """Keep it, in other words. Of several owners it is the first one's; the others get a suggestion each.

    Raises as `accept_suggestion`, and ActionRefused for a text that is empty.
    """
    check_suggestion_wording(wording)
    own, *others = split_wording_by_owner(wording)
    same = own.get_column_values() == get_suggestion_wording(suggestion).get_column_values()
    decision = Decision.ACCEPTED if same else Decision.EDITED
    waiting = list(
        Suggestion.objects.waiting()
        .filter(**{name: getattr(suggestion, name) for name in ("sentence", "start", "end", "kind", "text")})
        .exclude(pk=suggestion.pk)
        .select_related("reading__coalition")
    )
    edited = store_suggestion_decision(actor, suggestion, from_version, decision, own)
    for other in others:
        if known := next((each for each in waiting if each.owner == other.owner), None):
            store_suggestion_decision(actor, known, known.version, Decision.EDITED, other)
        else:
            _keep_wording(actor, edited.reading, (edited.sentence, edited.start, edited.end), other)
    return edited


def _keep_instead(actor: Person, suggestion: Suggestion, wording: SuggestionWording) -> Suggestion:
    """Keep a suggestion of the same words with this wording, and with its mode if the wording has none.

    Raises EditConflict if another person has rejected or merged it.
    """
    is_decided = suggestion.decision != Decision.WAITING and suggestion.decided_by_id != actor.pk
    from_version = suggestion.version - is_decided  # an earlier one than that decision made
    wording = replace(wording, mode=wording.mode or suggestion.mode)
    return store_suggestion_decision(actor, suggestion, from_version, Decision.ACCEPTED, wording)


def _find_organisations_beside_names(
    reading: Reading, start_offset: int, end_offset: int, columns: dict[str, Any]
) -> dict[str, str]:
    """The organisation that the document has beside each name of an attendance, as written."""
    if columns["kind"] not in ATTENDANCE_SUGGESTION_KINDS:
        return {}
    words = _load_words(reading, start_offset, end_offset)
    return {name: group for chosen in find_chosen_attendance(words) for name, group in chosen.groups.items()}


def _load_words(reading: Reading, start_offset: int, end_offset: int) -> str:
    quoted = Document.objects.filter(readings=reading).annotate(
        quote=Substr("text", start_offset + 1, end_offset - start_offset)
    )
    return quoted.values_list("quote", flat=True).first() or ""


@action
def accept_sentence_as_suggestion(*, actor: Person, sentence: Sentence, suggestion_kind: str) -> Suggestion:
    """Keep a sentence that the machine missed: its words, or what a row says by its columns.

    Raises as `add_suggestion`.
    """
    reading = sentence.reading
    wording = read_sentence(reading, sentence.number, suggestion_kind)
    if suggestion_kind == DeskKind.COMMITMENT:
        find_owner = build_leading_owner_finder(reading.coalition)
        wording = complete_commitment_wording(wording, reading.closing_day, find_owner)
    return add_suggestion(
        actor=actor, reading=reading, start_offset=sentence.start, end_offset=sentence.end, wording=wording
    )


@action
def accept_sentence_as_attendance(*, actor: Person, sentence: Sentence) -> list[Suggestion]:
    """Keep the attendance of those whom a sentence lists: an entry for each way in which they attended.

    Nothing is added, and nothing returned, where they are neither known nor several, and where another person has
    changed the attendance from this sentence. Raises as `add_suggestion`.
    """
    reading = sentence.reading
    edited = reading.suggestions.filter(
        sentence=sentence, kind__in=ATTENDANCE_SUGGESTION_KINDS, decision=Decision.EDITED
    )
    if edited.exclude(decided_by=actor).exists():
        return []
    text = Document.objects.filter(readings=reading).values_list("text", flat=True).first() or ""
    words = text[sentence.start : sentence.end]
    attendance = find_chosen_attendance(words, text, by_mode=True)
    if not has_known_or_several_people(reading.coalition, attendance):
        return []
    return [
        add_suggestion(
            actor=actor,
            reading=reading,
            start_offset=sentence.start,
            end_offset=sentence.end,
            wording=SuggestionWording(
                kind=DeskKind.ATTENDEE,
                text=words,
                actors=chosen.names,
                came_as=chosen.came_as,
                mode=chosen.mode,
                is_chair=chosen.is_chair,
            ),
        )
        for chosen in attendance
    ]
