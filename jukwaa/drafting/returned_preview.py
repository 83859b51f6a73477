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
    label: str = ""
    rows: list[PreviewRow] = field(default_factory=list)
    others: int = 0


def build_preview_groups(returned_file: Returned) -> list[PreviewGroup]:
    placements = Placement.objects.at(returned_file.text, returned_file.revision.step)
    standing = {placement.clause.number: placement for placement in placements}
    groups: dict[int | None, PreviewGroup] = {}
    for place, finding in enumerate(returned_file.findings):
        placement = standing.get(finding["clause"])
        label = placement.clause.label if placement else ""
        group = groups.setdefault(finding["clause"], PreviewGroup(finding["clause"], label))
        group.rows.append(_build_preview_row(place, finding, placement.wording.body if placement else ""))
    _set_other_proposal_counts(returned_file, groups)
    return list(groups.values())


def _build_preview_row(row_index: int, file_finding: dict[str, Any], proposed_wording: str) -> PreviewRow:
    proposed = file_finding["proposed"]
    changes = render_changes(compare_words(proposed_wording, proposed)) if proposed else SafeString()
    return PreviewRow(
        place=row_index,
        kind=str(Input.Kind(file_finding["kind"]).label),
        body=file_finding["body"],
        exact=file_finding["exact"],
        changes=changes,
        placed=file_finding["placed"],
        looked=_find_identifying_words("\n".join([file_finding["body"], proposed]), proposed_wording),
    )


def _find_identifying_words(content_text: str, proposed_wording: str) -> list[str]:
    """What the screen shows in the words that are new."""
    words = [content_text[hit.start : hit.end] for hit in screen_text_for_signs(content_text)]
    return [word for word in dict.fromkeys(words) if word not in proposed_wording]


def _set_other_proposal_counts(returned_file: Returned, groups_by_clause: dict[int | None, PreviewGroup]) -> None:
    """How many proposals for the same clause are there already, with other words."""
    own = {one["clause"]: one["proposed"] for one in returned_file.findings if one["proposed"]}
    there = Input.objects.filter(
        consultation=returned_file.consultation_id,
        kind=Input.Kind.PROPOSAL,
        hidden_at__isnull=True,
        clause__number__in=own,
    )
    others: dict[int, set[str]] = defaultdict(set)
    for number, proposed in there.values_list("clause__number", "proposed"):
        if proposed != own[number]:
            others[number].add(proposed)
    for number, wordings in others.items():
        groups_by_clause[number].others = len(wordings)


def describe_returned_file(returned_file: Returned) -> list[str]:
    """What is to be known of the file as a whole, in sentences."""
    facts, asked = returned_file.facts, returned_file.consultation
    sentences = []
    if returned_file.revision_id != asked.revision_id:
        numbers = {"old": returned_file.revision.number, "asked": asked.revision.number}
        sentences.append(
            _(
                "This file is based on revision %(old)s, but the consultation is about revision %(asked)s. We will "
                "keep the inputs with the wording of revision %(old)s, and link each one to the same words in the "
                "current text."
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
    if Returned.objects.filter(consultation=asked, digest=returned_file.digest).exclude(pk=returned_file.pk).exists():
        sentences.append(_("Someone else has already returned an identical file."))
    return sentences
