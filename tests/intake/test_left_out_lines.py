"""What is built like an example and is not added with it: private or empty lines, totals, people who were away."""

import time
from datetime import date

import pytest

from jukwaa.intake.report_lines import LineSentence, build_report_lines
from jukwaa.intake.similar_sentences import find_similar_lines
from jukwaa.intake.suggestion_wording import SuggestionWording
from tests.intake.examples import add_example, add_similar, describe_similar, list_added
from tests.intake.readings import create_reading


def _build_lines(rows):
    text, sentences = "", []
    for number, row in enumerate(rows, 1):
        sentences.append(LineSentence(number, number, len(text), len(text) + len(row), "", "row"))
        text += f"{row}\n"
    return build_report_lines(text, sentences)


@pytest.mark.parametrize(
    ("line", "is_added"),
    [
        ("Result: We meet in May.", True),
        ("Result: None of the gates is open.", True),
        ("Result: The total is 3 gates.", True),
        ("Result: none.", False),
        ("Result: n/a", False),
        ("Result: Total 3", False),
        ("Result: Dismiss Zed (do not put this in the minutes).", False),
        ("Result: Dismiss Zed.\n\nThis was off the record.", False),
        ("Result: ~~We sell the gate.~~", False),
        ("Result: ...", False),
    ],
)
def test_private_and_empty_lines_are_not_similar(coalition, rapporteur, line, is_added):
    text = f"Minutes\n\nResult: We buy chairs.\n\n{line}\n\nSome people talked.\n\nResult: We paint the fence.\n"
    reading = create_reading(coalition, rapporteur, text)
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "We buy", kind="decision", text="We buy chairs.")

    assert add_similar(rapporteur, example) == 1 + is_added


@pytest.mark.parametrize(
    ("note", "is_added"),
    [
        ("left early", True),
        ("Regency Trust", True),
        ("by phone", True),
        ("sent apologies", False),
        ("absent, sick", False),
        ("excused", False),
        ("did not attend", False),
        ("couldn’t join", False),
        ("excusée", False),
        ("ausente", False),
    ],
)
@pytest.mark.parametrize("form", ["row", "item"])
def test_those_who_were_away_are_not_added_with_those_who_came(coalition, rapporteur, note, is_added, form):
    people = ["Ana Lopes", f"Ben Okoro, {note}", "Dina Haddad"]
    if form == "row":
        text = f"Notatki\n\nAna Lopes | Elm Trust |\nBen Okoro | Oak Trust | {note}\nDina Haddad | Fir Trust |\n"
    else:
        text = "Notatki\n\n" + "\n".join(f"- {each}" for each in people)
    reading = create_reading(coalition, rapporteur, text)
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Ana", kind="attendee", text="x", actors=["Ana Lopes"])

    assert add_similar(rapporteur, example) == 1 + is_added


def test_those_who_sent_apologies_are_added_with_each_other(coalition, rapporteur):
    text = "Notatki\n\n- Ana Lopes (excused)\n- Ben Okoro\n- Dina Haddad, apologies\n- Eva Rossi (absent)\n"
    reading = create_reading(coalition, rapporteur, text)
    reading.suggestions.all().delete()
    example = add_example(
        rapporteur, reading, "Ana", kind="attendee", text="x", actors=["Ana Lopes"], came_as="apologies"
    )

    assert add_similar(rapporteur, example) == 1
    added = reading.suggestions.exclude(pk=example.pk).get()
    assert (added.actors, added.came_as) == (["Dina Haddad"], "apologies")


def test_role_of_one_person_is_not_that_of_all_with_the_same_letter(coalition, rapporteur):
    text = "Notatki\n\nKto | Byl\nEwa Nowak | P\nJan Zielony | E\nOla Wrona | P\nPiotr Sowa | E\n"
    reading = create_reading(coalition, rapporteur, text)
    reading.suggestions.all().delete()
    example = add_example(
        rapporteur, reading, "Ewa", kind="attendee", text="x", actors=["Ewa Nowak"], came_as="secretariat"
    )

    add_similar(rapporteur, example)

    assert reading.suggestions.exclude(pk=example.pk).get().came_as == ""


@pytest.mark.parametrize(
    "row",
    [
        "~~Napisac list~~ | ~~Jan Zielony~~ | ~~05.03.2027~~",
        "Malowac plot | idem | 06.04.2027",
        '" | " | 06.04.2027',
        "Razem | | 4",
        "Total | | 4",
    ],
)
def test_head_and_rows_without_a_task_of_their_own_are_not_similar(coalition, rapporteur, row):
    rows = ["Kupic krzesla | Ewa Nowak | 04.03.2027", row, "Zamknac brame | Ola Wrona | 07.03.2027"]
    text = "Notatki\n\nSprawa | Ktos | Chwila\n" + "\n".join([*rows, "Myc okna | Iga Lis |"])
    reading = create_reading(coalition, rapporteur, text, meeting_on=date(2027, 1, 5))
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Kupic", kind="commitment", text="Kupic krzesla", owner="Ewa Nowak")

    add_similar(rapporteur, example)

    assert [added[:2] for added in list_added(reading)[1:]] == [("Zamknac brame", "Ola Wrona"), ("Myc okna", "Iga Lis")]


@pytest.mark.parametrize(("joint", "between", "count"), [("\n", "\n\n\n", 1), ("\n\n", "\n\n", 3)])
def test_table_ends_at_an_empty_line_unless_all_rows_are_apart(coalition, rapporteur, joint, between, count):
    first = ["Kupic krzesla | Ewa Nowak | 04.03.2027", "Napisac list | Jan Zielony | 05.03.2027"]
    second = ["Kawa dla gosci | Sklep Rog | 05.03.2027", "Herbata | Sklep Rog | 05.03.2027"]
    text = f"Notatki\n\n{joint.join(first)}{between}{joint.join(second)}\n"
    reading = create_reading(coalition, rapporteur, text, meeting_on=date(2027, 1, 5))
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Kupic", kind="commitment", text="Kupic krzesla", owner="Ewa Nowak")

    assert describe_similar(rapporteur, reading, example).startswith(f"{count} other row")


def test_large_tables_are_read_quickly():
    rows = [" | ".join(f"c{row}x{column}" for column in range(40)) for row in range(1000)]
    lines = _build_lines(rows)
    wording = SuggestionWording(kind="commitment", text="c4x3", owner="c4x5")

    started = time.process_time()
    (group,) = find_similar_lines(lines, 5, wording, None)

    assert len(group.lines) == 999
    assert time.process_time() - started < 1
