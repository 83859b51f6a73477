"""Forms for a coordination meeting: its time, its attendance with a short report, and a calendar file."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.forms.fields import build_text_field
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.eligibility.coordination.models import REPRESENTING_ROLES, CoordinationMeeting
from jukwaa.meetings import times
from jukwaa.meetings.calendar_import_plan import get_imported_meeting_details
from jukwaa.meetings.calendar_reader import CalendarEvent, check_calendar_file_size, read_calendar
from jukwaa.meetings.forms_meeting_time import MeetingTimeFields
from jukwaa.meetings.forms_schedule import INVALID_LINK_ERROR, get_default_time_zone

MAX_IMPORTED_MEETINGS = 30


class CoordinationMeetingForm(MeetingTimeFields):
    field_order = ("title", "starts_on", "start_time", "fold", "duration", "time_zone", "joining_link")

    title = forms.CharField(
        label=_("Title"),
        max_length=250,
        help_text=_("For example: Coordination meeting 98"),
        error_messages={"required": _("Enter a title.")},
    )
    joining_link = forms.URLField(
        label=_("Joining link"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_("Only coordinators and representatives can see the link."),
        error_messages={"invalid": INVALID_LINK_ERROR},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @classmethod
    def get_initial(cls, viewer_standing: Standing, meeting: CoordinationMeeting | None) -> dict[str, Any]:
        if meeting is None:
            zone = get_default_time_zone(viewer_standing.coalition)
            return {"time_zone": zone, "duration": 60, "token": uuid.uuid4()}
        local = times.get_local_datetime(meeting.starts_at, meeting.time_zone)
        length = meeting.ends_at - meeting.starts_at if meeting.ends_at else None
        moments = times.get_possible_moments(local.date(), local.time(), meeting.time_zone)
        return {
            "title": meeting.title,
            "starts_on": local.date(),
            "start_time": local.time(),
            "fold": moments.index(meeting.starts_at) if len(moments) > 1 else "",
            "duration": round(length.total_seconds() / 60) if length else None,
            "time_zone": meeting.time_zone,
            "joining_link": meeting.joining_link,
            "version": meeting.version,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "start_time", "time_zone"):
            self.fields[name].required = True
        self.fields["starts_on"].error_messages["required"] = gettext("Enter the date.")
        self.fields["start_time"].error_messages["required"] = gettext("Enter the start time.")

    def get_details(self) -> dict[str, Any]:
        starts_at, ends_at = self.get_moments() or (None, None)
        sent = {name: self.cleaned_data[name] for name in ("title", "time_zone", "joining_link")}
        return {**sent, "starts_at": starts_at, "ends_at": ends_at}


class CoordinationLogForm(ScreenedForm):
    """Attendance, a short report and a link, in one form."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("report",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("attended", "people")

    attended = forms.ChoiceField(
        label=_("Was the coalition represented?"),
        required=False,
        choices=[("", _("Not recorded")), *CoordinationMeeting.Attended.choices],
        widget=forms.RadioSelect,
    )
    people = forms.MultipleChoiceField(
        label=_("Who attended"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If the answer is “Yes”, choose at least one representative or coordinator."),
    )
    report = build_text_field(_("Short report"), required=False, max_length=5000)
    report_link = forms.URLField(
        label=_("Link to the report or the recording"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": INVALID_LINK_ERROR},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer_standing: Standing, meeting: CoordinationMeeting, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.get_initial(meeting), **kwargs)
        roles = Role.objects.in_force().filter(coalition=viewer_standing.coalition, kind__in=REPRESENTING_ROLES)
        self._people = {str(role.person_id): role.person for role in roles.select_related("person")}
        for attendance in meeting.attendances.all():  # those who have no role any more stay
            self._people.setdefault(str(attendance.person_id), attendance.person)
        named = sorted((get_display_name(person, viewer_standing), pk) for pk, person in self._people.items())
        self.set_choices("people", [(pk, name) for name, pk in named])

    @staticmethod
    def get_initial(meeting: CoordinationMeeting) -> dict[str, Any]:
        values = {name: getattr(meeting, name) for name in CoordinationMeeting.LOGGED}
        attended = [str(attendance.person_id) for attendance in meeting.attendances.all()]
        return values | {"people": attended, "version": meeting.version}

    def get_changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CoordinationMeeting.LOGGED}

    def get_people(self) -> list[Person]:
        return [self._people[pk] for pk in self.cleaned_data["people"]]


class CoordinationImportForm(Form):
    """A calendar file with the meetings. `events` are those that have an hour and are not cancelled."""

    use_required_attribute = False
    submission_source = "import"

    file = forms.FileField(
        label=_("Calendar file"),
        allow_empty_file=True,
        help_text=_("The iCalendar (.ics) file from the invitation, with at most 30 meetings."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={"required": _("Choose a calendar file.")},
    )
    events: list[CalendarEvent]

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            check_calendar_file_size(file.size or 0)
            content = read_calendar(file.read())
        except ActionRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        self.events = [event for event in content.events if event.hour and not event.is_cancelled]
        self.file_texts = [f"{event.title} {event.place}".strip() for event in self.events]
        if not self.events:
            raise forms.ValidationError(
                gettext("Choose another calendar file. This one has no meetings with a start time.")
            )
        if len(self.events) > MAX_IMPORTED_MEETINGS:
            raise forms.ValidationError(
                gettext("This calendar has more than 30 meetings. Export only the coordination meetings.")
            )
        return file

    def get_rows(self, coalition: Coalition) -> Iterator[dict[str, Any]]:
        for event in self.events:
            details = get_imported_meeting_details(event, coalition.time_zone)
            zone = details["time_zone"]
            starts_at = times.get_local_moment(details["starts_on"], details["start_time"], zone, details["fold"])
            yield {
                "title": details["title"],
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(minutes=details["duration"]) if details["duration"] else None,
                "time_zone": zone,
                "joining_link": details["joining_link"],
                "source_key": event.event_key,
            }
