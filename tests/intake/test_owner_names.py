"""Owners whom a report writes in short: spelled out where one person is meant, by the report or the directory."""

import pytest

from jukwaa.coalitions.models import Affiliation
from jukwaa.intake.reader.owner_cells import parse_owner_cell
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.intake.readings import create_reading

TEXT = """Minutes

Participants: {names}

Apologies: {excused}

No | Action | Owner | Deadline
1 | Send the list to all members | {owner} | 4 May 2027
"""
PRESENT = "Ilisavani Vakatora (Reef Trust), Anil Chaudhary (Lagoon Telecom), Siti Rohana Wahid, Stefan Hellmund"


@pytest.fixture
def directory(coalition):
    """Whom the coalition knows, by organisation."""
    people = {
        "Bright Mobile": ["Rosa Mendes"],
        "Lycée du Port": ["Philippe Wénal"],
        "Harbour Trust": ["Grace Kila", "Nino Lomidze"],
        "Elm Farm": ["Grace Obi", 'Maria Teresa "Tess" Magno', "Ruth Adeyemi"],
    }
    organisations = {name: OrganisationFactory(coalition=coalition, name=name) for name in people}
    for organisation, names in people.items():
        for name in names:
            AffiliationFactory(person__name=name, organisation=organisations[organisation])
    return organisations


def read_owners(coalition, actor, owner, names=PRESENT, excused="Jonas Tari"):
    reading = create_reading(coalition, actor, TEXT.format(names=names, excused=excused, owner=owner))
    return list(reading.suggestions.filter(kind="commitment").order_by("pk").values_list("owner", flat=True))


@pytest.mark.parametrize(
    ("owner", "full_names"),
    [
        ("Ili", ["Ilisavani Vakatora"]),  # the beginning of one first name
        ("Anil (tbc)", ["Anil Chaudhary"]),
        ("Anil (Bright: tbc)", ["Anil Chaudhary"]),  # a note about another organisation
        ("Anil (Lagoon Telecom)", ["Anil Chaudhary"]),
        ("Stefan H", ["Stefan Hellmund"]),
        ("Stefan H.", ["Stefan Hellmund"]),
        ("Siti Rohana", ["Siti Rohana Wahid"]),
        ("S. Wahid", ["Siti Rohana Wahid"]),
        ("Anil (lead, not confirmed)", ["Anil Chaudhary"]),
        ("Jonas", ["Jonas Tari"]),  # excused
        ("Philippe", ["Philippe Wénal"]),  # of the directory
        ("Mr Lomidze", ["Nino Lomidze"]),
        ("Grace (Elm Farm)", ["Grace Obi"]),  # the organisation chooses
        ("Grace (Harbour Trust)", ["Grace Kila"]),
        ("Tess", ['Maria Teresa "Tess" Magno']),  # a nickname that the directory has
        ("Nino + Ruth", ["Nino Lomidze", "Ruth Adeyemi"]),
        ("Rosa, with input of Anil", ["Rosa Mendes", "Anil Chaudhary"]),
        ("Ruth / WG", ["Ruth Adeyemi"]),
    ],
)
def test_short_owner_that_means_one_person_is_spelled_out(coalition, rapporteur, directory, owner, full_names):
    assert read_owners(coalition, rapporteur, owner) == full_names


@pytest.mark.parametrize(
    "owner",
    [
        "Grace",  # two people of the directory
        "Grace (Reef Trust)",  # none of that organisation
        "Anil (Harbour Trust)",
        "Anil (Northern Cables)",  # of an organisation that nobody knows
        "Il",  # too short
        "ILI",  # letters of an organisation
        "Ili Vakatora",  # another first name with the same surname
        "Rohana",  # a second first name
        "Hellmund",
        "Anil (ministry)",
        "Anil (Harbour Trust tbc)",
        "Lagoon",  # the first word of an organisation
        "M. Hellmund",
        "M Lomidze",
        "Phil",  # the beginning of a name of the directory: not of this report
        "Secretariat",
        "Bright Mobile",
        "Jordan",
        "Zawadi",
    ],
)
def test_owner_that_may_mean_several_or_nobody_stays_as_written(coalition, rapporteur, directory, owner):
    assert read_owners(coalition, rapporteur, owner) == [owner]


