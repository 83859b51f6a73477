"""Running notes: several meetings in one text, lines of a form, accounts, boxes, and who chaired. All invented."""

from datetime import date

import pytest

from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.intake.actions import ReadingDetails, start_reading
from jukwaa.intake.handles import find_person_by_handle
from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.meeting_parts import find_meeting_parts, select_meeting_part
from jukwaa.intake.models import Reading
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.courtesy_titles import strip_courtesy_title
from jukwaa.intake.reader.placeholders import is_placeholder
from jukwaa.intake.repeated_attendees import merge_repeated_attendees
from jukwaa.records.models import Label
from tests.intake.readings import create_reading

RUNNING_NOTES = """Orchard WG – running notes

## Wed 7 Oct 2026, 14:00 UTC

Facilitator: / Here:

## Wed 9 Sep 2026, 14:00 UTC (moved from 2 Sep)

Here: Ana Lopes (Elm), Ben Okoro (Oak)

- DECISION: the fee stays.
- AI @Ana book the hall – 25 Sep

## Wed 5 Aug 2026, 14:00 UTC

Here: Ana, Ben, Dina

- DECISION: the kit is printed.
- Call Dina on +44 20 7946 0000.

## TEMPLATE copy me

Wed dd Mmm. Facilitator: / DECISION: ... / AI @name ... date
"""


def read_notes(*lines, people="Here: Ana Lopes, Ben Okoro, Thu Hà, Dina Said"):
    return read_report("\n\n".join(["# Notes of the call", people, *lines]) + "\n").suggestions


def list_tasks(*lines, **options):
    return [(made.actors, made.due, made.status) for made in read_notes(*lines, **options) if made.kind == "commitment"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("## 9 Sep 2026", "## 5 Aug 2026"),
        ("## 2026-09-09 14:00", "## 2026-08-05 14:00"),
        ("# Meeting of 9 September 2026", "# Meeting of 5 August 2026"),
        ("**9 September 2026**", "**5 August 2026**"),
        ("Minutes of the meeting held on 9 September 2026", "Minutes of the meeting held on 5 August 2026"),
        ("## Réunion du mercredi 9 septembre 2026", "## Réunion du mercredi 5 août 2026"),
        ("## Reunión del 9 de septiembre de 2026", "## Reunión del 5 de agosto de 2026"),
        ("## Reunião de 9 de setembro de 2026", "## Reunião de 5 de agosto de 2026"),
        ("## اجتماع يوم 9 سبتمبر 2026", "## اجتماع يوم 5 أغسطس 2026"),
    ],
)
@pytest.mark.parametrize("people", ["Present: Ana Lopes, Ben Okoro", "### Attendees\n\n- Ana Lopes\n- Ben Okoro"])
def test_parts_of_several_meetings_are_found(first, second, people):
    text = f"Orchard notes\n\n{first}\n\n{people}\n\nA.\n\n{second}\n\n{people}\n\nB.\n"

    assert [part.day for part in find_meeting_parts(text)] == [date(2026, 9, 9), date(2026, 8, 5)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("## 9 Sep 2026", "## 10 Sep 2026"),  # two days of one meeting
        ("## 9 Sep 2026", "## Next meeting: 7 Oct 2026"),
        ("## 9 Sep 2026", "## Approval of the minutes of 5 Aug 2026"),
        ("## 9 Sep 2026", "### 5 Aug 2026"),  # not of the same form
        ("## 9 Sep 2026", "## 9 Sep 2026"),
        ("## 9 Sep 2026", "## Report of the treasurer on the fair of 5 Aug 2026 in the old town hall"),
        ("Sent: 9 Sep 2026", "Sent: 5 Aug 2026"),
    ],
)
def test_other_dates_begin_no_other_meeting(first, second):
    people = "Present: Ana Lopes, Ben Okoro"

    assert find_meeting_parts(f"Notes\n\n{first}\n\n{people}\n\nA.\n\n{second}\n\n{people}\n\nB.\n") == []


def test_parts_without_people_are_not_split():
    assert find_meeting_parts("## 9 Sep 2026\n\nA.\n\n## 5 Aug 2026\n\nPresent: Ana, Ben, Dina\n") == []


