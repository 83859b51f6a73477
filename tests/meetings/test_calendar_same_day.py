"""An event on the day of a recorded meeting with another title is not published beside it unseen."""

import re
from datetime import date, time

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.meetings.actions import withdraw_meeting
from jukwaa.meetings.calendar_same_day import has_common_title_words
from jukwaa.meetings.models import ImportedEvent, Meeting
from jukwaa.records.models import Label
from tests.factories import MeetingFactory
from tests.meetings.scheduled_meetings import BEFORE_MEETING, schedule_meeting

RECORDED_TITLE = "Comité de Direcção \u2013 1.ª reunião de 2026"
MORNING = {"starts_on": date(2026, 1, 14), "start_time": time(10), "time_zone": "Africa/Maputo"}


@pytest.fixture(autouse=True)
def frozen_before_calls():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


@pytest.fixture
def recorded(coalition, coordinator):
    meeting = schedule_meeting(coalition, coordinator, title=RECORDED_TITLE, **MORNING)
    assert meeting.state == "published"
    return meeting


@pytest.fixture
def upload_events(client, coalition, rapporteur):
    client.force_login(rapporteur)

    def post_events(*events):
        lines = [f"BEGIN:VEVENT\nUID:{number}@x.example\n{text}\nEND:VEVENT\n" for number, text in enumerate(events)]
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n{''.join(lines)}END:VCALENDAR\n"
        file = SimpleUploadedFile("calls.ics", text.replace("\n", "\r\n").encode())
        return client.post(reverse("meetings:calendar_import", args=["ours"]), {"label": "TLP:GREEN", "file": file})

    return post_events


def build_event(title, start="20260114T100000", lines=""):
    return f"DTSTART;TZID=Africa/Maputo:{start}\nDURATION:PT1H\nSUMMARY:{title}\n{lines}".strip()


def submit_as_shown(client, page, **answers):
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields} | answers
    data = {name: "on" if value is True else value for name, value in values.items() if value not in {False, None}}
    return client.post(reverse("meetings:calendar_check", args=["ours"]), data)


@pytest.mark.parametrize(
    ("title", "start", "answer"),
    [
        ("Comité de Direcção", "20260114T150000", "same"),
        ("Directores", "20260114T101500", "same"),
        ("Reunião", "20260114T100000", "same"),
        ("Grupo de trabalho", "20260114T150000", "new"),
        ("Secretariado", "20260114T150000", ""),
    ],
)
def test_likely_answer_is_chosen_already(upload_events, recorded, title, start, answer):
    page = upload_events(build_event(title, start))

    [name] = [name for name in page.context["form"].fields if name.startswith("same_")]
    assert page.context["form"].fields[name].initial == {"same": str(recorded.pk)}.get(answer, answer)
    assert re.search(f"There is a meeting on this day: <a [^>]*><bdi>{RECORDED_TITLE}</bdi></a>", page.text)


@pytest.mark.parametrize(
    ("title", "event_title", "is_chosen"),
    [
        ("Working Group 1", "Working Group 2", False),
        ("WG1 January call", "WG2 January call", False),
        ("Working Group 1", "Working Group", True),
        ("Working Group 1", "Monthly call", True),
    ],
)
def test_meeting_of_another_group_at_the_same_hour_is_not_chosen(
    coalition, coordinator, upload_events, title, event_title, is_chosen
):
    recorded = schedule_meeting(coalition, coordinator, title=title, **MORNING)
    page = upload_events(build_event(event_title))

    assert page.context["form"].fields["same_0"].initial == (str(recorded.pk) if is_chosen else "new")


def test_same_meeting_is_not_imported_again(client, upload_events, recorded):
    submit_as_shown(client, upload_events(build_event("Comité de Direcção")))

    assert list(Meeting.objects.values_list("title", flat=True)) == [RECORDED_TITLE]
    assert ImportedEvent.objects.get().meeting == recorded
    again = upload_events(build_event("Comité de Direcção"))
    assert str(again.context["form"].planned[0].outcome.label) == "Already recorded on this site"


@pytest.mark.parametrize(("answer", "titles"), [("new", [RECORDED_TITLE, "Reunião"]), ("", [RECORDED_TITLE])])
def test_coordinator_decides_whether_it_is_another_meeting(client, upload_events, recorded, answer, titles):
    submit_as_shown(client, upload_events(build_event("Reunião")), same_0=answer)

    assert sorted(Meeting.objects.values_list("title", flat=True)) == titles