@pytest.mark.parametrize(
    ("owner", "names", "excused"),
    [
        ("Ana", "Ana Lopes, Ben Okoro", "Ana Ruiz"),
        ("Ana", "Ana Lopes, Ana Ruiz, Ben Okoro", "Hope Otieno"),
        ("Ana", "Ana Lopes, Ben Okoro", "Ana, Hope Otieno"),  # who is absent is not who is present
        ("Ili", "Ilisavani Vakatora, Ilikena Bale", "Hope Otieno"),
        ("Ili", "Ilisavani Vakatora, Ben Okoro", "Ilikena Bale"),
        ("Grace", "Grace Kila, Grace Obi, Ben Okoro", "Hope Otieno"),
    ],
)
def test_first_name_of_two_listed_people_means_neither(coalition, rapporteur, directory, owner, names, excused):
    assert read_owners(coalition, rapporteur, owner, names, excused) == [owner]


@pytest.mark.parametrize(
    ("owner", "full_name"),
    [
        ("Paul", "Paulina Kowalska"),
        ("Maria Costa", "Mariana Costa"),
        ("Ana Silva", "Anabela Silva"),
        ("Ana", "Anabela Silva"),
        ("Ali", "Alice Brown"),
        ("Martin", "Martina Novak"),
        ("James", "Mary James"),
        ("Mr Kim", "Kim Larsen"),
        ("M. Okoro", "Ben Okoro"),
        ("Bright", "Brightonia Dimou"),  # of Bright Mobile
        ("Meta", "Metaxia Dimou"),
        ("Ili", "Ilisavani Vakatora, Ili Tora"),
    ],
)
def test_other_name_that_is_only_similar_stays_as_written(coalition, rapporteur, directory, owner, full_name):
    assert read_owners(coalition, rapporteur, owner, f"{full_name}, Jörg Hansen")[0] in {owner, "Ili Tora"}


def test_title_with_surname_of_two_known_people_means_neither(coalition, rapporteur, directory):
    AffiliationFactory(person__name="Una Hellmund", organisation=directory["Elm Farm"])

    assert read_owners(coalition, rapporteur, "Dr Hellmund") == ["Dr Hellmund"]


def test_first_name_of_one_present_means_that_person_though_the_directory_has_others(coalition, rapporteur, directory):
    assert read_owners(coalition, rapporteur, "Grace", "Grace Kila, Ben Okoro") == ["Grace Kila"]


def test_beginning_of_a_name_means_nobody_where_the_directory_has_that_name(coalition, rapporteur, directory):
    AffiliationFactory(person__name="Ili Bale", organisation=directory["Elm Farm"])

    assert read_owners(coalition, rapporteur, "Ili") == ["Ili Bale"]

    AffiliationFactory(person__name="Ili Tora", organisation=directory["Harbour Trust"])
    assert read_owners(coalition, rapporteur, "Ili", f"{PRESENT}, Hope Otieno") == ["Ili"]


@pytest.mark.parametrize("change", ["young", "left"])
def test_person_under_18_or_who_left_is_not_spelled_out(coalition, rapporteur, directory, change):
    tie = Affiliation.objects.get(person__name="Philippe Wénal")
    if change == "young":
        tie.person.is_minor, tie.person.adult_contact = True, PersonFactory()
        tie.person.save()
    else:
        tie.ends_on = "2020-01-01"
        tie.save()

    assert read_owners(coalition, rapporteur, "Philippe") == ["Philippe"]


def test_namesake_under_18_makes_a_first_name_mean_nobody(coalition, rapporteur, directory):
    young = PersonFactory(name="Philippe Ora", is_minor=True, adult_contact=PersonFactory())
    AffiliationFactory(person=young, organisation=directory["Elm Farm"])

    assert read_owners(coalition, rapporteur, "Philippe") == ["Philippe"]


def test_person_of_another_coalition_is_not_found(coalition, rapporteur):
    AffiliationFactory(person__name="Philippe Wénal")

    assert read_owners(coalition, rapporteur, "Philippe") == ["Philippe"]


def test_owner_of_the_directory_is_named_as_the_report_lists_that_person(coalition, rapporteur, directory):
    names = "Maria Teresa Magno, Ben Okoro"

    assert read_owners(coalition, rapporteur, "Tess", names) == ["Maria Teresa Magno"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ana, with input of Ben", ("Ana", "Ben")),
        ("Ana avec l'appui de Ben", ("Ana", "Ben")),
        ("Ana con apoyo de Eva", ("Ana", "Eva")),
        ("Ana mit Unterstützung von Eva", ("Ana", "Eva")),
        ("Ana with the Oak Trust", ("Ana", "Oak Trust")),
        ("Ana / WG", ("Ana", "WG")),
        ("Ana/WG", ("Ana", "WG")),
    ],
)
def test_cell_names_helpers_beside_the_owner(cell, names):
    assert parse_owner_cell(cell) == names