@pytest.mark.parametrize(
    ("day", "read", "not_read"),
    [
        (None, "the fee stays", "the kit is printed"),  # not that of October, to which nobody came yet
        (date(2026, 8, 5), "the kit is printed", "the fee stays"),
    ],
)
def test_one_meeting_of_several_is_read(day, read, not_read):
    selected = select_meeting_part(ExtractedText(RUNNING_NOTES, "text/html"), day)

    assert selected.text.startswith("Orchard WG – running notes")
    assert read in selected.text
    assert not_read not in selected.text
    assert not_read in selected.checked_text
    assert "TEMPLATE" not in selected.text
    assert "9 September 2026 and 5 August 2026" in selected.notes[-1]


def test_part_of_the_day_is_read_though_it_does_not_say_who_came():
    people = "Present: Ana Lopes, Ben Okoro"
    text = f"# Notes\n\n## 5 May 2026\n\n{people}\n\nA.\n\n## 12 May 2026\n\nB.\n\n## 19 May 2026\n\n{people}\n\nC.\n"

    selected = select_meeting_part(ExtractedText(text, "text/markdown"), date(2026, 5, 12))
    assert selected.text == "# Notes\n\n## 12 May 2026\n\nB.\n"
    assert "5 May 2026, 12 May 2026 and 19 May 2026" in selected.notes[-1]


def test_whole_text_is_read_for_a_day_without_notes():
    extracted = ExtractedText(RUNNING_NOTES, "text/html")
    assert select_meeting_part(extracted, date(2026, 1, 1)) == extracted


def test_meetings_of_one_file_become_reports_of_their_own(coalition, rapporteur):
    first = create_reading(coalition, rapporteur, RUNNING_NOTES)
    second = create_reading(coalition, rapporteur, RUNNING_NOTES, meeting_on=date(2026, 8, 5))
    again = create_reading(coalition, rapporteur, RUNNING_NOTES, meeting_on=date(2026, 8, 5))

    assert again == second != first
    assert (first.meeting_on, second.meeting_on) == (date(2026, 9, 9), date(2026, 8, 5))
    assert first.suggestions.filter(kind="decision").get().text == "the fee stays."
    assert "Only the notes of 9 September 2026 are below." in first.notes[0]
    assert Reading.objects.count() == 2


def test_file_is_closed_by_what_another_part_contains(coalition, rapporteur):
    """The telephone number stands in the part of August, which the file still contains."""
    details = ReadingDetails(meeting_title="Call", label=Label.CLEAR)
    extracted = ExtractedText(RUNNING_NOTES, "text/html")
    started = start_reading(actor=rapporteur, coalition=coalition, reading_details=details, extracted_text=extracted)

    assert started.reading.label == Label.RED


@pytest.mark.parametrize(
    "line",
    [
        "- DECISION: ...",
        "- AI @name ... date",
        "- Action: @owner to send the list by dd/mm/yyyy",
        "- Ben will send the list by dd Mmm",
        "- Décision : …",
        "- DECISIÓN: ____",
        "- AI @nombre enviar la lista",
        "Please add your name.",
    ],
)
def test_line_of_form_gives_nothing(line):
    assert [made.kind for made in read_notes(line) if made.kind != "attendee"] == []


@pytest.mark.parametrize("title", ["TEMPLATE copy me", "Template", "Modèle à copier", "Plantilla para copiar", "نموذج"])
def test_part_to_be_copied_gives_nothing(title):
    assert list_tasks(f"## {title}", "Wed dd Mmm", "- AI @Ana book the hall") == []


@pytest.mark.parametrize("title", ["Template", "Template for the annual report", "Modèle économique"])
def test_part_about_template_is_read(title):
    assert list_tasks(f"## {title}", "- AI @Ana draft the template – 3 May") == [(("@Ana",), "3 May", "")]


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("- AI @Ana + @Ben book the hall", ("@Ana", "@Ben")),
        ("- AI @Ana @Ben @ThuHa book the hall", ("@Ana", "@Ben", "@ThuHa")),
        ("- AP @Ana, @Ben and @Dina book the hall", ("@Ana", "@Ben", "@Dina")),
        ("- AI @Ana, @Ben et @Dina réservent la salle", ("@Ana", "@Ben", "@Dina")),
        ("- AI @Ana y @Ben: reservar la sala", ("@Ana", "@Ben")),
        ("- AI @Ana book the hall with @Ben", ("@Ana",)),
    ],
)
def test_accounts_before_task_are_its_owners(line, owners):
    assert [task[0] for task in list_tasks(line)] == [owners]


