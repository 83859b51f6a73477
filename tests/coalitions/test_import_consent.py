"""Consent in columns of a list: whatever is not clearly a yes is asked about."""

import pytest

from jukwaa.coalitions.actions import answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.contact_remarks import find_contact_remarks
from jukwaa.coalitions.imports.questions import find_import_questions
from tests.factories import AffiliationFactory

OPTED_OUT, NO_CONSENT = "person-opted-out", "person-no-consent"


def find_remarks(heading, *cells):
    """For each cell under the heading, what it says about the person in the row."""
    table = [["Name", heading], *(["Quillwort", cell] for cell in cells)]
    found = find_contact_remarks(table, range(1, len(table) + 1), ["name", ""], ())
    return [{key for key, rows in found.items() if str(number) in rows} for number in range(2, len(table) + 1)]


@pytest.mark.parametrize("heading", ["GDPR consent", "Consent", "Opt-in status", "Einwilligung"])
@pytest.mark.parametrize(
    "cell",
    [
        *("opted out", "Opt-out", "do not contact", "Not given", "Not consented", "Did not consent", "no"),
        *("pas de consentement", "sin consentimiento", "nicht erteilt", "☐", "✗", "yes, withdrawn 2025"),
        *("unsubscribed", "Withdrawn 2026-07", "Refused", "asked, said no", "لم تعط الموافقة"),
    ],
)
def test_clear_refusal_is_an_opt_out(heading, cell):
    assert find_remarks(heading, cell) == [{OPTED_OUT}]


@pytest.mark.parametrize("heading", ["GDPR consent", "Consent to email", "Einwilligung"])
@pytest.mark.parametrize(
    "cell",
    [
        *("pending", "tbc", "-", "?", "inactive", "legitimate interest", "Not asked", "not yet asked", "asked"),
        *("no answer yet", "awaiting reply", "to be asked", "pas encore", "sin respuesta", "لم يرد"),
    ],
)
def test_open_answer_is_no_refusal(heading, cell):
    assert find_remarks(heading, cell) == [{NO_CONSENT}]


@pytest.mark.parametrize("heading", ["Consent status", "Opt-in status", "Opted in"])
@pytest.mark.parametrize(
    "cell",
    [
        *("Yes", "TRUE", "1", "x", "✓", "☑", "Given", "granted 2024", "2025-03-01", "22/06/2024 0:00", "2019"),
        *("12 May 2019", "Active", "Subscribed", "Opted in", "oui", "Sí", "sim", "ja", "erteilt", "نعم", "да"),
    ],
)
def test_clear_yes_is_consent(heading, cell):
    assert find_remarks(heading, cell) == [set()]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("Opted in", "No"), ("Subscribed", "no"), ("Newsletter", "No"), ("Newsletter", "0")),
        *(("Accepts marketing", "No"), ("Receive emails?", "No"), ("Do not mail", "Yes"), ("Do not contact", "✗")),
        ("Consent withdrawn on", "2025-03-01"),
    ],
)
def test_subscription_columns_are_read(heading, cell):
    assert find_remarks(heading, cell) == [{OPTED_OUT}]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("Newsletter", "monthly"), ("Newsletter", "yes"), ("Do not mail", "No"), ("Unsubscribed", "☐")),
        *(
            ("OPTIN_IP", "192.0.2.1"),
            ("Consent source", "Web form"),
            ("Email status", "subscribed"),
            ("Do not email", "Opted in"),
        ),
    ],
)
def test_other_subscription_cells_say_nothing(heading, cell):
    assert find_remarks(heading, cell) == [set()]


@pytest.mark.parametrize(
    ("heading", "cells", "asked"),
    [
        ("Consent", ["yes", ""], True),
        ("Consent date", ["2024-05-01", ""], True),
        ("Newsletter", ["yes", ""], True),
        ("Newsletter", ["monthly", ""], False),
        ("OPTIN_TIME", ["2024-05-01 10:00:00", ""], False),  # Mailchimp: empty for people whom others have added
        ("Consent", ["", ""], False),
        ("Unsubscribed", ["yes", ""], False),
    ],
)
def test_empty_cell_is_no_answer_if_others_have_one(heading, cells, asked):
    assert find_remarks(heading, *cells)[1] == ({NO_CONSENT} if asked else set())


