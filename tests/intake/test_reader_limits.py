"""Minutes with words that look like people, decisions or tasks, and are none; and what is beside them all the same."""

from datetime import date

import pytest

from jukwaa.intake import suggestion_completion
from jukwaa.intake.models import Suggestion
from jukwaa.intake.reader import read_report
from tests.intake.readings import create_reading

TITLE = "# Minutes, 6 May 2026\n\n"
LEGEND = "P = present; A = absent; E = excused\n\n"
PEOPLE = (
    "| Name | Organisation | Status |\n|---|---|---|\n| Ana Lopes | Elm Farm | P |\n| Ben Okoro | Oak Trust | E |\n"
)
TASKS = "| Task | Owner | Priority |\n|---|---|---|\n| Send the list | Ana Lopes | A |\n| Print it | Ana Lopes | E |\n"


def complete(text):
    """The suggestions of a text, with names completed and apologies added as on the desk."""
    report = read_report(text)
    for step in (*suggestion_completion.STEPS_WITH_NAMES_IN_REPORT, *suggestion_completion.STEPS_WITH_FULL_NAMES):
        report = step(report)
    return report.suggestions


def list_made(text, kind="decision"):
    return [" ".join((made.words or made.quote).split()) for made in complete(text) if made.kind == kind]


def list_people(text):
    return {name: made.status for made in complete(text) if made.kind == "attendee" for name in made.actors}


@pytest.mark.parametrize("between", ["\n", "\n## Actions\n\n", "\nWhat is next:\n\n"])
@pytest.mark.parametrize("heading", ["", "## Attendance\n\n"])
def test_letters_of_attendance_are_no_letters_of_tasks(heading, between):
    text = f"{TITLE}{heading}{LEGEND}{PEOPLE}{between}{TASKS}"

    assert list_people(text) == {"Ana Lopes": "", "Ben Okoro": "apologies"}
    assert list_made(text, "commitment") == ["Send the list", "Print it"]


@pytest.mark.parametrize(
    ("days", "people"),
    [
        ("4 March | 1 April | 6 May", {"Ana Lopes": "", "Ben Okoro": "", "Dina Said": "apologies"}),
        ("4 March 2026 | 1 April 2026 | May 6, 2026", {"Ana Lopes": "", "Ben Okoro": "", "Dina Said": "apologies"}),
        ("1 April | 6 May | 3 June", {"Ana Lopes": "", "Ben Okoro": "", "Dina Said": ""}),
        ("first | second | third", {"Ana Lopes": "", "Ben Okoro": "", "Dina Said": ""}),
    ],
)
def test_letter_in_a_register_is_that_of_the_day(days, people):
    rows = "| Ana Lopes | Elm | A | P | P |\n| Ben Okoro | Oak | E | P | P |\n| Dina Said | Ash | P | P | E |\n"
    text = f"{TITLE}## Attendance\n\n{LEGEND}| Name | Group | {days} |\n|---|---|---|---|---|\n{rows}"

    assert list_people(text) == people


@pytest.mark.parametrize(
    "line",
    [
        "Résultat : 40 femmes ont été formées à Lomé.",
        "Resultado: llegaron respuestas de todas partes.",
        "Ergebnis: 40 Frauen wurden geschult.",
    ],
)
def test_results_of_work_are_no_decisions(line):
    assert list_made(f"{TITLE}Bla bla.\n\n{line}\n\nBla bla.\n\n{line.replace('40', '50')}\n") == []


@pytest.mark.parametrize("line", ["Résultat : le budget est adopté.", "Outcome: the fees stay as they are."])
def test_results_that_settle_something_are_decisions(line):
    text = f"{TITLE}Bla bla.\n\n{line}\n\nBla bla.\n\n{line}\n"
    assert list_made(text) == [line.partition(":")[2].strip()] * 2


def test_purposes_of_agenda_items_are_no_decisions():
    text = "# Agenda, 6 May 2026\n\n1. Rent of the hall (decision)\n2. Site (discussion)\n3. Fees [decision]\n"
    assert list_made(text) == []


@pytest.mark.parametrize(
    ("line", "below", "people"),
    [
        ("In the call: Ana, Ben, Carla and Dina", "Ana will send the list.", ["Ana", "Ben", "Carla", "Dina"]),
        ("Joined: Ana, Ben, Carla", "- Ben to send the list", ["Ana", "Ben", "Carla"]),
        ("Na chamada: Ana, Bento e Carla", "A Ana enviará a lista à câmara.", ["Ana", "Bento", "Carla"]),
        ("En la llamada: Ana, Benito y Carla", "Ana enviará la lista.", ["Ana", "Benito", "Carla"]),
        ("En ligne : Ana, Benoît et Claire", "Benoît enverra la liste.", ["Ana", "Benoît", "Claire"]),
        ("En ligne : Ana, Benoît et Claire", "Le budget est petit.", ["Ana", "Benoît", "Claire"]),
        ("In the call: Budget, Website and Elections", "Ana will send the list.", []),
        ("Joined: Elm, Oak and Ash", "Ben to send the list.", []),
    ],
)
def test_first_names_in_a_call_are_of_people_if_one_has_a_task(line, below, people):
    assert list(list_people(f"# Call, 6 May 2026\n\n{line}\n\n{below}\n")) == people


def test_names_of_a_call_own_tasks_with_an_article():
    text = "# Notas de 6 de maio de 2026\n\nNa chamada: Ana, Bento e Carla\n\nA Ana enviará a lista à câmara.\n"
    assert [made.owner for made in complete(text) if made.kind == "commitment"] == ["Ana"]


