"""What exports say about contact people: opted out, bounced, deleted, left, under 18. It is asked once for the file."""

import pytest

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.contact_remarks import find_contact_remarks
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.imports.row_wording import find_rows_by_wording
from jukwaa.coalitions.models import Affiliation, Organisation

COLUMN_HEADINGS = ["Account Name", "First Name", "Last Name", "Email", "HasOptedOutOfEmail", "Notes"]


def find_remarks(heading, cell):
    return set(find_contact_remarks([["Name", heading], ["Quillwort", cell]], [1, 2], ["name", ""], ()))


@pytest.mark.parametrize(
    ("heading", "cell", "remark"),
    [
        ("HasOptedOutOfEmail", "1", "person-opted-out"),  # Salesforce
        ("Email Opt Out", "TRUE", "person-opted-out"),
        ("GDPR_Consent__c", "FALSE", "person-opted-out"),
        ("GDPR_Consent__c", "withdrawn 11/2025", "person-opted-out"),
        ("IsDeleted", "1", "person-deleted"),
        ("EmailBouncedReason", "550 5.1.1 user unknown", "person-bounced"),
        ("Unsubscribed from all email", "true", "person-opted-out"),  # HubSpot
        ("Email hard bounce reason", "OTHER", "person-bounced"),
        ("Do Not Email", "Yes", "person-opted-out"),  # CiviCRM
        ("No Bulk Emails (User Opt Out)", "Yes", "person-opted-out"),
        ("Contact Is Deceased", "Yes", "person-deleted"),
        ("UNSUB_TIME", "2025-03-01 10:00:00", "person-opted-out"),  # Mailchimp
        ("CLEAN_TIME", "2025-03-01 10:00:00", "person-bounced"),
        ("BLOCKLISTED", "Yes", "person-opted-out"),  # Brevo
        ("emailBlacklisted", "true", "person-opted-out"),
        *((heading, "x", "person-opted-out") for heading in ("Blacklisted", "Opt-out", "Désabonné", "Baja")),
        *((heading, "1", "person-opted-out") for heading in ("Do Not Contact", "Unsubscribed", "Liste noire")),
        ("Email status", "Unsubscribed", "person-opted-out"),
        ("Email status", "bounced", "person-bounced"),
        ("Consentement RGPD", "Non", "person-opted-out"),
        ("Consentimiento", "retirado", "person-opted-out"),
        ("Einwilligung", "nein", "person-opted-out"),
        ("الموافقة", "لا", "person-opted-out"),
        ("Согласие", "отозвано", "person-opted-out"),
        ("Description", "invoices only! do NOT add to mailings", "person-opted-out"),
        ("Description", "unsubscribed from newsletter 02/2026", "person-opted-out"),
        ("Remarks", "Do not contact", "person-opted-out"),
        ("Description", "dup", "person-deleted"),
        ("Description", "Borrar", "person-deleted"),
        ("Tag", "registro de prueba", "person-deleted"),
        ("Description", "left org 2024", "person-left"),
        ("Observations", "ne travaille plus chez nous", "person-left"),
        ("Observations", "N'est plus en poste", "person-left"),
        ("Remarques", "a quitté l’organisation en 2024", "person-left"),
        ("Notas", "ya no trabaja en la fundación", "person-left"),
        ("ملاحظات", "لم يعد يعمل في المنظمة", "person-left"),
        ("Description", "under 18 - contact only via Aroha", "person-under-18"),
    ],
)
def test_remark_is_recognised_and_not_about_the_organisation(heading, cell, remark):
    table = [["Name", heading], ["Quillwort", cell]]

    assert find_remarks(heading, cell) == {remark}
    assert find_rows_by_wording(table, [1, 2], ["name", ""], ()) == {}


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("BLOCKLISTED", "No"), ("Blacklisted", "false"), ("Baja", "no"), ("Désabonné", "non"), ("Baja", "")),
        ("HasOptedOutOfEmail", "0"),
        ("HasOptedOutOfEmail", "FALSE"),
        ("HasOptedOutOfEmail", ""),
        ("GDPR_Consent__c", "TRUE"),
        ("GDPR_Consent__c", "parental consent on file"),
        ("Consent_Date__c", "22/06/2024"),
        ("Email bounces", "0"),
        ("IsDeleted", "No"),
        ("Notes", "second affiliation, main = Wanjala"),
        ("Notes", "maternity leave until Jan 2027"),
        ("Notes", "left in 2023 (org closed its online programme)"),
        ("Notes", "contract ends 31.12.2026"),
        ("Notes", "Sends a newsletter to members"),
        ("Opt-in", "Yes"),
    ],
)
def test_ordinary_cells_say_nothing_about_the_person(heading, cell):
    assert find_remarks(heading, cell) == set()


@pytest.mark.parametrize(
    ("mapping", "hidden"), [(["name", "position", ""], ()), (["name", "", ""], (1, 2)), (["name", "", ""], (2,))]
)
def test_imported_and_hidden_columns_say_only_who_opted_out(mapping, hidden):
    table = [["Name", "Position", "Do not contact"], ["Quillwort", "unsubscribed", "yes"], ["Yarrow", "bounced", "no"]]

    found = find_contact_remarks(table, [1, 2, 3], mapping, hidden)

    assert found.pop("person-opted-out") == {"2": 1}
    assert found == ({"person-bounced": {"3": 1}} if mapping[1] == "" and 1 not in hidden else {})


def test_imported_address_is_no_remark():
    table = [["Name", "Email"], ["Quillwort", "do-not-email@example.org"], ["Yarrow", "a@example.org (unsubscribed)"]]

    assert find_contact_remarks(table, [1, 2, 3], ["name", "email"], ()) == {"person-opted-out": {"3": 1}}


