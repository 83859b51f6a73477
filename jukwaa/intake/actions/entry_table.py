"""What a person decides on one page about the sentences of a report: which become entries, of whom, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import F
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.refusals import EditConflict
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.intake.actions.decisions import lock_decidable_reading, record_decision_activity, unmerge_suggestions
from jukwaa.intake.actions.missed_entries import accept_sentence_as_attendance, add_suggestion, edit_suggestion
from jukwaa.intake.entry_table import is_editable_entry
from jukwaa.intake.joined_owners import OwnerSplitter
from jukwaa.intake.leading_owner import build_leading_owner_finder
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Decision, DeskKind, Reading, Sentence, Suggestion
from jukwaa.intake.report_lines import ReportLine, load_report_lines
from jukwaa.intake.similar_sentences import read_sentence
from jukwaa.intake.suggestion_wording import (
    SuggestionWording,
    complete_commitment_wording,
    get_suggestion_wording,
    join_owners,
    split_wording_by_owner,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRowDecision:
    """What a person says of one row. Without a kind, it does not become an entry."""

    sentence_number: int
    versions: Mapping[int, int]  # by suggestion; empty for a sentence without one
    kind: str
    owners: Sequence[str] = ()
    due_on: date | None = None
    progress: str = ""


@dataclass(slots=True)
class EntryTableResult:
    """How many entries were accepted, added and rejected, and the sentences of which nothing was saved.

    `conflicts`: another person decided meanwhile. `unread`: their names could not be read as attendance.
    `examples`: suggestions that the person added or changed, which show what similar sentences are.
    """

    accepted: int = 0
    added: int = 0
    rejected: int = 0
    conflicts: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    examples: list[int] = field(default_factory=list)


@action
def save_entry_table(*, actor: Person, reading: Reading, rows: Sequence[EntryRowDecision]) -> EntryTableResult:
    """Keep every row that has a kind as it says, reject the suggestions of the others, and add what was missed.

    Of a row that another person decided meanwhile nothing is saved; the others are. Raises PermissionDenied and
    ActionRefused.
    """
    reading = lock_decidable_reading(actor, reading)
    writer = _TableWriter(actor, reading)
    for row in rows:
        writer.save_row(row)
    writer.store_plain_decisions()
    return writer.result


class _TableWriter:
    """Part of the one transaction of `save_entry_table`."""

    def __init__(self, actor: Person, reading: Reading) -> None:
        self.actor, self.reading = actor, reading
        self.result = EntryTableResult()
        self.suggestions: dict[int, Suggestion] = reading.suggestions.in_bulk()
        self.accepted: list[Suggestion] = []
        self.refused: list[Suggestion] = []
        self.lines: Sequence[ReportLine] = ()
        self.find_owner = build_leading_owner_finder(reading.coalition)
        self.owner_splitter = OwnerSplitter(
            reading.coalition, reading.actors.filter(is_group=False).values_list("written", flat=True)
        )

    def save_row(self, row: EntryRowDecision) -> None:
        try:
            self._save_row(row)
        except (EditConflict, Sentence.DoesNotExist):
            self.result.conflicts.append(row.sentence_number)

    @atomic_with_retry  # a savepoint: a row is saved as a whole, or not at all
    def _save_row(self, row: EntryRowDecision) -> None:
        row = replace(row, owners=self._split_typed_owners(row))
        if row.versions:
            self._decide_suggestions(row)
        elif row.kind in ATTENDANCE_SUGGESTION_KINDS:
            self._add_attendance(row)
        elif row.kind:
            self._add_entry(row)

    def _split_typed_owners(self, row: EntryRowDecision) -> list[str]:
        """Each owner alone: "Ana and Ben" are two. Names that the row had already stay as they are."""
        shown = {self.suggestions[pk].owner for pk in row.versions if pk in self.suggestions}
        names = [part for name in row.owners for part in ([name] if name in shown else self.owner_splitter.split(name))]
        return list(dict.fromkeys(names))

    def _decide_suggestions(self, row: EntryRowDecision) -> None:
        shown = [self.suggestions[pk] for pk in row.versions if pk in self.suggestions]
        if len(shown) < len(row.versions):
            self.result.conflicts.append(row.sentence_number)
            return
        wordings = self._build_wordings(row, shown) if row.kind else []
        if self._is_decided_so(shown, wordings) or self._is_second_press(row, shown):
            return
        if any(each.version != row.versions[each.pk] or not is_editable_entry(each) for each in shown):
            self.result.conflicts.append(row.sentence_number)
            return
        pairs, left = _pair_by_owner(shown, wordings)
        accepted = [
            suggestion for suggestion, wording in pairs if suggestion is not None and _says(suggestion, wording)
        ]
        changed = [pair for pair in pairs if pair[0] not in accepted]
        for suggestion, wording in changed:
            self._change(suggestion, wording, shown[0])
        self.refused += left
        self.accepted += accepted
        self.result.accepted += len(changed)

    def _is_decided_so(self, shown: Sequence[Suggestion], wordings: Sequence[SuggestionWording]) -> bool:
        first = shown[0]
        alike = [each for each in self.suggestions.values() if (each.start, each.end) == (first.start, first.end)]
        return all(any(each.is_kept and _says(each, wording) for each in alike) for wording in wordings) and all(
            each.decision == Decision.REFUSED or any(_says(each, wording) for wording in wordings) for each in shown
        )

    def _build_wordings(self, row: EntryRowDecision, shown: Sequence[Suggestion]) -> list[SuggestionWording]:
        """One for each owner. A new commitment is owned and due as its sentence says, where the row does not say it."""
        first = get_suggestion_wording(shown[0])
        due_text = first.due_text if row.due_on == first.due_on else ""
        changed = replace(first, kind=row.kind, due_on=row.due_on, due_text=due_text, progress=row.progress)
        if row.kind != DeskKind.COMMITMENT:
            return [changed]
        if first.kind != row.kind:
            changed = replace(changed, owner=join_owners(row.owners))
            changed = complete_commitment_wording(changed, self.reading.closing_day, self.find_owner)
            return split_wording_by_owner(changed)
        actors = {each.owner: list(each.actors) for each in shown}
        return [
            replace(changed, owner=owner, actors=actors.get(owner) or _replace_name(first.actors, first.owner, owner))
            for owner in row.owners or [""]
        ]

    def _is_second_press(self, row: EntryRowDecision, shown: Sequence[Suggestion]) -> bool:
        """Whether this person has just saved the row, and its empty fields were filled from the sentence."""
        return all(
            (each.decided_by_id, each.version, each.kind) == (self.actor.pk, row.versions[each.pk] + 1, row.kind)
            and (each.owner in row.owners or not row.owners)
            and row.due_on in {None, each.due_on}
            and row.progress in {"", each.progress}
            for each in shown
        )

    def _change(self, suggestion: Suggestion | None, wording: SuggestionWording, beside: Suggestion) -> None:
        if suggestion is not None:
            suggestion.reading = self.reading
            version = suggestion.version
            edit_suggestion(actor=self.actor, suggestion=suggestion, wording=wording, from_version=version)
            self.result.examples.append(suggestion.pk)
        else:
            span = {"start_offset": beside.start, "end_offset": beside.end}
            add_suggestion(actor=self.actor, reading=self.reading, wording=wording, **span)

    def _add_entry(self, row: EntryRowDecision) -> None:
        sentence = self._get_sentence(row.sentence_number)
        if all(line.number != row.sentence_number for line in self.lines):
            self.lines = load_report_lines(self.reading, row.sentence_number)  # of many rows at once
        wording = read_sentence(self.reading, row.sentence_number, row.kind, self.lines)
        if row.kind == DeskKind.COMMITMENT:
            typed = replace(
                wording,
                owner=join_owners(row.owners) or wording.owner,
                due_on=row.due_on or wording.due_on,
                due_text="" if row.due_on else wording.due_text,
                progress=row.progress or wording.progress,
            )
            wording = complete_commitment_wording(typed, self.reading.closing_day, self.find_owner)
        there = [
            each for each in self.suggestions.values() if each.sentence_id == sentence.pk and is_editable_entry(each)
        ]
        if there:  # since the page was shown
            if not all(any(_says(each, own) for each in there) for own in split_wording_by_owner(wording)):
                self.result.conflicts.append(row.sentence_number)
            return
        added = add_suggestion(
            actor=self.actor,
            reading=self.reading,
            start_offset=sentence.start,
            end_offset=sentence.end,
            wording=wording,
        )
        self.result.added += not added.is_repeated
        self.result.examples.append(added.pk)

    def _add_attendance(self, row: EntryRowDecision) -> None:
        sentence = self._get_sentence(row.sentence_number)
        added = accept_sentence_as_attendance(actor=self.actor, sentence=sentence)
        if not added:
            self.result.unread.append(row.sentence_number)
        self.result.added += sum(not each.is_repeated for each in added)

    def _get_sentence(self, number: int) -> Sentence:
        sentence = self.reading.sentences.get(number=number)
        sentence.reading = self.reading
        return sentence

    def store_plain_decisions(self) -> None:
        """What was accepted as it stands and what was rejected, in one query each."""
        for suggestion in self.refused:
            unmerge_suggestions(suggestion)
        for suggestions, decision in ((self.accepted, Decision.ACCEPTED), (self.refused, Decision.REFUSED)):
            self.reading.suggestions.filter(pk__in=[each.pk for each in suggestions]).update(
                decision=decision, decided_by=self.actor, decided_at=timezone.now(), version=F("version") + 1
            )
        self.result.accepted += len(self.accepted)
        self.result.rejected = len(self.refused)
        if self.accepted or self.refused:
            record_decision_activity(self.actor, self.reading)


def _says(suggestion: Suggestion, wording: SuggestionWording) -> bool:
    return wording.get_column_values() == get_suggestion_wording(suggestion).get_column_values()


def _replace_name(names: Sequence[str], former: str, current: str) -> list[str]:
    """The names, with the owner whom a person chose in the place of the former one."""
    return [name for name in (current if each == former else each for each in names) if name]


def _pair_by_owner(
    suggestions: Sequence[Suggestion], wordings: Sequence[SuggestionWording]
) -> tuple[list[tuple[Suggestion | None, SuggestionWording]], list[Suggestion]]:
    """Each wording with the suggestion of its owner, or else one that is left; and the suggestions that nobody has."""
    left = list(suggestions)
    own = {wording.owner: next((each for each in left if each.owner == wording.owner), None) for wording in wordings}
    left = [each for each in left if each not in own.values()]
    pairs = [(own[wording.owner] or (left.pop(0) if left else None), wording) for wording in wordings]
    return pairs, left
