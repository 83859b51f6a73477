"""Tasks in the present tense, paragraphs of tasks, and the chat of a video call."""

from datetime import date

import pytest

from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.initials import spell_out_initials
from jukwaa.intake.reader import read_report

PRESENT = {
    "fr": "# Procès-verbal\n\nPrésents : Ana Lopes, Ben Okoro, Dina Said\n\nLe conseil parle des cotisations.\n\n",
    "es": "# Acta\n\nPresentes: Ana Lopes, Ben Okoro, Dina Said\n\nLa junta habla de las cuotas con todos.\n\n",
    "pt": "# Ata\n\nPresentes: Ana Lopes, Ben Okoro, Dina Said\n\nA diretoria fala das quotas com todos.\n\n",
    "en": "# Minutes\n\nPresent: Ana Lopes, Ben Okoro, Dina Said\n\n",
    "id": "# Minutes\n\nPresent: Ana Lopes, Ben Okoro, Dina Said\n\n",
}


def list_tasks(text, language=None):
    made = read_report(text, language=language).suggestions
    return [(one.words or one.quote, one.actors, one.due) for one in made if one.kind == "commitment"]


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        (
            "fr",
            "Ana fait la traduction pour le 30/11.",
            [("Ana fait la traduction pour le 30/11", ("Ana",), "pour le 30/11")],
        ),
        (
            "fr",
            "Deux membres n’ont pas payé ; Ben les relance, au plus tard le 2 octobre.",
            [("Ben les relance, au plus tard le 2 octobre", ("Ben",), "au plus tard le 2 octobre")],
        ),
        (
            "fr",
            "Ana trouve deux jeunes « avant Noël ». Le reste suit.",
            [("Ana trouve deux jeunes « avant Noël »", ("Ana",), "avant Noël")],
        ),
        ("fr", "Dina envoie demain un sondage.", [("Dina envoie demain un sondage", ("Dina",), "demain")]),
        (
            "fr",
            "Rien d’autre. B. Okoro (avant la pause) enverra l’étude.",
            [("B. Okoro (avant la pause) enverra l’étude.", ("B. Okoro",), "")],
        ),
        (
            "es",
            "Ana manda la lista antes del 3 de junio.",
            [("Ana manda la lista antes del 3 de junio", ("Ana",), "antes del 3 de junio")],
        ),
        ("pt", "Ben envia a lista até 3 de junho.", [("Ben envia a lista até 3 de junho", ("Ben",), "até 3 de junho")]),
        (
            "id",
            "Dina akan mengirim daftar minggu depan.",
            [("Dina akan mengirim daftar minggu depan", ("Dina",), "minggu depan")],
        ),
    ],
)
def test_present_tense_with_deadline_is_a_task(language, line, expected):
    assert list_tasks(f"{PRESENT[language]}{line}\n", language) == expected


@pytest.mark.parametrize(
    ("language", "line", "due"),
    [
        ("en", "- Ana akan mengirim contoh minggu depan.", "minggu depan"),
    ],
)
def test_promise_in_second_part_of_a_sentence_is_a_task(language, line, due):
    assert [
        (actors[0].partition(" ")[0], found)
        for _words, actors, found in list_tasks(f"{PRESENT[language]}{line}\n", language)
    ] == [("Ana", due)]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Ana dit qu’elle sera absente en juin."),
        ("es", "Ana explica la ley que tendrá efecto en junio."),
        ("id", "Ana akan ada di Lima."),
        ("id", "Laporan akan dikirim minggu depan."),
        ("fr", "Ana présente le budget pour le 30/11."),
        ("fr", "Ana a envoyé la lista avant le 3 juin."),
        ("fr", "Ana rappelle la date : avant le 3 juin."),
        ("fr", "Ana envoie-t-elle la liste avant le 3 juin ?"),
        ("fr", "Ana prépare le café."),
        ("es", "Ana mandó la lista antes del 3 de junio."),
        ("es", "Ana propone una llamada antes del 3 de junio."),
        ("es", "Ana no manda la lista antes del 3 de junio."),
        ("es", "Madrid manda la lista antes del 3 de junio."),
        ("pt", "Ben lembra o prazo, até 3 de junho."),
    ],
)
def test_other_sentence_about_somebody_present_is_no_task(language, line):
    assert list_tasks(f"{PRESENT[language]}{line}\n", language) == []