def test_empty_consent_is_explained(import_rows):
    brought = import_rows(
        ["Quillwort", "a@q.example", "yes"],
        ["Yarrow", "b@y.example", ""],
        heading=["Organisation", "Email", "GDPR consent"],
    )

    assert brought.rows.get(number=2).state == "waiting"
    assert brought.rows.get(number=3).reason == (
        "The row has no answer under “GDPR consent”. The file does not say whether this person agreed to emails. Choose"
        " how to import them."
    )


def test_empty_cells_are_asked_about_apart_from_refusals(import_rows, coalition):
    """Each question says how many rows it is about; an opt-out in another cell of the row counts more."""
    brought = import_rows(
        ["Ana Moss", "a@q.example", "", ""],
        ["Ben Fern", "b@y.example", "", ""],
        ["Cleo Reed", "c@s.example", "Refused", ""],
        ["Dov Hart", "d@s.example", "", "yes"],
        ["Ed Lamb", "e@s.example", "Given", ""],
        heading=["Name", "Email", "Consent to email", "Opted out"],
        kind="people",
    )

    questions = {each.key: each.numbers for each in find_import_questions(brought).columns}
    assert questions == {NO_CONSENT: [2, 3], OPTED_OUT: [4, 5]}


def test_skipped_row_without_answer_is_no_refusal_of_a_member(import_rows, coalition, coordinator):
    ties = [
        AffiliationFactory(organisation__coalition=coalition, person__name=name, person__email=email)
        for name, email in (("Ana Moss", "a@q.example"), ("Cleo Reed", "c@s.example"))
    ]
    brought = import_rows(
        ["Ana Moss", "a@q.example", ""],
        ["Cleo Reed", "c@s.example", "Refused"],
        ["Ed Lamb", "e@s.example", "Given"],
        heading=["Name", "Email", "Consent to email"],
        kind="people",
    )
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={"rows": {NO_CONSENT: "skip", OPTED_OUT: "skip"}},
        answers_by_row={},
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    for tie in ties:
        tie.refresh_from_db()
    assert [tie.no_invitations for tie in ties] == ["", "opted-out"]


@pytest.mark.parametrize("is_first", [True, False])
def test_opt_out_holds_for_all_rows_with_the_address(import_rows, is_first):
    rows = [
        ["Ana Moss-Vale", "Quillwort", "ana@q.example", "checked", ""],
        ["Ana M-Vale", "Quillwort", "ANA@q.example", "", "Given"],
    ]
    brought = import_rows(
        *(rows if is_first else rows[::-1]),
        ["Ed Lamb", "Sedge", "e@s.example", "", "Given"],
        heading=["Name", "Organisation", "Email", "Opted out of email", "Consent to email"],
        kind="people",
    )

    first, second, other = brought.rows.order_by("number")
    assert [row.state for row in (first, second, other)] == ["quarantine", "quarantine", "waiting"]
    quoted = "Row %s is about the same address or person, and says under “Opted out of email”: “checked”."
    assert (second if is_first else first).reason.startswith(quoted % (2 if is_first else 3))


@pytest.mark.parametrize(
    ("organisation", "remarks"), [("Quillwort", {OPTED_OUT: {"2": 3, "3": -2}}), ("Sedge", {OPTED_OUT: {"2": 3}})]
)
def test_opt_out_holds_for_the_person_in_the_organisation(organisation, remarks):
    table = [
        ["Name", "Organisation", "Email", "Unsubscribed"],
        ["Ana Moss", "Quillwort", "ana@q.example", "yes"],
        ["Moss, Ana", organisation, "moss@home.example", ""],
        ["Ana", organisation, "other@home.example", ""],
    ]
    found = find_contact_remarks(table, [1, 2, 3, 4], ["person", "organisation", "email", ""], ())

    assert found == remarks


