"""Observers: entered from a table or by hand, shown with their first day, and neither members nor counted as such."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from jukwaa.coalitions import actions
from jukwaa.coalitions.actions import import_ready_rows, merge_organisations
from jukwaa.coalitions.models import Membership, Organisation
from jukwaa.core.refusals import ActionRefused
from tests.coalitions.test_exporting import read_csv_rows
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory

COLUMN_HEADINGS = ["Name", "Since", "Status"]


@pytest.fixture
def observer(coalition):
    return MembershipFactory(
        coalition=coalition,
        organisation__name="Global Observatory",
        standing="observer",
        starts_on=date(2019, 1, 1),
        starts_precision="year",
    )


def list_memberships(coalition):
    rows = Membership.objects.filter(coalition=coalition, organisation__isnull=False).order_by("pk")
    return [(str(row), row.standing, str(row.since or ""), str(row.until or "")) for row in rows]


def test_table_enters_observers_with_their_first_day(import_rows, coordinator, coalition):
    brought = import_rows(
        ["Global Observatory", "2019", "Observateur"], ["Guest", "", "not a member"], heading=COLUMN_HEADINGS
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    actions.undo_import(actor=coordinator, spreadsheet_import=brought)
    undone = list_memberships(coalition)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert (undone, list_memberships(coalition)) == ([], [("Global Observatory", "observer", "2019", "")])
    assert Organisation.objects.filter(name="Guest").exists()


@pytest.mark.parametrize(
    ("standing", "cell_value", "remark_text"),
    [
        ("observer", "", "This organisation is an observer and will remain an observer."),
        ("active", "observer", "This organisation is a member and will remain a member."),
    ],
)
def test_table_changes_no_observer_to_member_and_no_member_to_observer(
    import_rows, coordinator, coalition, observer, standing, cell_value, remark_text
):
    Membership.objects.filter(pk=observer.pk).update(standing=standing)
    brought = import_rows(["Global Observatory", "2015", cell_value], heading=COLUMN_HEADINGS)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert [said[: len(remark_text)] for said in brought.rows.get().notes][-1] == remark_text
    assert list_memberships(coalition) == [("Global Observatory", standing, "2019", "")]


def test_visitors_find_observers_in_directory(client, coalition, build_coalition_url, observer):
    organisation = observer.organisation
    page = client.get(build_coalition_url("directory"), {"who": "observers"}).text
    detail = client.get(build_coalition_url("organisation_detail", organisation.pk)).text
    exported = read_csv_rows(client.get(build_coalition_url("export_csv")))

    assert "Global Observatory" in page
    assert ("since 2019" in page, "in the record: 1" in page) == (True, True)
    assert '<span class="state">observer</span>' in detail
    assert ("Not a member yet." in detail, "2019" in detail) == (False, True)
    assert exported == [["Global Observatory", "", "", "Unknown", "Unknown", "", "", "", "2019", "", "observer"]]
    assert "Global Observatory" not in client.get(build_coalition_url("directory")).text


def test_observer_has_no_seat_and_is_no_former_member(coalition, observer):
    person = PersonFactory()
    observer.organisation.affiliations.create(person=person, confirmed_on=date.today(), confirmed_by=person)  # noqa: DTZ011 - any day of today
    found = Organisation.objects.with_standing().get(pk=observer.organisation_id)

    assert not Membership.objects.seats_of(person).exists()
    assert (found.is_member, found.was_member, found.observes, found.has_taken_part) == (False, False, True, False)


def test_coordinator_enters_observer_and_later_member(client, coordinator, coalition, build_coalition_url):
    organisation = OrganisationFactory(coalition=coalition, name="Newcomer")
    client.force_login(coordinator)
    url = build_coalition_url("membership_add", organisation.pk)
    client.post(url, {"is_observer": "observer", "starts_on": "2020-05-01", "ends_on": ""})
    client.post(url, {"is_observer": "observer", "starts_on": "2021-05-01", "ends_on": ""})
    entered = list_memberships(coalition)
    client.post(url, {"is_observer": "", "starts_on": "2024-02-01", "ends_on": ""})
    with pytest.raises(ActionRefused, match="End the membership first"):
        actions.add_membership(actor=coordinator, coalition=coalition, organisation=organisation, is_observer=True)

    assert entered == [("Newcomer", "observer", "1 May 2020", "")]
    assert list_memberships(coalition) == [
        ("Newcomer", "observer", "1 May 2020", "31 January 2024"),
        ("Newcomer", "active", "1 February 2024", ""),
    ]


def test_accepted_observer_is_a_member(coalition, coordinator, observer, outsider):
    applied = MembershipFactory(
        coalition=coalition, organisation=observer.organisation, standing="applied", applicant=outsider, starts_on=None
    )
    actions.accept_application(actor=coordinator, membership=applied, starts_on=date(2026, 1, 1))

    assert list_memberships(coalition) == [
        ("Global Observatory", "observer", "2019", "31 December 2025"),
        ("Global Observatory", "active", "1 January 2026", ""),
    ]


def test_dates_of_observer_are_corrected_and_end(coalition, coordinator, observer):
    changed = actions.change_membership_dates(
        actor=coordinator, membership=observer, starts_on=date(2018, 3, 1), ends_on=date(2024, 3, 1)
    )

    assert (changed.standing, list(Membership.objects.observers_in_force())) == ("observer", [])


def test_merged_observers_become_one(coalition, coordinator, observer):
    twin = MembershipFactory(
        coalition=coalition, organisation__name="Observatory", standing="observer", starts_on=date(2017, 1, 1)
    )
    merge_organisations(
        actor=coordinator, surviving_organisation=observer.organisation, merged_organisation=twin.organisation
    )

    assert list_memberships(coalition) == [("Global Observatory", "observer", "1 January 2017", "")]


def test_database_refuses_duplicate_observer_and_person_as_observer(coalition, observer):
    for kept in ({"organisation": observer.organisation}, {"organisation": None, "person": PersonFactory()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MembershipFactory(coalition=coalition, standing="observer", **kept)


def test_observer_that_was_ended_by_mistake_is_current_again(coordinator, observer):
    for last_day in (date(2024, 1, 1), None):
        actions.change_membership_dates(
            actor=coordinator, membership=observer, starts_on=observer.starts_on, ends_on=last_day
        )

    assert [row.standing for row in Membership.objects.observers_in_force()] == ["observer"]


def test_ended_observer_that_is_a_member_now_stays_ended(coalition, coordinator, observer):
    actions.change_membership_dates(
        actor=coordinator, membership=observer, starts_on=observer.starts_on, ends_on=date(2024, 1, 1)
    )
    MembershipFactory(coalition=coalition, organisation=observer.organisation, starts_on=date(2024, 1, 2))
    with pytest.raises(ActionRefused, match="There is a newer membership or application"):
        actions.change_membership_dates(
            actor=coordinator, membership=observer, starts_on=observer.starts_on, ends_on=None
        )
