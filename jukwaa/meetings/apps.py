from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "jukwaa.meetings"
    label = "meetings"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415 - with its neighbours

        from jukwaa.events.calendar_sources import register as register_dates  # noqa: PLC0415 - apps must be ready first
        from jukwaa.meetings.calendar import commitments, meetings  # noqa: PLC0415 - apps must be ready first
        from jukwaa.meetings.models import EntryKind  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first

        meeting = Kind(
            name="meeting",
            label=_("Meeting"),
            url_name="meetings:meeting_detail",
            withdraw_url_name="meetings:meeting_withdraw",
        )
        entries = [
            Kind(
                name=kind,
                label=kind.label,
                url_name="meetings:entry_detail",
                withdraw_url_name="meetings:entry_withdraw",
            )
            for kind in EntryKind
        ]
        register(meeting, *entries)
        register_dates("meeting", _("Meetings"), meetings)
        register_dates("commitment", _("Commitments due"), commitments)
