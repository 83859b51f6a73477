"""The last day of a meeting of several days: read, shown, corrected, and counted from."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from jukwaa.intake.actions import accept_remaining_suggestions, enter_reading
from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.forms.meeting_days import MeetingDays, parse_meeting_days
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.meetings.models import Meeting
from tests.intake.readings import create_reading

TEXT = "# Ata da assembleia\n\nBeira, 4 e 5 de Maio de 2026\n\n## Tarefas\n\n- Ana: enviar a lista em 30 dias\n"


@pytest.mark.parametrize(
    ("line", "first_day", "last_day"),
    [
        ("Beira, 4 e 5 de Maio de 2026", date(2026, 5, 4), date(2026, 5, 5)),
        ("Beira, 4 a 6 de Maio de 2026", date(2026, 5, 4), date(2026, 5, 6)),
        ("Lomé, 4-5 mai 2026", date(2026, 5, 4), date(2026, 5, 5)),
        ("du lundi 4 au mercredi 6 mai 2026", date(2026, 5, 4), date(2026, 5, 6)),
        ("Date: 4 to 6 May 2026", date(2026, 5, 4), date(2026, 5, 6)),
        ("Date: from 30 April to 2 May 2026", date(2026, 4, 30), date(2026, 5, 2)),
        ("30 December 2025 to 2 January 2026", date(2025, 12, 30), date(2026, 1, 2)),
        ("30 December to 2 January 2026", date(2025, 12, 30), date(2026, 1, 2)),
        ("Date: 4, 5 and 6 May 2026", date(2026, 5, 4), date(2026, 5, 6)),
        ("May 4\u20136, 2026", date(2026, 5, 4), date(2026, 5, 6)),
        ("12/11 \u2013 14/11/2025", date(2025, 11, 12), date(2025, 11, 14)),
        ("12.-14.11.2025", date(2025, 11, 12), date(2025, 11, 14)),
        ("Lima, del 4 al 6 de mayo de 2026", date(2026, 5, 4), date(2026, 5, 6)),
        ("Jakarta, 4 sampai dengan 6 Mei 2026", date(2026, 5, 4), date(2026, 5, 6)),
        ("Beirut, من 4 إلى 6 مايو 2026", date(2026, 5, 4), date(2026, 5, 6)),
        ("يومي 4 و5 مايو 2026", date(2026, 5, 4), date(2026, 5, 5)),
        ("Date: 4 May 2026", date(2026, 5, 4), None),
        ("Date: 4 May 2026, 10:00-12:00", date(2026, 5, 4), None),
        ("Calls on 4 and 11 May 2026", date(2026, 5, 4), None),
        ("4 May to 30 June 2026", date(2026, 5, 4), None),
    ],
)
def test_last_day_is_read_from_the_first_lines(line, first_day, last_day):
    facts = find_meeting_facts(f"# Report\n\n{line}\n\nWe talked.\n")

    assert (facts.day, facts.last_day) == (first_day, last_day)


@pytest.mark.parametrize("file_name", ["minutes 2026-05-04_06.docx", "minutes 4-6 May 2026.docx", "20260504-06.pdf"])
def test_last_day_is_read_from_the_name_of_the_file(file_name):
    facts = find_meeting_facts("# Report\n\nWe talked.\n", file_name)

    assert (facts.day, facts.last_day) == (date(2026, 5, 4), date(2026, 5, 6))


def test_last_day_without_year_takes_the_year_of_the_first():
    facts = find_meeting_facts("# Notes of the call 4-5 May\n\nThe plan for 2026 is done.\n")

    assert (facts.day, facts.last_day) == (date(2026, 5, 4), date(2026, 5, 5))


def test_last_day_is_shown_and_saved_with_the_meeting(client, coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TEXT)
    client.force_login(rapporteur)
    assert "4–5 May 2026" in client.get(reading.get_absolute_url()).text.replace("\u2009", "")

    accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="commitment")
    enter_reading(actor=rapporteur, reading=reading)

    meeting = Meeting.objects.get()
    assert (meeting.starts_on, meeting.ends_on) == (date(2026, 5, 4), date(2026, 5, 5))


def test_deadline_counts_from_the_last_day_and_follows_its_correction(client, coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TEXT)
    assert reading.suggestions.get(kind="commitment").due_on == date(2026, 6, 4)
    client.force_login(rapporteur)
    url = reverse("intake:reading_meeting", args=[coalition.slug, reading.pk])
    assert 'name="meeting_ends_on" value="2026-05-05"' in client.get(url).text

    saved = client.post(url, {"meeting_on": "4 May 2026", "meeting_ends_on": "2026-05-07"})

    reading.refresh_from_db()
    assert (saved.status_code, reading.meeting_ends_on) == (302, date(2026, 5, 7))
    assert reading.suggestions.get(kind="commitment").due_on == date(2026, 6, 6)


def test_cleared_last_day_leaves_a_meeting_of_one_day(client, coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TEXT)
    client.force_login(rapporteur)

    client.post(reverse("intake:reading_meeting", args=[coalition.slug, reading.pk]), {"meeting_on": "2026-05-04"})

    reading.refresh_from_db()
    assert (reading.meeting_on, reading.meeting_ends_on) == (date(2026, 5, 4), None)
    assert reading.suggestions.get(kind="commitment").due_on == date(2026, 6, 3)


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (
            {"meeting_on": "2026-05-04", "meeting_ends_on": "2026-05-03"},
            {"meeting_ends_on": ["Enter a last day after the first day, or clear it."]},
        ),
        (
            {"meeting_on": "May 2026", "meeting_ends_on": "2026-05-05"},
            {"meeting_on": ["Enter the day on which the meeting began, or clear the last day."]},
        ),
    ],
)
def test_impossible_last_day_is_refused(client, coalition, rapporteur, values, errors):
    reading = create_reading(coalition, rapporteur, TEXT)
    client.force_login(rapporteur)

    response = client.post(reverse("intake:reading_meeting", args=[coalition.slug, reading.pk]), values)

    assert (response.status_code, response.context["form"].errors) == (422, errors)


@pytest.mark.parametrize(
    ("typed_text", "days"),
    [
        ("22 e 23 de Setembro de 2026", MeetingDays(date(2026, 9, 22), "day", date(2026, 9, 23))),
        ("du 22 au 23 septembre 2026", MeetingDays(date(2026, 9, 22), "day", date(2026, 9, 23))),
        ("12/11 - 14/11/2025", MeetingDays(date(2025, 11, 12), "day", date(2025, 11, 14))),
        ("22/09/2026", MeetingDays(date(2026, 9, 22), "day")),
        ("22 de setembro de 2026", MeetingDays(date(2026, 9, 22), "day")),
        ("setembro de 2026", MeetingDays(date(2026, 9, 1), "month")),
        ("2026-09", MeetingDays(date(2026, 9, 1), "month")),
        ("2026", MeetingDays(date(2026, 1, 1), "year")),
        ("", MeetingDays()),
    ],
)
def test_typed_days_of_a_meeting_are_understood(typed_text, days):
    assert parse_meeting_days(typed_text) == days


@pytest.mark.parametrize("typed_text", ["3 and 10 June 2026", "3/4 - 5/4/2026", "31-32 May 2026", "last autumn"])
def test_typed_days_that_are_unclear_are_refused(typed_text):
    with pytest.raises(Exception, match=r"Enter a date, for example|could mean") as refused:
        parse_meeting_days(typed_text)

    assert type(refused.value).__name__ == "ValidationError"


def test_database_refuses_last_day_before_the_first(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TEXT)
    reading.meeting_ends_on = reading.meeting_on

    with pytest.raises(IntegrityError), transaction.atomic():
        reading.save()


@pytest.mark.parametrize(
    ("words", "due_day"),
    [
        ("week of 22 June", date(2026, 6, 28)),
        ("w/c 22 June", date(2026, 6, 28)),
        ("in the week beginning Monday 22 June 2026", date(2026, 6, 28)),
        ("semaine du 22 juin", date(2026, 6, 28)),
        ("semana del 22 de junio", date(2026, 6, 28)),
        ("semana de 22 de junho", date(2026, 6, 28)),
        ("week ending 26 June", date(2026, 6, 26)),
        ("first week of June", date(2026, 6, 7)),
        ("primera semana de septiembre", date(2026, 9, 7)),
        ("2.ª semana de junio", date(2026, 6, 14)),
        ("troisième semaine d'octobre", date(2026, 10, 21)),
        ("última semana de setembro", date(2026, 9, 30)),
        ("primera quincena de julio de 2026", date(2026, 7, 15)),
        ("semana de septiembre", date(2026, 9, 30)),
        ("31 de julio", date(2026, 7, 31)),
        ("30 June to 2 July 2026", date(2026, 7, 2)),
        ("by 28-30 June 2026", date(2026, 6, 30)),
    ],
)
def test_deadline_of_several_days_ends_with_the_last(words, due_day):
    assert find_due_day(words, date(2026, 6, 3)) == due_day