def test_meeting_of_a_series_is_asked_about_by_itself(client, upload_events, recorded):
    rule = "RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE;COUNT=4"
    page = upload_events(build_event("Comité de Direcção", lines=rule))

    rows = page.context["form"].build_event_rows()
    assert sorted((len(row.get("rows", ())), "same" in row) for row in rows) == [(0, True), (3, False)]
    submit_as_shown(client, page)
    assert Meeting.objects.filter(starts_on="2026-01-14").get() == recorded


def test_event_of_several_days_finds_the_meeting_within(upload_events, recorded):
    page = upload_events("DTSTART;VALUE=DATE:20260113\nDTEND;VALUE=DATE:20260116\nSUMMARY:Assembleia")

    assert [meeting.pk for meeting in page.context["form"].planned[0].same_day] == [recorded.pk]


def test_number_of_another_meeting_is_not_accepted(client, coalition, coordinator, upload_events, recorded):
    other = schedule_meeting(coalition, coordinator, title="Other", **MORNING | {"starts_on": date(2026, 2, 14)})
    response = submit_as_shown(client, upload_events(build_event("Reunião")), same_0=str(other.pk))

    assert response.context["form"].errors["same_0"]
    assert not ImportedEvent.objects.exists()


def test_meeting_that_the_viewer_may_not_read_is_not_named(upload_events, recorded):
    Meeting.objects.update(label=Label.RED)

    assert RECORDED_TITLE not in upload_events(build_event("Reunião")).text


@pytest.mark.parametrize(
    ("first", "second", "is_alike"),
    [
        ("Comité de Direcção 14 January 2026", RECORDED_TITLE, True),
        ("Assembleia Geral 2026", "Acta da Assembleia Geral \u2013 Maputo", True),
        ("Assembleia", "Assembleia Geral", True),
        ("Meeting of 14 January", "Meeting in January", False),
        ("Comité de Direcção", "Comité de Finanças", False),
        ("GLC Guidelines WG (moved one week)", "GLC Guidelines WG \u2013 agenda & running notes", True),
        ("Regional call \u2013 Pacific", "Regional call \u2013 Caribbean", False),
        ("Working Group 1", "Working Group 2", False),
        ("Working Group I", "Working Group II (online)", False),
        ("WG1 call", "WG 2, 14 January 2026", False),
        ("Regional Group A", "Regional Group B", False),
        ("Working Group 2, 14 January 2026", "Working Group II", True),
        ("Guidelines WG 14/01/26", "Guidelines WG, 2026-01-14, 10:30", True),
        ("9th General Assembly", "General Assembly", True),
        ("SSC Tech WG call (IRC)", "SSC Technical Working Group, fortnightly", True),
        ("Edu WG call", "Technical Working Group", False),
        ("Tech WG call", "Legal Working Group", False),
        ("Tech WG 1", "Technical Working Group 2", False),
    ],
)
def test_titles_are_compared_by_their_words(first, second, is_alike):
    assert has_common_title_words(first, second) is is_alike


@pytest.mark.parametrize(
    ("title", "event_title", "answer"),
    [
        ("{name} \u2013 Seventh Plenary", "7th plenary Brussels", "same"),
        ("{name} \u2013 Seventh Plenary", "Brussels excursion", "new"),
        ("{name} \u2013 Board", "7th plenary Brussels", "new"),
        ("{name} \u2013 Eighth Plenary", "{name}, plenary in Brussels", "same"),
    ],
)
def test_name_of_coalition_in_a_recorded_title_does_not_count(
    coalition, coordinator, upload_events, title, event_title, answer
):
    coalition.name = "Lantern Reef Network"
    coalition.save()
    recorded = schedule_meeting(coalition, coordinator, title=title.format(name=coalition.name), **MORNING)
    page = upload_events(build_event(event_title.format(name=coalition.name), "20260114T150000"))

    assert page.context["form"].fields["same_0"].initial == {"same": str(recorded.pk)}.get(answer, answer)


def test_event_is_asked_about_if_a_meeting_was_recorded_meanwhile(client, coalition, coordinator, upload_events):
    page = upload_events(build_event("Comité de Direcção"))
    recorded = schedule_meeting(coalition, coordinator, title=RECORDED_TITLE, **MORNING)

    page = submit_as_shown(client, page)

    assert "Meetings on these days have changed on this site" in page.text
    assert f'<option value="{recorded.pk}" selected>' in page.text
    assert submit_as_shown(client, page).status_code == 302
    assert ImportedEvent.objects.get().meeting == recorded


