"""Owners that people type with commas or "and": several where each is known, one where they are one name."""

import pytest
from django.urls import reverse

from jukwaa.intake.joined_owners import OwnerSplitter
from tests.factories import AffiliationFactory, OrganisationFactory
from tests.intake.examples import find_sentence
from tests.intake.readings import create_reading

REPORT_NAMES = ["Ana Lopes", "Ben Okoro", "Hope Otieno", "Hope Adeyemi"]


@pytest.fixture
def split(coalition):
    for name in (
        "Oak Trust",
        "Elm Farm",
        "Rights and Research",
        "Salt & Light",
        "Ministry of Youth, Sport and Culture",
    ):
        organisation = OrganisationFactory(coalition=coalition, name=name)
        if name == "Oak Trust":
            AffiliationFactory(person__name="Rosa Mendes", organisation=organisation)
            AffiliationFactory(person__name="Nino Lomidze", organisation=organisation)
    return OwnerSplitter(coalition, REPORT_NAMES).split


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Ana Lopes, Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ana Lopes and Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ana Lopes & Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ana + Ben", ["Ana", "Ben"]),
        ("Ana Lopes et Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ana Lopes, Rosa Mendes and Ben Okoro", ["Ana Lopes", "Rosa Mendes", "Ben Okoro"]),
        ("Oak Trust and Elm Farm", ["Oak Trust", "Elm Farm"]),
        ("Oak Trust, Elm Farm", ["Oak Trust", "Elm Farm"]),
        ("Ana Lopes and Oak Trust", ["Ana Lopes", "Oak Trust"]),
        ("Rights and Research and Ana Lopes", ["Rights and Research", "Ana Lopes"]),
        ("Salt & Light & Oak Trust", ["Salt & Light", "Oak Trust"]),
        ("Rosa and the Secretariat", ["Rosa", "the Secretariat"]),
    ],
)
def test_text_with_known_names_has_several_owners(split, text, owners):
    assert split(text) == owners


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lopes",
        "Rights and Research",
        "Salt & Light",
        "Ministry of Youth, Sport and Culture",
        "Ana Lopes, Oak Trust",  # whom she works for
        "Lopes, Ana",
        "Mendes, Rosa",
        "Ana Lopes and Zawadi Juma",  # nobody knows the second
        "Hope and Ben",  # two people of that first name
        "Ana Lopes, Ana",
        "Research and Development",
        "Ana Lopes, by May",
        "",
    ],
)
def test_text_with_an_unknown_part_is_one_owner(split, text):
    assert split(text) == [text]


def test_typed_owners_become_commitments_of_their_own(coalition, rapporteur, client):
    OrganisationFactory(coalition=coalition, name="Rights and Research")
    text = "Notes\n\nPresent: Ana Lopes, Ben Okoro\n\nThe leaflets go out by 15 March 2027.\n\nThe hall needs paint.\n"
    reading = create_reading(coalition, rapporteur, text)
    numbers = {word: find_sentence(reading, word).number for word in ("leaflets", "hall")}
    data = {}
    for word, owner in (("leaflets", "Ana Lopes and Ben Okoro"), ("hall", "Rights and Research")):
        key = f"{numbers[word]}-0"
        data |= {f"{key}-kind": "commitment", f"{key}-owner": owner, f"{key}-due_on": "", f"{key}-versions": ""}
    client.force_login(rapporteur)
    client.post(reverse("intake:reading_entries", args=[coalition.slug, reading.pk]), data)

    owners = reading.suggestions.kept().filter(kind="commitment").order_by("sentence__number", "pk")
    assert list(owners.values_list("owner", flat=True)) == ["Ana Lopes", "Ben Okoro", "Rights and Research"]
