"""Consent in columns of a list: whatever is not clearly a yes is asked about."""

import pytest

from jukwaa.coalitions.imports.contact_remarks import find_contact_remarks

OPTED_OUT = "person-opted-out"


def find_remarks(heading, *cells):
    """For each cell under the heading, what it says about the person in the row."""
    table = [["Name", heading], *(["Quillwort", cell] for cell in cells)]
    found = find_contact_remarks(table, range(1, len(table) + 1), ["name", ""], ())
    return [{key for key, rows in found.items() if str(number) in rows} for number in range(2, len(table) + 1)]


@pytest.mark.parametrize("heading", ["GDPR consent", "Consent", "Opt-in status", "Einwilligung"])
@pytest.mark.parametrize(
    "cell",
    [
        *("opted out", "Opt-out", "do not contact", "Not given", "Not consented", "Did not consent", "pending", "no"),
        *("pas de consentement", "sin consentimiento", "nicht erteilt", "☐", "✗", "yes, withdrawn 2025", "tbc", "-"),
        *("unsubscribed", "inactive", "legitimate interest", "لم تعط الموافقة"),
    ],
)
def test_everything_but_a_clear_yes_is_no_consent(heading, cell):
    assert find_remarks(heading, cell) == [{OPTED_OUT}]


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
def test_empty_cell_is_no_consent_if_others_have_an_answer(heading, cells, asked):
    assert find_remarks(heading, *cells)[1] == ({OPTED_OUT} if asked else set())


def test_empty_consent_is_explained(import_rows):
    brought = import_rows(
        ["Quillwort", "a@q.example", "yes"],
        ["Yarrow", "b@y.example", ""],
        heading=["Organisation", "Email", "GDPR consent"],
    )

    assert brought.rows.get(number=2).state == "waiting"
    assert brought.rows.get(number=3).reason == (
        "The row has no answer under “GDPR consent”. This person may not want emails from you. Choose how to import"
        " them."
    )


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
