"""Taking minutes while a meeting is in progress, and following them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.meetings import actions
from jukwaa.meetings.forms_live import CurrentItemForm, MinutesLineEditForm, MinutesLineForm, set_agenda_item_choices
from jukwaa.meetings.live_minutes import LiveMinutesPage, find_readable_draft_minutes, get_speaker_names
from jukwaa.meetings.models import Line, Meeting, Minutes, Part
from jukwaa.meetings.views.common import get_meeting_or_404, require_can_manage_minutes, wrap_names_found_error
from jukwaa.meetings.views.meetings import MEETING_FORM_TEMPLATE, MEETING_QUESTION_TEMPLATE, build_meeting_form_context
from jukwaa.records.models import State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES

LIVE_MINUTES_TEMPLATE = "meetings/live.html"
NO_CONTENT_STATUS_CODE = 204


@require_POST
def minutes_start(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    return form_view(
        request,
        action=lambda: actions.start_live_minutes(actor=request.user, meeting=meeting),
        redirect_to=lambda _minutes: _get_minutes_url(meeting),
    )


@require_GET
def minutes_live(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The page of those who take the minutes, and of members who follow them."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    return render_page(request, LIVE_MINUTES_TEMPLATE, _build_live_minutes_context(request, minutes))


@require_GET
def minutes_updates(request: MemberRequest, coalition: Coalition, pk: int, after: int) -> HttpResponse:
    """What is new after a revision, for the script of the page: mostly nothing.

    Members with a seat read the same of a meeting that is open to all of them, so that it is made once for each news.
    """
    name = f"minutes-updates-{pk}-{after}-{get_language()}-{_get_reader_cache_key(request, coalition, pk)}"
    body = get_or_build_cached(coalition, name, lambda: _render_minutes_updates(request, coalition, pk, after))
    return HttpResponse(body) if body else HttpResponse(status=NO_CONTENT_STATUS_CODE)


def _get_reader_cache_key(request: MemberRequest, coalition: Coalition, pk: int) -> str:
    """Return who reads the same as this viewer: everybody with a seat, or nobody else."""
    if request.standing.has_seat and not request.standing.is_rapporteur:
        open_to_members = Meeting.objects.of(coalition).filter(state=State.PUBLISHED, label__in=LABELS_OPEN_TO_ROLES)
        if open_to_members.filter(pk=pk).exists():
            return "seats"
    return f"person-{request.user.pk}"


def _render_minutes_updates(request: MemberRequest, coalition: Coalition, pk: int, after: int) -> bytes:
    minutes = _get_minutes_or_404(request, coalition, pk)
    if minutes.revision == after:
        return b""
    live = LiveMinutesPage(minutes, request.standing, after)
    return render_page(request, f"{LIVE_MINUTES_TEMPLATE}#updates", {"live": live, "meeting": minutes.meeting}).content


@require_POST
def line_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Save a line. The script gets an empty answer once it is saved, so that it can forget the line."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    form = MinutesLineForm(request.POST, meeting=minutes.meeting)
    return form_view(
        request,
        form,
        template=LIVE_MINUTES_TEMPLATE,
        context=lambda: _build_live_minutes_context(request, minutes),
        action=lambda: _record_line_from_form(request, minutes.meeting, form),
        redirect_to=HttpResponse(status=NO_CONTENT_STATUS_CODE) if request.htmx else _get_minutes_url(minutes.meeting),
    )


def _record_line_from_form(request: MemberRequest, meeting: Meeting, form: MinutesLineForm) -> Line:
    typed = form.cleaned_data
    with_names_refused = wrap_names_found_error(actions.record_minutes_line, "text")
    return with_names_refused(
        actor=request.user,
        meeting=meeting,
        token=typed["token"],
        kind=typed["kind"],
        text=typed["text"],
        speaker=form.get_voice_of_field("speaker"),
        item=typed["item"],
        topic=typed.get("topic", "") if typed["item"] and typed["item"].chatham else "",
    )


@require_http_methods(["GET", "POST"])
def line_edit(request: MemberRequest, coalition: Coalition, pk: int, line: int) -> HttpResponse:
    minutes = _get_minutes_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    own = get_object_or_404(Line.objects.select_related("entry", "minutes__meeting"), minutes=minutes, pk=line)
    if request.user.pk not in own.get_authors():
        raise PermissionDenied(_("Only the author of this line can edit it."))
    form = MinutesLineEditForm(get_form_data(request), line=own, initial=MinutesLineEditForm.get_initial(own))
    meeting = minutes.meeting
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(meeting, _("Edit your line"), _("Save"))
        | {"back": _get_minutes_url(meeting)},
        action=lambda: _edit_line_from_form(request, own, form),
        current_values=lambda _conflict: MinutesLineEditForm.get_initial(Line.objects.get(pk=own.pk)),
        redirect_to=_get_minutes_url(meeting),
    )


def _edit_line_from_form(request: MemberRequest, minutes_line: Line, form: MinutesLineEditForm) -> Line:
    typed = form.cleaned_data
    return wrap_names_found_error(actions.edit_minutes_line, "text")(
        actor=request.user,
        line=minutes_line,
        kind=typed.get("kind", ""),
        text=typed["text"],
        topic=typed.get("topic", ""),
        from_version=typed["version"],
    )


@require_POST
def item_choose(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Make an agenda item the current one for everybody."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    form = CurrentItemForm(request.POST, meeting=minutes.meeting)
    choose = wrap_names_found_error(actions.set_current_agenda_item)
    return form_view(
        request,
        form,
        action=lambda: choose(actor=request.user, meeting=minutes.meeting, item=form.cleaned_data["item"]),
        redirect_to=_get_minutes_url(minutes.meeting),
    )


@require_http_methods(["GET", "POST"])
def item_chatham_house_rule(request: MemberRequest, coalition: Coalition, pk: int, item: int) -> HttpResponse:
    """Ask, then hold an agenda item under the Chatham House Rule."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    meeting = minutes.meeting
    part = get_object_or_404(Part.objects.select_related("meeting__coalition"), meeting=meeting, pk=item)
    heading = _("Hold “%(item)s” under the Chatham House Rule?") % {"item": part.title}
    lead = _(
        "For all entries of this item, including earlier ones, we will delete the speakers, the times and the order."
        " Members will see the entries when the next agenda item begins. This cannot be undone."
    )
    place = wrap_names_found_error(actions.apply_chatham_house_rule)
    return form_view(
        request,
        template=MEETING_QUESTION_TEMPLATE,
        context=build_meeting_form_context(meeting, heading, _("Hold this item under the Chatham House Rule"))
        | {"lead": lead, "back": _get_minutes_url(meeting)},
        action=lambda: place(actor=request.user, item=part),
        success_message=_("This agenda item is now held under the Chatham House Rule."),
        redirect_to=_get_minutes_url(meeting),
    )


