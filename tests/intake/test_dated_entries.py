"""Entries of running notes below a date, with names but no label."""

from datetime import date

import pytest

from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.intake.meeting_parts import find_meeting_parts, select_meeting_part
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.people_lists import is_bare_name_list

TWO_ENTRIES = """# Groupe parents – notes courantes

## 📅 jeu. 18 juin 2026 | Appel mensuel

Participants : Ana Lopes, Ben Okoro

- Décidé : on garde le slogan

## 📅 21 mai 2026

Ana, Ben, Dina, Estelle (Orme)

- ☑ Dina : proposer 3 slogans – 11 juin
"""


@pytest.mark.parametrize(
    ("line", "is_list"),
    [
        ("Ana, Ben, Dina, Estelle (Orme)", True),
        ("Ana Lopes, Ben Okoro et Dina Haddad", True),
        ("Ana, Ben", False),
        ("Ana, Ben and the others came late", False),
        ("Ana, Ben, Dina: the budget", False),
        ("Budget, slogans, radio", False),
        ("Ana has sent the list, Ben, Dina", False),
    ],
)
def test_bare_name_list_is_names_only(line, is_list):
    assert is_bare_name_list(line) == is_list


def test_entry_with_bare_names_is_a_part():
    assert [part.day for part in find_meeting_parts(TWO_ENTRIES)] == [date(2026, 6, 18), date(2026, 5, 21)]

    selected = select_meeting_part(ExtractedText(TWO_ENTRIES, "text/html"), None)
    assert "slogans – 11 juin" not in selected.text


@pytest.mark.parametrize("title", ["## 📅 21 mai 2026", "21 mai 2026", "Call, 21 May 2026"])
def test_bare_names_below_a_date_are_those_present(title):
    made = read_report(f"# Notes\n\n{title}\n\nAna, Ben, Dina, Estelle (Orme)\n\n- le budget\n").suggestions

    assert [each.actors for each in made if each.kind == "attendee"] == [("Ana", "Ben", "Dina", "Estelle")]


@pytest.mark.parametrize(
    "title", ["## Topics", "The fee rose on 21 May 2026 and nobody who was at the table then had asked for it to rise."]
)
def test_bare_names_below_other_titles_are_not(title):
    made = read_report(f"# Notes\n\n{title}\n\nAna, Ben, Dina, Estelle (Orme)\n\n- le budget\n").suggestions

    assert not [each for each in made if each.kind == "attendee"]


@pytest.mark.parametrize(
    ("title", "line", "below", "names"),
    [
        ("6 May 2026", "Ana, Ben, Dina", "- Ana to send the list", ("Ana", "Ben", "Dina")),
        ("6 May 2026", "Ana Lopes, Ben and Dina Said", "@Dina: the hall", ("Ana Lopes", "Ben", "Dina Said")),
        ("6 mai 2026", "Ana, Ben, Dina, Eva", "Ben enverra la liste.", ("Ana", "Ben", "Dina", "Eva")),
        ("6 May 2026", "Berlin, Paris, Rome and Madrid", "Ana to send the list.", ()),
        ("6 May 2026", "Monday, Tuesday, Wednesday", "Lisbon, 10:00", ()),
        ("Agenda 6 May 2026", "Budget, Fees, Elections (Ana)", "We decided to keep the fees.", ()),
        ("Programme of 6 May 2026", "Elm Farm, Oak Trust and Town Hall", "We visited all of them.", ()),
        ("Ordre du jour, 6 mai 2026", "Budget, Locaux, Ben", "Ben enverra la liste.", ()),
    ],
)
def test_bare_names_are_of_people_if_the_text_shows_it(title, line, below, names):
    made = read_report(f"# {title}\n\n{line}\n\n{below}\n").suggestions

    assert [name for each in made if each.kind == "attendee" for name in each.actors] == list(names)
