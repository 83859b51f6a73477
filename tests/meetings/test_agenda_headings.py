"""What a pasted agenda says beside its items: its title, date and chair, and remarks that few should read."""

import pytest
from django.urls import reverse

from jukwaa.meetings.agenda_headings import find_private_remarks
from jukwaa.meetings.agenda_lines import list_lines_beside_items, parse_agenda_lines
from jukwaa.meetings.models import Part
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting
from tests.meetings.test_agenda_pasting import get_paste_url, get_preview_value

AGENDA = """COMITÉ DIRECTIVO / STEERING GROUP — ORDEN DEL DÍA (para pegar)
miércoles 14 de enero de 2027, 15:00–17:00 hora de París (14:00 UTC), en línea (Webex)
Preside: Marta. Actas: Théo (si sigue) / Inés

1. Bienvenida, excusas                                             5'
2. Acta de Dakar, 24 sept. 2026 — para aprobar  [doc 1]            10'  Marta
3. Cotisations impayées — ¿suspender a CNP?  DECISIÓN              15'  Solène  [doc 2, confidencial]
4. Plataforma Cometa: propuesta de colaboración                    20'  Inés; la observadora sale de la sala
Próxima reunión: ¿marzo?, se decide allí

Los documentos salen el jueves 7 de enero.
"""


@pytest.fixture
def meeting(coalition):
    return create_planned_meeting(coalition)


@pytest.fixture
def people(coalition):
    organisation = OrganisationFactory(coalition=coalition)
    for name in ("Marta Soriano", "Solène Guivarch", "Inés Collado"):
        AffiliationFactory(organisation=organisation, person=PersonFactory(name=name))


def test_lines_beside_items_of_numbered_agenda_are_left_out():
    assert [(line.title, line.minutes) for line in parse_agenda_lines(AGENDA)][:2] == [
        ("Bienvenida, excusas", 5),
        ("Acta de Dakar, 24 sept. 2026 — para aprobar [doc 1] – Marta", 10),
    ]
    assert len(parse_agenda_lines(AGENDA)) == 4
    assert [line[:12] for line in list_lines_beside_items(AGENDA)] == [
        "COMITÉ DIREC",
        "miércoles 14",
        "Preside: Mar",
        "Próxima reun",
        "Los document",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Agenda",
        "Draft agenda – Steering Group",
        "Ordre du jour : comité de pilotage",
        "Ordem do dia",
        "جدول الأعمال",
        "Chair: Marta",
        "Présidence : Marta",
        "Presidente: Marta",
        "الرئيس: مرتا",
        "Next meeting: 3 March",
        "Prochaine réunion : le 3 mars",
        "Próxima reunião: 3 de março",
        "الاجتماع القادم: 3 مارس",
        "Thursday 14 January 2027, 15:00–17:00",
        "14 janvier 2027, 15h–17h",
        "January 14, 2027",
        "quinta-feira, 14 de janeiro",
        "14/01/2027",
        "Morning session:",
    ],
)
def test_heading_date_and_chair_are_no_items(line):
    assert [each.title for each in parse_agenda_lines(f"{line}\nBudget\nElections")] == ["Budget", "Elections"]


@pytest.mark.parametrize(
    "line",
    [
        "Adoption of the agenda",
        "Minutes of 24 September 2026",
        "Next meeting",
        "10. Next meeting: to be agreed",
        "Friday prayers and the calendar",
        "May 2027 assembly",
        "Agenda 2030",
    ],
)
def test_similar_items_stay_items(line):
    assert list_lines_beside_items(f"{line}\nBudget") == []


