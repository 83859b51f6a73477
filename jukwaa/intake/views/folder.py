"""Importing several reports at once, and choosing the meeting that one of them is about."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.intake import actions, policies
from jukwaa.intake.forms import FolderImportForm, ReadingMeetingForm
from jukwaa.intake.meeting_details import find_earliest_next_meeting
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.models import DeskKind, Reading
from jukwaa.intake.views.shortcuts import get_reading_or_404
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Document, State

MAX_FILES_NAMED_IN_ERROR = 10  # files that were left out, on the page


@require_http_methods(["GET", "POST"])
def folder_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_import_reports(request.standing, coalition):
        raise PermissionDenied(_("Only the rapporteur, an editor or a coordinator can import reports."))
    form = FolderImportForm(get_form_data(request), request.FILES if request.method == "POST" else None)
    return form_view(
        request,
        form,
        template="intake/folder_form.html",
        action=lambda: _start_folder_import_from_form(request, coalition, form),
        success_message=lambda readings: (
            ngettext(
                "We are importing %(n)s report. The suggestions will appear on this page.",
                "We are importing %(n)s reports. The suggestions will appear on this page.",
                len(readings),
            )
            % {"n": len(readings)}
        ),
        redirect_to=reverse("intake:reading_list", args=[coalition.slug]),
    )


def _start_folder_import_from_form(
    request: MemberRequest, coalition: Coalition, form: FolderImportForm
) -> list[Reading]:
    readings = actions.start_folder_import(
        actor=request.user, coalition=coalition, tlp_label=form.cleaned_data["label"], reading_uploads=form.uploads
    )
    for sentence in form.refused[:MAX_FILES_NAMED_IN_ERROR]:
        messages.warning(request, sentence, extra_tags="wrong")
    if left := len(form.refused[MAX_FILES_NAMED_IN_ERROR:]):
        sentence = ngettext("%(n)s more file was not imported.", "%(n)s more files were not imported.", left)
        messages.warning(request, sentence % {"n": left}, extra_tags="wrong")
    return readings


@require_http_methods(["GET", "POST"])
def reading_meeting(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    meetings = Meeting.objects.visible_to(request.user).filter(coalition=coalition).exclude(state=State.WITHDRAWN)
    form = ReadingMeetingForm(
        get_form_data(request),
        candidate_meetings=meetings.order_by("-order_day", "-pk"),
        initial=ReadingMeetingForm.get_initial(reading),
    )
    back_url = _get_back_url(request, reading)
    return form_view(
        request,
        form,
        template="intake/reading_meeting.html",
        context={"reading": reading, "back_url": back_url, **_build_found_meeting_facts(reading)},
        action=lambda: actions.choose_meeting_of_reading(
            actor=request.user,
            reading=reading,
            meeting=form.cleaned_data["meeting"],
            title=form.cleaned_data["meeting_title"],
            meeting_details=form.get_details(),
        ),
        success_message=_("Meeting saved."),
        redirect_to=back_url,
    )


def _get_back_url(request: MemberRequest, reading: Reading) -> str:
    """The step of the review from which the page was opened, or the sentences."""
    steps = {"attendance": "intake:reading_attendance", "add": "intake:reading_enter"}
    route = steps.get(request.GET.get("from", ""), "intake:reading_detail")
    return reverse(route, args=[reading.coalition.slug, reading.pk])


def _build_found_meeting_facts(reading: Reading) -> dict[str, object]:
    """Return what the report says of its meeting that is not in the form: chair, number, the meeting after it."""
    text = Document.objects.filter(readings=reading).values_list("text", flat=True).first() or ""
    facts = find_meeting_facts(text, reading.upload_name)
    sentences = reading.suggestions.filter(kind=DeskKind.NEXT_MEETING).values_list("text", flat=True)
    after = (reading.meeting.last_day if reading.meeting else reading.meeting_day) or facts.day
    following = find_earliest_next_meeting(sentences, after)
    next_url = ""
    if following is not None and following >= timezone.localdate():
        query = urlencode({"starts_on": following.isoformat()})
        next_url = f"{reverse('meetings:meeting_new', args=[reading.coalition.slug])}?{query}"
    return {"chair": facts.chair, "number": facts.number, "next_meeting": following, "next_url": next_url}
