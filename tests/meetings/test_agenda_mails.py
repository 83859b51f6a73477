"""Pasting a whole email with an agenda in English, French, Spanish, Portuguese or Arabic: only its items are added."""

import pytest

from jukwaa.meetings.agenda_lines import list_lines_beside_items, parse_agenda_lines
from jukwaa.meetings.agenda_purposes import extract_purpose
from jukwaa.meetings.models import Part
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting
from tests.meetings.test_agenda_pasting import get_paste_url, submit_previewed_text

D, N, I = "decision", "discussion", "information"  # noqa: E741 - short for a table
MAIL = """From: Salote Veitayaki <salote@glc.example>
Sent: Tuesday, 24 November 2026 4:41 PM
To: members@lists.glc.example
Subject: RE: Agenda 10th General Meeting

Bula everyone,

Thanks for the suggestions, here is the agenda. Tues 8 December,
2.00-4.00pm Fiji / 1.00pm Noumea / 12 noon Brisbane / 10am Manila
(Papeete colleagues: it is still Monday for you, 4pm!)  The link is in the calendar.

  2.00  Welcome, apologies, minutes of 12 March          Akanisi (chair)
  2.10  Open actions, incl. helpline numbers             me
  2.20  Reporting form: what came in, next steps         Rua, Ben      FOR DECISION
  3.55  AOB, date of next meeting (proposal: Thu 11 March 2027)

Papers: the draft follows by 1 Dec. Please send apologies to Rua
by Friday 4 Dec.

Vinaka, Salote

> On 20 Nov 2026, at 11:02, Ben <ben@glc.example> wrote:
> 3.00 Can we have 20 minutes for the form please
"""
AGENDAS = {
    "mail": (
        MAIL,
        [
            ("Welcome, apologies, minutes of 12 March \u2013 Akanisi (chair)", 10, None),
            ("Open actions, incl. helpline numbers \u2013 me", 10, None),
            ("Reporting form: what came in, next steps \u2013 Rua, Ben", 95, D),
            ("AOB, date of next meeting (proposal: Thu 11 March 2027)", 5, None),
        ],
    ),
    "bullets": (
        (
            "Hi all,\n\nPlease find the agenda for our call on Thursday 4 March.\n"
            "Zoom: https://zoom.example/j/1\n\n- Welcome\n"
            "- Hotline figures - Ben, 15 min\n- Membership requests [FOR DECISION]\n\nBest regards,\n"
            "Chidi Okafor\nSecretariat"
        ),
        [("Welcome", None, None), ("Hotline figures - Ben", 15, None), ("Membership requests", None, D)],
    ),
    "capital letters and tabs": (
        (
            "AGENDA \u2013 Board, 5 May 2027, 10:00-11:30\nA. Opening\nB. Budget\tMarta\t20 min\tfor decision\n"
            "C. Any other business"
        ),
        [("Opening", None, None), ("Budget \u2013 Marta", 20, D), ("Any other business", None, None)],
    ),
    "Roman numbers": (
        "Draft agenda\nI. Opening\nII. Policy paper: first reading\nIII. Date of the next meeting",
        [
            ("Opening", None, None),
            ("Policy paper: first reading", None, None),
            ("Date of the next meeting", None, None),
        ],
    ),
    "table": (
        (
            "Time\tItem\tLead\tPurpose\n10:00\tWelcome\tAna (chair)\tInformation\n"
            "10:05\tPilot\tBen and Chidi\tDiscussion\n"
            "10:45\tClose\t\t"
        ),
        [("Welcome \u2013 Ana (chair)", 5, I), ("Pilot \u2013 Ben and Chidi", 40, N), ("Close", None, None)],
    ),
    "past noon": (
        (
            "Dear members,\nThe meeting runs from 11:30 am to 1:30 pm.\n\n11:30 am - Opening - Ana\n12:15 pm - Lunch\n"
            "1:00 pm - Data - Ben - for discussion\n1:20 pm - Closing\n\nMany thanks\nAna"
        ),
        [("Opening - Ana", 90, None), ("Data - Ben", 20, N), ("Closing", 10, None)],
    ),
    "plain list": (
        (
            "Hello everyone!\n\nHere is what I would like to talk about on Monday when we meet.\n\nSafer Internet Day\n"
            "New members\nWebsite\n\nCheers, Ana"
        ),
        [("Safer Internet Day", None, None), ("New members", None, None), ("Website", None, None)],
    ),
    "bullets under times": (
        "14:00 Welcome\n - apologies\n14:10 Budget\n - figures\n14:40 End",
        [("Welcome", 10, None), ("Budget", 30, None)],
    ),
    "French mail": (
        (
            "De : Awa Diop <awa@exemple.example>\nEnvoyé : lundi 3 mai 2027 09:12\nObjet : Ordre du jour\n\n"
            "Chers collègues,\n\n"
            "Voici l'ordre du jour de notre réunion du mardi 11 mai, 14h00-15h30 (heure de Dakar).\n\n"
            "14h00  Accueil et excuses            Awa\n14h10  Adoption du compte rendu      POUR DÉCISION\n"
            "14h20  Rapport d'activité (Oumar)  pour information\n15h20  Divers\n\n"
            "Documents : le budget suit vendredi.\n"
            "Bien cordialement,\nAwa\n\n> Le 30 avr. 2027 à 10:00, Oumar a écrit :\n> 14h00 ne me convient pas"
        ),
        [
            ("Accueil et excuses \u2013 Awa", 10, None),
            ("Adoption du compte rendu", 10, D),
            ("Rapport d'activité (Oumar)", 60, I),
            ("Divers", 10, None),
        ],
    ),
    "French numbers": (
        (
            "Ordre du jour\n1° Approbation du PV (5 min)\n2° Ligne d'écoute \u2013 Awa\n3° Calendrier : à discuter\n"
            "Le lien de connexion sera envoyé la veille."
        ),
        [("Approbation du PV", 5, None), ("Ligne d'écoute \u2013 Awa", None, None), ("Calendrier", None, N)],
    ),
    "Spanish mail": (
        (
            "Asunto: Orden del día\nPara: miembros@listas.example\n\nEstimadas y estimados colegas:\n\n"
            "Orden del día (15:00\u201316:30, hora de Bogotá / 16:00 Santiago / 17:00 Buenos Aires):\n\n"
            "15:00 - 15:10 Bienvenida (Lucía)\n15:10 - 15:40 Plan 2027 \u2014 Lucía y Mateo \u2014 PARA DECISIÓN\n"
            "15:40 Línea de ayuda   Mateo\n16:10 Varios\n\nSaludos cordiales,\nLucía"
        ),
        [
            ("Bienvenida (Lucía)", 10, None),
            ("Plan 2027 \u2014 Lucía y Mateo", 30, D),
            ("Línea de ayuda \u2013 Mateo", 30, None),
            ("Varios", 20, None),
        ],
    ),
    "Spanish plain list": (
        (
            "Orden del día\n\nBienvenida\nInforme (Mateo) - para información\nElección de la junta. PARA DECISIÓN\n\n"
            "Un saludo,\nLucía"
        ),
        [("Bienvenida", None, None), ("Informe (Mateo)", None, I), ("Elección de la junta", None, D)],
    ),
    "Portuguese mail": (
        (
            "Prezados e prezadas,\n\nSegue a pauta da reunião de quinta-feira, 8 de abril, das 9h às 11h:\n\n"
            "09h00 | Abertura | Helena\n09h15 | Aprovação da ata | PARA DECISÃO\n10h45 | Outros assuntos\n\n"
            "Anexos: relatório.\nAtenciosamente,\nHelena"
        ),
        [("Abertura | Helena", 15, None), ("Aprovação da ata", 90, D), ("Outros assuntos", 15, None)],
    ),
    "Portuguese letters": (
        "Ordem do dia\na) Aprovação da ata\nb) Relatório (Rui)\nc) Orçamento - para decisão",
        [("Aprovação da ata", None, None), ("Relatório (Rui)", None, None), ("Orçamento", None, D)],
    ),
    "Arabic mail": (
        (
            "من: ليلى حداد\nالموضوع: جدول أعمال\n\nالزملاء الأعزاء،\n\nنرفق جدول أعمال الاجتماع (١٠:٠٠ - ١١:٣٠):\n\n"
            "١٠:٠٠ الافتتاح (ليلى)\n١٠:١٠ تقرير خط المساعدة\n١٠:٤٠ الميزانية – للقرار\n١١:٢٠ ما يستجد\n\n"
            "مع التحية،\nليلى"
        ),
        [
            ("الافتتاح (ليلى)", 10, None),
            ("تقرير خط المساعدة", 30, None),
            ("الميزانية", 40, D),
            ("ما يستجد", 10, None),
        ],
    ),
    "Arabic letters": (
        "جدول الأعمال\nأ. الافتتاح\nب. اعتماد المحضر (للقرار)\nج. تقرير",
        [("الافتتاح", None, None), ("اعتماد المحضر", None, D), ("تقرير", None, None)],
    ),
    "Arabic numbers": ("١- الترحيب\n٢- الميزانية (١٠ دقائق)", [("الترحيب", None, None), ("الميزانية", 10, None)]),
}