CHAT = """Presentes: Ana Lopes, Ben Okoro

Lo que acordamos:
1) la cuota sigue igual

------- chat -------
14:02:11 From Ana Lopes to Everyone: buenas, se oye bajito
14:40:29 From bokoro to Ana Lopes (Direct Message): do not put me in the notes, I will leave by 3 May
14:48:13 From Dina' to Everyone: I will check if the line can join the pilot, tell you by 11 Dec
14:55:30 From Ana Lopes to Everyone: gracias
"""


def test_lines_of_a_chat_are_read_one_by_one():
    made = read_report(CHAT, language="es").suggestions

    assert [
        (one.kind, one.words or one.quote, one.actors) for one in made if one.kind in {"decision", "commitment"}
    ] == [
        ("decision", "la cuota sigue igual", ()),
        ("commitment", "I will check if the line can join the pilot, tell you by 11 Dec", ("Dina'",)),
    ]


def test_private_message_is_no_sentence():
    assert not any("do not put me" in sentence.quote for sentence in read_report(CHAT, language="es").sentences)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("end Nov", date(2026, 11, 30)),
        ("fin octobre", date(2026, 10, 31)),
        ("mid-January", date(2027, 1, 15)),
        ("mi-juillet", date(2027, 7, 15)),
        ("January 2027", date(2027, 1, 31)),
        ("demain", date(2026, 10, 21)),
        ("mañana", date(2026, 10, 21)),
        ("minggu depan", date(2026, 10, 30)),
        ("خلال أسبوعين", date(2026, 11, 3)),
        ("asap", None),
        ("date tbd", None),
    ],
)
def test_rough_deadline_has_a_day(words, day):
    assert find_due_day(words, date(2026, 10, 20)) == day


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("Ana: ask the members for data, end Nov", "end Nov"),
        ("Ana: test the button @January 2027", "January 2027"),
        ("Ana: first draft, 30 September[b]", "30 September"),
        ("Ana: the minutes, within two weeks", "within two weeks"),
        ("Ana: sandbox page, date tbd", ""),
    ],
)
def test_deadline_at_the_end_is_found(line, due):
    assert [found for _words, _actors, found in list_tasks(f"# Minutes\n\n## To do\n\n- {line}\n")] == [due]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        (
            "Action | Who | When\nSend it | TM | 3 May\nBook it | Ana? (absent – TM asks) | 4 May\n\nTM = Theo Marsh\n",
            ["Theo Marsh", "Ana"],
        ),
        (
            "Action | Who | When\nSend the list | SG | 3 May\nBook the hall | Ben (?) | 4 May\n\nSG = Steering Group\n",
            ["SG", "Ben"],
        ),
        ("- [ ] Ana + Ben?: sandbox page\n- [ ] Dina: the form\n", ["Ana", "Dina"]),
    ],
)
def test_doubtful_owner_and_explained_initials_are_read(text, owners):
    made = spell_out_initials(read_report(f"# Minutes\n\n## Action list\n\n{text}")).suggestions

    assert [one.owner for one in made if one.kind == "commitment"] == owners


def test_row_that_only_names_people_is_no_task():
    text = "# Minutes\n\n## To do\n\n| Clause | Who comments | Where |\n| --- | --- | --- |\n| 3 | Ana, Ben | sheet |\n"

    assert list_tasks(text) == []


def test_line_of_somebody_present_below_a_heading_of_tasks_is_a_task():
    assert list_tasks(f"{PRESENT['es']}## Tareas\n\nAna: reservar la sala\n\nBen: la lista\n", "es") == [
        ("Ana: reservar la sala", ("Ana",), ""),
        ("Ben: la lista", ("Ben",), ""),
    ]
