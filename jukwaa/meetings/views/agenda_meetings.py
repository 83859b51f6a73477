"""A new meeting from its pasted agenda: a form that is filled in from the text, and whose button announces it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.public_names import NamingWords, PublicNames
from jukwaa.coalitions.views.public_names import confirm_public_names
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.events.calendar_occurrences import find_clashing_items
from jukwaa.meetings.actions.agenda_meetings import announce_meeting_with_agenda
from jukwaa.meetings.agenda_facts import MeetingFacts, find_meeting_facts
from jukwaa.meetings.earlier_meetings import find_meeting_named_in_text, find_people_of_group, list_earlier_meetings
from jukwaa.meetings.forms_agenda_meeting import AgendaMeetingForm
from jukwaa.meetings.forms_agenda_pasting import PastedAgendaForm
from jukwaa.meetings.forms_audience import InvitationAudienceForm
from jukwaa.meetings.forms_schedule import get_default_time_zone
from jukwaa.meetings.invitation_audience import load_invitable_members
from jukwaa.meetings.invitation_emails import count_every_member
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.views.common import require_can_manage_minutes
from jukwaa.meetings.views.meetings import describe_meeting_publication
from jukwaa.records.models import Label, State

PASTE_TEMPLATE, FORM_TEMPLATE = "meetings/agenda_meeting_paste.html", "meetings/agenda_meeting_form.html"
MAX_TOP_CHARACTERS = 1_500  # of a text in which the name of a group is looked for


@require_http_methods(["GET", "POST"])
def agenda_meeting_paste(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Read the text and show the form of the meeting. Nothing is saved yet."""
    require_can_manage_minutes(request)
    form = PastedAgendaForm(get_form_data(request), meeting=Meeting(coalition=coalition))
    return form_view(
        request,
        form,
        template=PASTE_TEMPLATE,
        action=lambda: find_meeting_facts(form.cleaned_data["text"], timezone.localdate()),
        redirect_to=lambda facts: _render_filled_form(request, coalition, facts),
    )


def _render_filled_form(request: MemberRequest, coalition: Coalition, facts: MeetingFacts) -> HttpResponse:
    earlier = list_earlier_meetings(request.user, coalition)
    named = None if facts.title else find_meeting_named_in_text(request.POST["text"][:MAX_TOP_CHARACTERS], earlier)
    title = named.title if named else facts.title
    meeting, people = find_people_of_group(title, coalition, earlier)
    form = _build_form(request, coalition, _build_meeting(request, coalition, title), people)
    form.initial = {"time_zone": get_default_time_zone(coalition), **facts.initial, "title": title}
    form.agenda.is_valid()
    form.agenda.needs_preview()
    visible = Meeting.objects.visible_to(request.user).of(coalition)
    same_day = visible.exclude(state=State.WITHDRAWN).filter(starts_on=facts.day, cancelled_at=None)
    context = {"form": form, "notes": facts.notes, "group_meeting": meeting, "same_day": same_day}
    return render_page(request, FORM_TEMPLATE, context)


def _build_meeting(request: MemberRequest, coalition: Coalition, title: str) -> Meeting:
    """Return the meeting as it will be published, for the questions that depend on it. It is not saved."""
    label = Label.GREEN if request.POST.get("label") == Label.GREEN else Label.CLEAR
    return Meeting(coalition=coalition, title=title, label=label, state=State.PUBLISHED)


def _build_form(
    request: MemberRequest, coalition: Coalition, meeting: Meeting, people: set[int] | None = None
) -> AgendaMeetingForm:
    """`people` are those selected at first, before the form is sent."""
    data = get_form_data(request) if people is None else None
    members, everyone_number = load_invitable_members(coalition), count_every_member(meeting)
    adults = [member.person.pk for member in members if not member.person.is_minor]
    audience = InvitationAudienceForm(
        data,
        members=members,
        everyone_number=everyone_number,
        can_wait=True,
        meeting=meeting,
        selected=[pk for pk in adults if pk in (people or ())],
    )
    agenda = PastedAgendaForm(request.POST, meeting=meeting)
    return AgendaMeetingForm(data, agenda=agenda, audience=audience, everyone_number=everyone_number)


@require_http_methods(["GET", "POST"])
def agenda_meeting_announce(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Publish the meeting with its agenda and invite people. The page comes back if it would send other numbers."""
    require_can_manage_minutes(request)
    if request.method == "GET":
        return redirect("meetings:agenda_meeting_paste", coalition.slug)
    title = request.POST.get("title", "")[:250]
    form = _build_form(request, coalition, _build_meeting(request, coalition, title))
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        confirm=lambda: _confirm_announcement(request, coalition, form),
        action=lambda: announce_meeting_with_agenda(
            actor=request.user,
            coalition=coalition,
            pasted_items=form.agenda.pasted_items,
            audience=form.audience.get_audience(),
            **form.get_details(),
        ),
        success_message=describe_meeting_publication,
        redirect_to=lambda meeting: meeting,
    )


def _confirm_announcement(request: MemberRequest, coalition: Coalition, form: AgendaMeetingForm) -> HttpResponse | None:
    """Show the page once more with what has changed since: the items, the number of emails, what else takes place."""
    needs_preview = form.agenda.needs_preview()
    if needs_preview or not form.has_seen_number or _has_unseen_clashes(request, coalition, form):
        return render_page(request, FORM_TEMPLATE, {"form": form})
    return confirm_public_names(request, _find_names(coalition, form), template=FORM_TEMPLATE, context={"form": form})


def _has_unseen_clashes(request: MemberRequest, coalition: Coalition, form: AgendaMeetingForm) -> bool:
    day = form.get_new_day()
    if day is None:
        return False
    last_day, hours = form.get_last_day() or day, form.get_moments()
    return form.needs_clash_warning(find_clashing_items(coalition, request.user, day, last_day, item_hours=hours))


def _find_names(coalition: Coalition, form: AgendaMeetingForm) -> list[NamingWords]:
    """Return the names that everyone would read in the title and the summary; the agenda has marked its own."""
    title, summary = form.cleaned_data["title"], form.cleaned_data["summary"]
    if form.cleaned_data["label"] != Label.CLEAR:
        return []
    names = PublicNames(coalition).find_names(f"{title}\n{summary}")
    url = reverse("meetings:agenda_meeting_paste", args=[coalition.slug])
    return [NamingWords(title, url, names)] if names else []
