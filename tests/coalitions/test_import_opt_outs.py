"""People who opted out according to a row are left out of "Everyone", also if the row or its person is skipped."""

from datetime import timedelta

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import answer_questions_of_import, import_ready_rows, undo_import
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.models import Affiliation, ListEntry, Membership
from jukwaa.core.dates import get_utc_date
from jukwaa.updates.invitation_recipients import load_recipients
from tests.factories import AffiliationFactory

COLUMN_HEADINGS = ["Organisation", "Contact person", "Email", "Unsubscribed"]


@pytest.fixture
def answer_and_import(coordinator):
    def answer_rows(brought, **row_decisions):
        decisions = {"rows": {key.replace("_", "-"): answer for key, answer in row_decisions.items()}}
        answer_questions_of_import(
            actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
        )
        brought.refresh_from_db()
        assert not brought.rows.filter(state="quarantine").exists()
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    return answer_rows


def get_everyone(coalition):
    recipients = load_recipients(coalition, list(Person.objects.exclude(name="")))
    return {each.person.name for each in recipients if each.is_included_in_everyone}


@pytest.mark.parametrize("opted_out_row", [0, 1])
def test_same_person_in_two_rows_opted_out_in_either(
    import_rows, coalition, coordinator, answer_and_import, opted_out_row
):
    rows = [
        ["Leuchtboje", "Heike Dünenbrink", "a@leuchtboje.example", ""],
        ["Leuchtboje", "Duenenbrink, Heike", "b@leuchtboje.example", ""],
    ]
    rows[opted_out_row][3] = "yes"
    brought = import_rows(*rows, heading=COLUMN_HEADINGS)
    answer_and_import(brought, repeated="combine", person_opted_out="no-invitation", person_same="no-person")

    tie = Affiliation.objects.get()
    assert (tie.person.email, tie.no_invitations) == ("a@leuchtboje.example", "opted-out")
    assert "Heike Dünenbrink" not in get_everyone(coalition)
    undo_import(actor=coordinator, spreadsheet_import=brought)
    assert not Affiliation.objects.exists()


def test_same_person_whom_the_directory_has_under_another_name(import_rows, coalition, answer_and_import):
    tie = AffiliationFactory(
        organisation__coalition=coalition,
        organisation__name="Leuchtboje",
        person__name="H. Dünenbrink",
        person__email="a@leuchtboje.example",
    )
    brought = import_rows(
        ["Leuchtboje", "Heike Dünenbrink", "a@leuchtboje.example", ""],
        ["Leuchtboje", "Heike Dünenbrink", "b@leuchtboje.example", "yes"],
        heading=COLUMN_HEADINGS,
    )
    answer_and_import(brought, repeated="combine", person_opted_out="no-invitation", person_same="no-person")

    tie.refresh_from_db()
    assert tie.no_invitations == "opted-out"


def test_different_people_keep_their_own_answers(import_rows, coalition, answer_and_import):
    brought = import_rows(
        ["Leuchtboje", "Heike Dünenbrink", "a@leuchtboje.example", ""],
        ["Leuchtboje", "Heike Dünenbrink", "b@leuchtboje.example", "yes"],
        heading=COLUMN_HEADINGS,
    )
    answer_and_import(brought, repeated="combine", person_opted_out="no-invitation", person_same="keep")

    ties = Affiliation.objects.order_by("person__email").values_list("person__email", "no_invitations")
    assert list(ties) == [("a@leuchtboje.example", ""), ("b@leuchtboje.example", "opted-out")]


@pytest.mark.parametrize(
    ("answer", "objection"),
    [("no-person", "opted-out"), ("skip", "opted-out"), ("no-invitation", "opted-out"), ("keep", "")],
)
@pytest.mark.parametrize("ends_on", [None, get_utc_date() - timedelta(days=9)])
def test_opt_out_of_a_known_person_is_recorded(
    import_rows, coalition, coordinator, answer_and_import, answer, objection, ends_on
):
    tie = AffiliationFactory(
        organisation__coalition=coalition,
        organisation__name="Quillwort",
        person__name="Ana Vidal",
        person__email="ana@quillwort.example",
        ends_on=ends_on,
    )
    brought = import_rows(
        ["Quillwort", "Ana Vidal", "ana@quillwort.example", "yes"],
        ["Yarrow", "Ed Hume", "ed@yarrow.example", "no"],
        heading=COLUMN_HEADINGS,
    )
    answer_and_import(brought, person_opted_out=answer)

    tie.refresh_from_db()
    assert tie.no_invitations == objection
    assert ("Ana Vidal" in get_everyone(coalition)) is (objection == "")
    undo_import(actor=coordinator, spreadsheet_import=brought)
    tie.refresh_from_db()
    assert tie.no_invitations == ""


