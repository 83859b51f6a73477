"""Formal acts and aide-memoires in Spanish: people in prose, numbered agreements, conclusions, moved deadlines."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS, add_apologies

ACT = (
    "ACTA DE LA SESIÓN 04-2026\n\n"
    "Acta de la sesión celebrada el doce de marzo, presidida por la señora Ana Lopes Ruiz, con la asistencia de los"
    " siguientes miembros: en sala, don Ben Okoro (Huerto) y doña Dina Said de la Cruz (Pomar). Ausentes con"
    " justificación: doña Eva Paz Roca (Cerro) y don Iván Sol (Lago).\n\n"
    "ARTÍCULO 1.- Se conoce la propuesta. POR TANTO,\n\n"
    "ACUERDO 1.1.- SE ACUERDA: Aprobar el plan anual de la red. Se instruye al señor Okoro remitir el plan antes del 27"
    " de marzo. Aprobado por unanimidad de los presentes.\n\n"
    "ACUERDO 1.2.- SE ACUERDA: Encargar a la señora Said presentar un borrador antes del 29 de mayo de 2026.\n"
)


def list_entries(text):
    found = add_apologies(read_report(text, language="es")).suggestions
    return [(made.kind, made.actors, made.due) for made in found if made.status != APOLOGIES_STATUS]


def test_formal_act_gives_people_agreements_and_tasks():
    assert list_entries(ACT) == [
        ("attendee", ("Ben Okoro", "Dina Said de la Cruz"), ""),
        ("decision", (), ""),
        ("commitment", ("Okoro",), "antes del 27 de marzo"),
        ("commitment", ("Said",), "antes del 29 de mayo de 2026"),
    ]
    found = add_apologies(read_report(ACT, language="es")).suggestions
    assert [made.actors for made in found if made.status == APOLOGIES_STATUS] == [("Eva Paz Roca", "Iván Sol")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Asisten a la red muchas personas de la costa y de la sierra.",
        "La señora Lopes encarga un pastel para todos.",
        "Se encarga a la imprenta el folleto.",
    ],
)
def test_other_sentences_name_nobody(sentence):
    assert list_entries(f"Acta de la sesión\n\nSe habló del plan de la red y de la cuota.\n\n{sentence}\n") == []


def test_list_of_conclusions_below_a_roman_number_is_decided():
    text = (
        "Ayuda memoria de la mesa\n\nII. Antecedentes\nEn mayo la mesa recibió la versión 1 del plan.\n\n"
        "IV. Conclusiones\n\n- Se valida el plan de la red, versión 2.\n- La mesa no compartirá datos de casos.\n\n"
        "Red de la costa, página 2\n\nV. Matriz de compromisos (incluye arrastre)\n\n"
        "Cód. | Compromiso | Responsable | Plazo\n"
        "A-01 | Elaborar el directorio | A. Lopes | 15/07/26 (reprog. 30/09/26)\n"
    )
    assert list_entries(text) == [
        ("decision", (), ""),
        ("decision", (), ""),
        ("commitment", ("A. Lopes",), "30/09/26"),
    ]


def test_person_away_with_a_reason_in_brackets_sent_apologies():
    table = "Nome | Instituição | Presença\nAna Lopes | Pomar | Sala\nBen Okoro | Horta | Ausente (justificou)\n"
    found = add_apologies(
        read_report(f"Participantes\n\n{table}Dina Said | Lago | Ausente\n", language="pt")
    ).suggestions
    assert [(made.actors, made.status) for made in found] == [
        (("Ana Lopes",), ""),
        (("Ben Okoro",), APOLOGIES_STATUS),
    ]


def test_marked_decision_in_a_later_sentence_of_an_entry_is_found():
    text = "# Grupo, 1 oct 2026\n\nAsistentes: Ben Okoro, Ana Lopes\n\n- Poca gente. DECISIÓN: una reunión al mes.\n"
    assert [kind for kind, _names, _due in list_entries(text)].count("decision") == 1
