"""What changed about the time and place of a meeting, from the versions that it has."""

from dataclasses import dataclass

from jukwaa.coalitions.models import Activity
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.observers import are_observers_invited
from jukwaa.records.models import Version
from jukwaa.records.versions import compute_salted_digest

TIME_FIELDS = ("starts_on", "ends_on", "precision", "start_time", "time_zone", "starts_at", "ends_at")


@dataclass(frozen=True)
class ScheduleChange:
    """The meeting as it was announced before, and as it is now."""

    before: Meeting
    now: Meeting

    @property
    def has_time_changed(self) -> bool:
        return self._has_field_changed(*TIME_FIELDS)

    @property
    def has_place_changed(self) -> bool:
        return self._has_field_changed("place", "country")

    @property
    def has_joining_link_changed(self) -> bool:
        return self._has_field_changed("joining_link")

    @property
    def are_observers_added(self) -> bool:
        return are_observers_invited(self.now) and not are_observers_invited(self.before)

    @property
    def are_observers_removed(self) -> bool:
        return are_observers_invited(self.before) and not are_observers_invited(self.now)

    def __bool__(self) -> bool:
        return self.has_time_changed or self.has_place_changed or self.has_joining_link_changed

    def _has_field_changed(self, *names: str) -> bool:
        return any(getattr(self.before, name) != getattr(self.now, name) for name in names)


def find_schedule_change(activity: Activity, meeting: Meeting) -> ScheduleChange:
    """Return what has changed since the version before the one that this activity made."""
    versions = Version.objects.filter(record=meeting.pk).order_by("-number")
    made = next((v.number for v in versions if compute_salted_digest(v.content, v.salt) == activity.digest), None)
    before = versions.filter(number__lt=made).first() if made else None
    return ScheduleChange(_build_meeting_from_version(before, meeting) if before else meeting, meeting)


def _build_meeting_from_version(version: Version, meeting: Meeting) -> Meeting:
    """Build the unsaved meeting as it was in a version. Times and places that the version lacks are as today."""
    names = (*Meeting.APPOINTMENT, "title", "label", "invites_observers")
    columns = {name: column for name, column in Meeting.get_versioned_fields().items() if name in names}
    known = {
        name: column.to_python(version.content[name]) for name, column in columns.items() if name in version.content
    }
    as_today = {"title": meeting.title, "label": meeting.label, "state": meeting.state, **meeting.appointment}
    return Meeting(coalition=meeting.coalition, **(as_today | known))