def test_text_of_marked_task_has_no_mark_and_no_owners():
    made = next(made for made in read_notes("- AI @Ana + @Ben book the hall – 3 May") if made.kind == "commitment")

    assert made.words == "book the hall – 3 May"


@pytest.mark.parametrize(
    ("handle", "person"),
    [("@ThuHa", "Thu Hà"), ("@analopes", "Ana Lopes"), ("@Ana", "Ana Lopes"), ("@hà", ""), ("@lopes", "")],
)
def test_account_of_joined_words_is_person(handle, person):
    assert find_person_by_handle(handle, ["Ana", "Ana Lopes", "Ben Okoro", "Thu Hà"]) == person


@pytest.mark.parametrize(
    ("line", "task"),
    [
        ("- ☑ Circulate chapter 2 – Ben – done 20/8", (("Ben",), "", "done")),
        (
            "- ☐ Collect the codes – Ana, Ben, Thu Hà – two are in; new date 30 Sep",
            (("Ana", "Ben", "Thu Hà"), "30 Sep", ""),
        ),
        ("- ☐ Ask the town – Dina – not started, carry over to 7 Oct", (("Dina",), "7 Oct", "not started")),
        ("☐ Ask the town – Dina – in progress", (("Dina",), "", "in progress")),
        ("- [x] Ask the town about it – Dina", (("Dina",), "", "done")),
        ("- ☑ Envoyer le chapitre 2 – Ben – fait le 20/8", (("Ben",), "", "fait")),
    ],
)
def test_box_with_owner_and_status(line, task):
    assert list_tasks(line) == [task]


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("- Ana, Ben - draft the agenda", ("Ana", "Ben")),
        ("- Ana, Ben: draft the agenda", ("Ana", "Ben")),
        ("- Ana, draft the agenda", ("Ana",)),
        ("- Ana, Kofi: draft the agenda", ("Ana", "Kofi")),
    ],
)
def test_names_before_task_are_its_owners(line, owners):
    assert [task[0] for task in list_tasks("## Actions", line)] == [owners]


ARABIC_NOTES = """# محضر اجتماع 9 سبتمبر 2026

رئيسة الجلسة: ليلى حداد

الحضور: السيدة ليلى حداد، السيد سامي نصر، رنا خوري

## المهام

- {task}
"""


@pytest.mark.parametrize(
    ("task", "owners", "due"),
    [
        ("ليلى ورنا: مراجعة الترجمة – 15 أكتوبر 2026", ("ليلى", "رنا"), "15 أكتوبر 2026"),
        ("ليلى حداد وسامي نصر: مراجعة الترجمة (الموعد النهائي: 15 أكتوبر)", ("ليلى حداد", "سامي نصر"), "15 أكتوبر"),
        ("وليد: مراجعة محضر 15 أكتوبر 2026", ("وليد",), ""),
    ],
)
def test_owners_joined_in_arabic(task, owners, due):
    made = [made for made in read_report(ARABIC_NOTES.format(task=task)).suggestions if made.kind == "commitment"]

    assert [(each.actors, each.due) for each in made] == [(owners, due)]


@pytest.mark.parametrize("label", ["Asisten", "Participan", "Participam"])
def test_label_in_present_tense_lists_people(label):
    made = read_report(
        f"# Notas\n\n{label}: Ana Ruiz (Elm), Bruno Gil, Carla Soto. Se disculpa: Diego Paz\n"
    ).suggestions

    assert [each.actors for each in made if each.kind == "attendee"] == [("Ana Ruiz", "Bruno Gil", "Carla Soto")]


@pytest.mark.parametrize("line", ["- ☐ Yes ☐ No ☐ Do not know yet", "- ☐ Online", "- ☐ Oak Farm"])
def test_box_of_form_is_no_task(line):
    assert list_tasks(line) == []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- DECISION: the fee stays.", "the fee stays."),
        ("- **DECISION:** the fee stays.", "the fee stays."),
        ("- Decision 3: The fee stays.", "The fee stays."),
        ("Décision n° 1 : Le budget est approuvé.", "Le budget est approuvé."),
        ("Décision n° 2 : Le groupe adopte le plan.", "Le groupe adopte le plan."),
        ("Decisión n.º 1: La cuota se mantiene.", "La cuota se mantiene."),
        ("Decisão n.º 1: A quota mantém-se.", "A quota mantém-se."),
    ],
)
def test_label_is_no_part_of_decision(line, text):
    made = next(made for made in read_notes(line) if made.kind == "decision")

    assert (made.words or made.quote) == text


