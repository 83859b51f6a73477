"""Deadlines in words that only some people or languages use, and what only looks like one."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.deadline_table import WRITTEN_DEADLINES
from jukwaa.intake.reader.deadlines import find_deadline
from tests.intake.test_reader_due_notations import FOREIGN_TEXTS, NOTES_TEXT, list_commitments

LIST_TEXT = NOTES_TEXT.format("## Action items\n\n- {}\n- Ben to order wood\n")
GERMAN_TEXT = (
    "# Protokoll vom 19. Mai 2026\n\nAnwesend: Ana Lopes, Ben Okoro\n\n"
    "Der Vorstand hat mit den Anwesenden über die Karte und die Beiträge gesprochen.\n\n## Offene Aufgaben\n\n- {}\n"
)
DUTCH_TEXT = (
    "# Notulen van 19 mei 2026\n\nAanwezig: Ana Lopes, Ben Okoro\n\n"
    "Het bestuur heeft met de aanwezigen over de kaart en de contributie gesproken.\n\n## Actiepunten\n\n- {}\n"
)
ITALIAN_TEXT = (
    "# Verbale del 19 maggio 2026\n\nPresenti: Ana Lopes, Ben Okoro\n\n"
    "Il direttivo ha parlato delle quote e della mappa con le persone presenti.\n\n## Azioni\n\n- {}\n"
)


@pytest.mark.parametrize("deadline", WRITTEN_DEADLINES, ids=lambda deadline: deadline.name)
def test_written_deadline_matches_its_example_only(deadline):
    assert find_deadline(deadline.example)
    assert find_deadline(deadline.counter) == ""


def test_names_of_written_deadlines_are_unique():
    names = [deadline.name for deadline in WRITTEN_DEADLINES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "due",
    [
        *("for the next meeting", "for next call", "for next time", "in the next meeting", "during our next call"),
        *("before we meet again", "before the visit", "ahead of the market", "two weeks before the fair"),
        *("by the following week", "by the new year", "in the new year", "after Easter", "this summer", "in week 23"),
        *("by midnight", "by midnight Friday", "by lunchtime on Friday", "by end of today", "later today"),
        *("this afternoon", "in early June", "end of June", "till 12 June", "around 12 June", "by 12/13 June"),
        *(
            "by 12 and 13 June",
            "by Sunday the 12th",
            "by Wed 12",
            "by sprint 4",
            "by half term",
            "by the end of the weekend",
        ),
        *("by the deadline of 12 June", "Wed 12 June", "12 June 2026", "next sprint", "urgently"),
    ],
)
def test_deadline_of_task_in_list(due):
    assert list_commitments(LIST_TEXT.format(f"Ana to print the map {due}"))[0] == ("Ana", due)


@pytest.mark.parametrize("mark", ["(Fri)", "(for AGM)", "(next meeting)", "[urgent]"])
def test_bracketed_deadline_of_task_in_list(mark):
    due = mark.strip("()[]").removeprefix("for ")
    assert list_commitments(LIST_TEXT.format(f"Ana to print the map {mark}"))[0] == ("Ana", due)


@pytest.mark.parametrize("event", ["to the next meeting", "to our next call"])
def test_task_to_bring_something_to_next_meeting(event):
    assert list_commitments(LIST_TEXT.format(f"Ana to bring prices {event}"))[0] == ("Ana", event)
    assert list_commitments(LIST_TEXT.format(f"Ana to invite the town {event}"))[0] == ("Ana", "")


@pytest.mark.parametrize(
    "words",
    [
        *("open the hall on Mondays", "collect topics for the next meeting", "set the date for the next meeting"),
        *("wait until Friday", "keep the hall open until 3 June", "test the map before 2.9 release", "run version 3.5"),
        *("post in the channel #garden-day-2026", "print the map through the end of the year"),
        *("send the minutes 12 May", "help with the map since the end of May", "check today's list"),
    ],
)
def test_other_times_are_no_deadline(words):
    assert list_commitments(LIST_TEXT.format(f"Ana to {words}"))[0] == ("Ana", "")


@pytest.mark.parametrize(
    ("language", "words", "due"),
    [
        ("fr", "Ana envoie la liste avant le prochain CA", "avant le prochain CA"),
        ("fr", "Ana envoie la liste pour la prochaine fois", "pour la prochaine fois"),
        ("fr", "Ana envoie la liste début juin", "début juin"),
        ("fr", "Ana envoie la liste jusqu'au 12 juin", "jusqu'au 12 juin"),
        ("fr", "Ana envoie la liste lundi prochain", "lundi prochain"),
        ("fr", "Ana envoie la liste à la rentrée", "à la rentrée"),
        ("es", "Ana enviará la lista el viernes 12 de junio", "el viernes 12 de junio"),
        ("es", "Ana enviará la lista en la próxima reunión", "en la próxima reunión"),
        ("es", "Ana enviará la lista en la proxima reunion", "en la proxima reunion"),
        ("es", "Ana enviará la lista a finales de junio", "a finales de junio"),
        ("es", "Ana enviará la lista en junio", "en junio"),
        ("pt", "Ana enviará a lista até dia 12", "até dia 12"),
        ("pt", "Ana enviará a lista até amanhã", "até amanhã"),
        ("pt", "Ana enviará a lista até o final de junho", "até o final de junho"),
        ("pt", "Ana enviará a lista no dia 12 de junho", "no dia 12 de junho"),
    ],
)
def test_deadline_of_french_spanish_portuguese_task(language, words, due):
    assert list_commitments(FOREIGN_TEXTS[language].format(words)) == [("Ana", due)]


@pytest.mark.parametrize(
    ("text", "words", "due"),
    [
        (GERMAN_TEXT, "Ana: Liste drucken bis KW 23", "bis KW 23"),
        (GERMAN_TEXT, "Ana: Liste drucken bis Ende der Woche", "bis Ende der Woche"),
        (GERMAN_TEXT, "Ana: Liste drucken, spätestens am 12.06.", "spätestens am 12.06"),
        (GERMAN_TEXT, "Ana schickt die Liste vor der nächsten Sitzung", "vor der nächsten Sitzung"),
        (GERMAN_TEXT, "Ana schickt die Liste im Laufe der Woche", "im Laufe der Woche"),
        (DUTCH_TEXT, "Ana: lijst maken vóór 12 juni", "vóór 12 juni"),
        (DUTCH_TEXT, "Ana maakt een lijst (uiterlijk vrijdag)", "uiterlijk vrijdag"),
        (DUTCH_TEXT, "Ana stuurt de lijst voor de volgende vergadering", "voor de volgende vergadering"),
        (DUTCH_TEXT, "Ana stuurt de lijst eind juni", "eind juni"),
        (ITALIAN_TEXT, "Ana: stampare la lista entro il 12 giugno", "entro il 12 giugno"),
        (ITALIAN_TEXT, "Ana invia la lista entro la prossima riunione", "entro la prossima riunione"),
    ],
)
def test_deadline_of_german_dutch_italian_task(text, words, due):
    assert list_commitments(text.format(words)) == [("Ana", due)]


def test_dutch_list_titles_are_known():
    text = DUTCH_TEXT.format("Ana: zaal boeken") + "\n## Besluiten\n\n- De contributie blijft gelijk\n"
    text += "\nAfwezig: Piet Bakker\n\nVolgende vergadering: 12 juni 2026\n"
    found = [(s.kind, s.actors) for s in read_report(text).suggestions]
    assert found == [
        ("attendee", ("Ana Lopes", "Ben Okoro")),
        ("commitment", ("Ana",)),
        ("decision", ()),
        ("next_meeting", ()),
    ]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "## À faire d'ici la prochaine réunion"),
        ("es", "## Tareas para la próxima reunión"),
        ("pt", "## Tarefas até 12 de junho"),
    ],
)
def test_deadline_in_title_of_task_list(language, title):
    text = FOREIGN_TEXTS[language].replace("## Actions", title).replace("## Tareas", title).replace("## Tarefas", title)
    assert [due for _owner, due in list_commitments(text.format("Ana: reservar"))] != [""]
