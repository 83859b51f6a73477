"""Taking minutes while a meeting is in progress, and following them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.meetings import actions
from jukwaa.meetings.forms_live import ItemForm, LineEditForm, LineForm, offer_items
from jukwaa.meetings.live import LivePage, find_minutes, get_speaker_names
from jukwaa.meetings.models import Line, Meeting, Minutes, Part
from jukwaa.meetings.views.common import keeping_minutes, refuse_names, visible_meeting
from jukwaa.meetings.views.meetings import FORM, QUESTION, form_context
from jukwaa.records.models import State
from jukwaa.records.models.record import OPEN_TO_ROLES

LIVE = "meetings/live.html"
NO_CONTENT = 204


@require_POST
def minutes_start(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    return form_view(
        request,
        action=lambda: actions.start_minutes(actor=request.user, meeting=meeting),
        redirect_to=lambda _minutes: _get_url(meeting),
    )


@require_GET
def minutes_live(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The page of those who take the minutes, and of members who follow them."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    return page(request, LIVE, _build_context(request, minutes))


@require_GET
def minutes_updates(request: MemberRequest, coalition: Coalition, pk: int, after: int) -> HttpResponse:
    """What is new after a revision, for the script of the page: mostly nothing.

    Members with a seat read the same of a meeting that is open to all of them, so that it is made once for each news.
    """
    name = f"minutes-updates-{pk}-{after}-{get_language()}-{_get_circle(request, coalition, pk)}"
    body = kept(coalition, name, lambda: _render_updates(request, coalition, pk, after))
    return HttpResponse(body) if body else HttpResponse(status=NO_CONTENT)


def _get_circle(request: MemberRequest, coalition: Coalition, pk: int) -> str:
    """Return who reads the same as this viewer: everybody with a seat, or nobody else."""
    if request.standing.has_seat and not request.standing.is_rapporteur:
        open_to_members = Meeting.objects.of(coalition).filter(state=State.PUBLISHED, label__in=OPEN_TO_ROLES)
        if open_to_members.filter(pk=pk).exists():
            return "seats"
    return f"person-{request.user.pk}"


def _render_updates(request: MemberRequest, coalition: Coalition, pk: int, after: int) -> bytes:
    minutes = _get_minutes_or_404(request, coalition, pk)
    if minutes.revision == after:
        return b""
    live = LivePage(minutes, request.standing, after)
    return page(request, f"{LIVE}#updates", {"live": live, "meeting": minutes.meeting}).content


@require_POST
def line_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Save a line. The script gets an empty answer once it is saved, so that it can forget the line."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    keeping_minutes(request)
    form = LineForm(request.POST, meeting=minutes.meeting)
    return form_view(
        request,
        form,
        template=LIVE,
        context=lambda: _build_context(request, minutes),
        action=lambda: _take_line(request, minutes.meeting, form),
        redirect_to=HttpResponse(status=NO_CONTENT) if request.htmx else _get_url(minutes.meeting),
    )


def _take_line(request: MemberRequest, meeting: Meeting, form: LineForm) -> Line:
    typed = form.cleaned_data
    with_names_refused = refuse_names(actions.take_line, "text")
    return with_names_refused(
        actor=request.user,
        meeting=meeting,
        token=typed["token"],
        kind=typed["kind"],
        text=typed["text"],
        speaker=form.voice("speaker"),
        item=typed["item"],
        topic=typed.get("topic", "") if typed["item"] and typed["item"].chatham else "",
    )


@require_http_methods(["GET", "POST"])
def line_edit(request: MemberRequest, coalition: Coalition, pk: int, line: int) -> HttpResponse:
    minutes = _get_minutes_or_404(request, coalition, pk)
    keeping_minutes(request)
    own = get_object_or_404(Line.objects.select_related("entry", "minutes__meeting"), minutes=minutes, pk=line)
    if request.user.pk not in own.get_authors():
        raise PermissionDenied(_("Only the person who wrote this line can edit it here."))
    form = LineEditForm(form_data(request), line=own, initial=LineEditForm.get_initial(own))
    meeting = minutes.meeting
    return form_view(
        request,
        form,
        template=FORM,
        context=form_context(meeting, _("Edit your line"), _("Save")) | {"back": _get_url(meeting)},
        action=lambda: _edit_line(request, own, form),
        current_values=lambda _conflict: LineEditForm.get_initial(Line.objects.get(pk=own.pk)),
        redirect_to=_get_url(meeting),
    )


def _edit_line(request: MemberRequest, line: Line, form: LineEditForm) -> Line:
    typed = form.cleaned_data
    return refuse_names(actions.edit_line, "text")(
        actor=request.user,
        line=line,
        kind=typed.get("kind", ""),
        text=typed["text"],
        topic=typed.get("topic", ""),
        from_version=typed["version"],
    )


@require_POST
def item_choose(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Make an agenda item the current one for everybody."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    keeping_minutes(request)
    form = ItemForm(request.POST, meeting=minutes.meeting)
    choose = refuse_names(actions.choose_item)
    return form_view(
        request,
        form,
        action=lambda: choose(actor=request.user, meeting=minutes.meeting, item=form.cleaned_data["item"]),
        redirect_to=_get_url(minutes.meeting),
    )


@require_http_methods(["GET", "POST"])
def item_rule(request: MemberRequest, coalition: Coalition, pk: int, item: int) -> HttpResponse:
    """Ask, then hold an agenda item under the Chatham House Rule."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    keeping_minutes(request)
    meeting = minutes.meeting
    part = get_object_or_404(Part.objects.select_related("meeting__coalition"), meeting=meeting, pk=item)
    heading = _("Hold “%(item)s” under the Chatham House Rule?") % {"item": part.title}
    lead = _(
        "The speakers, times and order of all entries of this item will be deleted, including entries made "
        "so far. Members will see the entries when the next agenda item begins. This can't be undone."
    )
    place = refuse_names(actions.place_under_rule)
    return form_view(
        request,
        template=QUESTION,
        context=form_context(meeting, heading, _("Hold this item under the Chatham House Rule"))
        | {"lead": lead, "back": _get_url(meeting)},
        action=lambda: place(actor=request.user, item=part),
        success=_("This agenda item is now held under the Chatham House Rule."),
        redirect_to=_get_url(meeting),
    )


def _get_minutes_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Minutes:
    """Return the draft minutes of a meeting. Raises Http404, and PermissionDenied for people who are no members."""
    minutes = find_minutes(request.user, coalition, pk)
    if minutes is None:
        raise Http404
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can follow the minutes of a meeting in progress."))
    minutes.meeting.coalition = coalition
    return minutes


def _build_context(request: MemberRequest, minutes: Minutes) -> dict[str, Any]:
    live, meeting = LivePage(minutes, request.standing), minutes.meeting
    context = {"meeting": meeting, "live": live}
    if not live.is_note_taker:
        return context
    item = minutes.current_item_id
    forms = {
        "form": LineForm(meeting=meeting, initial={"item": item}, has_topic=_has_chatham(live)),
        "item_form": _build_item_form(meeting, item),
    }
    for form in forms.values():
        offer_items(form, live.items)
    return context | forms | {"names": sorted(get_speaker_names(meeting))}


def _has_chatham(live: LivePage) -> bool:
    return any(part.chatham for part in live.items)


def _build_item_form(meeting: Meeting, item: int | None) -> ItemForm:
    return ItemForm(meeting=meeting, initial={"item": item})


def _get_url(meeting: Meeting) -> str:
    return reverse("meetings:minutes_live", args=[meeting.coalition.slug, meeting.pk])
