"""Talk about any record."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import get_safe_next_url, render_page
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.records import actions, policies
from jukwaa.records.actions.comments import STATES_REFUSING_COMMENTS
from jukwaa.records.discussion import are_hidden_comments_shown, build_comment_revisions, describe_record_readers
from jukwaa.records.forms import CommentEditForm, CommentForm, HideForm
from jukwaa.records.mentions import find_mentions
from jukwaa.records.models import Comment, Record, State
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE, AnyRequest, get_comment_or_404, get_record_or_404

COMMENT_FORM_TEMPLATE = "records/comment_form.html"


@login_not_required
@require_GET
def record_comment_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """All that was said about a record, on a page of its own."""
    return render_page(request, "records/talk.html", {"record": get_record_or_404(request, coalition, pk)})


@require_POST
def comment_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = get_record_or_404(request, coalition, pk)
    if not policies.can_comment(request.standing, record):
        raise PermissionDenied(_("Only members of the coalition can comment. You can apply to join."))
    form = CommentForm(
        request.POST, choices=build_capacity_choices(request.standing), standing=request.standing, record=record
    )
    return form_view(
        request,
        form,
        template=COMMENT_FORM_TEMPLATE,
        context={"record": record},
        action=lambda: _add_comment_from_form(request, record, form),
        success_message=lambda comment: _describe_posted_comment(request, comment, _("Your comment has been posted.")),
        redirect_to=lambda comment: _redirect_to_comment(request, comment),
    )


@require_http_methods(["GET", "POST"])
def comment_reply(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Reply to a comment. There is one level: a reply to a reply belongs to the same comment."""
    answered = get_comment_or_404(request, coalition, pk)
    if not policies.can_comment(request.standing, answered.record):
        raise PermissionDenied(_("Only members of the coalition can comment. You can apply to join."))
    if answered.hidden_at or answered.record.state in STATES_REFUSING_COMMENTS:
        raise PermissionDenied(_("You cannot reply to this comment, because a coordinator has hidden it."))
    is_published = answered.record.state == State.PUBLISHED
    form = CommentForm(
        get_form_data(request),
        choices=build_capacity_choices(request.standing),
        standing=request.standing,
        record=answered.record,
    )
    return form_view(
        request,
        form,
        template=COMMENT_FORM_TEMPLATE,
        context={
            "record": answered.record,
            "answered": answered,
            "read_by": describe_record_readers(answered.record, request.standing) if is_published else "",
        },
        action=lambda: _add_comment_from_form(request, answered.record, form, answered),
        success_message=lambda reply: _describe_posted_comment(request, reply, _("Your reply has been posted.")),
        redirect_to=lambda reply: _redirect_to_comment(request, reply),
    )


def _describe_posted_comment(request: MemberRequest, comment: Comment, sentence: str) -> str:
    """Return that it has been posted, whom we will notify, and which names nobody has."""
    mentions = find_mentions(comment.body, request.standing)
    sentences = [sentence]
    people = [person.name for person in mentions.people.values() if person.has_been_informed]
    if named := [*people, *map(str, mentions.organisations.values())]:
        sentences.append(_("We will notify: %(names)s.") % {"names": join_with_separator(named)})
    sentences += [
        _("We did not find %(name)s. Write @ and a name or an acronym, as it is written in the directory.")
        % {"name": f"@{name}"}
        for name in mentions.unknown
    ]
    return " ".join(sentences)


def _add_comment_from_form(
    request: MemberRequest, record: Record, form: CommentForm, answered_comment: Comment | None = None
) -> Comment:
    said = form.cleaned_data
    return actions.add_comment(
        actor=request.user,
        record=record,
        body=said["body"],
        organisation=form.get_organisation(),
        token=said["token"],
        reply_to=answered_comment,
    )


@require_http_methods(["GET", "POST"])
def comment_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    comment = get_comment_or_404(request, coalition, pk)
    if not policies.can_edit_comment(request.standing, comment) or comment.hidden_at:
        raise PermissionDenied
    form = CommentEditForm(
        get_form_data(request),
        initial=CommentEditForm.get_initial(comment),
        standing=request.standing,
        record=comment.record,
    )
    return form_view(
        request,
        form,
        template=COMMENT_FORM_TEMPLATE,
        context={"record": comment.record, "comment": comment},
        action=lambda: _edit_comment_from_form(request, comment, form),
        current_values=lambda conflict: CommentEditForm.get_initial(conflict.current),
        redirect_to=lambda _edited: _redirect_to_comment(request, comment),
    )


