"""The form for changing a meeting of a series together with the later ones."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from jukwaa.accounts.forms import get_time_zone_choices
from jukwaa.core.forms import Form
from jukwaa.meetings.forms_schedule import MeetingForm, refuse_observers_who_cannot_read
from jukwaa.meetings.models import Meeting

CHANGEABLE_SERIES_FIELDS = (
    *("start_time", "duration", "time_zone", "place", "joining_link", "joining_link_is_public", "invites_observers"),
)


class MeetingSeriesForm(Form):
    """What meetings of a series have in common. Only what is changed here is changed in them."""

    start_time = MeetingForm.base_fields["start_time"]
    duration = MeetingForm.base_fields["duration"]
    time_zone = MeetingForm.base_fields["time_zone"]
    place = MeetingForm.base_fields["place"]
    joining_link = MeetingForm.base_fields["joining_link"]
    joining_link_is_public = MeetingForm.base_fields["joining_link_is_public"]
    invites_observers = MeetingForm.base_fields["invites_observers"]
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    CONDITIONAL_FIELDS = ("time_zone",)

    def __init__(self, *args: Any, meeting: Meeting, offers_observers: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.get_initial(meeting), **kwargs)
        self.meeting_label = meeting.label
        if not (offers_observers or meeting.invites_observers):
            del self.fields["invites_observers"]
        if (zone := self.initial.get("time_zone")) and not self.fields["time_zone"].valid_value(zone):  # type: ignore[attr-defined]  # a ChoiceField
            self.set_choices("time_zone", [(zone, zone), *get_time_zone_choices()])

    @classmethod
    def get_initial(cls, meeting: Meeting) -> dict[str, Any]:
        initial = MeetingForm.get_initial(meeting)
        return {name: initial[name] for name in (*CHANGEABLE_SERIES_FIELDS, "version")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("start_time") and not cleaned.get("time_zone") and "time_zone" not in self.errors:
            self.add_error("time_zone", gettext("Choose the time zone of the start time."))
        if "://" in cleaned.get("place", ""):
            self.add_error("place", gettext("Enter this link under “Joining link”, so that only members can see it."))
        refuse_observers_who_cannot_read(self, self.meeting_label)
        return cleaned

    def get_changes(self) -> dict[str, Any]:
        """Return what differs from the meeting that the form was filled in with."""
        changed = {name: self.cleaned_data[name] for name in CHANGEABLE_SERIES_FIELDS if name in self.changed_data}
        if "start_time" in changed and changed["start_time"] is None:
            changed |= {"time_zone": "", "duration": None}
        elif "start_time" in changed:
            changed["time_zone"] = self.cleaned_data["time_zone"]
        return changed
