"""What any page may show beside a record: `{% load records %}`.

`{% comments_of record %}`, `{% files_of record %}`, `{% trace_of record %}`, `{% tools_of record %}` and
`{% safeguard_notice %}`.
"""

from typing import Any

from django import template
from django.template import Context

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.standing import Standing
from jukwaa.places.helplines import HelplineKind, get_country_helplines
from jukwaa.records import policies
from jukwaa.records.actions.comments import STATES_REFUSING_COMMENTS
from jukwaa.records.discussion import (
    MAX_COMMENTS_SHOWN,
    are_hidden_comments_shown,
    build_comment_threads,
    describe_commented_parts,
    describe_record_readers,
)
from jukwaa.records.forms import CommentForm
from jukwaa.records.models import Comment, Link, Record, State
from jukwaa.records.models.attachments import get_record_attachments
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES, READERS_BY_LABEL
from jukwaa.records.provenance import get_cached_linked_records, get_source_views

register = template.Library()


@register.inclusion_tag("records/comments.html", takes_context=True)
def comments_of(
    context: Context,
    record: Record,
    everything: bool = False,  # noqa: FBT001, FBT002 - a template's flag
    form: Any = None,
    hint: str = "",
) -> dict[str, Any]:
    """Talk about a record. At most three queries beside the roles, which the menu has read already.

    `hint` says what this is not for, where there is another place.
    """
    standing: Standing = context["standing"]
    readable = Comment.objects.filter(record=record.pk).readable_by(standing.viewer)
    comments = readable.select_related("author", "capacity").order_by("-at", "-pk")
    said = list(comments if everything else comments[: MAX_COMMENTS_SHOWN + 1])
    parts = describe_commented_parts(record, said)
    for comment in said:
        comment.record, comment.part = record, parts.get(comment.pk, "")
    speaks = record.state not in STATES_REFUSING_COMMENTS and _can_comment_on_record(standing, record)
    return {
        **_build_shared_context(context, record),
        "comments": build_comment_threads(said[::-1] if everything else said[:MAX_COMMENTS_SHOWN][::-1]),
        "earlier": not everything and len(said) > MAX_COMMENTS_SHOWN,
        "form": (form or CommentForm(choices=build_capacity_choices(standing))) if speaks else None,
        "hint": hint,
        "read_by": describe_record_readers(record, standing) if speaks else "",
        "reads_hidden": are_hidden_comments_shown(standing),
        "is_open": record.state == State.PUBLISHED,
        "is_closed": record.state in STATES_REFUSING_COMMENTS,
    }


def _can_comment_on_record(viewer_standing: Standing, record: Record) -> bool:
    return viewer_standing.has_seat or policies.is_author(viewer_standing, record)


@register.inclusion_tag("records/files.html", takes_context=True)
def files_of(context: Context, record: Record) -> dict[str, Any]:
    """The files that hang on a record, and for those who may change it a way to add one."""
    standing: Standing = context["standing"]
    may_change = record.state not in STATES_REFUSING_COMMENTS and (
        standing.is_rapporteur or policies.is_author(standing, record)
    )
    return {**_build_shared_context(context, record), "files": get_record_attachments(record), "may_change": may_change}


@register.inclusion_tag("records/trace.html", takes_context=True)
def trace_of(context: Context, record: Record) -> dict[str, Any]:
    """Where a record comes from, what it began as, and what came of it. Its languages stand on top of its page."""
    standing: Standing = context["standing"]
    ties = [tie for tie in get_cached_linked_records(record, standing) if tie.relation != Link.Relation.TRANSLATES]
    return {
        **_build_shared_context(context, record),
        "sources": get_source_views(record, standing.viewer),
        "links": ties,
    }


@register.inclusion_tag("records/tools.html", takes_context=True)
def tools_of(context: Context, record: Record) -> dict[str, Any]:
    """History for whoever reads the record; withdrawing and holding for those who may."""
    standing: Standing = context["standing"]
    return {
        **_build_shared_context(context, record),
        "withdraws": policies.can_withdraw_record(standing, record) and record.state not in STATES_REFUSING_COMMENTS,
        "proposes": _can_propose_session(standing, record),
        "collects": standing.is_inside and record.state == State.PUBLISHED,
        "is_held": record.state == State.HELD,
        "is_withdrawn": record.state == State.WITHDRAWN,
        "readers": READERS_BY_LABEL[record.label],  # type: ignore[index]  # a label is one of them
    }


def _can_propose_session(viewer_standing: Standing, record: Record) -> bool:
    """Whether a session proposal can begin as this record: see `policies.py` in `proposals`."""
    is_open = record.state == State.PUBLISHED and record.label in LABELS_OPEN_TO_ROLES
    return is_open and (viewer_standing.is_rapporteur or viewer_standing.is_chair)


@register.inclusion_tag("records/safeguard_notice.html", takes_context=True)
def safeguard_notice(context: Context, country: str = "") -> dict[str, Any]:
    """That this is no place to report abuse, whom to call in the coalition's country, and a way to choose another."""
    coalition = context.get("coalition")
    code = country or (coalition.country if coalition else "")
    near = [line for line in get_country_helplines(code) if line.kind != HelplineKind.DIRECTORY]
    return {"helplines": near[:2] or get_country_helplines(code)[:1], "country": code}


def _build_shared_context(context: Context, record: Record) -> dict[str, Any]:
    return {
        "record": record,
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "coalition": context["coalition"],
        "standing": context["standing"],
    }
