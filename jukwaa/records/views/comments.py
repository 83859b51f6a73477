"""Talk about any record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.capacities import capacity_choices
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import invalid, page, safe_next
from jukwaa.records import actions, policies
from jukwaa.records.doors import at_the_door
from jukwaa.records.forms import CommentEditForm, CommentForm, HideForm
from jukwaa.records.models import Comment, Held
from jukwaa.records.talk import may_read_hidden, with_diffs
from jukwaa.records.views.common import AnyRequest, ask, comment_for, record_for


@login_not_required
@require_GET
def talk(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """All that was said about a record, on a page of its own."""
    return page(request, "records/talk.html", {"record": record_for(request, coalition, pk)})


@require_POST
def comment_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = record_for(request, coalition, pk)
    if not policies.can_comment(request.user, record):
        raise PermissionDenied(_("Members of the coalition speak here. You can apply to join."))
    form = CommentForm(request.POST, choices=capacity_choices(request.standing))
    if answer := at_the_door(request, coalition, Held.Door.COMMENT, text=form.people_text):
        return answer
    if not form.is_valid():
        return invalid(request, "records/comment_form.html", {"record": record, "form": form})
    comment = actions.add_comment(
        actor=request.user,
        record=record,
        body=form.cleaned_data["body"],
        organisation=form.organisation(),
        token=form.cleaned_data["token"],
    )
    messages.success(request, _("Your comment stands below."))
    return _to(request, comment)


@require_http_methods(["GET", "POST"])
def comment_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    comment = comment_for(request, coalition, pk)
    if not policies.can_edit_comment(request.user, comment) or comment.hidden_at:
        raise PermissionDenied
    form = CommentEditForm(request.POST or None, initial={"body": comment.body, "version": comment.version})
    if answer := at_the_door(request, coalition, Held.Door.COMMENT, text=form.people_text):
        return answer
    context = {"record": comment.record, "form": form, "comment": comment}
    if request.method == "GET":
        return page(request, "records/comment_form.html", context)
    if not form.is_valid():
        return invalid(request, "records/comment_form.html", context)
    try:
        actions.edit_comment(
            actor=request.user,
            comment=comment,
            body=form.cleaned_data["body"],
            from_version=form.cleaned_data["version"],
        )
    except actions.StaleComment as stale:
        form.replace_version(stale.current.version)
        return page(request, "records/comment_form.html", {**context, "stale": stale.current}, status=409)
    return _to(request, comment)


@login_not_required
@require_GET
def comment_history(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What a comment said before. What is hidden is read by coordinators and the safeguarding lead."""
    comment = comment_for(request, coalition, pk)
    if comment.hidden_at and not may_read_hidden(request.standing):
        raise Http404
    context = {"record": comment.record, "comment": comment, "versions": with_diffs(comment)}
    return page(request, "records/comment_history.html", context)


@require_http_methods(["GET", "POST"])
def comment_hide(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    comment = comment_for(request, coalition, pk)
    if not policies.can_hide_comment(request.user, comment):
        raise PermissionDenied
    form = HideForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        hidden = actions.hide_comment(actor=request.user, comment=comment, reason=reason)
        _say_hidden(request, hidden, reason)
        return _to(request, comment)
    return ask(
        request,
        form=form,
        title=_("Hide a comment"),
        quote=comment.body,
        sentences=[_("Its text stays with the coordinators and the safeguarding lead.")],
        button=_("Hide it"),
        stop=True,
        back=_address(comment),
    )


@require_POST
def comment_unhide(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    comment = comment_for(request, coalition, pk)
    actions.unhide_comment(actor=request.user, comment=comment)
    return _to(request, comment)


@require_http_methods(["GET", "POST"])
def comment_purge(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    comment = comment_for(request, coalition, pk)
    if not policies.can_hold(request.user, comment.record):
        raise PermissionDenied
    if request.method == "POST":
        actions.purge_comment(actor=request.user, comment=comment)
        messages.success(request, _("What the comment said is erased."))
        return _to(request, comment)
    return ask(
        request,
        title=_("Erase what a comment says"),
        sentences=[_("Its text and its earlier versions are gone for good. That it was hidden stays to be seen.")],
        button=_("Erase it"),
        stop=True,
        back=_address(comment),
    )


def _say_hidden(request: MemberRequest, comment: Comment, reason: str) -> None:
    if comment.hidden_because == reason:
        messages.success(request, _("The comment is hidden. That it was hidden, and why, stands in its place."))
        return
    sentence = _(
        "This comment was hidden already, because: %(first)s. Your reason was not kept: %(second)s. To change it, show"
        " the comment again, and hide it once more."
    )
    words = {"first": comment.hidden_because.rstrip("."), "second": reason.rstrip(".")}
    messages.warning(request, sentence % words, extra_tags="wrong")


def _address(comment: Comment) -> str:
    return f"{comment.record.get_absolute_url()}#comment-{comment.pk}"


def _to(request: AnyRequest, comment: Comment) -> HttpResponseRedirect:
    """Back to the page on which it was said."""
    here = safe_next(request, comment.record.get_absolute_url()).partition("#")[0]
    return redirect(f"{here}#comment-{comment.pk}")
