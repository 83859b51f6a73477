"""The report of Sharm El Sheikh at the reading desk: read by the machine, decided by the data file, entered."""

from datetime import date
from importlib.resources import files

from jukwaa.coalitions.actions import change_membership_dates
from jukwaa.coalitions.models import Membership
from jukwaa.core.documents.incoming import extract_text
from jukwaa.intake.actions import ReadingDetails, apply_suggestion_instructions, enter_reading, start_reading
from jukwaa.intake.reading_store import ReadingUpload
from jukwaa.meetings.actions import change_meeting
from jukwaa.meetings.actions.report import publish_meeting_report
from jukwaa.records.demo_parts import Demo, demo_part_registry, mark_part_as_factual, read_demo_data

DEMO_REPORT_FILE_NAME = "sharm-el-sheikh-2009.txt"


@demo_part_registry.register(10)
@mark_part_as_factual
def import_demo_report(demo: Demo) -> None:
    """The rapporteur decides; the coordinator enters, since a new member comes with it."""
    demo.say("Importing the report of Sharm El Sheikh ...")
    coalition, rapporteur, coordinator = demo.coalition, demo.rapporteur, demo.coordinator
    said = read_demo_data("jukwaa.intake", "report.toml")
    original = files("jukwaa.intake").joinpath("data", DEMO_REPORT_FILE_NAME).read_bytes()
    meeting = said["meeting"]
    about = ReadingDetails(
        title=said["title"],
        meeting_title=meeting["title"],
        meeting_on=date.fromisoformat(meeting["on"]),
        meeting_precision=meeting["precision"],
        meeting_place=meeting["place"],
        meeting_country=meeting["country"],
    )
    upload = ReadingUpload(name=DEMO_REPORT_FILE_NAME, data=original)
    extracted = extract_text(original, DEMO_REPORT_FILE_NAME)
    started = start_reading(
        actor=rapporteur, coalition=coalition, reading_details=about, extracted_text=extracted, reading_upload=upload
    )
    apply_suggestion_instructions(started.reading, said["decisions"], actor=rapporteur)
    entered = enter_reading(actor=coordinator, reading=started.reading, new_member_names=meeting["new_members"]).meeting
    # The report gives the month alone; the directory shows no more of it.
    for membership in Membership.objects.filter(
        coalition=coalition, starts_on=None, organisation__name__in=meeting["new_members"]
    ):
        change_membership_dates(actor=coordinator, membership=membership, starts_on=entered.starts_on, ends_on=None)
    changes = {"summary": meeting["summary"], "forum": meeting["forum"]}
    changed = change_meeting(actor=rapporteur, meeting=entered, changes=changes, from_version=entered.version)
    publish_meeting_report(actor=rapporteur, meeting=changed)
