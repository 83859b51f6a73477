"""No way of working through an import imports people under 18 after they were named, skipped or asked about."""

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import (
    RowAnswers,
    answer_questions_of_import,
    change_import_to_mailing_list,
    correct_import_row,
    import_ready_rows,
    map_import_columns,
    skip_import_row,
)
from jukwaa.coalitions.models import ImportRow
from jukwaa.core.refusals import EditConflict

REGISTRATION_HEADINGS = ["Timestamp", "Organisation", "Contact person", "Email"]
REGISTRATION_ROWS = [
    ["2026/10/12 8:14:33", "Quillwort", "Ana Vidal", "ana@q.example"],
    ["2026/10/12 8:15:33", "Yarrow", "Kim Ode", "kim@q.example"],
]
PEOPLE_HEADINGS = ["Email", "Full name", "Organisation"]
PEOPLE_ROWS = [["ana@q.example", "Ana Vidal", ""], ["kim@q.example", "Kim Ode", ""]]
MEMBER_HEADINGS = ["Organisation", "Contact person", "Email", "Notes", "HasOptedOutOfEmail"]
UNDER_18, OPTED_OUT = "person-under-18", "person-opted-out"


def list_imported_names():
    return set(Person.objects.filter(email__endswith="q.example").values_list("name", flat=True))


def get_column_fields(spreadsheet_import):
    return {f"column{place}": field for place, field in enumerate(spreadsheet_import.mapping)}


@pytest.fixture
def registrations_with_a_minor(import_rows, coordinator):
    """A list that was taken for members, and a row whose contact person was said to be under 18."""
    brought = import_rows(*REGISTRATION_ROWS, heading=REGISTRATION_HEADINGS)
    return map_import_columns(
        actor=coordinator,
        spreadsheet_import=brought,
        column_mapping=brought.mapping,
        all_are_adults=True,
        rows_under_18=[3],
    )


def test_rows_under_18_stay_named_on_the_way_to_the_mailing_list(
    registrations_with_a_minor, coordinator, client, build_coalition_url
):
    brought = change_import_to_mailing_list(actor=coordinator, spreadsheet_import=registrations_with_a_minor)
    client.force_login(coordinator)
    url = build_coalition_url("import_map", brought.pk)
    form = client.get(url).context["form"]
    sent = get_column_fields(brought) | {"rows_under_18": form["rows_under_18"].value(), "all_adults": "on"}
    client.post(url, sent)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert (form["rows_under_18"].value(), form["all_adults"].value()) == ("3", False)
    assert list_imported_names() == {"Ana Vidal"}
    row = brought.rows.get(number=3)
    assert (row.state, row.notes) == (ImportRow.State.LEFT_OUT, ["This person is under 18."])


def test_rows_under_18_of_the_same_form_stay_named(import_rows, coordinator, client, build_coalition_url):
    brought = import_rows(*REGISTRATION_ROWS, heading=REGISTRATION_HEADINGS)
    client.force_login(coordinator)
    client.post(build_coalition_url("import_map", brought.pk), {"standing": "people", "rows_under_18": "3"})
    brought.refresh_from_db()

    assert (brought.of, brought.rows_under_18) == ("people", [3])


def test_row_that_was_named_by_mistake_is_imported(import_rows, coordinator, client, build_coalition_url):
    brought = import_rows(*PEOPLE_ROWS, heading=PEOPLE_HEADINGS, kind="people")
    client.force_login(coordinator)
    url, columns = build_coalition_url("import_map", brought.pk), get_column_fields(brought) | {"all_adults": "on"}
    client.post(url, columns | {"rows_under_18": "2, 3"})
    client.post(url, columns | {"rows_under_18": "3"})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert list_imported_names() == {"Ana Vidal"}


