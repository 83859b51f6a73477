"""A coordinator imports a spreadsheet into the directory and corrects the rows that could not be matched."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, import_ready_rows, map_import_columns
from jukwaa.coalitions.models import Affiliation, Import, ListEntry, Membership, Organisation
from jukwaa.mail.models import Message
from tests.coalitions.conftest import COLUMN_HEADINGS, FULL_IMPORT_ROW
from tests.factories import MembershipFactory, OrganisationFactory


def list_row_states(spreadsheet_import):
    return list(spreadsheet_import.rows.values_list("number", "state", "reason"))


def get_quarantine_reason(spreadsheet_import):
    row = spreadsheet_import.rows.get()
    assert row.state == "quarantine"
    return row.reason


def build_csv_upload(csv_rows, csv_delimiter=";", text_encoding="utf-8-sig"):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=csv_delimiter).writerows(csv_rows)
    return SimpleUploadedFile("members.csv", stream.getvalue().encode(text_encoding))


def test_import_takes_four_steps_and_sends_no_email(client, build_coalition_url, coalition, coordinator):
    client.force_login(coordinator)
    started = client.post(
        build_coalition_url("import_start"),
        {"kind": "members", "file": build_csv_upload([COLUMN_HEADINGS, FULL_IMPORT_ROW])},
    )
    brought = Import.objects.get()
    assert started.url == build_coalition_url("import_map", brought.pk)
    form = client.get(started.url).context["form"]
    chosen = {field.name: field.value() for field in form if field.name not in form.OPTIONS}
    assert list(chosen.values()) == [
        *("name", "acronym", "country", "regional_group", "stakeholder_group", "website", "areas", "languages"),
        *("since", "until"),
        "member",  # the status of all rows
    ]
    preview = client.post(started.url, chosen)
    assert preview.url == build_coalition_url("import_preview", brought.pk)
    assert "in the file: Nov 2009" in client.get(preview.url).text
    assert not Organisation.objects.exists()

    entered = client.post(build_coalition_url("import_enter", brought.pk))

    assert entered.url == build_coalition_url("import_detail", brought.pk)
    assert "1 row imported." in client.get(entered.url).text
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.acronym, organisation.country) == ("Helpline One", "H1", "KE")
    assert (organisation.regional_group, organisation.stakeholder_group) == ("african", "civil-society")
    assert (organisation.website, organisation.languages) == ("https://example.org", ["en", "sw"])
    assert sorted(area.name for area in organisation.areas.all()) == ["Helplines", "Law, policy"]
    assert list(
        Membership.objects.filter(organisation=organisation).values_list("standing", "starts_on", "ends_on")
    ) == [("active", date(2009, 11, 1), None)]
    assert not Message.objects.exists()


def test_preview_shows_whether_rows_were_imported(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(FULL_IMPORT_ROW, ["Helpline Two", "", "Atlantis"])
    client.force_login(coordinator)

    before = client.get(build_coalition_url("import_preview", brought.pk)).text
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    after = client.get(build_coalition_url("import_preview", brought.pk)).text

    nothing = "Nothing has been imported yet"
    assert (nothing in before, nothing in after) == (True, False)
    assert "Rows marked as imported are in the directory." in after


def test_school_name_is_allowed_only_in_name_field(import_rows):
    named, told = import_rows(
        ["Green Valley Primary School"], ["Helpline", "Green Valley Primary School"], heading=["Name", "Areas"]
    ).rows.order_by("number")

    assert named.notes == []
    assert "looks like the name of a school" in "".join(told.notes)


def test_importing_twice_adds_nothing(import_rows, coordinator):
    brought = import_rows(FULL_IMPORT_ROW, ["Helpline Two"])

    came = [import_ready_rows(actor=coordinator, spreadsheet_import=brought) for _press in range(2)]

    assert [(each.entered, each.refused) for each in came] == [(2, 0), (0, 0)]
    assert (Organisation.objects.count(), Membership.objects.exclude(organisation=None).count()) == (2, 2)


def test_existing_entry_is_matched_and_keeps_directory_values(import_rows, coalition, coordinator):
    there = OrganisationFactory(coalition=coalition, name="HELPLINE ONE", country="UG", regional_group="african")
    MembershipFactory(coalition=coalition, organisation=there, starts_on=date(2008, 1, 1))
    brought = import_rows(FULL_IMPORT_ROW)
    assert brought.rows.get().organisation == there

    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.country, organisation.acronym) == ("HELPLINE ONE", "UG", "H1")
    assert list(Membership.objects.filter(organisation=there).values_list("starts_on", flat=True)) == [date(2008, 1, 1)]


def test_existing_organisation_is_matched_by_abbreviation(import_rows, coalition):
    there = OrganisationFactory(coalition=coalition, name="Family Online Safety Institute")
    first, second = import_rows(["Family Online Safety Inst."], ["Family Online Safety Institute"]).rows.order_by(
        "number"
    )

    assert (first.state, first.organisation) == ("waiting", there)
    assert (second.state, second.reason[-34:]) == ("quarantine", "The same organisation is in row 2.")


def test_similar_organisation_is_asked_about(import_rows, coalition, coordinator):
    there = OrganisationFactory(coalition=coalition, name="Family Safety Institute")
    brought = import_rows(["Family Safety Institut"])
    row = brought.rows.get()
    assert (row.state, row.organisation) == ("quarantine", None)
    assert row.reason == "The directory already has “Family Safety Institute”."

    def answer_same_person(is_same_person):
        answers = {row.pk: RowAnswers(same=is_same_person)}
        answer_questions_of_import(
            actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answers
        )
        return brought.rows.values_list("state", "organisation").get()

    assert answer_same_person("new") == ("waiting", None)
    assert answer_same_person(f"org-{there.pk}") == ("waiting", there.pk)


@pytest.mark.parametrize(
    ("column_heading", "cell_value", "reason"),
    [
        (
            "Country",
            "Atlantis",
            (
                "“Atlantis” is not a country. Enter a country name or code, or leave this empty for work in many"
                " countries."
            ),
        ),
        (
            "Country",
            "Netherlands Antilles",
            (
                "“Netherlands Antilles” has not been a country since 2010. Enter the current country:"
                " Caribbean Netherlands, Curaçao, Sint Maarten."
            ),
        ),
        (
            "Region",
            "Africa, GRULAC",
            (
                "“Africa, GRULAC” is more than 1 regional group. Enter the group to which the organisation says it"
                " belongs."
            ),
        ),
        (
            "Region",
            "Moon",
            "“Moon” is not a regional group. Enter one, or leave this empty to use the group of the country.",
        ),
        ("Type", "Friends", "“Friends” is not a stakeholder group. Enter one, or leave this empty."),
        (
            "Web",
            "not a site",
            "“not a site” is not a web address. Enter the full address, for example https://example.org.",
        ),
        (
            "Status",
            "Confirmed",
            "“Confirmed” is not a membership status. Enter member, left or observer.",
        ),
        (
            "Status",
            "left",
            "Enter the last day under “Member until”. The row says that the member has left, but not when.",
        ),
        (
            "Since",
            "soon",
            "“soon” is not a date that we can read. Enter a date such as 2009-11-27, or only the year.",
        ),
        ("Since", "03/04/2013", "“03/04/2013” could mean 2013-04-03 or 2013-03-04. Enter one of these dates."),
        ("Since", "2099-01-01", "“2099-01-01” is in the future. Enter today's date or an earlier one."),
        ("Since", "31.02.2013", "“31.02.2013” is not a valid date. Check the day and month."),
    ],
)
def test_unresolved_row_waits_with_reason(import_rows, column_heading, cell_value, reason):
    assert get_quarantine_reason(import_rows(["Helpline One", cell_value], heading=["Name", column_heading])) == reason


def test_global_is_accepted_as_no_country_and_no_region(import_rows, coordinator):
    brought = import_rows(
        ["A network", "Global", "Worldwide"], ["A school", "Réunion", ""], heading=["Name", "Country", "Region"]
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert brought.rows.get(number=2).notes == [
        "“Global” is not a country. We will import the row without a country and not count it in any region.",
        "“Worldwide” is not a regional group. We will import it as “Unknown”.",
    ]
    rows = Organisation.objects.order_by("name").values_list("country", "regional_group")
    assert list(rows) == [("", "unknown"), ("RE", "weog")]


def test_all_problems_of_row_are_listed(import_rows, client, build_coalition_url, coordinator):
    heading = ["Name", "Country", "Since", "Status"]
    brought = import_rows(["One"], ["one", "Atlantis", "soon", "Confirmed"], heading=heading)
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_preview", brought.pk)).text

    said = brought.rows.get(number=3).reason.splitlines()
    assert [sentence.split(".")[0] for sentence in said] == [
        "“Atlantis” is not a country",
        "“soon” is not a date that we can read",
        "“Confirmed” is not a membership status",
        "Combine the rows or skip this one",
    ]
    assert all(f'<p class="small"><bdi>{sentence}' in page for sentence in ("“Atlantis”", "Combine the rows or"))


def test_unnamed_and_duplicate_rows_need_decision(import_rows):
    brought = import_rows(["Helpline One"], ["", "H2"], ["helpline  one"])

    assert list_row_states(brought) == [
        (2, "waiting", ""),
        (3, "quarantine", "Enter the name of the organisation. This row has no name."),
        (
            4,
            "quarantine",
            "Combine the rows or skip this one. The same organisation is in row 2.",
        ),
    ]


def test_corrected_row_is_imported_and_skipped_row_is_not(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(["Helpline One", "", "Atlantis"], ["Helpline Two", "", "Atlantis"], ["Helpline Three"])
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    first, second = brought.rows.filter(state="quarantine")
    client.force_login(coordinator)

    still_wrong = client.post(
        build_coalition_url("import_row", brought.pk, first.pk), {"name": "Helpline One", "country": "Lemuria"}
    )
    assert still_wrong.status_code == 422
    assert "“Lemuria” is not a country." in still_wrong.text
    client.post(build_coalition_url("import_row", brought.pk, first.pk), {"name": "Helpline One", "country": "KE"})
    for _press in range(2):
        client.post(build_coalition_url("import_row_leave", brought.pk, second.pk))
    client.post(build_coalition_url("import_enter", brought.pk))

    assert [state for _number, state, _reason in list_row_states(brought)] == ["entered", "left-out", "entered"]
    assert set(Organisation.objects.values_list("name", "country")) == {("Helpline One", "KE"), ("Helpline Three", "")}


def test_import_keeps_ended_memberships_and_adds_none_to_known(import_rows, coordinator):
    heading = ["Name", "Since", "Until", "Status"]
    rows = [["Gone", "2009", "2012", "left"], ["Guest", "", "", "not a member"], ["Here", "2009", "", "Member"]]
    import_ready_rows(actor=coordinator, spreadsheet_import=import_rows(*rows, heading=heading))

    found = Membership.objects.exclude(organisation=None).order_by("organisation__name")
    assert list(found.values_list("organisation__name", "standing", "ends_on")) == [
        ("Gone", "left", date(2012, 1, 1)),
        ("Here", "active", None),
    ]
    assert Organisation.objects.filter(name="Guest").exists()


def test_formulas_are_kept_as_text_and_flagged(import_rows, coordinator):
    brought = import_rows(["=HYPERLINK(1)", "", "Kenya"])
    assert brought.rows.get().notes == [
        "“=HYPERLINK(1)” looks like a formula. We will keep it as text and not calculate anything."
    ]

    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert Organisation.objects.get().name == "=HYPERLINK(1)"


def test_mailing_list_import_adds_no_membership(import_rows, coalition, coordinator):
    OrganisationFactory(coalition=coalition, name="Helpline One")
    heading = ["Name", "E-mail", "Affiliation"]
    rows = [["One", "One@Example.org", "Helpline One"], ["Two", "two@example.org", "Nobody knows"], ["Three", "no"]]
    brought = import_rows(*rows, heading=heading, kind="people")
    assert [row.notes for row in brought.rows.all()] == [
        ["We will record that this person belongs to Helpline One. This is not a membership."],
        ["“Nobody knows” is not in the directory. We will add the person without an organisation."],
        [],
    ]
    before = Membership.objects.count()

    for _press in range(2):
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    listed = ListEntry.objects.filter(coalition=coalition).order_by("person__email")
    assert list(listed.values_list("person__email", "person__name", "person__told_at")) == [
        ("one@example.org", "One", None),
        ("two@example.org", "Two", None),
    ]
    assert Membership.objects.count() == before
    assert list(Affiliation.objects.values_list("person__name", "confirmed_on", "may_speak")) == [("One", None, False)]
    assert not Message.objects.exists()


def test_list_of_addresses_needs_no_heading(client, build_coalition_url, coordinator):
    client.force_login(coordinator)
    file = SimpleUploadedFile("list.txt", b"one@example.org\ntwo@example.org\n")
    client.post(build_coalition_url("import_start"), {"kind": "people", "file": file})

    brought = Import.objects.get()
    map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=brought.mapping)
    assert brought.table[0] == ["Email address"]
    assert [(row.number, row.cells, row.state) for row in brought.rows.all()] == [
        (1, {"email": "one@example.org"}, "waiting"),
        (2, {"email": "two@example.org"}, "waiting"),
    ]


@pytest.mark.parametrize(
    ("file_content", "expected_sentence"),
    [
        (b"", "Choose another file. This one is empty."),
        (
            b"Name\nHelpline One\n",
            "Save this file as CSV with commas or semicolons, or as .xlsx. We could not tell its columns apart.",
        ),
        (b"Name,Country\n", "Choose another file. This one has column headings, but no rows below them."),
    ],
)
def test_invalid_file_shows_field_error(client, build_coalition_url, coordinator, file_content, expected_sentence):
    client.force_login(coordinator)

    response = client.post(
        build_coalition_url("import_start"),
        {"kind": "members", "file": SimpleUploadedFile("members.csv", file_content)},
    )

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"file": [expected_sentence]}
    assert not Import.objects.exists()


def test_each_column_is_mapped_once_and_name_is_required(client, build_coalition_url, import_rows, coordinator):
    brought = import_rows(["Helpline One"], heading=["Name", "Other"])
    client.force_login(coordinator)

    def list_row_errors(**chosen):
        return client.post(build_coalition_url("import_map", brought.pk), chosen).context["form"].non_field_errors()

    assert list_row_errors(column0="name", column1="name") == ["Choose “Name of the organisation” for only 1 column."]
    assert list_row_errors(column0="", column1="country") == ["Choose a column for “Name of the organisation”."]


def test_only_coordinators_can_import_and_see_imports(
    client, build_coalition_url, import_rows, member, rapporteur, outsider
):
    brought = import_rows(FULL_IMPORT_ROW)
    row = brought.rows.get().pk
    pages = [("import_detail", brought.pk), ("import_map", brought.pk), ("import_preview", brought.pk)]
    for person in (member, rapporteur, outsider):
        client.force_login(person)
        assert client.get(build_coalition_url("import_start")).status_code == 403
        assert [client.get(build_coalition_url(*named)).status_code for named in pages] == [404] * 3
        assert client.post(build_coalition_url("import_enter", brought.pk)).status_code == 404
        assert client.get(build_coalition_url("import_row", brought.pk, row)).status_code == 404
    assert not Organisation.objects.filter(name="Helpline One").exists()


@pytest.mark.parametrize("row_count", [1, 3])
def test_import_pages_query_count_is_constant(
    client, build_coalition_url, import_rows, coordinator, row_count, django_assert_num_queries
):
    brought = import_rows(*([f"Helpline {number}"] for number in range(row_count)))
    client.force_login(coordinator)

    for name, cost in [("import_start", 5), ("import_map", 4), ("import_preview", 7), ("import_detail", 7)]:
        with django_assert_num_queries(cost):
            client.get(build_coalition_url(name) if name == "import_start" else build_coalition_url(name, brought.pk))