@pytest.mark.parametrize(("text", "items"), AGENDAS.values(), ids=AGENDAS)
def test_only_items_of_agenda_are_read(text, items):
    assert [(line.title, line.minutes, line.purpose) for line in parse_agenda_lines(text)] == items


@pytest.mark.parametrize(
    "line",
    [
        "Discussion of the budget",
        "Decision of the court in May",
        "Information for parents",
        "Thanks to the hosts",
        "De-listing of old numbers",
        "Hello campaign",
        "UNESCO and UNICEF",
        "B. Obama visit",
        "12.30 lunch with the mayor",
        "Best practice, helplines and hotlines",
        "From reports to action",
        "To do",
    ],
)
def test_similar_lines_stay_items(line):
    [*_before, read] = parse_agenda_lines(f"Budget\nElections\n{line}")

    assert read.purpose is None
    assert list_lines_beside_items(f"Budget\nElections\n{line}") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("FOR DECISION: Budget", ("Budget", D)),
        ("Budget (decision)", ("Budget", D)),
        ("Budget, for info", ("Budget", I)),
        ("Budget - para DECISIÓN. Presenta: Ana", ("Budget   Presenta: Ana", D)),
        ("Budget: discussion", ("Budget", N)),
        ("Budget DÉCISION", ("Budget", D)),
        ("Budget decision", ("Budget decision", None)),
        ("DECISION", ("DECISION", None)),
        ("Access to INFORMATION", ("Access to INFORMATION", None)),
        ("Freedom of DISCUSSION", ("Freedom of DISCUSSION", None)),
        ("Fees for DECISION", ("Fees", Part.Purpose.DECISION)),
    ],
)
def test_purpose_is_read_from_place_of_its_own(line, expected):
    assert extract_purpose(line) == expected


