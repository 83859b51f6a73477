"""Remarks that say that a person left, or that an organisation ended."""

import pytest

from jukwaa.coalitions.imports.contact_remarks import find_contact_remarks
from jukwaa.coalitions.imports.departure_wording import says_left, says_organisation_ended, says_person_left
from jukwaa.coalitions.imports.row_wording import find_rows_by_wording


@pytest.mark.parametrize(
    "remark",
    [
        *("a quitté l'asso. fin juin 2026", "A quitté l’association", "n'est plus chez nous", "N’est plus en poste"),
        *("ne fait plus partie de l'équipe", "partie à la retraite", "a démissionné"),
        *("ya no trabaja", "Ya no está con nosotros", "salió de la fundación", "dejó el cargo", "se jubiló en mayo"),
        *("no longer with us", "no longer with Bright Trust", "left the charity in May", "no longer at the NGO"),
        *("saiu da associação", "já não trabalha aqui", "deixou a organização", "não está mais conosco"),
        *("غادرت الجمعية", "لم تعد تعمل معنا", "استقال من المنظمة", "ترك العمل"),
    ],
)
def test_person_who_left_is_recognised(remark):
    assert says_person_left(remark)


@pytest.mark.parametrize(
    "remark",
    [
        *("left in June", "left at the end of May 2026", "has left", "resigned 3 March", "left"),
        *("parti juin 2026", "partie fin juin", "Parti le 3 mai", "a quitté en 2025", "parti"),
        *("se fue en junio", "salió a fines de mayo de 2025", "saiu", "saiu em junho", "já saiu", "غادر في يونيو"),
    ],
)
def test_departure_on_a_day_is_recognised(remark):
    assert says_left(remark)


@pytest.mark.parametrize(
    "remark",
    [
        *("asbl dissoute", "asbl dissoute au 31.12.2025 !! fiche à clôturer", "association fermée", "fermée en 2024"),
        *("a cessé ses activités", "n'existe plus", "en liquidation judiciaire"),
        *("disuelta", "Disuelta en asamblea 2024", "cerró sus puertas", "ya no existe", "cerrada en 2023"),
        *("closed down", "closed down in 2024", "wound up", "was wound up in March 2024", "ceased operations"),
        *("extinta", "associação extinta em 2025", "encerrou atividades", "dissolvida", "encerrada em 2024"),
        *("تم حل الجمعية", "توقفت عن العمل", "الجمعية مغلقة"),
    ],
)
def test_organisation_that_ended_is_recognised(remark):
    assert says_organisation_ended(remark)


@pytest.mark.parametrize(
    "remark",
    [
        *("left a message", "left 3 messages", "left a voicemail on 3 June", "left-hand column", "what is left to do"),
        *("partie prenante", "parti politique", "partie 2 du formulaire", "a quitté la réunion à 15 h", "en partie"),
        *("fait partie de l'équipe depuis 2019", "cotisation n'est plus à jour", "liste fermée", "fermée en août"),
        *("groupe de travail dissous", "bureau fermé le lundi", "quitte ou double"),
        *("saiu na imprensa", "saiu um artigo em junho", "deixou um recado", "inscrições encerradas em 2024"),
        *("dejó un mensaje", "dejó de pagar la cuota", "convocatoria cerrada en 2026", "grupo de trabajo disuelto"),
        *("no longer with the same phone number", "no longer with a fax", "closed the ticket", "closed for the summer"),
        *(
            "we wound up the discussion",
            "shut down the old website",
            "the committee dissolved in May",
            "open and closed",
        ),
        *("ترك رسالة", "membre fondateur", "renovó el 15/01/2026", "baja velocidad de internet"),
    ],
)
def test_other_remarks_say_nothing_about_a_departure(remark):
    assert [says_person_left(remark), says_left(remark), says_organisation_ended(remark)] == [False] * 3


def find_remarks_of_members(remark):
    table = [["Organisation", "Note(s)"], ["Quillwort", remark]]
    contacts = find_contact_remarks(table, [1, 2], ["name", ""], ())
    return [*contacts, *find_rows_by_wording(table, [1, 2], ["name", ""], ())]


def find_remarks_of_subscribers(remark):
    table = [["Email", "Remarque"], ["a@q.example", remark]]
    return [*find_contact_remarks(table, [1, 2], ["email", ""], ())]


@pytest.mark.parametrize(
    ("remark", "of_member"),
    [
        ("a quitté l'asso. fin juin 2026", "person-left"),
        ("left in June", "says-left"),
        ("parti juin 2026", "says-left"),
        ("asbl dissoute au 31.12.2025 !! fiche à clôturer", "says-left"),
    ],
)
def test_departure_is_asked_about_in_each_import(remark, of_member):
    assert find_remarks_of_members(remark) == [of_member]
    assert find_remarks_of_subscribers(remark) == ["person-left"]


def test_departed_subscriber_is_not_imported_without_an_answer(import_rows):
    brought = import_rows(
        ["k@q.example", "parti juin 2026"],
        ["m@q.example", "asbl dissoute"],
        heading=["EMAIL", "REMARQUE"],
        kind="people",
    )

    assert [row.state for row in brought.rows.all()] == ["quarantine", "quarantine"]
    assert brought.rows.get(number=2).reason == (
        "The row says under “REMARQUE”: “parti juin 2026”. This person may have left the organisation. Choose"
        " whether to import this person."
    )
