"""Who in a report took part in the room, and who online: read, suggested, entered in the record."""

import tomllib
from pathlib import Path

import pytest
from django.urls import reverse

from jukwaa.intake.actions import accept_remaining_suggestions, edit_suggestion, enter_reading
from jukwaa.intake.actions.decisions import get_suggestion_wording
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.attendance_modes import find_attendance_modes
from jukwaa.meetings.models import Attendance
from tests.intake.readings import create_reading

OPENINGS = {
    "en": "# Minutes of the orchard\n\nWe talked about the trees, the water and the ladders of the village.\n\n",
    "fr": "# Compte rendu du verger\n\nLa réunion a parlé des arbres, de l’eau et des échelles du village.\n\n",
    "es": "# Acta del huerto\n\nLa reunión habló de los árboles, del agua y de las escaleras del pueblo.\n\n",
    "ar": "# محضر الاجتماع\n\nناقش الأعضاء الأشجار والمياه في القرية وقرروا الاجتماع مرة أخرى.\n\n",
}
EXAMPLES = tomllib.loads((Path(__file__).parent / "attendance_modes.toml").read_text("utf-8"))


def find_modes(language, text):
    """By name of everybody who attended: in the room, online, or nothing where the report does not say so."""
    report = read_report(f"{OPENINGS[language]}{text}\n", language=language)
    modes = find_attendance_modes(report)
    attended = [name for made in report.suggestions if made.kind == "attendee" for name in made.actors]
    return {name: modes.get(name, "") for name in attended}


@pytest.mark.parametrize("example", EXAMPLES["example"], ids=lambda example: example["text"])
def test_report_says_who_took_part_how(example):
    expected = {name: mode for mode in ("room", "online") for name in example.get(mode, ())}

    assert find_modes(example["language"], example["text"]) == expected | dict.fromkeys(example.get("unknown", ()), "")


@pytest.mark.parametrize("example", EXAMPLES["counterexample"], ids=lambda example: example["text"])
def test_other_words_say_nothing_of_it(example):
    assert set(find_modes(example["language"], example["text"]).values()) == {""}


@pytest.fixture
def reading(coalition, rapporteur):
    line = "Present: Ana Lopes, Ben Okoro (online), Dina Haddad (in person)"
    return create_reading(coalition, rapporteur, f"# Minutes\n\n{line}\n\nThe group agreed to plant a tree.\n")


def list_suggested_modes(reading):
    return {name: row.mode for row in reading.suggestions.filter(kind="attendee") for name in row.actors}


def test_suggestions_are_entered_with_mode(reading, rapporteur):
    assert list_suggested_modes(reading) == {"Ana Lopes": "", "Ben Okoro": "online", "Dina Haddad": "room"}
    accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="attendee")
    enter_reading(actor=rapporteur, reading=reading)

    rows = Attendance.objects.select_related("capacity")
    assert {row.capacity.name: row.mode for row in rows} == {
        "Ana Lopes": "",
        "Ben Okoro": "online",
        "Dina Haddad": "room",
    }


def test_pages_show_the_suggested_mode(client, reading, rapporteur):
    client.force_login(rapporteur)
    row = reading.suggestions.get(mode="online")
    page = client.get(f"{reading.get_absolute_url()}?at={row.sentence.number}").text
    assert (page.count("Took part online."), page.count("Took part in the room.")) == (1, 1)
    edit = reverse("intake:suggestion_edit", args=["ours", reading.pk, row.pk])
    assert '<option value="online" selected>online</option>' in client.get(edit).text

    accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="attendee")
    assert "observer, online" in client.get(reverse("intake:reading_enter", args=["ours", reading.pk])).text


def test_mode_is_edited_and_only_kept_of_those_who_came(reading, rapporteur):
    row = reading.suggestions.get(mode="online")
    for changes, mode in (({"mode": "room"}, "room"), ({"came_as": "apologies"}, ""), ({"kind": "topic"}, "")):
        row.refresh_from_db()
        wording = get_suggestion_wording(row)
        changed = type(wording)(**{**wording.__dict__, "mode": "room", **changes})
        edit_suggestion(actor=rapporteur, suggestion=row, wording=changed, from_version=row.version)
        row.refresh_from_db()
        assert row.mode == mode
