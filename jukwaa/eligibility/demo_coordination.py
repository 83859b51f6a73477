"""Coordination meetings of the demo: one attended, one still to be logged, one to come. All of them are made up."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.coalitions.actions import assign_role
from jukwaa.coalitions.models import Role
from jukwaa.eligibility.actions import add_coordination_meeting, log_coordination_attendance
from jukwaa.records.demo_parts import Demo

DEMO_MEETING_OFFSETS = (("first", -40), ("second", -3), ("third", 24))
DEMO_MEETING_DURATION = timedelta(hours=1)


def add_coordination_meetings(demo: Demo) -> None:
    demo.say("Logging coordination meetings ...")
    assign_role(actor=demo.coordinator, coalition=demo.coalition, person=demo.rapporteur, kind=Role.Kind.REPRESENTATIVE)
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    added = [
        add_coordination_meeting(
            actor=demo.coordinator,
            coalition=demo.coalition,
            details={
                "title": f"Made-up coordination meeting for the demo, {name} of three",
                "starts_at": noon + timedelta(days=days),
                "ends_at": noon + timedelta(days=days) + DEMO_MEETING_DURATION,
                "time_zone": "UTC",
                "joining_link": "https://meet.example.org/coordination",
            },
        )
        for name, days in DEMO_MEETING_OFFSETS
    ]
    log_coordination_attendance(
        actor=demo.rapporteur,
        meeting=added[0],
        changes={
            "attended": "yes",
            "report": "Made up for the demo: the coalition said that it would send its yearly report.",
            "report_link": "https://example.org/coordination/report",
        },
        people=[demo.rapporteur],
        version=added[0].version,
    )