def test_items_of_email_are_added_with_presenters_and_purposes(client, coalition, coordinator):
    organisation = OrganisationFactory(coalition=coalition)
    for name in ("Akanisi Tuilagi", "Salote Veitayaki", "Rua Ngatai", "Ben Torvin"):
        AffiliationFactory(organisation=organisation, person=PersonFactory(name=name))
    meeting = create_planned_meeting(coalition)
    client.force_login(coordinator)
    submit_previewed_text(client, meeting, MAIL)
    rows = [(part.title, part.minutes, part.presenter and part.presenter.name) for part in meeting.parts.all()]

    assert [(title, minutes) for title, minutes, _name in rows] == [
        ("Welcome, apologies, minutes of 12 March", 10),
        ("Open actions, incl. helpline numbers", 10),
        ("Reporting form: what came in, next steps", 95),
        ("AOB, date of next meeting (proposal: Thu 11 March 2027)", 5),
    ]
    assert [str(part.presenter) if part.presenter else "" for part in meeting.parts.all()] == [
        "Akanisi Tuilagi",
        "Salote Veitayaki",
        "Rua Ngatai, Ben Torvin",
        "",
    ]
    assert [part.purpose for part in meeting.parts.all()] == ["", "", D, ""]


def test_line_left_out_of_email_can_be_added_back(client, coalition, coordinator):
    client.force_login(coordinator)
    page = client.post(get_paste_url(create_planned_meeting(coalition)), {"text": MAIL}).text

    assert 'value="&gt; 3.00 Can we have 20 minutes for the form please"' in page
    assert ">Add 4 agenda items</button>" in page
    assert Part.objects.count() == 0
