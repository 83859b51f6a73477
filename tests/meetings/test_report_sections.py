"""Key messages, differing positions, attendance figures and the deadline of a session report."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from jukwaa.coalitions.standing import Standing
from jukwaa.core.documents.outgoing import to_text
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings.actions import record_entry
from jukwaa.meetings.actions.report import edit_report_paragraph, get_or_build_report, publish_meeting_report
from jukwaa.meetings.models import EntryKind
from jukwaa.meetings.report import (
    REPORT_FORMATS_BY_NAME,
    build_report_document,
    compose_meeting_report,
    get_report_deadline,
)
from jukwaa.meetings.report.formats import WRITTEN_SECTION_KEYS
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    DissentFactory,
    EntryFactory,
    MeetingFactory,
    OrganisationFactory,
    PartFactory,
)
from tests.updates.emails import freeze_time_on_day, list_written_emails


@pytest.fixture
def meeting(coalition):
    return MeetingFactory(coalition=coalition, title="Here, 2026", place="Here", published=True)


@pytest.fixture
def record_meeting_entry(rapporteur, meeting):
    def record_one_entry(kind, text, **more):
        return record_entry(actor=rapporteur, meeting=meeting, kind=kind, text=text, **more)

    return record_one_entry


def list_report_texts(meeting):
    return [
        each.text
        for each in compose_meeting_report(meeting, get_or_build_report(meeting).edits).paragraphs
        if each.key not in WRITTEN_SECTION_KEYS
    ]


def list_report_lines(meeting, report_format="own"):
    composed = compose_meeting_report(meeting, get_or_build_report(meeting).edits)
    return to_text(build_report_document(composed, REPORT_FORMATS_BY_NAME[report_format])).splitlines()


def test_key_messages_and_calls_to_action_are_first(meeting, record_meeting_entry, rapporteur):
    record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    for version, (key, text) in enumerate((("messages", "Share data.\n- Fund helplines."), ("actions", "Join us."))):
        edit_report_paragraph(actor=rapporteur, meeting=meeting, key=key, text=text, from_version=version)

    own = [line for line in list_report_lines(meeting) if line.strip()]
    at = [next(number for number, line in enumerate(own) if text in line) for text in ("Share data.", "Join us.")]
    assert at == sorted(at)
    assert at[1] < next(number for number, line in enumerate(own) if "It was agreed to share." in line)
    forum = "\n".join(list_report_lines(meeting, "igf-2021"))
    assert forum.count("Share data.") == forum.count("Fund helplines.") == forum.count("Join us.") == 1
    assert forum.index("Share data.") < forum.index("Join us.") < forum.index("It was agreed to share.")


def test_empty_key_messages_have_no_section(meeting, record_meeting_entry):
    record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")

    assert "Key messages" not in "\n".join(list_report_lines(meeting))
    assert "It was agreed to share." in "\n".join(list_report_lines(meeting, "igf-2021"))


def test_differing_positions_are_quoted(meeting, record_meeting_entry, coalition):
    decision = record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    name = OrganisationFactory(coalition=coalition, name="Helpline One")
    capacity = CapacityFactory(coalition=coalition, organisation=name, name="Helpline One")
    dissent = DissentFactory(entry=decision, capacity=capacity, kind="objected", statement="It is too early.")

    sentence = "Helpline One objected to the decision “It was agreed to share”. “It is too early.”"
    assert sentence in list_report_texts(meeting)
    dissent.kind, dissent.statement = "stood-aside", ""
    dissent.save()
    assert "Helpline One stood aside from the decision “It was agreed to share”." in list_report_texts(meeting)


@pytest.mark.parametrize(
    ("entry_kind", "position_text"),
    [
        ("reservation", "supported the decision “We meet monthly” with a reservation."),
        ("amendment", "proposed an amendment to the decision “We meet monthly”."),
        ("procedure", "objected to deciding “We meet monthly” in writing."),
    ],
)
def test_differing_position_states_its_type(meeting, record_meeting_entry, coalition, entry_kind, position_text):
    decision = record_meeting_entry(EntryKind.DECISION, "We meet monthly.")
    organisation = OrganisationFactory(coalition=coalition, name="Helpline One")
    capacity = CapacityFactory(coalition=coalition, name="Helpline One", organisation=organisation)
    DissentFactory(entry=decision, capacity=capacity, kind=entry_kind, statement="It is hard.")

    assert f"Helpline One {position_text} “It is hard.”" in list_report_texts(meeting)


def test_differing_positions_omit_names_under_chatham_house_rule(meeting, record_meeting_entry, coalition):
    part = PartFactory(meeting=meeting, chatham=True)
    entry = EntryFactory(coalition=coalition, meeting=meeting, part=part, kind="decision", published=True)
    DissentFactory(entry=entry, capacity__name="Helpline One", statement="It is too early.")

    assert not any("Helpline One" in text for text in list_report_texts(meeting))


def test_attendance_has_counts_and_chart(meeting, coalition):
    for name, group in (("A", "civil-society"), ("B", "civil-society"), ("C", "government")):
        AttendanceFactory(
            meeting=meeting, capacity__coalition=coalition, capacity__name=name, capacity__stakeholder_group=group
        )
    text = "\n".join(list_report_lines(meeting))

    assert "By stakeholder group" in text
    assert "■" * 10 in text
    figures = compose_meeting_report(meeting).material.attendance_figures
    assert [(each.title, sum(number for _name, number in each.rows)) for each in figures] == [
        ("By stakeholder group", 3),
        ("By regional group", 3),
    ]


def test_chatham_house_meeting_report_has_no_attendance_figures(meeting, coalition):
    PartFactory(meeting=meeting, chatham=True)
    AttendanceFactory(meeting=meeting, capacity__coalition=coalition, capacity__name="A")

    assert compose_meeting_report(meeting).material.attendance_figures == []


@pytest.mark.parametrize(
    ("meeting_fields", "report_deadline"),
    [
        ({}, date(2027, 1, 26)),
        ({"forum": ""}, None),
        ({"precision": "month"}, None),
        ({"starts_on": None}, None),
    ],
)
def test_forum_deadline_is_two_weeks_after_session(coalition, meeting_fields, report_deadline):
    facts = {"forum": "Internet Governance Forum", "starts_on": date(2027, 1, 12), "precision": "day"} | meeting_fields

    assert get_report_deadline(MeetingFactory(coalition=coalition, published=True, **facts)) == report_deadline


@time_machine.travel("2026-06-01 12:00Z", tick=False)
def test_deadline_is_shown_and_reminded_until_published(client, mailing_coalition, rapporteur):
    meeting = MeetingFactory(
        coalition=mailing_coalition, title="Session", forum="IGF", starts_on=date(2026, 5, 26), published=True
    )
    client.force_login(rapporteur)
    page = reverse("meetings:report_detail", args=[mailing_coalition.slug, meeting.pk])
    assert "The report is due on 9 June 2026 (IGF)." in client.get(page).text
    for day in (5, 6, 7, 8, 9, 10):
        send_due_reminders(freeze_time_on_day(date(2026, 6, day)))
    subject = "[Our Coalition] Publish the report of “Session” by 9 June 2026"
    assert [row for row in list_written_emails() if row[0] == rapporteur.email] == [(rapporteur.email, subject)]

    publish_meeting_report(actor=rapporteur, meeting=meeting)
    assert "The report is due" not in client.get(page).text


def test_published_report_sends_no_reminder(mailing_coalition, rapporteur):
    meeting = MeetingFactory(coalition=mailing_coalition, forum="IGF", starts_on=date(2026, 5, 26), published=True)
    publish_meeting_report(actor=rapporteur, meeting=meeting)
    send_due_reminders(freeze_time_on_day(date(2026, 6, 6)))

    assert not any("is due" in subject for _address, subject in list_written_emails())


def test_report_task_has_forum_deadline(coalition, rapporteur):
    for title, forum in (("Session", "IGF"), ("Call", "")):
        meeting = MeetingFactory(
            coalition=coalition, title=title, forum=forum, starts_on=date(2026, 5, 26), published=True
        )
        EntryFactory(coalition=coalition, meeting=meeting, published=True)
    tasks = {task.title: task.due for task in get_tasks(Standing(rapporteur, coalition))}

    assert tasks["Edit the report of Session"] == date(2026, 6, 9)
    assert tasks["Edit the report of Call"] is None


@pytest.mark.parametrize("forum", ["IGF", ""])
def test_past_meeting_of_imported_minutes_has_no_report_task(coalition, rapporteur, forum):
    meeting = MeetingFactory(coalition=coalition, forum=forum, starts_on=date(2021, 12, 8), published=True)
    EntryFactory(coalition=coalition, meeting=meeting, published=True)

    assert not [task for task in get_tasks(Standing(rapporteur, coalition)) if task.title.startswith("Edit the report")]