@pytest.mark.parametrize(
    "note",
    [
        *(
            "asked by phone 3/9 to be taken off ALL mailings, invites only by WhatsApp",
            "Please remove from mailing list",
        ),
        *(
            "remove her from all our email lists",
            "no more e-mails please",
            "does not want any emails",
            "off all mailings",
        ),
        *(
            "asked not to be contacted",
            "stop emailing",
            "ne veut plus aucun mailing",
            "retirer de la liste de diffusion",
        ),
        *("quitar de la lista de correos", "retirar da lista de emails", "aus dem Verteiler nehmen"),
        "حذفه من القائمة",
        *("NO MORE MAILS PLEASE, call instead", "do not add to partners mailings", "no mails", "No mail please"),
        *("no mailings", "please don't add him to the mailing list", "never add to our newsletter"),
    ],
)
def test_note_asks_for_no_more_emails(note):
    assert find_remarks("Notes", note) == [{OPTED_OUT}]


@pytest.mark.parametrize(
    "note",
    [
        *("removed from the list of speakers", "taken off the board", "wants more emails", "add to all mailings"),
        *("takes minutes off site", "email from the ministry list", "retirer les badges", "quitar acentos"),
        *("does not want a printed copy", "private address, use work one"),
        *("no mail since May", "mail him at work", "no more mails since May", "do not add to the panel"),
        *("there is no mail", "no mail on Fridays", "no more mail problems"),
    ],
)
def test_other_note_says_nothing_about_emails(note):
    assert find_remarks("Notes", note) == [set()]


def test_withdrawn_consent_is_no_departure(import_rows):
    brought = import_rows(
        ["Ana Moss", "a@q.example", "Withdrawn 2026-07"],
        ["Ed Lamb", "e@s.example", "Given"],
        heading=["Name", "Email", "Consent to email"],
        kind="people",
    )

    assert [problem["text"] for problem in brought.rows.get(number=2).problems] == [OPTED_OUT]


@pytest.mark.parametrize(
    "heading",
    [
        "Consentimiento directorio público (custom_7)",
        "Consent: public directory",
        "Consentement annuaire",
        "موافقة الدليل",
    ],
)
def test_consent_to_directory_is_no_consent_to_emails(heading):
    assert find_remarks(heading, "yes", "", "no") == [set(), {"person-not-listed"}, {"person-not-listed"}]


@pytest.mark.parametrize("heading", ["Consent to directory and emails", "Consentement annuaire et courriels"])
def test_consent_to_directory_and_emails_is_asked_about(heading):
    assert find_remarks(heading, "no") == [{OPTED_OUT}]


def test_preview_says_what_an_answer_about_the_directory_means(import_rows):
    brought = import_rows(
        ["Quillwort", "Ana Moss", "yes"],
        ["Yarrow", "Ben Fern", ""],
        ["Sedge", "Cleo Reed", "no"],
        heading=["Organisation", "Contact person", "Consent to public directory"],
    )
    unseen = "Visitors will not see this person's name, unless the person chooses to show it."

    assert [row.state for row in brought.rows.all()] == ["waiting"] * 3
    assert [row.notes[:2] for row in brought.rows.all()] == [
        [],
        ["The row has no answer under “Consent to public directory”.", unseen],
        ["The row says under “Consent to public directory”: “no”.", unseen],
    ]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("Archive", "Box 12"), ("Notes", "new job title: director"), ("Notes", "has retired from board")),
        *(("Notes", "Focus: work with people under 18"), ("Notes", "enfants de moins de 18 ans")),
        *(("Notes", "girls aged 15 to 17"), ("Target group", "Under 18"), ("Notas", "trabajo con menores de 18")),
        ("Notes", "hotline for every person under 18"),
    ],
)
def test_harmless_words_suggest_nothing(heading, cell):
    assert find_remarks(heading, cell) == [set()]


@pytest.mark.parametrize(
    ("heading", "cell", "remark"),
    [
        *(("Archived", "Yes", "person-deleted"), ("Notes", "Ms Moss has retired", "person-left")),
        *(("Notes", "new job 2024", "person-left"), ("Notes", "has a new job at UNESCO", "person-left")),
        *(("Notes", "she is under 18", "person-under-18"), ("Notes", "youth delegate aged 17", "person-under-18")),
        *(("Notes", "Aroha (under 18)", "person-under-18"), ("Notas", "es menor de edad", "person-under-18")),
    ],
)
def test_words_about_the_person_are_still_read(heading, cell, remark):
    assert find_remarks(heading, cell) == [{remark}]