def _get_minutes_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Minutes:
    """Return the draft minutes of a meeting. Raises Http404, and PermissionDenied for people who are no members."""
    minutes = find_readable_draft_minutes(request.user, coalition, pk)
    if minutes is None:
        raise Http404
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can follow the minutes of a meeting in progress."))
    minutes.meeting.coalition = coalition
    return minutes


def _build_live_minutes_context(request: MemberRequest, minutes: Minutes) -> dict[str, Any]:
    live, meeting = LiveMinutesPage(minutes, request.standing), minutes.meeting
    context = {"meeting": meeting, "live": live}
    if not live.is_note_taker:
        return context
    item = minutes.current_item_id
    forms = {
        "form": MinutesLineForm(
            meeting=meeting, initial={"item": item}, has_topic_field=_is_under_chatham_house_rule(live)
        ),
        "item_form": _build_current_item_form(meeting, item),
    }
    for form in forms.values():
        set_agenda_item_choices(form, live.agenda_items)
    return context | forms | {"names": sorted(get_speaker_names(meeting))}


def _is_under_chatham_house_rule(live_page: LiveMinutesPage) -> bool:
    return any(part.chatham for part in live_page.agenda_items)


def _build_current_item_form(meeting: Meeting, item: int | None) -> CurrentItemForm:
    return CurrentItemForm(meeting=meeting, initial={"item": item})


def _get_minutes_url(meeting: Meeting) -> str:
    return reverse("meetings:minutes_live", args=[meeting.coalition.slug, meeting.pk])
