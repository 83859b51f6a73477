"""Exports in which several organisations have one name or acronym: nobody is tied to one of them without a question."""

import pytest

from jukwaa.coalitions.actions import correct_import_row, import_ready_rows
from jukwaa.coalitions.models import Affiliation, Organisation
from tests.coalitions.test_import_contact_types import (  # noqa: F401 - fixtures
    answer_all,
    build_organisation,
    build_person,
    import_export,
)

SAFETY, CYBER = (
    build_organisation("Child Safety Network", "CSN"),
    build_organisation("Cyber Safety Nigeria", "CSN", country="Nigeria"),
)
SEVERAL = "“CSN” may be several organisations in the list."


def list_states(brought):
    return [(row.number, row.state) for row in brought.rows.order_by("number")]


def test_employer_with_acronym_of_two_organisations_is_asked_about(import_export, answer_all, coordinator):  # noqa: F811
    brought = import_export(SAFETY, CYBER, build_person("Ana Moss", "CSN", "ana@csn.example"))

    assert list_states(brought) == [(4, "waiting"), (5, "waiting"), (6, "quarantine")]
    assert brought.rows.get(number=6).reason.startswith(SEVERAL)
    answer_all(brought, unknown_employer="skip")
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert not Affiliation.objects.filter(person__email="ana@csn.example").exists()


def test_answer_for_all_rows_does_not_choose_between_organisations(import_export, answer_all, coordinator):  # noqa: F811
    brought = import_export(SAFETY, CYBER, build_person("Ana Moss", "CSN", "ana@csn.example"))
    answer_all(brought, unknown_employer="keep", repeated="combine")

    assert brought.rows.get(number=6).state == "quarantine"


@pytest.mark.parametrize("employer", ["Child Safety Network", "child safety network (CSN)", "Cyber Safety Nigeria"])
def test_employer_with_full_name_is_not_asked_about(import_export, employer):  # noqa: F811
    brought = import_export(SAFETY, CYBER, build_person("Ana Moss", employer, "ana@csn.example"))

    assert {state for _number, state in list_states(brought)} == {"waiting"}


def test_acronym_in_two_rows_of_one_organisation_is_certain(import_export):  # noqa: F811
    again = build_organisation("Child Safety Network", "CSN", country="")
    brought = import_export(SAFETY, again, build_person("Ana Moss", "CSN", "ana@csn.example"))

    assert {state for _number, state in list_states(brought)} == {"waiting"}
    assert brought.rows.get(number=6).get("country") == "Kenya"


def test_row_with_corrected_employer_is_not_asked_about_again(import_export, coordinator):  # noqa: F811
    brought = import_export(SAFETY, CYBER, build_person("Ana Moss", "CSN", "ana@csn.example"))
    row = brought.rows.get(number=6)
    correct_import_row(actor=coordinator, import_row=row, cells_by_field=row.cells | {"name": "Cyber Safety Nigeria"})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    tie = Affiliation.objects.get(person__email="ana@csn.example")
    assert tie.organisation.name == "Cyber Safety Nigeria"


def test_organisations_of_one_name_in_two_countries_are_asked_about(import_export, coordinator):  # noqa: F811
    brought = import_export(
        build_organisation("Safe Internet Centre"),
        build_organisation("Safe Internet Centre", country="Nigeria"),
        build_person("Ana Moss", "Safe Internet Centre", "ana@sic.example"),
    )

    assert list_states(brought) == [(4, "waiting"), (5, "quarantine"), (6, "quarantine")]
    cells = brought.rows.get(number=5).cells | {"name": "Safe Internet Centre Nigeria"}
    correct_import_row(actor=coordinator, import_row=brought.rows.get(number=5), cells_by_field=cells)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    named = Organisation.objects.filter(name__startswith="Safe").order_by("name")
    assert [*named.values_list("name", "country")] == [
        ("Safe Internet Centre", "KE"),
        ("Safe Internet Centre Nigeria", "NG"),
    ]