@pytest.mark.parametrize(
    "lines",
    [
        "Facilitator: Ana. Notes: Ben\n\nHere: Ana Lopes, Ben Okoro, Dina Said",
        "Here: Ana Lopes (facil.), Ben Okoro (notes), Dina Said",
        "Here: Ana Lopes (facilitator), Ben Okoro, Dina Said",
        "Animatrice : Ana\n\nPrésents : Ana Lopes, Ben Okoro, Dina Said",
        "Moderadora: Ana\n\nPresentes: Ana Lopes, Ben Okoro, Dina Said",
        "Facilitadora: Ana Lopes\n\nPresentes: Ana Lopes, Ben Okoro, Dina Said",
    ],
)
def test_facilitator_is_chair(lines):
    report = read_report(f"# Notes of 5 May 2026\n\n{lines}\n")
    report = mark_chair_among_attendees(merge_repeated_attendees(report))

    assert [made.actors for made in report.suggestions if made.is_chair] == [("Ana Lopes",)]


FRENCH_MINUTES = """# Relevé de décisions

Présents : Mme Ana Lopes (Verger) ; M. Ben Okoro (Chêne) ; M. Théo Marchand (Ormeau)

En visioconférence : Mme Zoé Blanc (Prairie)

Suites à donner

- {task}
"""


@pytest.mark.parametrize(
    ("task", "owners"),
    [
        ("Ben Okoro transmet la liste des écoles (échéance : 15 octobre).", ("Ben Okoro",)),
        ("Ben Okoro et Zoé Blanc relisent la traduction (échéance : 30/10/2026).", ("Ben Okoro", "Zoé Blanc")),
        ("Mme Lopes et M. Marchand écrivent aux maires (échéance : 3 novembre).", ("Mme Lopes", "M. Marchand")),
        ("VergerNet chiffre l'hébergement du site (échéance : 20 novembre 2026).", ("VergerNet",)),
        ("Paul Durand et Ana Lopes rédigent une note (délai : fin novembre)", ("Paul Durand", "Ana Lopes")),
        ("Remettre la liste au ministère (échéance : 4 novembre)", ()),
        ("Remettre la liste au ministère (Échéance : 4 novembre)", ()),
    ],
)
def test_deadline_in_brackets_is_no_owner(task, owners):
    made = [made for made in read_report(FRENCH_MINUTES.format(task=task)).suggestions if made.kind == "commitment"]

    assert [(each.actors, bool(each.due)) for each in made] == [(owners, True)]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Mme Ana Lopes", "Ana Lopes"),
        ("M. Ben Okoro", "Ben Okoro"),
        ("Sra. Ana Lopes", "Ana Lopes"),
        ("السيدة ليلى حداد", "ليلى حداد"),
        ("Mme Lopes", "Mme Lopes"),
        ("Dr Ana Lopes", "Dr Ana Lopes"),
        ("Mmes Réunies", "Mmes Réunies"),
        ("Miriam Lopes", "Miriam Lopes"),
    ],
)
def test_courtesy_title_is_no_part_of_full_name(name, plain):
    assert strip_courtesy_title(name) == plain


def test_people_are_kept_without_courtesy_titles(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, FRENCH_MINUTES.format(task="Ben Okoro écrit aux maires."))

    assert set(reading.actors.values_list("written", flat=True)) >= {"Ana Lopes", "Ben Okoro", "Zoé Blanc"}


@pytest.mark.parametrize(
    ("words", "is_form"),
    [
        ("[Name] will send the draft to the board by 12 June 2026.", False),
        ("Agreed that all dates are written dd/mm/yyyy in the list.", False),
        ("[name] to [task] by [date]", True),
        ("AI @name: write what has to be done and when it is due", True),
        ("Date: dd/mm/yyyy", True),
    ],
)
def test_words_in_brackets_are_a_form_where_little_else_is_written(words, is_form):
    assert is_placeholder(words) is is_form


def test_items_below_a_heading_about_a_template_are_read():
    text = "# Notes of 3 May 2026\n\n## Template letter\n\n- Ana Lopes to send the letter to [name] by 3 June 2026.\n"
    assert [made.owner for made in read_report(text).suggestions if made.kind == "commitment"] == ["Ana Lopes"]
