"""Tables with unusual heads: what their cells hold says what they are, and nothing of one reaches the next."""

import pytest

from jukwaa.intake.guesses import parse_commitment_progress
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.attendee_cells import split_attendee_cell
from jukwaa.intake.reader.inferred_columns import infer_task_columns, is_numbering
from jukwaa.meetings.models import Attendance, Commitment
from tests.intake.readings import create_reading

PEOPLE = """Orchard network, 4 May 2026

Participants

Organisation | Name(s)
Elm Farm | Ana Lopes, Ben Okoro
Oak Farm | Dina Said
"""


def list_made(text, kind, language=None):
    return [made for made in read_report(text, language=language).suggestions if made.kind == kind]


def list_tasks(text, language=None):
    return [(made.words, made.actors, made.due, made.status) for made in list_made(text, "commitment", language)]


@pytest.mark.parametrize(
    ("table", "tasks"),
    [
        (
            (
                "What needs to happen | In whose court | Before | RAG - where we are\n"
                "Circulate the draft | Secretariat (Ana) | 31 May | G - drafting\n"
                "Visit both farms | all members | the June meeting | R - not yet\n"
            ),
            [
                ("Circulate the draft", ("Secretariat (Ana)",), "31 May", "G - drafting"),
                ("Visit both farms", ("all members",), "the June meeting", "R - not yet"),
            ],
        ),
        (
            (
                "The job | Whose job | Ready for | How is it going\n"
                "Paint the benches | Ben + Dina | end of June | half done\n"
                "Write to parents | school office | 11/05/2026 | done\n"
            ),
            [
                ("Paint the benches", ("Ben", "Dina"), "end of June", "half done"),
                ("Write to parents", ("school office",), "11/05/2026", "done"),
            ],
        ),
        (
            "Who's on it | Thing | Deadline-ish\nAna | Upload the guide | 10 June\nBen | Fix the form | mid-June\n",
            [("Upload the guide", ("Ana",), "10 June", ""), ("Fix the form", ("Ben",), "mid-June", "")],
        ),
        (
            (
                "Chantier | Entre les mains de | D'ici | Où en est-on\n"
                "Finaliser la charte | Mme Moreau | 30/05/2026 | en relecture\n"
                "Trouver une salle | secrétariat | fin juin | pas commencé\n"
            ),
            [
                ("Finaliser la charte", ("Mme Moreau",), "30/05/2026", "en relecture"),
                ("Trouver une salle", ("secrétariat",), "fin juin", "pas commencé"),
            ],
        ),
        (
            (
                "Qué hay que hacer | En manos de quién | Antes del | Semáforo\n"
                "Pedir tres presupuestos | Benito Ruiz | 20 de mayo | verde\n"
            ),
            [("Pedir tres presupuestos", ("Benito Ruiz",), "20 de mayo", "verde")],
        ),
        (
            (
                "O que falta fazer | Com quem está | Até ao dia | Ponto da situação\n"
                "Redigir a carta | Ana Lopes; Dina Said | 31/05/2026 | por fazer\n"
            ),
            [("Redigir a carta", ("Ana Lopes", "Dina Said"), "31/05/2026", "por fazer")],
        ),
        (
            "ما يجب عمله | على من | قبل | الوضع الحالي\nإعداد مسودة الدليل | دينا سعيد | 20 مايو 2026 | قيد التنفيذ\n",
            [("إعداد مسودة الدليل", ("دينا سعيد",), "20 مايو 2026", "قيد التنفيذ")],
        ),
        (
            (
                "No. | What needs to happen | Who is on it | Latest by | State of play\n"
                "14.1 | Send the terms to all members | Ana Lopes | 30 May | new\n"
                "14.2 | Ask for three offers | Ben Okoro; Dina Said | 31/05/2026 | under way\n"
            ),
            [
                ("Send the terms to all members", ("Ana Lopes",), "30 May", "new"),
                ("Ask for three offers", ("Ben Okoro", "Dina Said"), "31/05/2026", "under way"),
            ],
        ),
        (
            (
                "# | What needs to happen | Holder of the pen | Latest by | How far\n"
                "4/2 | Report the costs | Ana Lopes | – | done in May\n"
                "6/1 | Ask for an invoice | Ben Okoro | – | dropped\n"
                "6/2 | Book the hall | Dina Said | – | done\n"
                "7/1 | Draft the poster | Ana Lopes | 31 August 2026 | new\n"
                "7/2 | Send the list | Ben Okoro | 31/07 | new\n"
            ),
            [
                ("Report the costs", ("Ana Lopes",), "", "done in May"),
                ("Ask for an invoice", ("Ben Okoro",), "", "dropped"),
                ("Book the hall", ("Dina Said",), "", "done"),
                ("Draft the poster", ("Ana Lopes",), "31 August 2026", "new"),
                ("Send the list", ("Ben Okoro",), "31/07", "new"),
            ],
        ),
        (
            (
                "Ref. | Lo que dijimos | Quién se hace cargo | Ahora para cuándo | ¿Cómo va?\n"
                "A9/1 | Directorio de canales por país | Ana Lopes / Ben | — | Cumplido\n"
                " | Primer borrador del mapa | Dina Said | 31 de julio | En curso, con retraso\n"
                "A9/4 | Nota sobre los costos | Ben O. | 15/08/2026 | Se deja sin efecto\n"
            ),
            [
                ("Directorio de canales por país", ("Ana Lopes", "Ben"), "", "Cumplido"),
                ("Primer borrador del mapa", ("Dina Said",), "31 de julio", "En curso, con retraso"),
                ("Nota sobre los costos", ("Ben O",), "15/08/2026", "Se deja sin efecto"),
            ],
        ),
        (
            (
                "Ref. | Lo que vamos a hacer | Quién se hace cargo | Para cuándo\n"
                "C1 | Carta a las escuelas | Ana Lopes e Itzel Ruiz | primera semana de septiembre\n"
                "C2 | Encuesta a los miembros | Ben Okoro | 31/07/26\n"
                "C3 | Nota sobre los estatutos | Dina Said | antes de la próxima plenaria\n"
            ),
            [
                ("Carta a las escuelas", ("Ana Lopes", "Itzel Ruiz"), "primera semana de septiembre", ""),
                ("Encuesta a los miembros", ("Ben Okoro",), "31/07/26", ""),
                ("Nota sobre los estatutos", ("Dina Said",), "antes de la próxima plenaria", ""),
            ],
        ),
        (
            (
                "N° | Ce qu'on a dit | Qui s'en charge | Pour quand\n"
                "1 | Le répertoire des lignes d'écoute | Ana Lopes | 31 juillet\n"
                "2 | La note sur les coûts | Ben Okoro | fin juin\n"
            ),
            [
                ("Le répertoire des lignes d'écoute", ("Ana Lopes",), "31 juillet", ""),
                ("La note sur les coûts", ("Ben Okoro",), "fin juin", ""),
            ],
        ),
        (
            (
                "N.º | O que combinámos | Quem trata disto | Agora até quando\n"
                "1 | O diretório das linhas de apoio | Ana Lopes | 31 de julho\n"
                "2 | A nota sobre os custos | Ben Okoro e Dina Said | 15/08/2026\n"
            ),
            [
                ("O diretório das linhas de apoio", ("Ana Lopes",), "31 de julho", ""),
                ("A nota sobre os custos", ("Ben Okoro", "Dina Said"), "15/08/2026", ""),
            ],
        ),
        (
            (
                "What we said | Whose baby | Day | How it goes\n"
                "The directory of helplines | Ana Lopes | 31 July | in progress\n"
                "The note on costs | Ben Okoro | 15 August | not started, no data yet\n"
            ),
            [
                ("The directory of helplines", ("Ana Lopes",), "31 July", "in progress"),
                ("The note on costs", ("Ben Okoro",), "15 August", "not started, no data yet"),
            ],
        ),
        (
            "Was noch zu tun ist | Bei wem | Bis zum | Ampel\nAngebote einholen | Ben Okoro | 20. Mai | gelb\n",
            [("Angebote einholen", ("Ben Okoro",), "20. Mai", "gelb")],
        ),
    ],
)
@pytest.mark.parametrize("before", ["", PEOPLE, f"{PEOPLE}\nFollow-up sheet\n\n"])
def test_table_of_tasks_is_known_by_its_cells(table, tasks, before):
    text = f"{before}\n{table}" if before else table

    assert list_tasks(text) == tasks
    assert [name for made in list_made(text, "attendee") for name in made.actors] == (
        ["Ana Lopes", "Ben Okoro", "Dina Said"] if before else []
    )


