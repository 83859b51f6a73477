"""The last check of a report is short: what lacks something is shown, and the lists are folded."""

import re
from datetime import date

import pytest
from django.urls import reverse

from jukwaa.intake import actions, entry_table
from jukwaa.intake.models import Reading
from tests.intake.readings import create_reading

TABLE_HEAD = "| Action | Owner | Due | Status |\n| --- | --- | --- | --- |\n"


def show_last_check(client, rapporteur, text: str) -> tuple[Reading, str]:
    """The page after every suggestion of a report was accepted."""
    reading = create_reading(rapporteur.roles.first().coalition, rapporteur, text, meeting_on=date(2027, 2, 1))
    for suggestion in reading.suggestions.all():
        actions.accept_suggestion(actor=rapporteur, suggestion=suggestion, from_version=suggestion.version)
    client.force_login(rapporteur)
    url = reverse("intake:reading_enter", args=[reading.coalition.slug, reading.pk])
    return reading, client.get(url).text


@pytest.mark.parametrize(
    ("cells", "is_incomplete"),
    [
        ("Draft the leaflet | Ben Okoro | 1 April 2027 | new", False),
        ("Draft the leaflet | Ben Okoro |  | new", True),
        ("Draft the leaflet |  | 1 April 2027 | new", True),
        ("Draft the leaflet | Ben Okoro | as soon as he can | new", False),
        ("Draft the leaflet | Ben Okoro | tbc | new", True),
        ("Draft the leaflet | Ben Okoro | - | new", True),
        ("Draft the leaflet |  | as soon as he can | new", True),
        ("Draft the leaflet | Ben Okoro |  | done", False),
        ("Draft the leaflet |  |  | dropped", False),
        ("Draft the leaflet | Ben Okoro |  | in progress", True),
    ],
)
def test_commitments_without_owner_or_deadline_are_shown(client, rapporteur, cells, is_incomplete):
    _reading, page = show_last_check(client, rapporteur, f"Minutes\n\n{TABLE_HEAD}| {cells} |\n")

    assert ("1 commitment without a responsible person or a deadline" in page) == is_incomplete
    assert ('<a href="#incomplete">1 incomplete commitment</a>' in page) == is_incomplete


def test_lists_are_folded_below_the_button(client, rapporteur):
    text = "Minutes\n\nPresent: Ana Lopes (Oak Trust), Ben Okoro (Elm Farm)\n\nIt was agreed that the fees stay."
    _reading, page = show_last_check(client, rapporteur, text)
    before, _button, after = page.partition("Add everything to the record</button>")

    assert "Ana Lopes" not in before
    assert "fees stay" not in before
    assert re.findall(r"<summary>(.*?)</summary>", after)[:2] == ["Attendance: 2 names", "1 entry"]


def test_incomplete_commitment_leads_to_its_row(client, rapporteur, monkeypatch):
    monkeypatch.setattr(entry_table, "SENTENCES_PER_TABLE", 3)
    lines = "It rained.\n\n" * 7 + "Ana Lopes will send the list."
    _reading, page = show_last_check(client, rapporteur, f"{lines}\n")
    url = re.search(r'href="([^"]*entries/\?at=\d+#s\d+)"', page)[1]
    row = url.partition("#")[2]

    assert f'id="{row}"' in client.get(url.partition("#")[0]).text
