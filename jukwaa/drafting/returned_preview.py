"""What somebody sees of a file that came back, before it is entered."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.core.diff import compare_words, render_changes
from jukwaa.core.safeguards import screen_text_for_signs
from jukwaa.drafting.models import Input, Placement, Returned


@dataclass(frozen=True)
class PreviewRow:
    """An input to be. `looked` are words in it by which somebody could be found."""

    place: int
    kind: str
    body: str
    exact: str
    changes: SafeString
    placed: bool
    looked: list[str]


@dataclass
class PreviewGroup:
    """Those at one clause; `number` is None for what is about the text as a whole. `others` propose another wording."""

    number: int | None
    rows: list[PreviewRow] = field(default_factory=list)
    others: int = 0


def build_preview_groups(returned: Returned) -> list[PreviewGroup]:
    placements = Placement.objects.at(returned.text, returned.revision.step)
    bodies = {placement.clause.number: placement.wording.body for placement in placements}
    groups: dict[int | None, PreviewGroup] = {}
    for place, finding in enumerate(returned.findings):
        group = groups.setdefault(finding["clause"], PreviewGroup(finding["clause"]))
        group.rows.append(_build_preview_row(place, finding, bodies.get(finding["clause"], "")))
    _count_other_proposals(returned, groups)
    return list(groups.values())


def _build_preview_row(place: int, finding: dict[str, Any], wording: str) -> PreviewRow:
    proposed = finding["proposed"]
    changes = render_changes(compare_words(wording, proposed)) if proposed else SafeString()
    return PreviewRow(
        place=place,
        kind=str(Input.Kind(finding["kind"]).label),
        body=finding["body"],
        exact=finding["exact"],
        changes=changes,
        placed=finding["placed"],
        looked=_find_identifying_words("\n".join([finding["body"], proposed]), wording),
    )


def _find_identifying_words(said: str, wording: str) -> list[str]:
    """What the screen shows in the words that are new."""
    words = [said[hit.start : hit.end] for hit in screen_text_for_signs(said)]
    return [word for word in dict.fromkeys(words) if word not in wording]


def _count_other_proposals(returned: Returned, groups: dict[int | None, PreviewGroup]) -> None:
    """How many proposals for the same clause are there already, with other words."""
    own = {one["clause"]: one["proposed"] for one in returned.findings if one["proposed"]}
    there = Input.objects.filter(
        consultation=returned.consultation_id, kind=Input.Kind.PROPOSAL, hidden_at__isnull=True, clause__number__in=own
    )
    others: dict[int, set[str]] = defaultdict(set)
    for number, proposed in there.values_list("clause__number", "proposed"):
        if proposed != own[number]:
            others[number].add(proposed)
    for number, wordings in others.items():
        groups[number].others = len(wordings)


def describe_returned_file(returned: Returned) -> list[str]:
    """What is to be known of the file as a whole, in sentences."""
    facts, asked = returned.facts, returned.consultation
    sentences = []
    if returned.revision_id != asked.revision_id:
        numbers = {"old": returned.revision.number, "asked": asked.revision.number}
        sentences.append(
            _(
                "This file is based on revision %(old)s, but the consultation is about revision "
                "%(asked)s. The inputs will refer to the wording of revision %(old)s and be linked to "
                "the same words in the current text."
            )
            % numbers
        )
    elif not facts.get("ours"):
        sentences.append(
            _(
                "Check each input. This is not a file downloaded from this site, so we matched its "
                "paragraphs to similar clauses."
            )
        )
    if untracked := facts.get("untracked"):
        sentences.append(
            ngettext(
                "%(number)s clause was changed without change tracking. We found the change by comparing the texts.",
                "%(number)s clauses were changed without change tracking. We found the changes by comparing the texts.",
                untracked,
            )
            % {"number": untracked}
        )
    if missing := facts.get("missing"):
        sentences.append(
            ngettext(
                "%(number)s clause is missing from this file. We have not treated this as a proposal to remove it.",
                "%(number)s clauses are missing from this file. We have not treated this as a proposal to remove them.",
                missing,
            )
            % {"number": missing}
        )
    if Returned.objects.filter(consultation=asked, digest=returned.digest).exclude(pk=returned.pk).exists():
        sentences.append(_("Someone else has already returned an identical file."))
    return sentences
