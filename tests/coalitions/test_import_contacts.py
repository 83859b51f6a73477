"""Contact people in the same import as their organisations: entered, confirmed, and nobody twice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from jukwaa.accounts.erased_identities import block_identity_in_coalition
from jukwaa.accounts.erasure import erase_person
from jukwaa.coalitions.actions import (
    RowAnswers,
    answer_questions_of_import,
    create_import,
    import_ready_rows,
    map_import_columns,
)
from jukwaa.coalitions.imports.contact_parsing import ContactPerson, find_email_addresses, parse_contact
from jukwaa.coalitions.imports.problems import RowProblems
from jukwaa.coalitions.models import Affiliation
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.mail.models import Message
from tests.factories import OrganisationFactory, PersonFactory

COLUMN_HEADINGS = ["Organisation", "Contact person", "Title", "E-mail", "Tel."]


def list_affiliation_fields():
    columns = ("person__name", "person__email", "position", "phone", "may_speak", "confirmed_on")
    return list(Affiliation.objects.order_by("pk").values_list(*columns))


def test_contact_people_are_confirmed_in_one_step(import_rows, coordinator):
    brought = import_rows(
        ["One", "Jane Doe", "Director", "Jane@One.example", "+254 20 1"],
        ["Two", "Otieno", "", "", ""],
        ["Three", "", "", "info@three.example", ""],
        ["Four", "", "Chair", "", ""],
        heading=COLUMN_HEADINGS,
    )
    assert brought.rows.get(number=5).notes == [
        "The row has no name or email address of a contact person, so no person will be added."
    ]
    for _press in range(2):
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    today = timezone.localdate()
    assert list_affiliation_fields() == [
        ("Jane Doe", "jane@one.example", "Director", "+254 20 1", False, today),
        ("Otieno", None, "", "", False, today),
        ("", "info@three.example", "", "", False, today),
    ]
    assert not Message.objects.exists()


def test_contact_people_represent_if_coordinator_allows(import_rows, coordinator):
    brought = import_rows(["One", "Jane Doe", "", "jane@one.example", ""], heading=COLUMN_HEADINGS)
    mapping = brought.mapping
    map_import_columns(
        actor=coordinator,
        spreadsheet_import=brought,
        column_mapping=mapping,
        all_are_adults=True,
        contacts_can_represent=True,
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert [tie[4] for tie in list_affiliation_fields()] == [True]


def test_known_person_keeps_name_and_position(import_rows, coalition, coordinator):
    known = PersonFactory(name="Jane D.", email="jane@one.example")
    there = OrganisationFactory(coalition=coalition, name="One")
    Affiliation.objects.create(person=known, organisation=there, position="Chair", starts_on=date(2020, 1, 1))
    brought = import_rows(
        ["One", "Jane Doe", "Director", "JANE@one.example", "+254 20 1"],
        ["Two", "J. Doe", "Adviser", "jane@one.example", ""],
        heading=COLUMN_HEADINGS,
    )
    answer = {brought.rows.get(number=3).pk: RowAnswers(same="new")}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answer
    )
    assert brought.rows.get(number=3).notes == [
        "The address jane@one.example is in row 2 with another name. We will use that name."
    ]
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    today = timezone.localdate()
    assert list_affiliation_fields() == [
        ("Jane D.", "jane@one.example", "Chair", "+254 20 1", False, today),
        ("Jane D.", "jane@one.example", "Adviser", "", False, today),
    ]


def test_person_without_address_is_added_once(import_rows, coordinator):
    for _time in range(2):
        brought = import_rows(["One", "Otieno", "", "", ""], heading=COLUMN_HEADINGS)
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert [tie[0] for tie in list_affiliation_fields()] == ["Otieno"]


def add_current_affiliation(person, organisation, confirming_person=None, **facts):
    facts |= {"confirmed_on": timezone.localdate(), "confirmed_by": confirming_person} if confirming_person else {}
    return Affiliation.objects.create(person=person, organisation=organisation, **facts)


def import_jane_without_address(import_rows, coordinator):
    brought = import_rows(["One", "Jane Doe", "Director", "", "+254 20 1"], heading=COLUMN_HEADINGS)
    brought.contacts_represent = True
    brought.save(update_fields=["contacts_represent"])
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    return brought.rows.get()


def test_unconfirmed_claim_is_not_confirmed_by_name(import_rows, coalition, coordinator):
    claim = add_current_affiliation(
        PersonFactory(name="Jane Doe", email="impostor@x.example"), OrganisationFactory(coalition=coalition, name="One")
    )
    row = import_jane_without_address(import_rows, coordinator)

    claim.refresh_from_db()
    assert (claim.confirmed_on, claim.may_speak, claim.position, claim.phone) == (None, False, "", "")
    assert row.person not in {None, claim.person}
    contact = row.person.affiliations.get()
    assert (row.person.email, contact.phone, contact.may_speak) == (None, "+254 20 1", True)


def test_name_match_alone_gives_account_holder_no_rights(import_rows, coalition, coordinator):
    confirmed_on = timezone.localdate() - timedelta(days=200)
    tie = add_current_affiliation(
        PersonFactory(name="Jane Doe", email="jane@one.example"),
        OrganisationFactory(coalition=coalition, name="One"),
        coordinator,
    )
    Affiliation.objects.filter(pk=tie.pk).update(confirmed_on=confirmed_on)
    row = import_jane_without_address(import_rows, coordinator)

    assert row.person == tie.person
    assert list_affiliation_fields() == [("Jane Doe", "jane@one.example", "Director", "+254 20 1", False, confirmed_on)]


def test_shared_name_matches_no_account_holder(import_rows, coalition, coordinator):
    organisation = OrganisationFactory(coalition=coalition, name="One")
    for number in range(2):
        add_current_affiliation(
            PersonFactory(name="Jane Doe", email=f"jane{number}@one.example"), organisation, coordinator
        )
    rows = [import_jane_without_address(import_rows, coordinator) for _time in range(2)]

    today = timezone.localdate()
    assert list_affiliation_fields() == [
        ("Jane Doe", "jane0@one.example", "", "", False, today),
        ("Jane Doe", "jane1@one.example", "", "", False, today),
        ("Jane Doe", None, "Director", "+254 20 1", True, today),
    ]
    assert rows[0].person == rows[1].person


def test_removed_person_is_not_imported(import_rows, coalition, coordinator):
    block_identity_in_coalition(PersonFactory(name="Jane Doe", email="jane@one.example"), coalition.pk)
    brought = import_rows(["One", "Jane Doe", "", "jane@one.example", ""], heading=COLUMN_HEADINGS)

    row = brought.rows.get()
    assert (row.state, row.problems[0]["field"]) == ("quarantine", "email")
    assert row.reason.startswith("Ask this person to sign in and apply to join.")


def test_contact_people_need_confirmation_of_their_age(client, build_coalition_url, coalition, coordinator):
    table = ImportedTable([COLUMN_HEADINGS, ["One", "Jane Doe", "", "jane@one.example", ""]])
    brought = create_import(
        actor=coordinator, coalition=coalition, import_kind="members", file_name="a.csv", imported_table=table
    )
    chosen = {f"column{place}": field for place, field in enumerate(brought.mapping)}
    client.force_login(coordinator)

    refused = client.post(build_coalition_url("import_map", brought.pk), chosen)
    sentence = "Confirm that all other contact people are 18 or older, or do not import the columns about them."
    assert (refused.status_code, dict(refused.context["form"].errors)) == (422, {"all_adults": [sentence]})
    assert sentence in refused.text
    assert client.post(build_coalition_url("import_map", brought.pk), chosen | {"all_adults": "on"}).status_code == 302


def test_contact_people_under_18_are_not_imported(client, build_coalition_url, coalition, coordinator):
    rows = [
        COLUMN_HEADINGS,
        ["One", "Jane Doe", "", "jane@one.example", "1"],
        ["Youth", "Pim", "", "pim@two.example", "2"],
    ]
    table = ImportedTable(rows, numbers=(4, 5, 9))
    brought = create_import(
        actor=coordinator, coalition=coalition, import_kind="members", file_name="a.csv", imported_table=table
    )
    sent = {f"column{place}": field for place, field in enumerate(brought.mapping)} | {"all_adults": "on"}
    client.force_login(coordinator)
    refused = client.post(build_coalition_url("import_map", brought.pk), sent | {"rows_under_18": "4, 9, 10"})
    client.post(build_coalition_url("import_map", brought.pk), sent | {"rows_under_18": "row 9"})
    row = brought.rows.get(number=9)
    client.post(
        build_coalition_url("import_row", brought.pk, row.pk),
        {"name": "Youth", "contact": "Pim", "email": "pim@two.example"},
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    row.refresh_from_db()

    assert refused.context["form"].errors["rows_under_18"] == [
        "Check the row numbers. The file has no organisation in these rows: 4, 10."
    ]
    assert row.notes == ["The contact person is under 18, so no person will be added."]
    assert [(str(tie.person), str(tie.organisation)) for tie in Affiliation.objects.filter(person__email__gt="")] == [
        ("Jane Doe", "One")
    ]
    assert set(row.cells) == {"name"}


@pytest.mark.parametrize(
    ("row_cells", "expected_contact"),
    [
        ({"contact": "Jane Doe <jane@x.example>"}, ("Jane Doe", "jane@x.example", "")),
        ({"contact": "Jane Doe (jane@x.example), +254 20 1234567"}, ("Jane Doe", "jane@x.example", "+254 20 1234567")),
        ({"email": "Jane Doe <Jane@X.example>"}, ("Jane Doe", "jane@x.example", "")),
        ({"contact": "Jane", "email": "jane [at] x [dot] example"}, ("Jane", "jane@x.example", "")),
        ({"contact": "김민준 Minjun Kim"}, ("김민준 Minjun Kim", "", "")),
        ({"contact": "Otieno"}, ("Otieno", "", "")),
        ({"email": "Tui Hartigan, tui@osc.example"}, ("Tui Hartigan", "tui@osc.example", "")),
        ({"email": "info@osc.example (shared)"}, ("", "info@osc.example", "")),
        ({"email": "Rania Shoumari (mobile) +962 6 000 0111"}, ("Rania Shoumari", "", "+962 6 000 0111")),
        ({"contact": "ex: Brad Hollowick"}, ("Brad Hollowick", "", "")),
        ({"contact": "rotating: Noor Ishtan (2026)"}, ("Noor Ishtan", "", "")),
        ({"contact": "NGUIMBA, Achille"}, ("Achille NGUIMBA", "", "")),
        ({"contact": "OTIENO, Director"}, ("OTIENO, Director", "", "")),
        ({"contact": "Under-Secretary (name changes)"}, ("", "", "")),
        ({"contact": "Mme", "email": "a@x.example"}, ("", "a@x.example", "")),
        ({"contact": "Service RSE", "email": "a@x.example"}, ("", "a@x.example", "")),
        ({"contact": "Head of Policy", "email": "a@x.example"}, ("", "a@x.example", "")),
        ({"email": "mailto:a@x.example"}, ("", "a@x.example", "")),
        ({"contact": "Wei Zhang (张伟)"}, ("Wei Zhang (张伟)", "", "")),
        ({"contact": "Maria Silva (Santos)"}, ("Maria Silva (Santos)", "", "")),
        ({"contact": "Dr (Mrs) Vasantika Rao-Pelham"}, ("Dr (Mrs) Vasantika Rao-Pelham", "", "")),
        ({"contact": "Obermuhl, Henrike"}, ("Henrike Obermuhl", "", "")),
        ({"contact": "A/Prof Jacinta Wombleton"}, ("A/Prof Jacinta Wombleton", "", "")),
    ],
)
def test_contact_is_parsed_from_common_cell_formats(row_cells, expected_contact):
    problems = RowProblems()
    contact = parse_contact(row_cells, [], problems) or ContactPerson()

    assert (contact.name, contact.email, contact.phone) == expected_contact
    assert problems == []


@pytest.mark.parametrize(
    ("written_name", "person_name", "position_text", "remark_text"),
    [
        ("Ms Harriet Plumbley-Fenn (Chair)", "Ms Harriet Plumbley-Fenn", "", "“(Chair)” is not part of a name"),
        ("Ms. A. Otieno (she/her)", "Ms. A. Otieno", "", "“(she/her)” is not part of a name"),
        ("Pr Benoît Lachanterelle (il/lui)", "Pr Benoît Lachanterelle", "", "“(il/lui)” is not part of a name"),
        ("Sina T. (surname tbc)", "Sina T.", "", "“(surname tbc)” is not part of a name"),
        ("Grace Wambuilo (finance)", "Grace Wambuilo", "", "“(finance)” is not part of a name"),
        ("Director (post vacant)", "", "", "“Director (post vacant)”: the post is vacant"),
        ("(à désigner)", "", "", None),
        ("see above", "", "", None),
        (
            "Dr. Henrike Obermuhl, Head of Public Policy",
            "Dr. Henrike Obermuhl",
            "Head of Public Policy",
            "“Head of Public Policy” will be imported as the position.",
        ),
    ],
)
def test_person_name_is_split_from_title_and_role(written_name, person_name, position_text, remark_text):
    problems, notes = RowProblems(), []
    contact = parse_contact({"contact": written_name, "email": "a@x.example"}, notes, problems)

    assert (contact.name, contact.position, problems) == (person_name, position_text, [])
    assert [said.startswith(remark_text or "") for said in notes] == ([True] if remark_text else [])


@pytest.mark.parametrize(
    "written_name", ["Kadri Merevaikus / Jānis Dzintarbērzs", "Kadri Merevaikus & Jānis Dzintarbērzs"]
)
def test_cell_with_two_people_is_asked_about(written_name):
    problems = RowProblems()
    parse_contact({"contact": written_name, "email": "a@x.example"}, [], problems)

    assert [(problem.field, problem.options) for problem in problems] == [
        ("contact", ("Kadri Merevaikus", "Jānis Dzintarbērzs"))
    ]


def test_each_address_is_found_once():
    assert find_email_addresses("a@x.example / A@x.example, b@x.example.") == ["a@x.example", "b@x.example"]


def test_phone_is_shown_only_to_coordinators(import_rows, client, build_coalition_url, coordinator, member):
    import_ready_rows(
        actor=coordinator,
        spreadsheet_import=import_rows(
            ["One", "Jane Doe", "", "jane@one.example", "+254 20 1"], heading=COLUMN_HEADINGS
        ),
    )
    address = Affiliation.objects.get().organisation.get_absolute_url()

    def can_see_contact(person):
        client.force_login(person)
        return "+254 20 1" in client.get(address).text

    assert (can_see_contact(coordinator), can_see_contact(member)) == (True, False)


def test_erased_contact_person_is_removed_from_the_right_row(coalition, coordinator):
    rows = [
        COLUMN_HEADINGS,
        ["One", "Jane Doe", "", "jane@one.example", ""],
        ["Two", "Otieno", "", "otieno@two.example", ""],
    ]
    table = ImportedTable(rows, numbers=(1, 5, 9))
    brought = create_import(
        actor=coordinator, coalition=coalition, import_kind="members", file_name="a.csv", imported_table=table
    )
    map_import_columns(
        actor=coordinator, spreadsheet_import=brought, column_mapping=brought.mapping, all_are_adults=True
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert list(brought.rows.values_list("number", flat=True)) == [5, 9]

    erase_person(Affiliation.objects.get(person__name="Otieno").person)

    brought.refresh_from_db()
    assert brought.table == [rows[0], rows[1], [""] * 5]
    assert list(brought.rows.order_by("number").values_list("cells__name", flat=True)) == ["One", None]