def test_opt_out_counts_more_than_a_bounce(import_rows, coalition, answer_and_import):
    tie = AffiliationFactory(
        organisation__coalition=coalition,
        organisation__name="Quillwort",
        person__email="ana@quillwort.example",
        no_invitations="bounced",
    )
    brought = import_rows(["Quillwort", "Ana Vidal", "ana@quillwort.example", "yes"], heading=COLUMN_HEADINGS)
    answer_and_import(brought, person_opted_out="no-invitation")

    tie.refresh_from_db()
    assert tie.no_invitations == "opted-out"


@pytest.mark.parametrize(("answer", "names"), [("skip", {"Ed Hume"}), ("keep", {"Ed Hume", "Ana Vidal"})])
def test_mailing_list_asks_about_people_who_unsubscribed(
    import_rows, coalition, coordinator, client, build_coalition_url, answer, names
):
    brought = import_rows(
        ["Ana Vidal", "ana@quillwort.example", "yes"],
        ["Ed Hume", "ed@yarrow.example", "no"],
        heading=["Name", "Email", "Unsubscribed"],
        kind="people",
    )
    (question,) = find_import_questions(brought).columns
    assert (question.key, question.numbers, question.suggestion) == ("person-opted-out", [2], "skip")
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    (line,) = client.get(url).context["column_lines"]
    assert [value for value, _label in line.control.field.choices] == ["", "skip", "keep"]
    client.post(url, {line.control.html_name: answer})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert not brought.rows.filter(state="quarantine").exists()
    assert {entry.person.name for entry in ListEntry.objects.select_related("person")} == names


def test_mailing_list_suggests_nothing_about_people_who_left(import_rows):
    brought = import_rows(
        ["Ana Vidal", "ana@quillwort.example", "left org 2024"], heading=["Name", "Email", "Notes"], kind="people"
    )

    (question,) = find_import_questions(brought).columns
    assert (question.key, question.suggestion) == ("person-left", "")


def test_skipped_subscriber_who_is_listed_is_pointed_out(import_rows, coalition, answer_and_import):
    person = AffiliationFactory(organisation__coalition=coalition, person__email="ana@quillwort.example").person
    ListEntry.objects.create(coalition=coalition, person=person)
    brought = import_rows(
        ["Ana Vidal", "ana@quillwort.example", "yes"], heading=["Name", "Email", "Unsubscribed"], kind="people"
    )
    answer_and_import(brought, person_opted_out="skip")

    assert brought.rows.get().notes == [
        "The row says under “Unsubscribed”: “yes”.",
        "This person is already on the mailing list. To stop their emails, remove them from the list.",
    ]
    assert Affiliation.objects.get().no_invitations == "opted-out"


@pytest.mark.parametrize(("first", "second"), [("Observer", "Active"), ("Active", "Observer")])
def test_preview_says_which_status_of_combined_rows_counts(import_rows, answer_and_import, first, second):
    brought = import_rows(
        ["Quillwort", first], ["Quillwort", second], ["Quillwort", first], heading=["Organisation", "Membership status"]
    )
    decisions = {"repeated": "combine"}
    status = {"Observer": "observer", "Active": "member"}[first]
    answer_and_import(brought, **decisions)

    notes = [row.notes for row in brought.rows.order_by("number")]
    sentence = f"The organisation will get the membership status in row 2: {status}."
    assert [sentence in each for each in notes] == [False, True, False]
    assert Membership.objects.get(organisation__name="Quillwort").standing == {"member": "active"}.get(status, status)


@pytest.mark.parametrize(
    ("heading", "objection"),
    [
        ("Opted out of email: Newsletter", ""),
        ("Unsubscribed from the newsletter", ""),
        ("Désabonné infolettre", ""),
        ("Baja boletín", ""),
        ("Cancelou inscrição boletim", ""),
        ("إلغاء الاشتراك النشرة البريدية", ""),
        ("Unsubscribed from newsletter and meeting invitations", "opted-out"),
        ("Do not contact (no newsletter, no emails)", "opted-out"),
        ("Opted out of newsletters and all other emails", "opted-out"),
        ("No emails (newsletter, events, all)", "opted-out"),
        ("Unsubscribed from mailing list", "opted-out"),
        ("Unsubscribed from all email", "opted-out"),
        ("Opted out of email: Working group mail", "opted-out"),
    ],
)
def test_opting_out_of_a_newsletter_does_not_end_invitations(
    import_rows, coalition, answer_and_import, heading, objection
):
    tie = AffiliationFactory(organisation__coalition=coalition, person__email="ana@quillwort.example")
    brought = import_rows(
        ["Ana Vidal", "ana@quillwort.example", "true"], heading=["Name", "Email", heading], kind="people"
    )
    key = "person-opted-out" if objection else "person-newsletter"
    (question,) = find_import_questions(brought).columns
    assert (question.key, question.suggestion) == (key, "skip")
    answer_and_import(brought, **{key: "skip"})

    tie.refresh_from_db()
    assert tie.no_invitations == objection


