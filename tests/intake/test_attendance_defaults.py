"""As what people attended, and for whom, where the report has an organisation or an office beside their names."""

from datetime import date

import pytest

from jukwaa.intake.attendance_table import build_attendance_table
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.reader.attendance_status import find_attendance_statuses
from jukwaa.intake.reader.names import parse_listed_names
from jukwaa.intake.reading_store import store_actor_names
from jukwaa.meetings.models import Attendance
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.intake.readings import create_reading

HEAD = "Minutes\n\nDate: 3 March 2026\n\n## Attendance\n\n"


@pytest.fixture
def members(coalition):
    """Organisations that were members on the day of the meeting, and one that is none."""
    for name, acronym in (("Elm Farm Association", "EFA"), ("Lake Trust International", "LTI")):
        organisation = OrganisationFactory(coalition=coalition, name=name, acronym=acronym)
        MembershipFactory(coalition=coalition, organisation=organisation, starts_on=date(2020, 1, 1))
    return OrganisationFactory(coalition=coalition, name="Hill School", acronym="HSC")


def list_roles(reading) -> dict[str, str]:
    """By name: the role that is suggested, whether by the document or by the directory."""
    return {row.name: row.suggestion.came_as or row.role for row in build_attendance_table(reading).rows}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("- Ana Lopes (EFA)", Attendance.As.MEMBER),
        ("- Ana Lopes (EFA, notes)", Attendance.As.MEMBER),
        ("- Ana Lopes-M. (Elm Farm)", Attendance.As.MEMBER),
        ("- Ana Lopes (Lake Trust International | Secretariat)", Attendance.As.SECRETARIAT),
        ("- Ana Lopes (Lake Trust International / Secretariat)", Attendance.As.SECRETARIAT),
        ("- Ana Lopes (Lake Trust International | Finance)", Attendance.As.MEMBER),
        ("- Ana Lopes (HSC)", Attendance.As.OBSERVER),
        ("- Ana Lopes (Nowhere)", Attendance.As.OBSERVER),
        ("- Ana Lopes", Attendance.As.OBSERVER),
    ],
)
def test_unknown_person_attends_as_the_organisation_beside_the_name(coalition, rapporteur, members, line, role):
    reading = create_reading(coalition, rapporteur, f"{HEAD}{line}\n")

    assert list(list_roles(reading).values()) == [role]


@pytest.mark.parametrize(
    ("written", "organisation"),
    [
        ("Ana Lopes (EFA, notes)", "Elm Farm Association"),
        ("Ben Okoro (Lake Trust International | Secretariat)", "Lake Trust International"),
        ("Dina Haddad (Elm)", "Hill School"),  # the person is of the directory
        ("Dina Haddad", "Hill School"),
        ("Eva Lund (Nowhere)", None),
        ("Eva Lund", None),
    ],
)
def test_name_with_bracket_means_the_person_or_the_organisation(coalition, rapporteur, members, written, organisation):
    dina = PersonFactory(name="Dina Haddad")
    AffiliationFactory(person=dina, organisation=members, confirmed_on=None, confirmed_by=None)
    reading = create_reading(coalition, rapporteur)
    store_actor_names(reading, [written], attendees=[written])

    found = reading.actors.get(written=written).organisation
    assert (found.name if found else None) == organisation


@pytest.mark.parametrize(
    ("line", "chair"),
    [
        ("Present: Ana Lopes (EFA, chair); Ben Okoro (LTI)", "Ana Lopes"),
        ("Present: Ben Okoro (LTI); Ana Lopes (Lake Trust, acting chair)", "Ana Lopes"),
        ("Present: EFA (Ana Lopes, chair); LTI (Ben Okoro)", "Ana Lopes"),
        ("Present: Lake Trust (Ana Lopes, chair)", "Ana Lopes"),
        ("Present: Ana Lopes (chair), Ben Okoro", "Ana Lopes"),
        ("Ana Lopes, Chair", "Ana Lopes"),
        ("Present: Ana Lopes (EFA, chair of the audit group); Ben Okoro", ""),
        ("Present: Ana Lopes (EFA); Ben Okoro (LTI)", ""),
        ("Present: Ana Lopes (EFA, chair); Ben Okoro (LTI, chair)", ""),
    ],
)
def test_chair_is_the_person_beside_the_organisation(line, chair):
    assert find_meeting_facts(f"Minutes\n\n{line}\n").chair == chair


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("Ana Lopes (Lake | Secretariat), Ben Okoro (Elm)", ("Ana Lopes", "Ben Okoro")),
        ("Ana Lopes (Lake) | Ben Okoro (Elm)", ("Ana Lopes", "Ben Okoro")),
        ("Ana Lopes | Ben Okoro | Dina Haddad", ("Ana Lopes", "Ben Okoro", "Dina Haddad")),
    ],
)
def test_bar_in_brackets_divides_no_names(phrase, names):
    assert parse_listed_names(phrase, has_own_line=False) == names


