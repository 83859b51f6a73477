"""The self-check of the demo: one condition of the year is at risk, and the rapporteur has the next step."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from jukwaa.eligibility.actions import answer_condition
from jukwaa.eligibility.demo_coordination import add_coordination_meetings
from jukwaa.records.demo_parts import Demo, demo_parts

EMPTY: dict[str, Any] = {
    "answer": "",
    "note": "",
    "link": "",
    "step": "",
    "responsible": None,
    "due_on": None,
    "is_done": False,
}


@demo_parts.register(124)
def answer_conditions(demo: Demo) -> None:
    demo.say("Checking the conditions of the year ...")
    today = timezone.localdate()
    answers: dict[str, dict[str, Any]] = {
        "yearly-report": {
            "answer": "no",
            "note": "Made up for the demo: the report has been drafted and not sent.",
            "step": "Send the yearly report",
            "responsible": demo.rapporteur,
            "due_on": today + timedelta(days=21),
        },
        "open-list": {"answer": "yes", "note": "Made up for the demo: a new address could subscribe."},
    }
    for rule, changes in answers.items():
        answer_condition(
            actor=demo.coordinator,
            coalition=demo.coalition,
            year=today.year,
            rule=rule,
            changes=EMPTY | changes,
        )


demo_parts.register(132)(add_coordination_meetings)
