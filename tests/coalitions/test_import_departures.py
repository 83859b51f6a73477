"""A list of those who left: it ends the memberships that the directory has, when the coordinator says so."""

from datetime import date

import pytest

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, import_ready_rows, undo_import
from jukwaa.coalitions.actions.import_undo import plan_import_undo
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.models import Membership
from tests.factories import MembershipFactory, OrganisationFactory

COLUMN_HEADINGS = ["Organisation", "Member since", "Left"]


@pytest.fixture
def membership(coalition):
    organisation = OrganisationFactory(coalition=coalition, name="Harbour Telecom")
    return MembershipFactory(
        coalition=coalition, person=None, organisation=organisation, standing="active", starts_on=date(2019, 7, 1)
    )


@pytest.fixture
def answer_departure(coordinator):
    def answer_row_or_file(brought, answer, *, for_all=False):
        answer_questions_of_import(
            actor=coordinator,
            spreadsheet_import=brought,
            import_decisions={"rows": {"departure": answer}} if for_all else {},
            answers_by_row={} if for_all else {brought.rows.get(number=2).pk: RowAnswers(departure=answer)},
        )
        brought.refresh_from_db()
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)
        rows = Membership.objects.filter(organisation__name="Harbour Telecom").order_by("pk")
        return list(rows.values_list("standing", "starts_on", "ends_on"))

    return answer_row_or_file


ACTIVE = ("active", date(2019, 7, 1), None)
ENDED = ("left", date(2019, 7, 1), date(2022, 12, 31))


@pytest.mark.parametrize("for_all", [False, True])
@pytest.mark.parametrize(("answer", "expected"), [("end", ENDED), ("keep", ACTIVE)])
def test_membership_ends_only_if_coordinator_confirms(
    import_rows, membership, answer_departure, answer, expected, for_all
):
    brought = import_rows(["Harbour Telecom", "", "31/12/2022"], heading=COLUMN_HEADINGS)
    row = brought.rows.get()
    assert (row.state, row.reason) == (
        "quarantine",
        "This organisation is a member. The file says that its membership ended: 31 December 2022.",
    )

    assert answer_departure(brought, answer, for_all=for_all) == [expected]


def test_undo_restores_the_membership(import_rows, membership, answer_departure, coordinator):
    brought = import_rows(["Harbour Telecom", "", "31/12/2022"], heading=COLUMN_HEADINGS)
    answer_departure(brought, "end")
    assert plan_import_undo(brought).obstacles == []
    undo_import(actor=coordinator, spreadsheet_import=brought)

    membership.refresh_from_db()
    assert (membership.standing, membership.starts_on, membership.ends_on) == ACTIVE


def test_membership_that_changed_since_stops_undo(import_rows, membership, answer_departure):
    brought = import_rows(["Harbour Telecom", "", "31/12/2022"], heading=COLUMN_HEADINGS)
    answer_departure(brought, "end")
    Membership.objects.update(ends_on=date(2023, 1, 31))

    assert plan_import_undo(brought).obstacles == [
        "These memberships have been changed since the import: “Harbour Telecom”."
    ]


def test_several_departures_are_asked_about_once(import_rows, coalition, membership):
    other = OrganisationFactory(coalition=coalition, name="Brightplay")
    MembershipFactory(coalition=coalition, person=None, organisation=other, standing="active")
    brought = import_rows(
        ["Harbour Telecom", "", "31/12/2022"],
        ["Brightplay", "", "2023"],
        ["Somebody else", "", "2019"],
        heading=COLUMN_HEADINGS,
    )

    (question,) = find_import_questions(brought).columns
    assert (question.kind, question.numbers) == ("departure", [2, 3])


def test_last_day_before_first_day_is_questioned(import_rows, membership):
    brought = import_rows(["Harbour Telecom", "", "2018"], heading=COLUMN_HEADINGS)

    assert brought.rows.get().reason == (
        "Check the last day. According to the directory, this organisation has been a member since 1 July 2019."
    )


def test_earlier_membership_period_is_added(import_rows, membership, coordinator):
    brought = import_rows(["Harbour Telecom", "2010", "2018"], heading=COLUMN_HEADINGS)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert sorted(Membership.objects.filter(organisation__isnull=False).values_list("standing", flat=True)) == [
        *("active", "left")
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Harbour", "2019", ""], ["Harbour", "", "2022"]], [("left", 2019, 2022)]),
        ([["Harbour", "2010", "2015"], ["Harbour", "2020", ""]], [("active", 2020, None), ("left", 2010, 2015)]),
    ],
)
def test_organisation_is_not_imported_as_both_member_and_former_member(import_rows, coordinator, rows, expected):
    brought = import_rows(*rows, heading=COLUMN_HEADINGS)
    decisions = {"rows": {"repeated": "combine"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    found = Membership.objects.exclude(organisation=None).order_by("standing")
    assert list(found.values_list("standing", "starts_on__year", "ends_on__year")) == expected


def test_last_day_of_a_former_member_is_not_recorded_twice(import_rows, membership, coordinator):
    Membership.objects.filter(pk=membership.pk).update(standing="left", ends_on=date(2022, 12, 31))
    brought = import_rows(["Harbour Telecom", "", "31/12/2022"], heading=COLUMN_HEADINGS)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert Membership.objects.filter(organisation=membership.organisation).count() == 1


@pytest.mark.parametrize("standing", ["retiré (2024)", "left 2024", "LEFT March 2024"])
def test_last_day_is_parsed_from_status(import_rows, coordinator, standing):
    brought = import_rows(["Quillwort", "2021", standing], heading=["Organisation", "Member since", "Status"])
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    membership = Membership.objects.exclude(organisation=None).get()
    assert (membership.standing, membership.ends_on.year) == ("left", 2024)
