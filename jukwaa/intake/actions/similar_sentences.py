"""Many sentences at once that are built like one about which a person has decided."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import F
from django.utils import timezone
from django.utils.text import Truncator
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
from jukwaa.intake.left_out_lines import holds_other_matter
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Decision, DeskKind, Reading, Suggestion
from jukwaa.intake.reading_store import store_actor_names
from jukwaa.intake.report_lines import LineSuggestion, ReportLine, load_report_lines
from jukwaa.intake.similar_sentences import SimilarLines, find_similar_lines
from jukwaa.intake.suggestion_wording import (
    SuggestionWording,
    complete_commitment_wording,
    get_suggestion_wording,
    split_wording_by_owner,
)

MAX_SIMILAR_SENTENCES = 500
MAX_REJECTED_SENTENCES = 20  # each is named beside the button
MAX_EXAMPLES, MAX_EXAMPLES_TRIED = 3, 12  # that a page shows, and that are looked at for them
WHY_ADDED = gettext_noop("a similar sentence was added to the record")


@dataclass(frozen=True)
class SimilarSentences:
    """What can be done with the sentences that are similar to that of `example`, as it was decided."""

    example: Suggestion
    group: SimilarLines
    lines: Sequence[ReportLine]
    rejected: Sequence[int]  # suggestions from them

    @property
    def count(self) -> int:
        return len(self.rejected) if self.is_rejection else len(self.lines)

    @property
    def sentence_numbers(self) -> str:
        return ",".join(str(line.number) for line in self.lines)

    @property
    def is_rejection(self) -> bool:
        return self.example.decision == Decision.REFUSED

    @property
    def description(self) -> str:
        """What the sentences have in common, and the suggestions that will be rejected."""
        words = self._describe_likeness()
        if self.is_rejection:
            named = " · ".join(f"{line.number}: \u2068{Truncator(line.quote).chars(40)}\u2069" for line in self.lines)
            return f"{words} {named}"
        n = len(self.rejected)
        replaced = ngettext(
            "%(n)s suggestion from them will be replaced.",
            "%(n)s suggestions from them will be replaced.",
            n,
        )
        return f"{words} {replaced % {'n': n}}" if n else words

    def _describe_likeness(self) -> str:
        n, shown = len(self.lines), self.group.shown
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


def find_similar_sentences(
    reading: Reading, example: Suggestion, sentence_number: int, shown: Collection[int] | None = None
) -> SimilarSentences | None:
    """The similar sentences that nobody has decided about, if there are any. Two queries.

    `shown`: only the sentences with these numbers, which the person has seen.
    """
    wording = get_suggestion_wording(example)
    lines = load_report_lines(reading, sentence_number)
    own_line = next((line for line in lines if line.number == sentence_number), None)
    limit = MAX_REJECTED_SENTENCES if example.decision == Decision.REFUSED else MAX_SIMILAR_SENTENCES
    if own_line is None:
        return None
    for group in find_similar_lines(lines, sentence_number, wording, reading.closing_day):
        undecided = _iter_undecided_lines(group, own_line, example)
        found = list(islice((each for each in undecided if shown is None or each[0].number in shown), limit))
        if found:
            rejected = [number for _line, numbers in found for number in numbers]
            return SimilarSentences(example, group, [line for line, _numbers in found], rejected)
    return None


def find_similar_of_examples(
    reading: Reading, actor: Person, example_ids: Collection[int], limit: int = MAX_EXAMPLES
) -> list[SimilarSentences]:
    """What can be added like these suggestions, which the person has just added or changed. Each sentence once.

    Two queries for each of the suggestions, until there are `limit` groups.
    """
    found: list[SimilarSentences] = []
    examples = reading.suggestions.filter(pk__in=example_ids, entered_at=None).select_related("sentence")
    for example in examples.order_by("sentence__number", "pk")[:MAX_EXAMPLES_TRIED]:
        numbers = {line.number for each in found for line in each.lines}
        if not example.is_kept or not is_example(example, actor) or example.sentence.number in numbers:
            continue
        similar = find_similar_sentences(reading, example, example.sentence.number)
        if similar is not None and not numbers.intersection(line.number for line in similar.lines):
            found.append(similar)
        if len(found) == limit:
            break
    return found


def _iter_undecided_lines(
    group: SimilarLines, own_line: ReportLine, example: Suggestion
) -> Iterator[tuple[ReportLine, list[int]]]:
    """The lines that can be added or whose suggestions can be rejected, with the suggestions that will be rejected."""
    is_rejection = example.decision == Decision.REFUSED
    for line in sorted(group.lines, key=lambda line: line.number):
        rejected = _list_similar_suggestions(line, group, example)
        if not is_rejection and _is_addable(line, group, example.kind, rejected):
            yield line, rejected
        if is_rejection and rejected and (group.shown or not holds_other_matter(line, own_line, example.kind)):
            yield line, rejected


def _list_similar_suggestions(line: ReportLine, group: SimilarLines, example: Suggestion) -> list[int]:
    """The suggestions of a line that a person rejects like the example, or because of it.

    If the example is rejected, those of its kind, with its label, its mark or its reason. If the example was edited to
    be of another kind, those of any kind with its reason.
    """
    is_rejection = example.decision == Decision.REFUSED
    return [
        each.pk
        for each in line.sentence.suggestions
        if each.decision == Decision.WAITING
        and (each.kind == example.kind or not is_rejection)
        and ((example.why and each.why == example.why) or (is_rejection and group.shown))
    ]


def _is_addable(line: ReportLine, group: SimilarLines, kind: str, rejected: Collection[int]) -> bool:
    """Whether nobody has decided about the line, and nothing of this kind is suggested that says as much."""
    if not line.is_undecided:
        return False
    wording = group.read_line(line)
    if any(each.kind == kind and not _is_improved(each, wording, rejected) for each in line.sentence.suggestions):
        return False
    return bool(wording.actors if kind in ATTENDANCE_SUGGESTION_KINDS else wording.text.strip())


def _is_improved(suggestion: LineSuggestion, wording: SuggestionWording, rejected: Collection[int]) -> bool:
    """Whether the example shows an owner or a deadline that the reader did not find in the row."""
    has_more = (wording.owner and not suggestion.owner) or (wording.due_on and not suggestion.due_on)
    return bool(has_more) and suggestion.pk in rejected


@action
def add_similar_sentences(
    *, actor: Person, example: Suggestion, from_version: int, sentence_numbers: Collection[int]
) -> int:
    """Add those of these sentences that are similar to that of `example`, read like it.

    If the example was a suggestion of another kind, the same suggestions from these sentences are rejected.
    Returns how many were added. Raises PermissionDenied, ActionRefused, and EditConflict where the example was changed
    meanwhile.
    """
    reading, similar = _lock_similar_sentences(actor, example, from_version, sentence_numbers)
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
    _reject_suggestions(similar.rejected, **decided)
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
    _store_names(reading, similar, added)
    record_decision_activity(actor, reading)
    return len(added)


@action
def reject_similar_suggestions(
    *, actor: Person, example: Suggestion, from_version: int, sentence_numbers: Collection[int]
) -> int:
    """Reject the same suggestions from those of these sentences that are similar to that of `example`.

    Returns how many. Raises as the action above.
    """
    reading, similar = _lock_similar_sentences(actor, example, from_version, sentence_numbers)
    if not similar.is_rejection:
        raise ActionRefused(_("This suggestion has not been rejected. Review it again first."))
    _reject_suggestions(similar.rejected, decided_by=actor, decided_at=timezone.now())
    record_decision_activity(actor, reading)
    return similar.count


def _lock_similar_sentences(
    actor: Person, example: Suggestion, from_version: int, shown: Collection[int]
) -> tuple[Reading, SimilarSentences]:
    reading = lock_decidable_reading(actor, example.reading)
    current = Suggestion.objects.select_related("decided_by", "sentence").get(pk=example.pk)
    check_current_version(current, from_version)
    is_own = is_example(current, actor)
    similar = find_similar_sentences(reading, current, current.sentence.number, shown) if is_own else None
    if similar is None:
        raise ActionRefused(_("There are no similar sentences left to review."))
    return reading, similar


def _reject_suggestions(numbers: Sequence[int], **decided: object) -> None:
    waiting_again = {"merged_into": None, "decided_by": None, "decided_at": None, "version": F("version") + 1}
    Suggestion.objects.filter(merged_into__in=numbers).update(decision=Decision.WAITING, **waiting_again)
    Suggestion.objects.filter(pk__in=numbers).update(decision=Decision.REFUSED, version=F("version") + 1, **decided)


def _store_names(reading: Reading, similar: SimilarSentences, added: Sequence[Suggestion]) -> None:
    """The people and organisations, with the organisation that the table has beside a name."""
    pattern = similar.group.pattern
    cells = {line.sentence.pk: line.cells for line in similar.lines}
    groups = {
        name: group
        for suggestion in added
        for name in suggestion.actors
        if pattern is not None and (group := pattern.find_group(cells[suggestion.sentence_id]))
    }
    names = [name for suggestion in added for name in (*suggestion.actors, suggestion.owner)]
    is_about_people = similar.example.kind in {*ATTENDANCE_SUGGESTION_KINDS, DeskKind.COMMITMENT}
    store_actor_names(reading, names, groups, names if is_about_people else ())