def test_contact_person_without_newsletter_is_invited_as_suggested(import_rows, answer_and_import):
    brought = import_rows(
        ["Quillwort", "Ana Vidal", "ana@quillwort.example", "true", "false"],
        ["Yarrow", "Ed Hume", "ed@yarrow.example", "true", "true"],
        heading=["Organisation", "Contact person", "Email", "Opted out of email: Newsletter", "Unsubscribed"],
    )
    suggestions = {question.key: question.suggestion for question in find_import_questions(brought).columns}
    assert suggestions == {"person-newsletter": "keep", "person-opted-out": "no-invitation"}
    answer_and_import(brought, **suggestions)

    ties = Affiliation.objects.order_by("person__name").values_list("person__name", "no_invitations")
    assert list(ties) == [("Ana Vidal", ""), ("Ed Hume", "opted-out")]


@pytest.mark.parametrize(("answer", "objection"), [("skip", "bounced"), ("keep", "")])
@pytest.mark.parametrize(("before", "after"), [("", "bounced"), ("opted-out", "opted-out")])
def test_bounce_of_a_known_person_is_recorded(
    import_rows, coalition, coordinator, answer_and_import, answer, objection, before, after
):
    ties = [
        AffiliationFactory(organisation__coalition=coalition, person__email=email, no_invitations=before)
        for email in ("ana@quillwort.example", "ana.home@quillwort.example")
    ]
    brought = import_rows(
        ["Ana Vidal", "ana@quillwort.example", "UNKNOWN_USER"],
        heading=["Name", "Email", "Email hard bounce reason"],
        kind="people",
    )
    answer_and_import(brought, person_bounced=answer)

    for tie in ties:
        tie.refresh_from_db()
    assert [tie.no_invitations for tie in ties] == [after if objection else before, before]
    undo_import(actor=coordinator, spreadsheet_import=brought)
    ties[0].refresh_from_db()
    assert ties[0].no_invitations == before


@pytest.mark.parametrize(
    ("addresses", "remark", "objections"),
    [
        ("old@quillwort.example; new@quillwort.example", "old@quillwort.example", ["bounced", ""]),
        ("old@quillwort.example; new@quillwort.example", "yes", ["", ""]),
        ("new@quillwort.example", "old@quillwort.example", ["bounced", ""]),
        ("new@quillwort.example", "yes", ["", "bounced"]),
        ("old@quillwort.example", "email bounced, please use new@quillwort.example", ["bounced", ""]),
        ("old@quillwort.example", "bounced; new address new@quillwort.example", ["bounced", ""]),
        ("old@quillwort.example", "bounced: old@quillwort.example", ["bounced", ""]),
        ("old@quillwort.example", "delivery to old@quillwort.example fails", ["bounced", ""]),
        ("new@quillwort.example", "old@quillwort.example bounced in May, use new@quillwort.example", ["bounced", ""]),
        ("new@quillwort.example", "new@quillwort.example (bounced: old@quillwort.example)", ["bounced", ""]),
        ("new@quillwort.example", "550 5.1.1 <old@quillwort.example> user unknown", ["bounced", ""]),
        ("old@quillwort.example; new@quillwort.example", "bounced, use new@quillwort.example", ["bounced", ""]),
        ("old@quillwort.example; new@quillwort.example", "mailbox full", ["", ""]),
        ("new@quillwort.example", "L'adresse old@quillwort.example ne fonctionne plus", ["", ""]),
    ],
)
def test_bounce_counts_for_the_address_that_is_meant(
    import_rows, coalition, answer_and_import, addresses, remark, objections
):
    ties = [
        AffiliationFactory(organisation__coalition=coalition, person__email=f"{mailbox}@quillwort.example")
        for mailbox in ("old", "new")
    ]
    brought = import_rows(["Ana Vidal", addresses, remark], heading=["Name", "Email", "Bounced"], kind="people")
    answer_and_import(brought, person_bounced="skip")

    for tie in ties:
        tie.refresh_from_db()
    assert [tie.no_invitations for tie in ties] == objections


@pytest.mark.parametrize(
    ("known_name", "name", "objection"),
    [
        ("Guida Machava", "Margarida (Guida) Machava", "opted-out"),
        ("Margarida (Guida) Machava", "Guida Machava", "opted-out"),
        ("Jean Nzue", "Jean Nzue Mba", ""),
    ],
)
def test_opt_out_under_another_address_counts_for_the_same_person(
    import_rows, coalition, answer_and_import, known_name, name, objection
):
    tie = AffiliationFactory(
        organisation__coalition=coalition, organisation__name="Leuchtboje", person__name=known_name
    )
    brought = import_rows(["Leuchtboje", name, "other@leuchtboje.example", "yes"], heading=COLUMN_HEADINGS)
    answer_and_import(brought, person_opted_out="no-person")

    tie.refresh_from_db()
    assert tie.no_invitations == objection
