"""People whom the directory and another source name in different orders."""

import pytest

from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.meetings.attendance_files import FileParticipant
from jukwaa.meetings.attendance_matching import match_meeting_participants
from tests.factories import AffiliationFactory


@pytest.mark.parametrize(
    ("stored_name", "name_in_file"),
    [
        ("Muthee-Oloo, Wanjiku", "Wanjiku Muthee-Oloo"),
        ("Wanjiku Muthee-Oloo", "MUTHEE OLOO Wanjiku"),
        ("Nilza Évora Tavares", "Évora Tavares, Nilza"),
        ("Wadrawane, Hnaïsse", "Hnaisse Wadrawane (LS)"),
    ],
)
def test_name_in_another_order_is_matched(meeting, organisation, stored_name, name_in_file):
    person = AffiliationFactory(organisation=organisation, person__name=stored_name).person
    (match,) = match_meeting_participants(meeting, [FileParticipant(name_in_file)]).found

    assert match.person_id == person.pk


def test_person_of_same_order_is_preferred(coalition, organisation):
    james, otieno = (
        AffiliationFactory(organisation=organisation, person__name=name).person
        for name in ("James Otieno", "Otieno James")
    )
    known = KnownPeople(coalition)

    assert (known.find("James Otieno"), known.find("otieno james")) == (james, otieno)
    assert known.find("Otieno, James") == otieno


def test_name_that_several_people_have_in_other_orders_means_nobody(coalition, organisation):
    for name in ("Ana Paz Ríos", "Ríos Ana Paz"):
        AffiliationFactory(organisation=organisation, person__name=name)

    assert KnownPeople(coalition).find("Paz Ríos, Ana") is None