def test_event_is_offered_again_if_its_meeting_was_withdrawn(client, coordinator, upload_events, recorded):
    page = upload_events(build_event("Comité de Direcção"))
    withdraw_meeting(actor=coordinator, meeting=recorded, reason="Twice")

    page = submit_as_shown(client, page)

    assert "Meetings on these days have changed on this site" in page.text
    assert submit_as_shown(client, page).status_code == 302
    assert ImportedEvent.objects.get().meeting.title == "Comité de Direcção"


def test_two_events_that_are_one_meeting_are_both_remembered(client, upload_events, recorded):
    events = [build_event("Comité de Direcção"), build_event("Direcção, Comité")]
    submit_as_shown(client, upload_events(*events))

    page = upload_events(*events)

    assert [row.is_new for row in page.context["form"].planned] == [False, False]
    assert Meeting.objects.get() == recorded


def test_same_meeting_gets_what_its_record_lacks(client, coalition, upload_events):
    recorded = MeetingFactory(
        coalition=coalition, title=RECORDED_TITLE, starts_on=date(2026, 1, 14), label="TLP:GREEN", published=True
    )
    place = "LOCATION:Sala 2\\, Maputo\nDESCRIPTION:https://meet.example.org/direction"
    submit_as_shown(client, upload_events(build_event("Comité de Direcção", lines=place)))
    recorded.refresh_from_db()

    assert (recorded.title, recorded.place, recorded.start_time) == (RECORDED_TITLE, "Sala 2, Maputo", time(10))
    assert (recorded.time_zone, recorded.duration) == ("Africa/Maputo", 60)
    assert recorded.starts_at is not None
    assert "Imported from" in client.get(recorded.get_absolute_url()).text


def test_same_meeting_keeps_what_its_record_says(client, coalition, coordinator, upload_events):
    recorded = schedule_meeting(
        coalition, coordinator, title=RECORDED_TITLE, label="TLP:GREEN", **MORNING | {"place": "Beira"}
    )
    submit_as_shown(client, upload_events(build_event("Comité de Direcção", "20260114T150000", "LOCATION:Maputo")))
    recorded.refresh_from_db()

    assert (recorded.place, recorded.start_time, recorded.version) == ("Beira", time(10), 1)


@pytest.mark.parametrize(
    ("label", "lines", "place"),
    [("TLP:GREEN", "", "Maputo"), ("TLP:CLEAR", "", ""), ("TLP:GREEN", "CLASS:PRIVATE", "")],
)
def test_meeting_gets_nothing_that_fewer_people_may_read(client, coalition, upload_events, label, lines, place):
    recorded = MeetingFactory(
        coalition=coalition, title="Comité", starts_on=date(2026, 1, 14), label=label, published=True
    )
    page = upload_events(build_event("Comité", lines=f"LOCATION:Maputo\n{lines}".strip()))
    submit_as_shown(client, page)
    recorded.refresh_from_db()

    assert recorded.place == place


@pytest.mark.parametrize(
    ("title", "event_title", "start", "is_filled"),
    [
        ("Working Group 1", "Working Group 1", "20260114T100000", True),
        ("Working Group 1", "Working Group 1, 14 January 2026", "20260114T100000", True),
        ("Working Group 1", "Working Group 2", "20260114T100000", False),
        ("Working Group A", "Working Group B", "20260114T100000", False),
        ("Working Group 1", "Working Group 1 (second part)", "20260114T150000", False),
        ("Board meeting", "Board: recruitment of the director (closed)", "20260114T150000", False),
    ],
)
def test_link_of_another_meeting_is_not_added(
    client, coalition, coordinator, upload_events, title, event_title, start, is_filled
):
    recorded = schedule_meeting(coalition, coordinator, title=title, label="TLP:GREEN", joining_link="", **MORNING)
    event = build_event(event_title, start, "LOCATION:https://meet.example.org/j/123456")
    page = upload_events(event)
    answers = {name: str(recorded.pk) for name in page.context["form"].fields if name.startswith("same_")}
    submit_as_shown(client, page, **answers)
    recorded.refresh_from_db()

    assert ImportedEvent.objects.get().meeting == recorded
    assert recorded.joining_link == ("https://meet.example.org/j/123456" if is_filled else "")