ROWS = [
    ["Quillwort", "Ana", "Vidal", "ana@quillwort.example", "1", ""],
    ["Harebell", "Bo", "Lind", "bo@harebell.example", "0", "left org 2024"],
    ["Bryony", "Cy", "Moss", "cy@bryony.example", "0", "dup"],
    ["Sorrel", "Di", "Rowe", "di@sorrel.example", "0", "mailbox full"],
    ["Yarrow", "Ed", "Hume", "ed@yarrow.example", "0", ""],
]
SUGGESTED = {
    "person-deleted": "skip",
    "person-left": "no-person",
    "person-opted-out": "no-invitation",
    "person-bounced": "no-invitation",
}


def test_each_remark_is_asked_once_with_a_careful_suggestion(import_rows):
    brought = import_rows(*ROWS, heading=COLUMN_HEADINGS)
    questions = find_import_questions(brought)

    assert {each.key: (each.kind, each.numbers, each.suggestion) for each in questions.columns} == {
        "person-opted-out": ("person", [2], "no-invitation"),
        "person-left": ("person", [3], "no-person"),
        "person-deleted": ("person", [4], "skip"),
        "person-bounced": ("person", [5], "no-invitation"),
    }
    assert brought.rows.get(number=3).reason == (
        "The row says under “Notes”: “left org 2024”. This person may have left the organisation. Choose whether"
        " to import this person."
    )


def test_answers_for_the_file_are_imported(import_rows, coordinator):
    brought = import_rows(*ROWS, heading=COLUMN_HEADINGS)
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={"rows": SUGGESTED}, answers_by_row={}
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert set(Organisation.objects.values_list("name", flat=True)) == {"Quillwort", "Harebell", "Sorrel", "Yarrow"}
    ties = Affiliation.objects.order_by("person__name").values_list("person__name", "no_invitations")
    assert list(ties) == [("Ana Vidal", "opted-out"), ("Di Rowe", "bounced"), ("Ed Hume", "")]
    assert brought.rows.get(number=2).notes == [
        "The row says under “HasOptedOutOfEmail”: “1”.",
        "We will import the contact person, but not select this person for invitations.",
    ]


def test_one_row_is_answered_differently_on_the_page(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(*ROWS, heading=COLUMN_HEADINGS)
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    lines = client.get(url).context["column_lines"]
    row = brought.rows.get(number=3)
    for_the_file = {line.control.html_name: line.control.value() for line in lines}
    client.post(url, for_the_file | {f"row{row.pk}-person-{row.problems[0]['text']}": "keep"})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert not brought.rows.filter(state="quarantine").exists()
    assert set(Affiliation.objects.values_list("person__name", flat=True)) == {
        "Ana Vidal",
        "Bo Lind",
        "Di Rowe",
        "Ed Hume",
    }


def test_bare_departure_may_be_that_of_the_person(import_rows, coordinator):
    brought = import_rows(["Quillwort", "Ana", "Vidal", "a@q.example", "0", "left 2024"], heading=COLUMN_HEADINGS)
    row = brought.rows.get()
    assert "the organisation or its contact person has left" in row.reason
    answers = {row.pk: RowAnswers(look="no-person")}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answers
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert Organisation.objects.get().memberships.get().standing == "active"
    assert not Affiliation.objects.exists()


def test_same_person_with_two_addresses_is_asked_about(import_rows, coordinator):
    heading = ["Organisation", "Contact person", "Email"]
    brought = import_rows(
        ["Leuchtboje", "Heike Dünenbrink", "duenenbrink@leuchtboje.example"],
        ["Leuchtboje", "Heike Duenenbrink", "heike@leuchtboje.example"],
        ["Yarrow", "Heike Dünenbrink", "h@yarrow.example"],
        heading=heading,
    )
    row = brought.rows.get(number=3)
    assert row.reason.endswith(
        "“Heike Duenenbrink” is in row 2 with another email address: duenenbrink@leuchtboje.example. Choose which to"
        " import."
    )
    decisions = {"rows": {"repeated": "combine", "person-same": "no-person"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    brought.refresh_from_db()
    assert not brought.rows.filter(state="quarantine").exists()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    ties = Affiliation.objects.order_by("organisation__name").values_list("organisation__name", "person__email")
    assert list(ties) == [("Leuchtboje", "duenenbrink@leuchtboje.example"), ("Yarrow", "h@yarrow.example")]


@pytest.mark.parametrize(
    ("first", "second", "is_asked"),
    [
        *(("Achieng Odero", "Achieng O.", True), ("A. Odero", "Achieng Odero", True)),
        *(("Achieng Mary Odero", "Achieng Odero", True), ("Achieng Odero", "Akinyi Odero", False)),
        *(("Achieng Odero", "Achieng Otieno", False), ("Achieng Odero", "Achieng", False)),
    ],
)
def test_shortened_name_in_combined_row_is_asked_about(import_rows, first, second, is_asked):
    brought = import_rows(
        ["Leuchtboje", first, "a@leuchtboje.example"],
        ["Leuchtboje", second, "info@leuchtboje.example"],
        ["Yarrow", "Achieng O.", "a@yarrow.example"],
        heading=["Organisation", "Contact person", "Email"],
    )

    row = brought.rows.get(number=3)
    asked = f"“{second}” may be “{first}” in row 2, who has another email address: a@leuchtboje.example."
    assert (asked in row.reason) is is_asked
    assert brought.rows.get(number=4).state == "waiting"
