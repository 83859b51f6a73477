"""The self-check of the demo: one condition of the year is at risk, and the rapporteur has the next step.

The annual report of the year is published, with two sections that the rapporteur wrote.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from jukwaa.eligibility.actions import answer_condition
from jukwaa.eligibility.annual_report.actions import edit_report_section, publish_annual_report
from jukwaa.eligibility.demo_coordination import add_coordination_meetings
from jukwaa.records.demo_parts import Demo, demo_part_registry

EMPTY_CONDITION_ANSWER: dict[str, Any] = {
    "answer": "",
    "note": "",
    "link": "",
    "step": "",
    "responsible": None,
    "due_on": None,
    "is_done": False,
}


@demo_part_registry.register(124)
def answer_demo_conditions(demo: Demo) -> None:
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
            rule_name=rule,
            changes=EMPTY_CONDITION_ANSWER | changes,
        )


demo_part_registry.register(132)(add_coordination_meetings)


DEMO_REPORT_SECTIONS = {
    "messages": (
        "Made up for the demo: members met, and [decisions: 0] decisions were made.\n"
        "Made up for the demo. Commitments kept: [commitments-kept: 0]. Open: [commitments-open: 0]."
    ),
    "outlook": "Made up for the demo: next year members want to hear from regions where few of them work.",
}


@demo_part_registry.register(130)
def add_annual_report(demo: Demo) -> None:
    """Of the year that was under way two months ago: in January nothing has happened yet."""
    demo.say("Reporting a year ...")
    place: dict[str, Any] = {"actor": demo.rapporteur, "coalition": demo.coalition}
    year = (timezone.localdate() - timedelta(days=60)).year
    for version, (key, text) in enumerate(DEMO_REPORT_SECTIONS.items()):
        edit_report_section(**place, year=year, section_key=key, text=text, version=version)
    publish_annual_report(**place, year=year)
