"""What a person decides on one page about all who attended: each name kept, with a role and a match, or rejected."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Organisation
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.actions.decisions import (
    lock_decidable_reading,
    record_decision_activity,
    unmerge_suggestions,
)
from jukwaa.intake.actions.folder import choose_meeting_of_reading
from jukwaa.intake.actions.reading_settings import (
    leave_actor_unmatched,
    match_actor_to_organisation,
    set_actor_as_new_organisation,
)
from jukwaa.intake.attendance_table import KEEP_AS_WRITTEN, get_match
from jukwaa.intake.chosen_attendance import ChosenAttendance
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Decision, DeskKind, Reading, Suggestion
from jukwaa.intake.reading_store import store_actor_names
from jukwaa.intake.suggestion_wording import SuggestionWording, get_suggestion_wording
from jukwaa.places.text_folding import fold_text

OPEN_DECISIONS = frozenset({Decision.WAITING, Decision.ACCEPTED, Decision.EDITED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRowDecision:
    """What a person says of one row. `is_chair` is None where the table leaves it as it is."""

    suggestion_id: int
    position: int
    version: int
    seen_match: str
    is_kept: bool
    name: str
    came_as: str = ""
    mode: str = ""
    match: str = ""  # nothing where there was no choice
    is_chair: bool | None = None


@dataclass(frozen=True, slots=True)
class MissingPeople:
    """A line of people whom the document does not name as attending, with those whom it lists."""

    line: str
    attendance: Sequence[ChosenAttendance]
    mode: str = ""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """What a person says of the meeting that begins with the report. Without details, these stay as they are."""

    title: str
    details: Mapping[str, Any] | None = None


@dataclass(slots=True)
class AttendanceTableResult:
    """How many names were accepted and rejected; `conflicts` are names that another person changed meanwhile."""

    accepted: int = 0
    rejected: int = 0
    conflicts: list[str] = field(default_factory=list)


@action
def save_attendance_table(
    *,
    actor: Person,
    reading: Reading,
    rows: Sequence[AttendanceRowDecision],
    missing_people: Sequence[MissingPeople] = (),
    new_meeting: NewMeeting | None = None,
) -> AttendanceTableResult:
    """Keep what is ticked as its row says, reject the rest, and add those who are missing, all at one moment.

    Of a suggestion that another person changed meanwhile nothing is saved; the others are. Names that attended in
    different ways become suggestions of their own. What is said of a new meeting is saved first.

    Raises PermissionDenied and ActionRefused.
    """
    if new_meeting is not None:
        choose_meeting_of_reading(
            actor=actor,
            reading=reading,
            meeting=None,
            title=new_meeting.title,
            meeting_details=new_meeting.details,
        )
    reading = lock_decidable_reading(actor, reading)
    writer = _TableWriter(actor, reading)
    by_suggestion: dict[int, list[AttendanceRowDecision]] = defaultdict(list)
    for row in rows:
        by_suggestion[row.suggestion_id].append(row)
    saved = [row for group in by_suggestion.values() for row in writer.save_rows(group)]
    writer.add_missing_people(missing_people)
    writer.save_matches(saved)
    if writer.is_changed:
        record_decision_activity(actor, reading)
    return writer.result


@dataclass(frozen=True, slots=True)
class _Piece:
    """Names of one suggestion for which the table says the same."""

    is_kept: bool
    columns: dict[str, Any]

    def describes(self, suggestion: Suggestion) -> bool:
        decided = suggestion.is_kept if self.is_kept else suggestion.decision == Decision.REFUSED
        return decided and _get_columns(get_suggestion_wording(suggestion)) == self.columns


def _get_columns(wording: SuggestionWording) -> dict[str, Any]:
    return wording.get_column_values()


class _TableWriter:
    """Part of the one transaction of `save_attendance_table`."""

    def __init__(self, actor: Person, reading: Reading) -> None:
        self.actor, self.reading = actor, reading
        self.now: datetime = timezone.now()
        self.result = AttendanceTableResult()
        self.is_changed = False
        self.former_names: dict[str, str] = {}  # by what a person wrote instead
        found = reading.suggestions.filter(kind__in=ATTENDANCE_SUGGESTION_KINDS).select_related("sentence")
        self.suggestions = {suggestion.pk: suggestion for suggestion in found.order_by("sentence__number", "start")}

    def save_rows(self, rows: Sequence[AttendanceRowDecision]) -> Sequence[AttendanceRowDecision]:
        """Save what the rows of one suggestion say. Returns them, or nothing where another person was faster."""
        suggestion = self.suggestions.get(rows[0].suggestion_id)
        pieces = _build_pieces(suggestion, rows) if suggestion is not None else []
        if suggestion is None or not (self._is_saved(suggestion, pieces) or _is_unchanged(suggestion, rows)):
            self.result.conflicts += [row.name for row in rows]
            return []
        self.former_names |= {row.name: suggestion.actors[row.position] for row in rows if _is_renamed(suggestion, row)}
        if not self._is_saved(suggestion, pieces):
            self._save_pieces(suggestion, pieces)
        kept = sum(row.is_kept for row in rows)
        self.result.accepted += kept
        self.result.rejected += len(rows) - kept
        return rows

    def _is_saved(self, suggestion: Suggestion, pieces: Sequence[_Piece]) -> bool:
        """Whether everything is as the rows say already, as after a second press."""
        siblings = [
            each
            for each in self.suggestions.values()
            if (each.start, each.end, each.kind) == (suggestion.start, suggestion.end, suggestion.kind)
        ]
        return pieces[0].describes(suggestion) and all(any(map(piece.describes, siblings)) for piece in pieces[1:])

    def _save_pieces(self, suggestion: Suggestion, pieces: Sequence[_Piece]) -> None:
        first, *others = pieces
        is_same = _get_columns(get_suggestion_wording(suggestion)) == first.columns
        if not first.is_kept:
            unmerge_suggestions(suggestion)
        for name, value in first.columns.items():
            setattr(suggestion, name, value)
        suggestion.decision = _choose_decision(is_kept=first.is_kept, is_same=is_same)
        suggestion.version += 1
        suggestion.decided_by, suggestion.decided_at = self.actor, self.now
        suggestion.save()
        for piece in others:
            self._create_suggestion(
                suggestion,
                piece.columns,
                by_machine=suggestion.by_machine,
                why=suggestion.why,
                decision=_choose_decision(is_kept=piece.is_kept, is_same=False),
            )
        store_actor_names(self.reading, names := _list_names(pieces), attendees=names)
        self.is_changed = True

    def _create_suggestion(self, beside: Suggestion, columns: dict[str, Any], **facts: Any) -> None:
        created = Suggestion.objects.create(
            reading=self.reading,
            sentence=beside.sentence,
            start=beside.start,
            end=beside.end,
            decided_by=self.actor,
            decided_at=self.now,
            **facts,
            **columns,
        )
        self.suggestions[created.pk] = created
        self.is_changed = True

    def add_missing_people(self, missing_people: Iterable[MissingPeople]) -> None:
        """Those who are not listed already: a suggestion for each line, from the first sentence about attendance."""
        listed = {fold_text(name) for each in self.suggestions.values() if each.is_kept for name in each.actors}
        for missing in missing_people:
            for chosen in missing.attendance:
                names = [name for name in chosen.names if fold_text(name) not in listed]
                if not names:
                    continue
                listed |= set(map(fold_text, names))
                wording = SuggestionWording(
                    kind=DeskKind.ATTENDEE,
                    text=missing.line,
                    actors=names,
                    came_as=chosen.came_as,
                    mode=missing.mode,
                    is_chair=chosen.is_chair and not any(each.is_chair for each in self.suggestions.values()),
                )
                self._create_suggestion(
                    self._find_place(), _get_columns(wording), by_machine=False, decision=Decision.ACCEPTED
                )
                # What a person types wins over a guess from the document.
                guessed = self.reading.actors.filter(written__in=names, decided_by=None)
                guessed.filter(Q(organisation=None) | Q(written__in=chosen.groups)).delete()
                store_actor_names(self.reading, names, chosen.groups, attendees=names)
                self.result.accepted += len(names)

    def _find_place(self) -> Suggestion:
        """The first suggestion about attendance; without one, the first sentence."""
        if self.suggestions:
            return next(iter(self.suggestions.values()))
        sentence = self.reading.sentences.first()
        if sentence is None:
            raise ActionRefused(_("Select words in the document: 1 sentence, or several consecutive sentences."))
        return Suggestion(sentence=sentence, start=sentence.start, end=sentence.end)

    def save_matches(self, rows: Sequence[AttendanceRowDecision]) -> None:
        """Say whom the names mean that are kept, where a row has a choice: one row speaks for all of its name."""
        kept = {row.name for row in rows if row.is_kept}
        chosen = [row for row in rows if row.match and row.name in kept]
        if not chosen:
            return
        named = self.reading.actors.select_related("organisation__merged_into", "likely__merged_into")
        actors = {actor.written: actor for actor in named}
        organisations = Organisation.objects.of(self.reading.coalition).in_bulk(
            [int(row.match) for row in chosen if row.match.isdecimal()]
        )
        for row in chosen:
            named_actor, current = actors.get(row.name), get_match(actors.get(row.name))
            if named_actor is None or current == row.match:
                continue
            if current != row.seen_match and row.name not in self.former_names:
                self.result.conflicts.append(row.name)
                continue
            named_actor.reading = self.reading
            organisation = organisations.get(int(row.match)) if row.match.isdecimal() else None
            if organisation is not None:
                match_actor_to_organisation(actor=self.actor, named_actor=named_actor, organisation=organisation)
            elif row.match == KEEP_AS_WRITTEN:
                leave_actor_unmatched(actor=self.actor, named_actor=named_actor)
            elif former := actors.get(self.former_names.get(row.name, "")):
                set_actor_as_new_organisation(actor=self.actor, named_actor=named_actor, new_name=former.new_name)


def _build_pieces(suggestion: Suggestion, rows: Sequence[AttendanceRowDecision]) -> list[_Piece]:
    """What becomes of a suggestion: what stays in it first."""
    wording = get_suggestion_wording(suggestion)
    groups: dict[tuple[bool, str, str, bool], list[str]] = defaultdict(list)
    for row in rows:
        is_chair = suggestion.is_chair if row.is_chair is None else row.is_chair
        if row.is_kept:
            groups[True, row.came_as, row.mode, is_chair].append(row.name)
        else:
            is_there = row.position < len(suggestion.actors)
            name = suggestion.actors[row.position] if is_there else row.name
            groups[False, suggestion.came_as, suggestion.mode, suggestion.is_chair].append(name)
    pieces = [
        _Piece(is_kept, _get_columns(replace(wording, actors=names, came_as=came_as, mode=mode, is_chair=is_chair)))
        for (is_kept, came_as, mode, is_chair), names in groups.items()
    ]
    return sorted(pieces, key=lambda piece: not piece.is_kept)


def _is_renamed(suggestion: Suggestion, row: AttendanceRowDecision) -> bool:
    return row.is_kept and row.position < len(suggestion.actors) and suggestion.actors[row.position] != row.name


def _is_unchanged(suggestion: Suggestion, rows: Sequence[AttendanceRowDecision]) -> bool:
    """Whether the suggestion is as the page showed it, and can still be decided."""
    shown = {row.version for row in rows} == {suggestion.version}
    is_whole = {row.position for row in rows} == set(range(len(suggestion.actors)))
    return shown and is_whole and suggestion.decision in OPEN_DECISIONS and suggestion.entered_at is None


def _choose_decision(*, is_kept: bool, is_same: bool) -> Decision:
    if not is_kept:
        return Decision.REFUSED
    return Decision.ACCEPTED if is_same else Decision.EDITED


def _list_names(pieces: Iterable[_Piece]) -> list[str]:
    return [name for piece in pieces for name in piece.columns["actors"]]