@pytest.mark.parametrize(
    "rows",
    [
        [("Slot", "Stand", "Host"), ("10:00", "Cake table", "Ana Lopes"), ("11:00", "Books", "Emil Lund")],
        [("Workshop", "Speaker", "Day"), ("Safe homes", "Ana Lopes", "3 May"), ("First aid", "Ben Okoro", "4 May")],
        [("Workshop", "Speaker", "Day", "Room"), ("Safe homes", "Ana Lopes", "3 May", "Blue room")],
        [("Feria", "Quién estuvo", "Día", "Público"), ("Feria del libro", "Ana Lopes", "3 de mayo", "400 personas")],
        [("Ref.", "Libro", "Autora", "Salió"), ("B1", "La casa segura", "Ana Lopes", "3 de mayo")],
        [("Line", "Planned", "Spent"), ("Printing", "300", "250")],
        [("Risk", "Likelihood", "Mitigation"), ("Rain on the day", "High", "Rent a tent")],
        [("Recommendation", "Response"), ("Keep receipts for seven years", "Accepted")],
        [("Issue", "Before", "After"), ("Fence", "3 May", "4 May")],
        [("Ana Lopes", "Elm Farm"), ("Ben Okoro", "Oak Farm")],
    ],
)
def test_other_table_holds_no_tasks(rows):
    assert infer_task_columns(rows) == ()


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Ana Lopes, Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ana Lopes and Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ana Lopes / Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ana Lopes e Bento Ruiz", ["Ana Lopes", "Bento Ruiz"]),
        ("Mr Karl Lund; Ms Ines Moreau", ["Mr Karl Lund", "Ms Ines Moreau"]),
        ("آنا لوبيز، بن أوكورو", ["آنا لوبيز", "بن أوكورو"]),
        ("Lopes, Ana", ["Lopes, Ana"]),
        ("Ana Lopes, Chair", ["Ana Lopes, Chair"]),
        ("Ana Lopes, Programme Officer", ["Ana Lopes, Programme Officer"]),
        ("Ana Lopes (Elm, Oak)", ["Ana Lopes (Elm, Oak)"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
    ],
)
def test_cell_of_an_organisation_names_each_person(cell, people):
    assert split_attendee_cell(cell, has_group=True) == people


