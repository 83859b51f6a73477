"""The rows of a table enter together, each with what it changes, or none of them does."""

from datetime import date

import pytest
from django.db import connection

from jukwaa.coalitions.actions import import_ready_rows
from jukwaa.coalitions.models import Activity, AreaOfWork, ListEntry, Membership, Organisation
from tests.coalitions.conftest import FULL_IMPORT_ROW
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory


def test_spreadsheet_is_imported_atomically(import_rows, coordinator):
    brought = import_rows(FULL_IMPORT_ROW, ["Helpline Two"], ["Helpline Three"])

    def fail_during_import(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "coalitions_membership" in sql:
            raise RuntimeError
        return execute(sql, params, many, context)

    before = Activity.objects.count()
    with connection.execute_wrapper(fail_during_import), pytest.raises(RuntimeError):
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    brought.refresh_from_db()
    assert (brought.state, set(brought.rows.values_list("state", flat=True))) == ("preview", {"waiting"})
    assert (Organisation.objects.count(), AreaOfWork.objects.count(), Activity.objects.count()) == (0, 0, before)
    assert import_ready_rows(actor=coordinator, spreadsheet_import=brought).entered == 3


def test_each_imported_change_writes_activity(import_rows, coalition, coordinator):
    there = OrganisationFactory(coalition=coalition, name="Helpline One")
    brought = import_rows(FULL_IMPORT_ROW, ["Helpline Two"])
    first = Activity.objects.order_by("-pk").values_list("pk", flat=True)[0]
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    added = Organisation.objects.get(name="Helpline Two")
    areas = list(AreaOfWork.objects.order_by("pk"))
    memberships = [Membership.objects.get(organisation=one) for one in (there, added)]
    assert sorted(
        Activity.objects.filter(pk__gt=first).values_list("actor", "verb", "kind", "object_id"), key=lambda row: row[1:]
    ) == sorted(
        [
            *[(coordinator.pk, "added", "areaofwork", area.pk) for area in areas],
            (coordinator.pk, "changed", "organisation", there.pk),
            (coordinator.pk, "added", "organisation", added.pk),
            *[(coordinator.pk, "enrolled", "membership", membership.pk) for membership in memberships],
            (coordinator.pk, "imported", "import", brought.pk),
        ],
        key=lambda row: row[1:],
    )


@pytest.mark.parametrize("row_count", [1, 3])
@pytest.mark.parametrize(("table_type", "query_count"), [("members", 47), ("people", 27)])
def test_import_query_count_is_constant(
    import_rows, coalition, coordinator, row_count, table_type, query_count, django_assert_num_queries
):
    OrganisationFactory(coalition=coalition, name="Helpline One")
    if table_type == "members":
        brought = import_rows(*[[f"Helpline number {number}", *FULL_IMPORT_ROW[1:]] for number in range(row_count)])
    else:
        people = [["", f"person-{number}@example.com", "Helpline One"] for number in range(row_count)]
        brought = import_rows(*people, heading=["Name", "E-mail", "Affiliation"], kind="people")

    with django_assert_num_queries(query_count):
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)


def test_two_rows_of_one_organisation_are_combined(import_rows, coalition, coordinator):
    there = OrganisationFactory(coalition=coalition, name="Helpline One", acronym="HLO")
    heading = ["Name", "Country", "Web", "Areas", "Since", "Until"]
    left = ["Helpline One", "Kenya", "", "Law", "2009-01-01", "2012-01-01"]
    brought = import_rows(left, ["HLO", "", "example.org", "Law", "2015-01-01", ""], heading=heading)
    assert {row.organisation for row in brought.rows.all()} == {there}

    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    there.refresh_from_db()
    assert (there.name, there.country, there.website, there.version) == ("Helpline One", "KE", "https://example.org", 2)
    assert [area.name for area in there.areas.all()] == ["Law"]
    assert list(there.memberships.order_by("starts_on").values_list("standing", "starts_on__year")) == [
        ("left", 2009),
        ("active", 2015),
    ]


def test_import_accepts_application_and_keeps_ended_membership(import_rows, coalition, coordinator):
    applied = MembershipFactory(coalition=coalition, standing="applied", starts_on=None, organisation__name="One")
    over = MembershipFactory(coalition=coalition, ends_on=date(2021, 1, 1), organisation__name="Two")
    import_ready_rows(
        actor=coordinator, spreadsheet_import=import_rows(["One", "2010"], ["Two", "2022"], heading=["Name", "Since"])
    )

    rows = Membership.objects.filter(organisation__in=[applied.organisation, over.organisation]).order_by("pk")
    assert list(rows.values_list("organisation__name", "standing", "starts_on__year")) == [
        ("One", "active", 2010),
        ("Two", "left", 2020),
        ("Two", "active", 2022),
    ]
    assert list(Activity.objects.filter(kind="membership").order_by("pk").values_list("verb", "object_id")) == [
        ("accepted", applied.pk),
        ("enrolled", rows[2].pk),
    ]


def test_address_spelling_variant_creates_no_duplicate(import_rows, coalition, coordinator):
    known = PersonFactory(name="Known", email="known@example.org")
    heading = ["Name", "E-mail"]
    import_ready_rows(
        actor=coordinator,
        spreadsheet_import=import_rows(["Other", "Known@Example.org"], heading=heading, kind="people"),
    )

    assert list(ListEntry.objects.values_list("person", "person__name")) == [(known.pk, "Known")]