@pytest.mark.parametrize(
    ("phrase", "status"),
    [
        ("Ana Lopes (Lake | Secretariat)", {"Ana Lopes": "secretariat"}),
        ("Ana Lopes (Lake / observer)", {"Ana Lopes": "observer"}),
        ("Ana Lopes (Lake) | Secretariat", {}),  # of another cell
        ("Ana Lopes (Lake Secretariat Trust)", {}),
    ],
)
def test_status_behind_bar_in_brackets_is_read(phrase, status):
    assert find_attendance_statuses(phrase, ["Ana Lopes"]) == status


@pytest.mark.parametrize(
    ("day", "role"), [(date(2019, 12, 31), Attendance.As.OBSERVER), (date(2020, 1, 1), Attendance.As.MEMBER)]
)
def test_organisation_that_joined_later_was_no_member_on_the_day(coalition, rapporteur, members, day, role):
    """Also where the day of the meeting is only entered after the report was read."""
    reading = create_reading(coalition, rapporteur, "Minutes\n\n## Attendance\n\n- Ana Lopes (EFA)\n")
    reading.meeting_on = day
    reading.save()

    assert list_roles(reading) == {"Ana Lopes": role}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("- Ana Lopes (item 5 only)", Attendance.As.GUEST),
        ("- Ana Lopes (only for item 3)", Attendance.As.GUEST),
        ("- Ana Lopes (point 5 uniquement)", Attendance.As.GUEST),
        ("- Ana Lopes (guest, item 3 only)", Attendance.As.GUEST),
        ("- Ana Lopes (observer, item 3 only)", Attendance.As.OBSERVER),
        ("- Ana Lopes (from item 5)", Attendance.As.OBSERVER),
        ("- Elm Farm Association (item 5 only)", Attendance.As.MEMBER),
    ],
)
def test_who_came_for_one_item_is_a_guest_unless_a_member(coalition, rapporteur, members, line, role):
    assert list(list_roles(create_reading(coalition, rapporteur, f"{HEAD}{line}\n")).values()) == [role]


@pytest.mark.parametrize(
    ("agenda", "role"),
    [
        ("5. Police and reports (guest: Ana Lopes)", Attendance.As.GUEST),
        ("5. Police and reports (guests: Theo Lind and Ana Lopes)", Attendance.As.GUEST),
        ("5. Write to the guests: Ana Lopes and Theo Lind", Attendance.As.OBSERVER),
        ("5. The working group on guests: Ana Lopes will draft the rules.", Attendance.As.OBSERVER),
        ("Guests: Ana Lopes will welcome them", Attendance.As.OBSERVER),
        ("5. La police (invitée : Ana Lopes)", Attendance.As.GUEST),
        ("5. Police and reports (lead: Ana Lopes)", Attendance.As.OBSERVER),
        ("5. Guests: rules for visitors, by Ana Lopes", Attendance.As.OBSERVER),
        ("5. Candidates: Ana Lopes", Attendance.As.OBSERVER),
    ],
)
def test_guest_may_be_named_in_the_agenda(coalition, rapporteur, members, agenda, role):
    text = f"{HEAD}- Ana Lopes (Nowhere)\n- Ben Okoro (EFA)\n\n## Agenda\n\n{agenda}\n"

    assert list_roles(create_reading(coalition, rapporteur, text))["Ana Lopes"] == role


def test_guests_are_a_line_of_the_attendance_list(coalition, rapporteur, members):
    text = "Minutes\n\nPresent: Ben Okoro (EFA)\nGuests: Ana Lopes (Nowhere), Theo Lind\n\n## Agenda\n\n1. Police\n"
    roles = list_roles(create_reading(coalition, rapporteur, text))

    assert roles["Ana Lopes"] == roles["Theo Lind"] == Attendance.As.GUEST != roles["Ben Okoro"]