def test_name_behind_comma_is_an_organisation_where_no_cell_has_one():
    assert split_attendee_cell("Ana Lopes, Elm Farm", has_group=False) == ["Ana Lopes, Elm Farm"]


def test_column_with_several_names_is_that_of_people():
    text = "Attendance\n\nClass | Present today\n5A | Ana Lopes, Ben Okoro\n5B | Dina Said\n"

    assert [(made.actors, made.group) for made in list_made(text, "attendee")] == [
        (("Ana Lopes",), "5A"),
        (("Ben Okoro",), "5A"),
        (("Dina Said",), "5B"),
    ]


def test_last_row_without_a_last_cell_belongs_to_the_table():
    text = "Agenda item | Discussion | Actions and agreements\n1. Fees | Ana spoke. | Agreed to keep the fee.\n"
    text += "2. Other / next | Mele asked for posters in Samoan.\n"

    assert [made.actors for made in list_made(text, "request")] == [("Mele",)]


@pytest.mark.parametrize(
    ("status", "progress"),
    [
        ("G – drafting", Commitment.Progress.IN_HAND),
        ("R: not yet", Commitment.Progress.OPEN),
        ("Green - done", Commitment.Progress.KEPT),
        ("Ready", ""),
    ],
)
def test_traffic_light_before_a_status_is_skipped(status, progress):
    assert parse_commitment_progress(status) == progress


def test_chair_in_a_cell_is_found():
    assert find_meeting_facts("When | 12 March 2026\nChaired by | Ana Lopes (Elm)\n").chair == "Ana Lopes"


