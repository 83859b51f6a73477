"""Rows that say that an organisation has applied: they are asked about, and never silently members."""

import pytest

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.application_wording import says_applied
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.models import Membership, Organisation

COLUMN_HEADINGS = ["Organisation", "Country", "Member since", "Remarks"]


@pytest.mark.parametrize(
    "remark",
    [
        *("applied Jan 2026, deferred by GM 12 March", "pending SC approval Dec", "PENDING", "Pending - see minutes"),
        *("application received 3 May", "applied to join", "has applied for membership", "candidate", "applied 2026"),
        *("membership pending", "not yet a member", "awaiting board decision", "application not yet approved"),
        *("en attente", "en attente d'approbation", "Candidature déposée en mai", "demande d’adhésion", "à l'étude"),
        *("candidature reportée par l'AG", "pas encore membre", "en attente de validation par le bureau"),
        *("pendiente", "pendiente de aprobación", "solicitud en trámite", "ha solicitado su ingreso"),
        *("todavía no es miembro", "pendente", "pendente de aprovação", "a aguardar aprovação da assembleia"),
        *("pedido de adesão", "candidatou-se", "em análise", "ainda não é membro"),
        *("on hold until AGM", "to be approved at next GM", "deferred to next meeting", "new applicant – referees?"),
        *("à valider par le CA", "Adhésion à approuver (AG déc.)", "demande en cours", "attente décision AG"),
        *("en proceso de admisión", "por aprobar en asamblea", "por aprovar na assembleia", "لم تتم الموافقة بعد"),
        *("applied 2024, has not been approved", "pedido de adesão: ainda não foi aprovado", "Not a member yet"),
        *("application pending, joined the mailing list", "Application pending, email confirmed"),
        *("Pending (grant approved)", "candidature non acceptée", "pas encore été admise", "todavía no es admitida"),
        *("solicitud no fue aprobada", "application was never approved", "قيد الدراسة قبل الاجتماع"),
        *("Applied in 2019, the board approved 2020 accounts", "Pending; the board approved the budget"),
        *("قيد الدراسة", "في انتظار الموافقة", "قدمت طلب انضمام", "مؤجلة", "menunggu persetujuan", "calon anggota"),
    ],
)
def test_application_is_recognised(remark):
    assert says_applied(remark)


@pytest.mark.parametrize(
    "remark",
    [
        *("payment pending", "dues pending for 2025", "logo pending", "applied 2019, approved 2020", "no phone"),
        *("applied for a grant in 2024", "fees deferred by one year", "pending payment approval", "chair 2025-26"),
        *("application approved in May", "runs a helpline application", "candidate for the board", "admitted 2021"),
        *(
            "pending: new focal point",
            "visa application pending",
            "wants to join the drafting group",
            "MoU under review",
        ),
        *("membership renewal pending", "chair deferred to vice chair", "candidate aux élections du bureau"),
        *("pendiente: nuevo contacto", "candidata a la junta", "aguarda pagamento", "في انتظار الدفع", "قيد التحديث"),
        *("en attente de paiement", "demande d'adhésion acceptée", "candidature acceptée", "cotisation en attente"),
        *("pago pendiente", "solicitud de ingreso aprobada", "pagamento pendente", "pedido de adesão aprovado"),
        *("applied 2019 and approved by the GM", "application: approved (2020)", "applied 3/5/2019, joined June 2020"),
        *("applied 2019; AG approved 2020", "Applied 2019, the board approved 2020", "Applied 2019, GM approved."),
        *("Applied in 2019, finally approved in 2020", "Candidature 2019, l'AG a approuvé en 2020"),
        *("Solicitud de ingreso 2019; la asamblea la aprobó en 2020", "pedido de adesão 2019; direção aprovou"),
        *("candidature 2019, acceptée en 2020", "candidatura 2019, aceite pela assembleia"),
        *("solicitud presentada, fue aprobada en mayo de 2020", "applied 2019 - has been admitted as observer"),
        *("تمت الموافقة على طلب الانضمام", "طلب شعار جديد", "prefers WhatsApp", "deferred dues", "reports pending"),
    ],
)
def test_other_remarks_are_no_applications(remark):
    assert not says_applied(remark)


def test_long_repetitions_are_read_quickly():
    assert not says_applied("طلب " * 60 + "طلبت قدمت " * 2_000)


@pytest.mark.parametrize(
    ("since", "remark"),
    [
        ("pending", "second referee missing"),
        ("(applied 02/06/2026)", ""),
        ("2026", "deferred by the board"),
        ("en attente", ""),
    ],
)
def test_row_of_an_applicant_is_asked_about_once(import_rows, coordinator, since, remark):
    brought = import_rows(
        ["Quillwort", "Kenya", "2019", ""], ["Sorrel", "Chile", since, remark], heading=COLUMN_HEADINGS
    )
    (question,) = find_import_questions(brought).columns
    assert (question.key, question.numbers, question.suggestion) == ("says-applied", [3], "skip")

    row = brought.rows.get(number=3)
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={},
        answers_by_row={row.pk: RowAnswers(look="known")},
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Quillwort", "Sorrel"}
    members = Membership.objects.exclude(organisation=None)
    assert list(members.values_list("organisation__name", flat=True)) == ["Quillwort"]


def test_date_of_an_application_is_no_first_day(import_rows, coordinator):
    brought = import_rows(["Sorrel", "Chile", "(applied 02/06/2026)", ""], heading=COLUMN_HEADINGS)
    row = brought.rows.get()
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={},
        answers_by_row={row.pk: RowAnswers(look="member")},
    )

    row.refresh_from_db()
    assert [problem["field"] for problem in row.problems] == ["since"]


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("LEFT 30/6/2025 - company closed", "2025-06-30"),
        ("merged into Harbour Trust, 2024", "2024"),
        ("left in March 2024", "2024-03"),
        ("retirada el 30 de junio de 2025", "2025-06-30"),
        ("left June 3, 2024", "2024-06-03"),
    ],
)
def test_last_day_of_a_former_member_is_in_the_remark(import_rows, coordinator, remark, expected):
    brought = import_rows(["Sorrel", "Chile", "2019", remark], heading=COLUMN_HEADINGS)
    decisions = {"rows": {"says-left": "left"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    membership = Membership.objects.exclude(organisation=None).get()
    assert (membership.standing, membership.ends_on.isoformat()[: len(expected)]) == ("left", expected)


@pytest.mark.parametrize(
    ("remark", "reason"),
    [
        (
            "left in June",
            "Enter the last day under “Member until”. The row says that the member has left, but not when.",
        ),
        (
            "left 2024 (joined 2019)",
            "Enter the last day under “Member until”. The row says that the member has left, but not when.",
        ),
        ("left 3/6/2025", "“3/6/2025” could mean 2025-06-03 or 2025-03-06. Enter one of these dates."),
    ],
)
def test_last_day_is_asked_for_if_the_remark_leaves_doubt(import_rows, coordinator, remark, reason):
    brought = import_rows(["Sorrel", "Chile", "2019", remark], heading=COLUMN_HEADINGS)
    decisions = {"rows": {"says-left": "left"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )

    assert brought.rows.get().reason == reason
