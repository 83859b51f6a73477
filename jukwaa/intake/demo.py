"""The report of Sharm El Sheikh at the reading desk: read by the machine, decided by the data file, entered."""

from datetime import date
from importlib.resources import files

from jukwaa.coalitions.actions import date_membership
from jukwaa.coalitions.models import Membership
from jukwaa.core.documents.incoming import extract_text
from jukwaa.intake.actions import About, apply_decisions, enter, start_reading
from jukwaa.intake.storing import Upload
from jukwaa.meetings.actions import change_meeting
from jukwaa.meetings.actions.report import publish_report
from jukwaa.records.demo_parts import Demo, demo_parts, read_demo_data

NAME = "sharm-el-sheikh-2009.txt"


@demo_parts.register(10)
def import_report(demo: Demo) -> None:
    """The rapporteur decides; the coordinator enters, since a new member comes with it."""
    demo.say("Importing the report of Sharm El Sheikh ...")
    coalition, rapporteur, coordinator = demo.coalition, demo.rapporteur, demo.coordinator
    said = read_demo_data("jukwaa.intake", "report.toml")
    original = files("jukwaa.intake").joinpath("data", NAME).read_bytes()
    meeting = said["meeting"]
    about = About(
        title=said["title"],
        meeting_title=meeting["title"],
        meeting_on=date.fromisoformat(meeting["on"]),
        meeting_precision=meeting["precision"],
        meeting_place=meeting["place"],
        meeting_country=meeting["country"],
    )
    upload = Upload(name=NAME, data=original)
    extracted = extract_text(original, NAME)
    started = start_reading(actor=rapporteur, coalition=coalition, about=about, extracted=extracted, upload=upload)
    apply_decisions(started.reading, said["decisions"], actor=rapporteur)
    entered = enter(actor=coordinator, reading=started.reading, new_members=meeting["new_members"]).meeting
    # The report gives the month alone; the directory shows no more of it.
    for membership in Membership.objects.filter(
        coalition=coalition, starts_on=None, organisation__name__in=meeting["new_members"]
    ):
        date_membership(actor=coordinator, membership=membership, starts_on=entered.starts_on, ends_on=None)
    changes = {"summary": meeting["summary"], "forum": meeting["forum"]}
    changed = change_meeting(actor=rapporteur, meeting=entered, changes=changes, from_version=entered.version)
    publish_report(actor=rapporteur, meeting=changed)