def test_first_names_and_secretariat_are_known_by_the_table_of_people(coalition, rapporteur):
    text = f"{PEOPLE}Secretariat | 'Esi Mensah\n\nWhat we do | On whom | Before\n"
    text += (
        "Send the list to members | Ben O. with 'Esi | 3 June 2026\nPaint the fence | Secretariat (Esi) | 4 June 2026\n"
    )
    text += "Ask the council | Karl | 5 June 2026\n"

    reading = create_reading(coalition, rapporteur, text)

    tasks = reading.suggestions.filter(kind="commitment").order_by("start", "pk")
    assert [task.actors for task in tasks] == [["Ben Okoro"], ["'Esi Mensah"], ["'Esi Mensah"], ["Karl"]]
    came = [made.came_as for made in reading.suggestions.filter(kind="attendee").order_by("start")]
    assert came[-1] == Attendance.As.SECRETARIAT
    assert Attendance.As.SECRETARIAT not in came[:-1]


@pytest.mark.parametrize("mark", ["Apologies", "No", "absent"])
def test_marks_are_not_names(mark):
    text = f"Trustee | Attendance\nAna Lopes | Present\nBen Okoro | {mark}\n"

    assert [made.actors for made in list_made(text, "attendee")] == [("Ana Lopes",)]


def test_events_of_organisations_are_no_tasks():
    text = "Event | Where | When\nOpen day at the farm | Elm Farm | 3 June\nHarvest fair | Oak Farm | 4 June\n"

    assert list_tasks(text) == []


def test_line_below_table_of_tasks_is_nobody_who_came():
    text = f"{PEOPLE}\nPoint | Person | Before\nCheck the list | Ana | 20 May\n\nKey dates\n\nIt comes out in June.\n"

    assert [name for made in list_made(text, "attendee") for name in made.actors][3:] == []


def test_head_in_no_known_words_is_nobody():
    text = "Subject | Voices | Where we landed\nFees | Members spoke about fees. Ana proposed 20 euros. | It waits.\n"

    assert {name for made in read_report(text).suggestions for name in made.actors} == {"Members", "Ana"}


def test_arabic_column_holds_decisions_and_actions():
    text = (
        "البند | المناقشة | القرارات والإجراءات\nالميزانية | عرضت آنا لوبيز الميزانية. | تمت الموافقة على الميزانية.\n"
    )

    assert [made.quote for made in list_made(text, "decision", "ar")] == ["تمت الموافقة على الميزانية."]


def test_people_with_titles_are_each_named_without_an_organisation():
    assert split_attendee_cell("M. Ben Okoro, Mme Dina Said", has_group=False) == ["M. Ben Okoro", "Mme Dina Said"]


def test_events_with_their_days_and_organisers_are_no_tasks():
    text = (
        "# Report of 3 May 2026\n\n| Date | Event | Organiser |\n|---|---|---|\n"
        "| 3 June 2026 | Webinar on maps | Ana Lopes |\n| 12 June 2026 | Seminar for judges | Ben Okoro |\n"
    )
    assert list_made(text, "commitment") == []


def test_people_in_a_signed_list_without_a_head_are_kept():
    text = (
        "# Minutes of 3 May 2026\n\n## Attendance\n\n"
        "| Ana Lopes | Oak | 3 May 2026 |\n| Ben Okoro | Elm | 3 May 2026 |\n"
    )
    assert [made.actors for made in list_made(text, "attendee")] == [("Ana Lopes",), ("Ben Okoro",)]


def test_notes_that_say_what_to_do_are_tasks():
    text = (
        "# Minutes of 3 May 2026\n\n| Item | Notes | Who |\n|---|---|---|\n"
        "| Website | Update the home page with the new logo. | Ana Lopes |\n"
        "| Newsletter | Needs an article on the law. | Ben Okoro |\n"
    )
    assert [made.actors for made in list_made(text, "commitment")] == [("Ana Lopes",), ("Ben Okoro",)]


@pytest.mark.parametrize(
    ("cells", "is_so"),
    [
        (["14.1", "14.2", "14.3"], True),
        (["4/2", "5/4", "6/1", "6/2", "6/3", "7/1", "7/2"], True),
        (["AP 3-1", "AP 3-2"], True),
        (["3/4", "7/4", "12/5"], False),  # days in order
        (["14.1"], False),
        (["31/07", "30/06", "31/07"], False),
        (["14.1", "by June"], False),
    ],
)
def test_numbers_of_items_are_no_dates(cells, is_so):
    assert is_numbering(cells) is is_so
