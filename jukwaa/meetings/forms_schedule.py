"""Forms for scheduling a meeting, changing its time and place, and cancelling it."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import build_former_country_choices
from jukwaa.coalitions.models import Coalition
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.events.forms.clash_warning import ClashWarningForm
from jukwaa.events.recurrence import Repetition
from jukwaa.meetings import times
from jukwaa.meetings.forms_last_day import LastDayField, check_last_day
from jukwaa.meetings.forms_meeting_time import MeetingTimeFields
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.observers import LABELS_READABLE_BY_OBSERVERS
from jukwaa.meetings.time_formatting import get_reader_time_zone
from jukwaa.places.countries import get_country_choices
from jukwaa.records.models import Label
from jukwaa.records.models.record import READERS_BY_LABEL

MEETING_LABEL_CHOICES = [
    (label, format_lazy("{} ({})", READERS_BY_LABEL[label], label)) for label in (Label.CLEAR, Label.GREEN)
]
INVALID_LINK_ERROR = _("Enter a link that starts with https://, such as https://example.org/call.")
MAX_SERIES_LENGTH = 24
MIN_MEETING_DURATION = timedelta(minutes=1)  # what ends at midnight does not take place on the next day
HIDDEN_SCHEDULE_FIELDS = frozenset({"version", "clashes_seen"})


def get_default_time_zone(coalition: Coalition) -> str:
    """Return the zone of the coalition, or that of the reader where the coalition has none of its own."""
    return coalition.time_zone if coalition.time_zone != "UTC" else get_reader_time_zone()


class MeetingForm(MeetingTimeFields, ClashWarningForm):
    field_order: tuple[str, ...] = (
        *("title", "summary", "starts_on", "ends_on", "precision", "start_time", "fold", "duration", "time_zone"),
        *("place", "country", "forum", "joining_link", "joining_link_is_public", "languages", "interpretation"),
        *("public_source", "label", "invites_observers"),
    )

    title = forms.CharField(
        label=_("Title"),
        max_length=250,
        help_text=_("For example: Monthly call, March 2027"),
        error_messages={"required": _("Enter a title.")},
    )
    summary = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea({"rows": 3}))
    ends_on = LastDayField()
    precision = forms.ChoiceField(
        label=_("How exact is the date?"),
        choices=[
            (Meeting.Precision.DAY, _("The date is already set")),
            (Meeting.Precision.MONTH, _("Only the month is known")),
            (Meeting.Precision.YEAR, _("Only the year is known")),
            (Meeting.Precision.UNDECIDED, _("Not decided yet")),
        ],
        initial=Meeting.Precision.DAY,
        help_text=_(
            "If only the month or the year is known, enter any day in that month or year. If the date has not been"
            " decided, leave it empty: after you publish the meeting, you can find a time with a poll."
        ),
    )
    place = forms.CharField(
        label=_("Place"), max_length=120, required=False, help_text=_("Enter a town, a room, or “Online”.")
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    forum = forms.CharField(
        label=_("Forum"), max_length=160, required=False, help_text=_("For example: Internet Governance Forum 2027")
    )
    joining_link = forms.URLField(
        label=_("Joining link"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_(
            "The address of the video call. Only the people you invite can see it, unless you show it to everyone."
        ),
        error_messages={"invalid": INVALID_LINK_ERROR},
    )
    joining_link_is_public = forms.BooleanField(label=_("Show the joining link to everyone"), required=False)
    languages = forms.CharField(
        label=_("Languages"), max_length=200, required=False, help_text=_("For example: English and French")
    )
    interpretation = forms.CharField(
        label=_("Interpretation"),
        max_length=200,
        required=False,
        help_text=_("For example, Arabic and International Sign"),
    )
    public_source = forms.URLField(
        label=_("Public page about the meeting"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": INVALID_LINK_ERROR},
    )
    label = forms.ChoiceField(label=_("Who can see the meeting?"), choices=MEETING_LABEL_CHOICES, initial=Label.CLEAR)
    invites_observers = forms.BooleanField(
        label=_("Also invite observers"),
        required=False,
        help_text=_(
            "Representatives of observers will get the invitation, the agenda, reminders and the joining link. This is"
            " only possible if everyone can see the meeting."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = (*MeetingTimeFields.CONDITIONAL_FIELDS, "ends_on")

    def __init__(
        self, *args: Any, meeting: Meeting | None = None, offers_observers: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meeting_label = meeting.label if meeting else Label.CLEAR
        if not (offers_observers or (meeting and meeting.invites_observers)):
            del self.fields["invites_observers"]
        known = build_former_country_choices([meeting.country]) if meeting else []
        self.set_choices("country", [("", _("Not known")), *known, *get_country_choices(get_language() or "en")])
        if meeting is not None and meeting.label not in (Label.CLEAR, Label.GREEN):
            del self.fields["label"]  # who reads a restricted meeting is not widened by a form

    @classmethod
    def get_initial(cls, meeting: Meeting) -> dict[str, Any]:
        """Of a meeting with an hour and no zone, the hour is shown in the zone of the coalition."""
        initial = {name: getattr(meeting, name) for name in cls.base_fields if name != "clashes_seen"}
        initial["time_zone"] = meeting.time_zone or get_default_time_zone(meeting.coalition)
        initial["fold"] = meeting.fold if _is_ambiguous_local_time(meeting) else ""
        if meeting.starts_at is not None and meeting.start_time is None:
            local = times.get_local_datetime(meeting.starts_at, initial["time_zone"])
            initial |= {"starts_on": local.date(), "start_time": local.time()}
            initial["duration"] = _count_meeting_minutes(meeting.starts_at, meeting.ends_at)
        return initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_undecided_time(cleaned)
        day: date | None = cleaned.get("starts_on")
        precision = cleaned.get("precision")
        if day and precision in (Meeting.Precision.MONTH, Meeting.Precision.YEAR):
            if cleaned.get("start_time"):
                self.add_error(
                    "start_time", gettext("Leave the start time empty, or choose “The date is already set”.")
                )
            is_of_month = precision == Meeting.Precision.MONTH
            cleaned["starts_on"] = day.replace(day=1) if is_of_month else day.replace(month=1, day=1)
        check_last_day(self, cleaned)
        self._check_joining_link_is_private(cleaned)
        refuse_observers_who_cannot_read(self, cleaned.get("label", self.meeting_label))
        return cleaned

    def _check_undecided_time(self, cleaned_values: dict[str, Any]) -> None:
        """Entering the date decides it. Somebody who chooses "Not decided yet" has to clear the date."""
        if not cleaned_values.get("starts_on") or cleaned_values.get("precision") != Meeting.Precision.UNDECIDED:
            return
        if self.initial.get("precision") == Meeting.Precision.UNDECIDED:
            cleaned_values["precision"] = Meeting.Precision.DAY
        else:
            self.add_error("starts_on", gettext("Clear the date, or choose how exact it is."))

    def _check_joining_link_is_private(self, cleaned_values: dict[str, Any]) -> None:
        """An error at each field that everyone may read and that holds the joining link."""
        if "://" in cleaned_values.get("place", ""):
            self.add_error("place", gettext("Enter this link under “Joining link”, so that only members can see it."))
        link = cleaned_values.get("joining_link")
        if not link or cleaned_values.get("joining_link_is_public"):
            return
        for name in ("title", "summary", "forum", "languages", "interpretation", "public_source"):
            if link in cleaned_values.get(name, ""):
                self.add_error(
                    name,
                    gettext(
                        "Remove the joining link from this field. Everyone can see this field, but only "
                        "members should see the link."
                    ),
                )

    def get_details(self) -> dict[str, Any]:
        """Return what goes into the record. The zone is kept where there is an hour that it belongs to."""
        details = {name: value for name, value in self.cleaned_data.items() if name not in HIDDEN_SCHEDULE_FIELDS}
        return details if details["start_time"] else details | {"time_zone": "", "duration": None}

    def get_last_day(self) -> date | None:
        """Return the day on which it ends where it takes place, if the last day or the hour is known."""
        last_day: date | None = self.cleaned_data["ends_on"]
        if last_day is not None:
            return last_day
        moments = self.get_moments()
        last = moments[1] or moments[0] if moments else None
        zone = self.cleaned_data["time_zone"]
        return times.get_local_day(max(moments[0], last - MIN_MEETING_DURATION), zone) if moments and last else None

    def get_new_day(self) -> date | None:
        """Return the day if it or the hour was chosen just now and is to come: what is over clashes with nothing."""
        day: date | None = self.cleaned_data["starts_on"]
        details = self.get_details()
        chosen = ("starts_on", "ends_on", "start_time", "duration", *(["time_zone"] if details["start_time"] else []))
        is_new = any(details[name] != self.initial.get(name) for name in chosen)
        is_known = self.cleaned_data["precision"] == Meeting.Precision.DAY
        return day if day and is_new and is_known and day >= timezone.localdate() - timedelta(days=1) else None


def refuse_observers_who_cannot_read(form: Form, label: str) -> None:
    if form.cleaned_data.get("invites_observers") and label not in LABELS_READABLE_BY_OBSERVERS:
        form.add_error(
            "invites_observers",
            gettext("Clear this box, because observers can read only meetings labelled TLP:CLEAR."),
        )


def _is_ambiguous_local_time(meeting: Meeting) -> bool:
    if meeting.starts_on is None or meeting.start_time is None:
        return False
    return len(times.get_possible_moments(meeting.starts_on, meeting.start_time, meeting.time_zone)) > 1


def _count_meeting_minutes(starts_at: datetime, ends_at: datetime | None) -> int | None:
    return round((ends_at - starts_at).total_seconds() / 60) if ends_at else None


class NewMeetingForm(MeetingForm):
    """A new meeting may be the first of a series."""

    field_order = (*MeetingForm.field_order, "again", "count")

    again = forms.ChoiceField(
        label=_("Does the meeting repeat?"),
        required=False,
        initial=Repetition.ONCE,
        choices=[
            (Repetition.ONCE, _("Does not repeat")),
            (Repetition.WEEKLY, _("Every week on this weekday")),
            (Repetition.MONTHLY_WEEKDAY, _("Every month on this weekday, for example the second Tuesday")),
            (Repetition.YEARLY_WEEKDAY, _("Every year on this weekday of the month")),
        ],
    )
    count = forms.IntegerField(
        label=_("How many meetings?"),
        required=False,
        min_value=2,
        max_value=MAX_SERIES_LENGTH,
        help_text=_("Only for meetings that repeat. Each meeting is saved as a draft that you can change."),
        error_messages={
            "min_value": _("Enter a number from 2 to 24."),
            "max_value": _("Enter a number from 2 to 24."),
            "invalid": _("Enter a number from 2 to 24."),
        },
    )

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = (*MeetingForm.CONDITIONAL_FIELDS, "again", "count")

    @property
    def is_series(self) -> bool:
        return self.cleaned_data.get("again") not in ("", None, Repetition.ONCE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_series:
            if not cleaned.get("starts_on"):
                cleaned["precision"] = Meeting.Precision.UNDECIDED
            return cleaned
        if not cleaned.get("count") and "count" not in self.errors:
            self.add_error("count", gettext("Enter how many meetings there will be."))
        if not cleaned.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", gettext("Enter the date of the first meeting."))
        elif cleaned.get("precision") != Meeting.Precision.DAY:
            self.add_error(
                "precision", gettext("Choose “The date is already set”. Meetings that repeat need an exact date.")
            )
        return cleaned

    def get_details(self) -> dict[str, Any]:
        details = super().get_details()
        again, count = details.pop("again"), details.pop("count")
        return details | ({"again": again, "count": count} if self.is_series else {})


class CancelMeetingForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text=_("We will send the reason to everyone who is invited and show it on the meeting page."),
        error_messages={"required": _("Enter a reason for the cancellation.")},
    )