def test_columns_of_members_are_not_saved_for_the_mailing_list(registrations_with_a_minor, coordinator):
    """Another person has answered in the meantime that the people are for the mailing list."""
    stale = type(registrations_with_a_minor).objects.get(pk=registrations_with_a_minor.pk)
    stale.rows.all().delete()
    stale.decisions = {}
    change_import_to_mailing_list(actor=coordinator, spreadsheet_import=registrations_with_a_minor)

    with pytest.raises(EditConflict):
        map_import_columns(actor=coordinator, spreadsheet_import=stale, column_mapping=stale.mapping)
    stale.refresh_from_db()
    assert (stale.of, stale.state) == ("people", "columns")


def test_skipped_person_stays_skipped_when_columns_are_chosen_again(import_rows, coordinator):
    brought = import_rows(*PEOPLE_ROWS, heading=PEOPLE_HEADINGS, kind="people")
    skip_import_row(actor=coordinator, import_row=brought.rows.get(number=3))
    map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=["email", "person", ""])
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert list_imported_names() == {"Ana Vidal"}


def test_answer_about_one_person_is_none_about_the_person_of_another_column(import_rows, coordinator):
    headings = ["Organisation", "Contact person", "Email", "Youth ambassador", "Notes"]
    brought = import_rows(["Quillwort", "Ana Vidal", "ana@q.example", "Kim Ode", "aged 16"], heading=headings)
    answer = RowAnswers(person="keep")
    row = brought.rows.get()
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row={row.pk: answer}
    )
    brought.refresh_from_db()
    same = map_import_columns(
        actor=coordinator, spreadsheet_import=brought, column_mapping=["name", "contact", "email", "", ""]
    ).rows.get()
    other = map_import_columns(
        actor=coordinator, spreadsheet_import=brought, column_mapping=["name", "", "", "contact", ""]
    ).rows.get()

    assert (same.state, same.answers) == ("waiting", {UNDER_18: "keep"})
    assert (other.state, other.answers) == ("quarantine", {})


@pytest.mark.parametrize(
    ("changes", "state"), [({"contact": "Kim Ode"}, "quarantine"), ({"position": "Chair"}, "waiting")]
)
def test_another_person_in_a_row_is_asked_about_again(import_rows, coordinator, changes, state):
    brought = import_rows(["Quillwort", "Ana Vidal", "ana@q.example", "aged 16", ""], heading=MEMBER_HEADINGS)
    row = brought.rows.get()
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={},
        answers_by_row={row.pk: RowAnswers(person="keep")},
    )
    row.refresh_from_db()
    correct_import_row(actor=coordinator, import_row=row, cells_by_field=row.cells | changes)

    assert brought.rows.get().state == state


def test_form_that_is_sent_twice_does_not_answer_the_next_question(
    import_rows, coordinator, client, build_coalition_url
):
    brought = import_rows(["Quillwort", "Ana Vidal", "ana@q.example", "aged 16", "yes"], heading=MEMBER_HEADINGS)
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    ((_problem, control),) = client.get(url).context["row_lines"][0].answers
    for _time in range(2):
        client.post(url, {control.html_name: "keep"})
    row = brought.rows.get()

    assert [problem["text"] for problem in row.problems] == [OPTED_OUT]
    assert row.answers == {UNDER_18: "keep"}


def test_answer_that_arrives_after_another_does_not_answer_the_next_question(import_rows, coordinator):
    brought = import_rows(["Quillwort", "Ana Vidal", "ana@q.example", "aged 16", "yes"], heading=MEMBER_HEADINGS)
    answers = {brought.rows.get().pk: RowAnswers(person="keep", person_key=UNDER_18)}
    for _time in range(2):
        answer_questions_of_import(
            actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answers
        )

    assert brought.rows.get().answers == {UNDER_18: "keep"}


def test_minor_of_a_combined_row_is_not_imported(import_rows, coordinator):
    brought = import_rows(
        ["Quillwort", "Ana Vidal", "ana@q.example", "", ""],
        ["Quillwort", "Kim Ode", "kim@q.example", "aged 16", ""],
        heading=MEMBER_HEADINGS,
    )
    row = brought.rows.get(number=3)
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={"rows": {UNDER_18: "no-person"}},
        answers_by_row={row.pk: RowAnswers(same="row-2")},
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert list_imported_names() == {"Ana Vidal"}
