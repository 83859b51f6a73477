"""Commitments of other meetings that a report gives again, so that it does not add them a second time.

What reports have said is kept in the suggestions that were entered. So the status and the deadline are those of the
latest meeting that gave one, in whatever order the reports are added.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, Self

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, Substr
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.intake.action_numbers import parse_action_number
from jukwaa.intake.action_words import (
    MIN_STEM_LENGTH,
    ReportedAction,
    count_shared_words,
    has_same_number,
    has_same_strong_number,
    is_continued,
    is_exact_owner,
    is_likely_continued,
    share_owner,
)
from jukwaa.intake.models import DeskKind, Reading, Suggestion
from jukwaa.intake.source_readers import get_meeting_label
from jukwaa.meetings.models import (
    OPEN_COMMITMENT_PROGRESS,
    Commitment,
    CommitmentChange,
    Entry,
    EntryKind,
    Meeting,
    get_entry_label,
)
from jukwaa.records.models import Label, State, Version

# Entries with these labels have the same readers. Other labels name theirs, meeting by meeting.
LABELS_WITHOUT_AUDIENCE = (Label.CLEAR, Label.GREEN)
COUNTED_MEETING = {"state": State.PUBLISHED, "precision": Meeting.Precision.DAY}  # so that reports have an order
LEAD_LENGTH = 12  # characters of the line before a sentence, in which its number may be
QUOTE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class ReportedTask:
    """A commitment that a report gives: its suggestion, and the names of its owner."""

    suggestion: Suggestion
    owners: frozenset[str]

    def build_action(self, report_text: str) -> ReportedAction:
        said = self.suggestion
        first = max(said.start - LEAD_LENGTH, 0)
        quote = _cut_line(report_text[first : first + QUOTE_LENGTH], said.start - first, said.end - first)
        return _build_action(said.text, quote, self.owners, said.progress, said.due_on)


@dataclass(frozen=True, slots=True)
class ContinuedCommitment:
    """An earlier commitment, and what the report changes: an empty status changes none."""

    commitment: Commitment
    progress: str = ""
    changes_due: bool = False

    @property
    def progress_label(self) -> str:
        return str(Commitment.Progress(self.progress).label) if self.progress else ""


@dataclass(frozen=True, slots=True)
class _Mention:
    """What the report of one meeting, or its minutes, said."""

    day: date
    meeting_id: int
    said: ReportedAction
    has_deadline: bool = False


@dataclass
class _EarlierCommitment:
    commitment: Commitment
    mentions: list[_Mention]
    changes: list[CommitmentChange] = field(default_factory=list)  # by people, and of reports that no longer count

    @cached_property
    def owners(self) -> frozenset[str]:
        owner = self.commitment.owner
        names = {self.commitment.proposed_name, *(name for mention in self.mentions for name in mention.said.owners)}
        names |= {owner.name or (owner.organisation.name if owner.organisation else "")} if owner else set()
        return frozenset(names - {""})

    def has_sentence_of(self, other: Self) -> bool:
        """Whether one sentence of a report gave both, each with an owner of its own."""
        sentences = {(mention.meeting_id, mention.said.text) for mention in self.mentions}
        return any((mention.meeting_id, mention.said.text) in sentences for mention in other.mentions)

    def has_other_words(self, action: ReportedAction) -> bool:
        """Whether a person has changed its text since, so that it has no word in common with the action."""
        present = ReportedAction(self.commitment.written_text)
        return self.commitment.entry.version > 1 and set(present.words).isdisjoint(action.words)

    def continues_with(self, action: ReportedAction, day: date) -> bool:
        """Whether the action is this one: of the same number, or between the two meetings next to it without doubt."""
        if not share_owner(self.owners, action.owners):
            return False
        if any(has_same_strong_number(*pair) and is_continued(*pair) for pair in self._pair_with(action, day)):
            return True
        return self._is_between(action, day, is_continued)

    def probably_continues_with(self, action: ReportedAction, day: date) -> bool:
        """Whether the action is this one in other words."""
        if not share_owner(self.owners, action.owners) or not (self.owners and action.owners):
            return False
        pairs = self._pair_with(action, day)
        return any(has_same_strong_number(*pair) and is_likely_continued(*pair) for pair in pairs) or self._is_between(
            action, day, lambda *pair: is_continued(*pair) or is_likely_continued(*pair)
        )

    def _pair_with(self, action: ReportedAction, day: date) -> list[tuple[ReportedAction, ReportedAction]]:
        return [
            (mention.said, action) if mention.day <= day else (action, mention.said)
            for mention in sorted(self.mentions, key=lambda mention: mention.day)
        ]

    def _is_between(
        self, action: ReportedAction, day: date, continues: Callable[[ReportedAction, ReportedAction], bool]
    ) -> bool:
        if not (self.owners and action.owners):
            return False
        pairs = self._pair_with(action, day)
        split = sum(mention.day <= day for mention in self.mentions)
        return all(continues(*pair) for pair in (*pairs[:split][-1:], *pairs[split:][:1]))

    def build_continuation(self, suggestion: Suggestion, day: date) -> ContinuedCommitment:
        is_new_status = bool(suggestion.progress) and self._get_last_day("status") < day
        is_new_deadline = bool(suggestion.due_on or suggestion.due_text) and self._get_last_day("due") < day
        return ContinuedCommitment(
            self.commitment,
            suggestion.progress if is_new_status and suggestion.progress != self.commitment.progress else "",
            is_new_deadline and suggestion.due_on != self.commitment.due_on,
        )

    def _get_last_day(self, event: str) -> date:
        """The day of the last word on the status or the deadline.

        A value that none of them explains was entered by a person, in the minutes or when the entry was edited.
        """
        is_due = event == CommitmentChange.Event.DUE
        values: list[tuple[date, str]] = [
            (mention.day, _format_day(mention.said.due) if is_due else mention.said.status)
            for mention in self.mentions
            if (mention.has_deadline if is_due else mention.said.status)
        ]
        changes = [change for change in self.changes if change.event == event]
        values += [(timezone.localdate(change.at), change.after) for change in changes if change.meeting_id is None]
        last = max((day for day, _value in values), default=date.min)
        explained = {value for day, value in values if day == last} or {"" if is_due else Commitment.Progress.OPEN}
        explained |= {change.after for change in changes if change.meeting_id is not None}
        current = _format_day(self.commitment.due_on) if is_due else self.commitment.progress
        return last if current in explained else max(last, self._edited_day)

    @property
    def _edited_day(self) -> date:
        entry = self.commitment.entry
        edited_at = self.commitment.edited_at  # type: ignore[attr-defined]  # annotated
        return timezone.localdate(edited_at) if entry.version > 1 and edited_at else entry.meeting.starts_on or date.max


def find_continued_commitments(
    viewer: Person, reading: Reading, meeting: Meeting | None, tasks: Sequence[ReportedTask]
) -> dict[int, ContinuedCommitment]:
    """Return the commitments of other meetings that these continue, by the number of the suggestion, each once.

    Without a meeting, the report begins one. Only commitments of the same readers are continued, so that nothing
    becomes known to more people. Three queries, and one for the minutes of a meeting that everyone can read.
    """
    document = reading.document
    precision = meeting.precision if meeting is not None else reading.meeting_precision
    day = meeting.starts_on if meeting is not None else reading.meeting_on
    is_draft = meeting is not None and meeting.state != State.PUBLISHED
    if not tasks or day is None or precision != Meeting.Precision.DAY or document is None or is_draft:
        return {}
    label = get_entry_label(meeting) if meeting is not None else get_meeting_label(reading.label, document)
    if label not in LABELS_WITHOUT_AUDIENCE or (meeting is not None and label != meeting.label):
        return {}
    rows = _find_commitments(viewer, reading, meeting, label)
    actions = [(task, task.build_action(document.text)) for task in tasks]
    pairs = sorted(_iter_pairs(actions, _load_earlier_commitments(rows), day), key=lambda pair: pair[0], reverse=True)
    found: dict[int, ContinuedCommitment] = {}
    taken: set[int] = set()
    for fit, task, candidate in pairs:
        pk = task.suggestion.pk
        if pk in found or candidate.commitment.pk in taken or _is_ambiguous(fit, task, candidate, pairs):
            continue
        taken.add(candidate.commitment.pk)
        found[pk] = candidate.build_continuation(task.suggestion, day)
    return found


class _Fit(NamedTuple):
    """How well an action continues a commitment: best with its words, its owner and its number, and the latest."""

    is_certain: bool
    is_exact_owner: bool
    is_numbered: bool
    shared_words: int  # of those that are not certain
    last_day: date
    order: int


type _Pair = tuple[_Fit, ReportedTask, _EarlierCommitment]


def _iter_pairs(
    actions: Iterable[tuple[ReportedTask, ReportedAction]], earlier: Iterable[_EarlierCommitment], day: date
) -> Iterator[_Pair]:
    """Each task with the commitments that it may continue."""
    alike: dict[object, dict[int, _EarlierCommitment]] = defaultdict(dict)
    for each in earlier:
        for mention in each.mentions:
            for key in _list_keys(mention.said):
                alike[key][each.commitment.pk] = each
    for task, action in actions:
        candidates = {pk: each for key in _list_keys(action) for pk, each in alike.get(key, {}).items()}
        for each in candidates.values():
            if each.has_other_words(action):
                continue
            is_certain = each.continues_with(action, day)
            if is_certain or each.probably_continues_with(action, day):
                yield _build_fit(action, each, is_certain=is_certain), task, each


def _build_fit(action: ReportedAction, candidate: _EarlierCommitment, *, is_certain: bool) -> _Fit:
    said = [mention.said for mention in candidate.mentions]
    has_number = has_same_strong_number if is_certain else has_same_number
    return _Fit(
        is_certain,
        is_exact_owner(action.owners, candidate.owners),
        any(has_number(action, each) for each in said),
        0 if is_certain else max(count_shared_words(action, each) for each in said),
        max(mention.day for mention in candidate.mentions),
        -candidate.commitment.pk,
    )


def _list_keys(action: ReportedAction) -> list[object]:
    stems = [word[:MIN_STEM_LENGTH] for word in action.task_words]
    return [action.words, *stems, *([action.number.parts] if action.number else [])]


def _is_ambiguous(fit: _Fit, task: ReportedTask, candidate: _EarlierCommitment, pairs: Iterable[_Pair]) -> bool:
    """Whether the task may continue another commitment as well, or a short name may be that of two owners.

    "Ana" may be Ana Lopes or Ana Silva, if both have the same task.
    """
    if not fit.is_certain:
        start = task.suggestion.start  # one sentence may give the same task to several people
        others = (
            other_fit
            for other_fit, each, other in pairs
            if (other is candidate and each.suggestion.start != start)
            or (each is task and other is not candidate and not candidate.has_sentence_of(other))
        )
        return any(_fits_as_well(fit, other_fit) for other_fit in others)
    if fit.is_exact_owner or not task.owners:
        return False
    certain = (other for other_fit, each, other in pairs if each is task and other_fit.is_certain)
    return any(not share_owner(candidate.owners, other.owners) for other in certain)


def _fits_as_well(fit: _Fit, other: _Fit) -> bool:
    return (other.is_certain, other.is_exact_owner, other.is_numbered, other.shared_words) == (
        *(fit.is_certain, fit.is_exact_owner, fit.is_numbered),
        fit.shared_words,
    )


def _find_commitments(viewer: Person, reading: Reading, meeting: Meeting | None, label: str) -> QuerySet[Commitment]:
    """Those that the viewer can read, of published meetings on known days, of the same readers and the same series."""
    meetings = Meeting.objects.visible_to(viewer).filter(**COUNTED_MEETING, label=label, starts_on__isnull=False)
    series, forum = (meeting.series_id, meeting.forum) if meeting is not None else (None, reading.meeting_forum)
    meetings = meetings.filter(Q(series=None) | Q(series=series)) if series else meetings
    meetings = meetings.filter(forum__in=["", forum]) if forum else meetings
    coalition = reading.coalition
    entries = Entry.objects.visible_to(viewer).of(coalition).filter(kind=EntryKind.COMMITMENT, state=State.PUBLISHED)
    entries = entries.filter(meetings.exists_for("meeting"), label=label).exclude(part__chatham=True)
    rows = Commitment.objects.filter(entries.exists_for("entry"))
    return rows.exclude(entry__meeting=meeting) if meeting is not None else rows


def _load_earlier_commitments(rows: QuerySet[Commitment]) -> list[_EarlierCommitment]:
    edits = Version.objects.filter(record=OuterRef("entry")).order_by("-number")
    with_edits = rows.annotate(edited_at=Subquery(edits.values("at")[:1])).order_by("pk")
    names = ("entry__meeting", "entry__coalition", "owner__organisation")
    commitments = {row.entry_id: row for row in with_edits.select_related(*names)}
    mentions: dict[int, list[_Mention]] = defaultdict(list)
    for entry_id, mention in _iter_mentions(rows):
        mentions[entry_id].append(mention)
    other_changes = CommitmentChange.objects.filter(commitment__in=rows.values("pk")).exclude(
        **{f"meeting__{name}": value for name, value in COUNTED_MEETING.items()}
    )
    changes: dict[int, list[CommitmentChange]] = defaultdict(list)
    for change in other_changes.filter(event__in=[CommitmentChange.Event.STATUS, CommitmentChange.Event.DUE]):
        changes[change.commitment_id].append(change)
    return [
        _EarlierCommitment(row, mentions[pk] or [_build_own_mention(row)], changes[row.pk])
        for pk, row in commitments.items()
    ]


def _iter_mentions(rows: QuerySet[Commitment]) -> Iterator[tuple[int, _Mention]]:
    """What reports said of these commitments, by their entries."""
    counted = {f"reading__meeting__{name}": value for name, value in COUNTED_MEETING.items()}
    said = Suggestion.objects.filter(
        record__in=rows.values("entry"), kind=DeskKind.COMMITMENT, reading__meeting__starts_on__isnull=False, **counted
    )
    quoted = said.annotate(
        quote=Substr("reading__document__text", Greatest(F("start") - LEAD_LENGTH, 0) + 1, QUOTE_LENGTH)
    )
    for row in quoted.order_by("pk").values(
        *("record", "text", "owner", "progress", "due_on", "due_text", "quote", "start", "end"),
        *("reading__meeting", "reading__meeting__starts_on"),
    ):
        owners = frozenset({row["owner"]} - {""})
        first = max(row["start"] - LEAD_LENGTH, 0)
        quote = _cut_line(row["quote"] or "", row["start"] - first, row["end"] - first)
        action = _build_action(row["text"], quote, owners, row["progress"], row["due_on"])
        has_deadline = bool(row["due_on"] or row["due_text"])
        yield row["record"], _Mention(row["reading__meeting__starts_on"], row["reading__meeting"], action, has_deadline)


def _build_own_mention(commitment: Commitment) -> _Mention:
    """What the minutes say of a commitment that no report gave."""
    meeting, text = commitment.entry.meeting, commitment.written_text
    return _Mention(meeting.starts_on or date.max, meeting.pk, _build_action(text, text, frozenset(), "", None))


def _cut_line(passage: str, start: int, end: int) -> str:
    """Return the sentence in a passage, with the beginning of its line if nothing but a number can be there."""
    lead = passage[:start].rpartition("\n")
    is_whole = bool(lead[1]) or start < LEAD_LENGTH
    return (lead[2] if is_whole else "") + passage[start:end]


def _build_action(text: str, quote: str, owners: frozenset[str], progress: str, due: date | None) -> ReportedAction:
    number = parse_action_number(quote) or parse_action_number(text)
    is_closed = bool(progress) and progress not in OPEN_COMMITMENT_PROGRESS
    return ReportedAction(text, number, owners, progress, is_closed, due)


def _format_day(day: date | None) -> str:
    return day.isoformat() if day else ""