@pytest.mark.parametrize(
    "text",
    [
        "1. Welcome\n2. Review of standards 5.12, 5.13 and 5.14\n3. Session 1 (09:00-10:30 / break 10:45)",
        "Welcome\nReview of standards 5.12, 5.13 and 5.14\nBudget",
        "Welcome\n- Apologies\n- Last minutes\n- New members\nBudget\nElections\nAOB",
        "Welcome\nBudget\nThank you\nElections\nAOB",
        "09:00 Welcome\n09:15 Budget\nLunch\n13:00 Elections\nAny other business",
        "Welcome\n\nBudget\n\nThank you\n\nElections\n\nAOB",
    ],
)
def test_agenda_has_no_lines_beside_its_items(text):
    assert list_lines_beside_items(text) == []


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Agenda points\n- Welcome\n- Budget\n- AOB\nSee you there", ["Agenda points", "See you there"]),
        ("Welcome\nBudget\nThank you\nAna", ["Thank you", "Ana"]),
        ("Welcome\nBudget\nThank you,\nAna\nElm Farm\nHill Road", ["Thank you,", "Ana", "Elm Farm", "Hill Road"]),
        (
            "Welcome\nBudget\n\nThank you\n\nAna Paz\nCoordinator\nElm Farm",
            ["Thank you", "Ana Paz", "Coordinator", "Elm Farm"],
        ),
        (
            "Welcome\nBudget\nMerci\nAna\nCoordinator\n+33 1 23 45 67 89",
            ["Merci", "Ana", "Coordinator", "+33 1 23 45 67 89"],
        ),
        ("- Welcome\n- Budget\nMerci\nAna\nCoordinator\nElm Farm", ["Merci", "Ana", "Coordinator", "Elm Farm"]),
        (
            "15:00 Paris / 14:00 London / 09:00 New York\nBudget\nElections",
            ["15:00 Paris / 14:00 London / 09:00 New York"],
        ),
        ("09:00 Welcome\nAna, Ben\n09:15 Budget\n13:00 Elections", ["Ana, Ben"]),
    ],
)
def test_lines_that_only_resemble_items_are_left_out(text, beside):
    assert list_lines_beside_items(text) == beside


@pytest.mark.parametrize(
    ("title", "remarks"),
    [
        ("Fees [doc 2, confidencial]", ["doc 2, confidencial"]),
        ("Cometa; la observadora sale de la sala", ["la observadora sale de la sala"]),
        ("Budget (confidential)", ["confidential"]),
        ("Contrat : à huis clos", ["Contrat : à huis clos"]),
        ("عقد (سري)", ["سري"]),
        ("Internet access [doc 1]", []),
    ],
)
def test_private_remarks_are_found(title, remarks):
    assert list(find_private_remarks(title)) == remarks


def test_preview_finds_presenters_before_remarks_and_points_remarks_out(client, coordinator, meeting, people):
    client.force_login(coordinator)
    preview = client.post(get_paste_url(meeting), {"text": AGENDA})
    items = preview.context["form"].pasted_items

    assert [(item.title[-28:], item.presenter_name) for item in items[1:]] == [
        ("2026 — para aprobar [doc 1]"[-28:].rjust(28), "Marta Soriano"),
        ("r a CNP? [doc 2, confidencial]"[-28:], "Solène Guivarch"),
        ("la observadora sale de la sala"[-28:], "Inés Collado"),
    ]
    assert "These words will be in every invitation" in preview.text
    assert "<li><bdi>doc 2, confidencial</bdi></li>" in preview.text
    assert "<li><bdi>la observadora sale de la sala</bdi></li>" in preview.text
    assert "Planned: 50 minutes." in preview.text


def test_line_left_out_is_shown_and_can_be_added_back(client, coordinator, meeting):
    client.force_login(coordinator)
    preview = client.post(get_paste_url(meeting), {"text": AGENDA})
    added = {"text": AGENDA, "added_lines": ["Próxima reunión: ¿marzo?, se decide allí"]}
    again = client.post(get_paste_url(meeting), {**added, "previewed": get_preview_value(preview)})

    assert "Lines left out" in preview.text
    assert 'value="Los documentos salen el jueves 7 de enero."' in preview.text
    assert ">Add 5 agenda items</button>" in again.text
    assert not Part.objects.exists()

    client.post(get_paste_url(meeting), {**added, "previewed": get_preview_value(again)})
    assert Part.objects.last().title == "Próxima reunión: ¿marzo?, se decide allí"


def test_added_line_that_was_edited_away_is_ignored(client, coordinator, meeting):
    client.force_login(coordinator)
    text = AGENDA.replace("Próxima", "Siguiente")
    preview = client.post(get_paste_url(meeting), {"text": text, "added_lines": ["Próxima reunión: ¿marzo?"]})

    assert ">Add 4 agenda items</button>" in preview.text


def test_text_of_headings_alone_is_refused_and_its_lines_can_be_added(client, coordinator, meeting):
    client.force_login(coordinator)
    answer = client.post(reverse("meetings:agenda_paste", args=["ours", meeting.pk]), {"text": "Agenda"})

    assert "Enter at least one agenda item." in answer.text
    assert 'value="Agenda"' in answer.text