def _edit_comment_from_form(request: MemberRequest, comment: Comment, form: CommentEditForm) -> Comment:
    said = form.cleaned_data
    return actions.edit_comment(actor=request.user, comment=comment, body=said["body"], from_version=said["version"])


@login_not_required
@require_GET
def comment_history(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What a comment said before. What is hidden is read by coordinators and the safeguarding lead."""
    comment = get_comment_or_404(request, coalition, pk)
    if comment.hidden_at and not are_hidden_comments_shown(request.standing):
        raise Http404
    context = {"record": comment.record, "comment": comment, "versions": build_comment_revisions(comment)}
    return render_page(request, "records/comment_history.html", context)


@require_http_methods(["GET", "POST"])
def comment_hide(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    comment = get_comment_or_404(request, coalition, pk)
    if not policies.can_hide_comment(request.standing, comment):
        raise PermissionDenied
    form = HideForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=CONFIRMATION_TEMPLATE,
        context=_build_hide_confirmation(comment),
        action=lambda: actions.hide_record_comment(
            actor=request.user, comment=comment, reason=form.cleaned_data["reason"]
        ),
        redirect_to=lambda hidden: _redirect_after_hiding(request, hidden, form.cleaned_data["reason"]),
    )


def _build_hide_confirmation(comment: Comment) -> dict[str, Any]:
    return {
        "title": _("Hide a comment"),
        "quote": comment.body,
        "sentences": [_("The coordinators and the safeguarding lead will still be able to read the comment.")],
        "button": _("Hide comment"),
        "stop": True,
        "back": _get_comment_url(comment),
    }


def _redirect_after_hiding(request: MemberRequest, hidden_comment: Comment, reason: str) -> HttpResponse:
    _add_comment_hidden_message(request, hidden_comment, reason)
    return _redirect_to_comment(request, hidden_comment)


@require_POST
def comment_unhide(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    comment = get_comment_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.unhide_record_comment(actor=request.user, comment=comment),
        redirect_to=lambda _shown: _redirect_to_comment(request, comment),
    )


@require_http_methods(["GET", "POST"])
def comment_purge(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    comment = get_comment_or_404(request, coalition, pk)
    if not policies.can_quarantine_record(request.standing, comment.record):
        raise PermissionDenied
    question = {
        "title": _("Delete the text of a comment"),
        "sentences": [
            _(
                "The text and its earlier versions will be deleted permanently. Readers will "
                "still see that the comment was hidden."
            )
        ],
        "button": _("Delete permanently"),
        "stop": True,
        "back": _get_comment_url(comment),
    }
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=question,
        action=lambda: actions.purge_record_comment(actor=request.user, comment=comment),
        success_message=_("Text of the comment deleted."),
        redirect_to=lambda _purged: _redirect_to_comment(request, comment),
    )


def _add_comment_hidden_message(request: MemberRequest, comment: Comment, reason: str) -> None:
    if comment.hidden_because == reason:
        messages.success(request, _("Comment hidden. Readers will see that it was hidden, and the reason."))
        return
    sentence = _(
        "This comment had already been hidden, for this reason: %(first)s. Your reason was not "
        "saved: %(second)s. To change the reason, show the comment again, then hide it again."
    )
    words = {"first": comment.hidden_because.rstrip("."), "second": reason.rstrip(".")}
    messages.warning(request, sentence % words, extra_tags="wrong")


def _get_comment_url(comment: Comment) -> str:
    return f"{comment.record.get_absolute_url()}#comment-{comment.pk}"


def _redirect_to_comment(request: AnyRequest, comment: Comment) -> HttpResponseRedirect:
    """Back to the page on which it was said."""
    here = get_safe_next_url(request, comment.record.get_absolute_url()).partition("#")[0]
    return redirect(f"{here}#comment-{comment.pk}")
