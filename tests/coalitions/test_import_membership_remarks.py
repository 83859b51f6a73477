"""Remarks that say that a membership is suspended, that a withdrawal was requested, or that a row is no member."""

import pytest

from jukwaa.coalitions.imports.row_wording import find_rows_by_wording

LEAVING, APPLYING = "says-left", "says-applied"


def find_meanings(remark):
    table = [["Organisation", "Remarks"], ["Quillwort", remark]]
    return {*find_rows_by_wording(table, [1, 2], ["name", ""], ())}


@pytest.mark.parametrize(
    "remark",
    [
        *("retrait demandé par courrier le 3/11/26 - voir COPIL", "a demandé son retrait", "Retrait annoncé"),
        *("withdrawal requested", "announced its withdrawal in May", "retiro solicitado", "solicitó su baja"),
        *("Baja voluntaria", "Baja voluntaria de la red", "withdrawal announced of the organisation"),
        *("saída pedida em maio", "pediu a sua desfiliação", "طلبت الانسحاب"),
        *("suspendu : cotisation 2025 et 2026 impayées. Relancée x3", "suspendue depuis mars", "Suspended"),
        *(
            "membership suspended until the AGM",
            "suspendida",
            "suspenso (quotas)",
            "adhésion suspendue",
            "العضوية موقوفة",
        ),
    ],
)
def test_suspension_and_withdrawal_are_asked_about(remark):
    assert find_meanings(remark) == {LEAVING}


@pytest.mark.parametrize(
    "remark",
    [
        *("pas un membre !", "Pas membre", "non membre", "n'est pas membre de la coalition", "not a member"),
        *("this is not a member (secretariat)", "not a member of the coalition", "no es miembro", "No miembro"),
        *("não é membro", "não membro", "ليست عضوا", "غير عضو"),
    ],
)
def test_row_of_no_member_is_asked_about(remark):
    assert find_meanings(remark) == {APPLYING}


@pytest.mark.parametrize(
    "remark",
    [
        *("retrait des badges à l'accueil", "retrait demandé de la photo", "paiement suspendu", "project suspended"),
        *("Withdrawal announced of the sponsor", "Baja voluntaria de la directora", "Saída pedida da diretora"),
        *("suspended ceilings", "their bank suspended payments", "retiro espiritual en mayo", "levantamento pedido"),
        *("not a member of the steering group", "pas membre du COPIL", "n'est pas membre d'ECPAT", "non-member states"),
        *("no es miembro de la junta", "não é membro do conselho", "membre du bureau", "pas de réponse"),
    ],
)
def test_other_remarks_say_nothing_about_membership(remark):
    assert find_meanings(remark) == set()
