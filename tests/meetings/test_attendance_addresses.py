"""Attendance files of other programs: the address and the parts of a name say who is meant."""

import pytest

from jukwaa.meetings.attendance_files import find_participants_in_rows
from jukwaa.meetings.attendance_matching import match_meeting_participants
from tests.factories import AffiliationFactory, MeetingFactory, OrganisationFactory, PersonFactory

HEADINGS = ["Meeting Name", "Display Name", "First Name", "Last Name", "Attendee Email", "Attendance Duration"]


def match_rows(coalition, *rows):
    meeting = MeetingFactory(coalition=coalition, published=True)
    participants = find_participants_in_rows([HEADINGS, *(["Call", *row, "57 mins"] for row in rows)])
    return match_meeting_participants(meeting, participants).found


def create_listed_person(coalition, name, email, **affiliation):
    organisation = OrganisationFactory(coalition=coalition, name="Elm Farm")
    person = PersonFactory(name=name, email=email)
    AffiliationFactory(person=person, organisation=organisation, **affiliation)
    return person, organisation


@pytest.mark.parametrize("display_name", ["Lu", "iPad de Luciana", "한별서연"])
def test_attendee_email_finds_person_and_organisation(coalition, display_name):
    person, organisation = create_listed_person(coalition, "Luciana Moreno", "luciana@elm.example")

    (match,) = match_rows(coalition, [display_name, "", "", "Luciana@elm.example"])

    assert (match.person_id, match.organisation_id) == (person.pk, organisation.pk)


def test_only_affiliation_is_selected_before_it_is_confirmed(coalition):
    person, organisation = create_listed_person(
        coalition, "Luciana Moreno", "luciana@elm.example", confirmed_on=None, confirmed_by=None
    )

    (match,) = match_rows(coalition, ["Lu", "", "", "luciana@elm.example"])

    assert (match.person_id, match.organisation_id) == (person.pk, organisation.pk)


def test_organisation_of_person_with_two_unconfirmed_affiliations_is_not_guessed(coalition):
    person, _organisation = create_listed_person(
        coalition, "Luciana Moreno", "luciana@elm.example", confirmed_on=None, confirmed_by=None
    )
    other = OrganisationFactory(coalition=coalition, name="Oak Farm")
    AffiliationFactory(person=person, organisation=other, confirmed_on=None, confirmed_by=None)

    (match,) = match_rows(coalition, ["Lu", "", "", "luciana@elm.example"])

    assert (match.person_id, match.organisation_id) == (person.pk, None)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (["Tam W. | Elm Farm", "Tamsin", "Wheelock", ""], "Tamsin Wheelock"),
        (["Maëlle K-R", "Maelle", "KR", ""], "Maëlle K-R"),
        (["Lu", "Luciana", "", ""], "Lu"),
        (["", "Luciana", "", ""], "Luciana"),
    ],
)
def test_first_and_last_name_replace_display_name_if_both_are_written_out(coalition, row, name):
    assert [match.name for match in match_rows(coalition, row)] == [name]


def test_organisation_in_display_name_is_found_beside_parts_of_name(coalition):
    organisation = OrganisationFactory(coalition=coalition, name="Elm Farm")

    (match,) = match_rows(coalition, ["Tam W. | Elm Farm", "Tamsin", "Wheelock", ""])

    assert match.organisation_id == organisation.pk
