"""Save what somebody is typing, without a version for each pause."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.proposals.actions.proposals import save_proposal_answer
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.subject import format_stored_answer
from jukwaa.records.models import Link, Version

VERSION_MERGE_WINDOW = timedelta(minutes=10)


@action
def autosave_answer(*, actor: Person, proposal: Proposal, field: str, answer: str | list[str], seen: str) -> Proposal:
    """Save the answer to one field as `save_answer` does, while it is written.

    What one person saves in one field within some minutes stays one version. Raises what `save_answer` raises.
    """
    saved = save_proposal_answer(actor=actor, proposal=proposal, field=field, answer=answer, seen=seen)
    _merge_autosaved_versions(actor, saved, field)
    return saved


def _merge_autosaved_versions(actor: Person, proposal: Proposal, field_name: str) -> None:
    """Remove the version before the last, if the last one takes it further.

    Within a sitting, however long, a version stays every ten minutes, and before most of a text is deleted.
    """
    last, middle, first = _get_last_three_versions(proposal)
    if last is None or middle is None or first is None or last.author_id != middle.author_id or last.author != actor:
        return
    is_recent = last.at - first.at < VERSION_MERGE_WINDOW and timezone.now() - last.at < VERSION_MERGE_WINDOW
    is_kept = _is_answer_mostly_deleted(field_name, middle, last) or _is_version_linked(proposal, middle)
    if (
        is_recent
        and not is_kept
        and _differ_only_in_field(field_name, first, middle)
        and _differ_only_in_field(field_name, middle, last)
    ):
        middle.delete()


def _is_answer_mostly_deleted(field_name: str, earlier_version: Version, later_version: Version) -> bool:
    """Whether less than half of an answer is left."""
    was, now = (
        format_stored_answer(version.content.get("answers", {}).get(field_name))
        for version in (earlier_version, later_version)
    )
    return 2 * len(now) < len(was)


def _is_version_linked(proposal: Proposal, version: Version) -> bool:
    """Whether something else was made from this version, such as a translation."""
    return Link.objects.filter(to_record=proposal.pk, version=version.number).exists()


def _get_last_three_versions(proposal: Proposal) -> tuple[Version | None, Version | None, Version | None]:
    found = list(Version.objects.filter(record=proposal.pk).order_by("-number")[:3])
    last, middle, first = (*found, None, None, None)[:3]
    return last, middle, first


def _differ_only_in_field(field_name: str, earlier_version: Version, later_version: Version) -> bool:
    return _remove_field_answer(field_name, earlier_version.content) == _remove_field_answer(
        field_name, later_version.content
    )


def _remove_field_answer(field_name: str, version_content: dict[str, Any]) -> dict[str, Any]:
    """Return what a version says apart from one answer, and the title that may follow it."""
    answers = {name: answer for name, answer in version_content.get("answers", {}).items() if name != field_name}
    return {**version_content, "answers": answers, "title": ""}
