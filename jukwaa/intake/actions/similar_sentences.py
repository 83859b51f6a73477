"""Many sentences at once that are built like one about which a person has decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.actions.decisions import (
    check_current_version,
    lock_decidable_reading,
    record_decision_activity,
)
from jukwaa.intake.leading_owner import build_leading_owner_finder
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Decision, DeskKind, Reading, Suggestion
from jukwaa.intake.reading_store import store_actor_names
from jukwaa.intake.report_lines import ReportLine, load_report_lines
from jukwaa.intake.similar_sentences import SimilarLines, find_similar_lines
from jukwaa.intake.suggestion_wording import (
    SuggestionWording,
    complete_commitment_wording,
    get_suggestion_wording,
    split_wording_by_owner,
)

MAX_SIMILAR_SENTENCES = 500
WHY_ADDED = gettext_noop("a similar sentence was added to the record")


@dataclass(frozen=True)
class SimilarSentences:
    """What can be done with the sentences that are similar to that of `example`, as it was decided."""

    example: Suggestion
    group: SimilarLines
    lines: Sequence[ReportLine]

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def is_rejection(self) -> bool:
        return self.example.decision == Decision.REFUSED

    @property
    def description(self) -> str:
        n, shown = self.count, self.group.shown
        if self.group.kind == "label":
            words = ngettext(
                "%(n)s other sentence begins with “%(shown)s”.", "%(n)s other sentences begin with “%(shown)s”.", n
            )
        elif self.group.kind == "item":
            words = ngettext(
                "%(n)s other item of this list is similar.", "%(n)s other items of this list are similar.", n
            )
        elif shown:
            words = ngettext(
                "%(n)s other row of this table has “%(shown)s”.", "%(n)s other rows of this table have “%(shown)s”.", n
            )
        else:
            words = ngettext(
                "%(n)s other row of this table is similar.", "%(n)s other rows of this table are similar.", n
            )
        return words % {"n": n, "shown": shown}


def is_example(suggestion: Suggestion, actor: Person) -> bool:
    """Whether this person has added, edited or rejected it, so that it shows what similar sentences are."""
    is_worded = suggestion.decision == Decision.EDITED or (suggestion.is_kept and not suggestion.by_machine)
    return (is_worded or suggestion.decision == Decision.REFUSED) and suggestion.decided_by_id == actor.pk


def find_similar_sentences(reading: Reading, example: Suggestion, sentence_number: int) -> SimilarSentences | None:
    """The similar sentences that nobody has decided about, if there are any. Two queries."""
    wording = get_suggestion_wording(example)
    lines = load_report_lines(reading, sentence_number)
    for group in find_similar_lines(lines, sentence_number, wording, reading.closing_day):
        is_open = _has_suggestion if example.decision == Decision.REFUSED else _is_addable
        lines_in_order = sorted(group.lines, key=lambda line: line.number)
        found = (line for line in lines_in_order if is_open(line, group, example.kind))
        if some := list(islice(found, MAX_SIMILAR_SENTENCES)):
            return SimilarSentences(example, group, some)
    return None


def _has_suggestion(line: ReportLine, _group: SimilarLines, kind: str) -> bool:
    return any(each.kind == kind and each.decision == Decision.WAITING for each in line.sentence.suggestions)


def _is_addable(line: ReportLine, group: SimilarLines, kind: str) -> bool:
    if not line.is_undecided or any(each.kind == kind for each in line.sentence.suggestions):
        return False
    wording = group.read_line(line)
    return bool(wording.actors if kind in ATTENDANCE_SUGGESTION_KINDS else wording.text.strip())


@action
def add_similar_sentences(*, actor: Person, example: Suggestion, from_version: int) -> int:
    """Add the sentences that are similar to that of `example`, read like it. Other suggestions from them are rejected.

    Returns how many. Raises PermissionDenied, ActionRefused, and EditConflict where the example was changed meanwhile.
    """
    reading, similar = _lock_similar_sentences(actor, example, from_version)
    if similar.is_rejection:
        raise ActionRefused(_("This suggestion has been rejected. Review it again first."))
    wordings = [similar.group.read_line(line) for line in similar.lines]
    if example.kind == DeskKind.COMMITMENT:
        find_owner = build_leading_owner_finder(reading.coalition)
        wordings = [complete_commitment_wording(each, reading.closing_day, find_owner) for each in wordings]
    worded_lines = [
        (line, each)
        for line, wording in zip(similar.lines, wordings, strict=True)
        for each in split_wording_by_owner(wording)
    ]
    decided = {"decided_by": actor, "decided_at": timezone.now()}
    replaced = [each.pk for line in similar.lines for each in line.sentence.suggestions]
    _reject_suggestions(replaced, **decided)
    added = []
    for line, wording in worded_lines:
        sentence = line.sentence
        added.append(
            Suggestion(
                reading=reading,
                sentence_id=sentence.pk,
                start=sentence.start,
                end=sentence.end,
                by_machine=False,
                why=WHY_ADDED,
                decision=Decision.ACCEPTED,
                **decided,
                **wording.get_column_values(),
            )
        )
    Suggestion.objects.bulk_create(added)
    _store_names(reading, similar, worded_lines)
    record_decision_activity(actor, reading)
    return len(added)


@action
def reject_similar_suggestions(*, actor: Person, example: Suggestion, from_version: int) -> int:
    """Reject the suggestions of the same kind from similar sentences. Returns how many. Raises as the action above."""
    reading, similar = _lock_similar_sentences(actor, example, from_version)
    if not similar.is_rejection:
        raise ActionRefused(_("This suggestion has not been rejected. Review it again first."))
    waiting = [
        each.pk
        for line in similar.lines
        for each in line.sentence.suggestions
        if each.kind == example.kind and each.decision == Decision.WAITING
    ]
    _reject_suggestions(waiting, decided_by=actor, decided_at=timezone.now())
    record_decision_activity(actor, reading)
    return len(waiting)


def _lock_similar_sentences(actor: Person, example: Suggestion, from_version: int) -> tuple[Reading, SimilarSentences]:
    reading = lock_decidable_reading(actor, example.reading)
    current = Suggestion.objects.select_related("decided_by", "sentence").get(pk=example.pk)
    check_current_version(current, from_version)
    is_own = is_example(current, actor)
    similar = find_similar_sentences(reading, current, current.sentence.number) if is_own else None
    if similar is None:
        raise ActionRefused(_("There are no similar sentences left to review."))
    return reading, similar


def _reject_suggestions(numbers: Sequence[int], **decided: object) -> None:
    waiting_again = {"merged_into": None, "decided_by": None, "decided_at": None, "version": F("version") + 1}
    Suggestion.objects.filter(merged_into__in=numbers).update(decision=Decision.WAITING, **waiting_again)
    Suggestion.objects.filter(pk__in=numbers).update(decision=Decision.REFUSED, version=F("version") + 1, **decided)


def _store_names(
    reading: Reading, similar: SimilarSentences, worded_lines: Sequence[tuple[ReportLine, SuggestionWording]]
) -> None:
    """The people and organisations, with the organisation that the table has beside a name."""
    pattern = similar.group.pattern
    groups = {
        name: group
        for line, wording in worded_lines
        for name in wording.actors
        if pattern is not None and (group := pattern.find_group(line.cells))
    }
    names = [name for _line, wording in worded_lines for name in (*wording.actors, wording.owner)]
    is_about_people = similar.example.kind in {*ATTENDANCE_SUGGESTION_KINDS, DeskKind.COMMITMENT}
    store_actor_names(reading, names, groups, names if is_about_people else ())
