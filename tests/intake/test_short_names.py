"""Names that a report shortens: a courtesy title with a surname, and the first name of those who run the coalition."""

import pytest

from jukwaa.coalitions.known_people import is_short_name
from jukwaa.intake.actions import accept_remaining_suggestions, enter_reading
from jukwaa.intake.models import Actor
from jukwaa.meetings.models import Attendance, Commitment
from tests.factories import AffiliationFactory, OrganisationFactory
from tests.intake.readings import create_reading

TEXT = """# Minutes

Participants: {names}

## Actions

- {owner}: send the list by 4 May 2027
"""


@pytest.mark.parametrize(
    ("name", "full_name"),
    [
        *(("Mme Niyonkuru", "Espérance Niyonkuru"), ("M. Brennecke", "Jörg Brennecke"), ("Sr. Lima", "Rui Lima")),
        *(("Pak Budi", "Budi Santoso"), ("Dr. Ortiz", "Eva Ortiz"), ("M. Diattara", "Mamadou Diattara")),
        *(("السيدة حداد", "دينا حداد"), ("Sra. Lopes", "Ana Maria Lopes")),
    ],
)
def test_title_before_a_part_of_a_name_means_that_person(name, full_name):
    assert is_short_name(name, full_name)


@pytest.mark.parametrize(
    ("name", "full_name"),
    [("Mme", "Espérance Niyonkuru"), ("Mme Niyonkuru", "Mme Okoro"), ("Ana Lima", "Rui Lima"), ("Pak", "Budi Santoso")],
)
def test_title_alone_or_with_another_name_means_nobody(name, full_name):
    assert not is_short_name(name, full_name)


@pytest.fixture
def orchards(coalition):
    organisation = OrganisationFactory(coalition=coalition, name="Orchards of the Coast")
    AffiliationFactory(person__name="Espérance Niyonkuru", organisation=organisation)
    return organisation


def test_name_that_ends_like_a_title_is_spelled_out(coalition, rapporteur):
    reading = read_names(coalition, rapporteur, "Adam Reid, Ben Okoro", owner="Adam")

    assert list(reading.suggestions.filter(kind="commitment").values_list("owner", flat=True)) == ["Adam Reid"]


def read_names(coalition, actor, names, owner="Ana Lopes"):
    return create_reading(coalition, actor, TEXT.format(names=names, owner=owner))


def test_title_and_surname_are_offered_where_one_person_has_it(coalition, rapporteur, orchards):
    reading = read_names(coalition, rapporteur, "Mme Niyonkuru, Ben Okoro")

    named = reading.actors.get(written="Mme Niyonkuru")
    assert (named.means, named.organisation, named.likely) == (Actor.Means.AS_WRITTEN, None, orchards)


def test_title_and_surname_of_two_people_are_offered_for_neither(coalition, rapporteur, orchards):
    AffiliationFactory(person__name="Luc Niyonkuru", organisation=OrganisationFactory(coalition=coalition))

    reading = read_names(coalition, rapporteur, "Mme Niyonkuru, Ben Okoro")

    assert reading.actors.get(written="Mme Niyonkuru").likely is None


def name_person(person, name):
    person.name = name
    person.save()


def test_first_name_of_coordinator_is_recorded_as_the_coordinator(coalition, rapporteur, coordinator):
    name_person(coordinator, "Celeste Nhaca")
    reading = read_names(coalition, rapporteur, "Celeste, Ben Okoro", owner="Celeste")
    for kind in ("attendee", "commitment"):
        accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind=kind)

    enter_reading(actor=rapporteur, reading=reading)

    assert coordinator in [row.capacity.person for row in Attendance.objects.select_related("capacity__person")]
    assert Commitment.objects.get().owner.name == "Celeste Nhaca"


@pytest.mark.parametrize("other", ["Celeste Diallo", "person of the directory"])
def test_first_name_that_may_mean_somebody_else_stays_as_written(coalition, rapporteur, coordinator, orchards, other):
    name_person(coordinator, "Celeste Nhaca")
    if other == "person of the directory":
        AffiliationFactory(person__name="Celeste Okello", organisation=orchards)

    reading = read_names(coalition, rapporteur, f"Celeste, {other if other[0] == 'C' else 'Ben Okoro'}")

    assert reading.actors.filter(written="Celeste").exists()
    assert not reading.actors.filter(written="Celeste Nhaca").exists()


def test_first_name_that_another_person_with_apologies_has_is_not_spelled_out(coalition, rapporteur):
    names = "Hope Otieno, Ana Lopes\n\nApologies: Ana Ruiz"
    reading = read_names(coalition, rapporteur, names, owner="Ana")
    assert list(reading.suggestions.filter(kind="commitment").values_list("owner", flat=True)) == ["Ana"]