FOREIGN_TITLES = {
    "fr": "# Réunion du 6 mai 2026\n\nLe comité a parlé du budget avec les personnes présentes.\n\n",
    "es": "# Reunión del 6 de mayo de 2026\n\nLa junta habló del presupuesto con las personas presentes.\n\n",
}


@pytest.mark.parametrize(
    ("sentence", "language", "is_task"),
    [
        ("La présidente écrira à la mairie.", "fr", True),
        ("Le secrétaire lira le rapport.", "fr", True),
        ("La coordinatrice mettra la carte en ligne.", "fr", True),
        ("La trésorière enverra les comptes.", "fr", True),
        ("La présidente rendra la clé.", "fr", True),
        ("La présidente déplora l'absence de débat.", "fr", False),
        ("La présidente suggéra de revoir le budget.", "fr", False),
        ("La présidente célébra les succès.", "fr", False),
        ("La coordinatrice élabora un plan.", "fr", False),
        ("Le trésorier illustra la situation.", "fr", False),
        ("La présidente compara les chiffres.", "fr", False),
        ("La présidente se retira.", "fr", False),
        ("Mme Petit suggéra de partir.", "fr", False),
        ("Le secrétariat fermera du 1er au 15 août.", "fr", False),
        ("La présidente nous quittera en juin.", "fr", False),
        ("La presidenta enviará la carta.", "es", True),
        ("La presidenta cumplirá 60 años en junio.", "es", False),
        ("La secretaria dejará el cargo en junio.", "es", False),
        ("El presidente llegará tarde.", "es", False),
    ],
)
def test_what_officers_did_or_will_be_is_no_task(sentence, language, is_task):
    assert bool(list_made(f"{FOREIGN_TITLES[language]}{sentence}\n", "commitment")) == is_task


@pytest.mark.parametrize(
    ("sentence", "language", "is_decision"),
    [
        ("Le comité a fixé la date au 3 juin.", "fr", True),
        ("Le comité fixe la date au 3 juin.", "fr", True),
        ("La commission a rejeté la proposition de M. Lopes.", "fr", True),
        ("À l'issue du débat, il est convenu de garder la salle.", "fr", True),
        ("La commission a rejeté notre demande de subvention.", "fr", False),
        ("La direction fixe les prix sans nous demander.", "fr", False),
        ("Le groupe fixe reste inchangé.", "fr", False),
        ("Comme l'a dit la mairie, il est convenu de fermer la route.", "fr", False),
        ("Si les fonds arrivent, il est décidé de partir.", "fr", False),
        ("El comité rechazó la propuesta.", "es", True),
        ("La comisión rechazó nuestra solicitud de fondos.", "es", False),
        ("Como dijo el alcalde, se acuerda cerrar la calle.", "es", False),
    ],
)
def test_what_others_decide_is_no_decision(sentence, language, is_decision):
    assert bool(list_made(f"{FOREIGN_TITLES[language]}{sentence}\n")) == is_decision


ANSWER_TEXT = """From: Ana Lopes <ana@elm.example>
To: Ben Okoro <ben@oak.example>
Date: Wed, 3 Jun 2026 10:00:00 +0000
Subject: Re: Minutes

Dear all,

{} Please find the minutes of May again below, so that all of us have them at hand when we meet in the barn, which
was painted last week by our neighbours, who had blue paint left from their own barn and from the bridge over the
small river. The owner of the tents was at home when we called, and the old posters were found behind the stove.

> Minutes of 6 May 2026
>
> Present: Ana Lopes, Ben Okoro
>
> - Ben to book the hall by 10 June
"""


@pytest.mark.parametrize(
    ("words", "deadlines"),
    [("I will book the hall by 20 June.", ["by 20 June"]), ("The hall is large.", ["by 10 June"])],
)
def test_old_minutes_below_newer_tasks_are_not_read_again(words, deadlines):
    made = complete(ANSWER_TEXT.format(words))
    assert [each.due for each in made if each.kind == "commitment"] == deadlines


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("Dina Said, President of the town council, was thanked.", "Ana Lopes"),
        ("Emil Roy, Chair of the Oak Trust, spoke.", "Ana Lopes"),
        ("Emil Roy, Chair of the coalition, was ill.", "Chair"),
        ("Apologies: Emil Roy (Chair).", "Chair"),
    ],
)
def test_chair_of_another_body_does_not_hide_who_chaired(sentence, owner):
    text = f"{TITLE}Present: Ana Lopes (Chair), Ben Okoro\n\nThe Chair will write to the town by 3 June. {sentence}\n"
    assert [made.owner for made in complete(text) if made.kind == "commitment"] == [owner]


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("said that the fees are too high, and that the ministry does not answer.", {}),
        ("Elm Farm, where the fees are kept and the barn was painted by all.", {"Ana Lopes": "", "Ben Okoro": ""}),
    ],
)
def test_what_people_said_is_no_organisation(cell, people):
    text = f"{TITLE}Attendance\n\n| Ana Lopes | {cell} |\n| Ben Okoro | {cell} |\n"
    assert list_people(text) == people


@pytest.mark.parametrize(
    ("status", "due_on"), [("done", date(2025, 12, 15)), ("cancelled", date(2026, 12, 15)), ("", date(2026, 12, 15))]
)
def test_deadline_lies_in_the_past_year_if_the_task_was_done(coalition, rapporteur, status, due_on):
    text = f"{TITLE}Present: Ana Lopes\n\nActions:\n\n- Ana to print the calendar by 15 December - {status}\n"
    reading = create_reading(coalition, rapporteur, text)

    assert Suggestion.objects.get(reading=reading, kind="commitment").due_on == due_on
