"""One press makes a sentence a commitment of whom it begins with, if the directory knows that name."""

from datetime import date

import pytest

from jukwaa.intake.actions import accept_sentence_as_suggestion
from jukwaa.intake.leading_owner import find_leading_owner
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.intake.readings import create_reading


@pytest.fixture
def known_person(coalition):
    return AffiliationFactory(
        organisation=OrganisationFactory(coalition=coalition, name="Pomar Vivo"),
        person=PersonFactory(name="Rui Lopes Varela"),
    ).person


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("O Senhor Rui Lopes Varela apresentará um plano até 15 de Dezembro de 2026.", "Rui Lopes Varela"),
        ("Mme Rui Lopes Varela enverra la liste.", "Rui Lopes Varela"),
        ("- Rui: enviar a lista", "Rui"),
        ("A Pomar Vivo enviará a lista.", "Pomar Vivo"),
        ("O Senhor Zeca Nunes apresentará um plano.", ""),
        ("A lista é do Rui Lopes Varela.", ""),
        ("", ""),
    ],
)
def test_owner_is_a_name_of_the_directory_at_the_beginning(coalition, known_person, sentence, owner):
    assert find_leading_owner(coalition, sentence) == owner


def test_name_of_two_people_is_no_owner(coalition, known_person):
    other = OrganisationFactory(coalition=coalition)
    AffiliationFactory(organisation=other, person=PersonFactory(name="Rui Mendes"))

    assert find_leading_owner(coalition, "Rui enviará a lista.") == ""


def test_name_of_child_is_no_owner(coalition):
    organisation = OrganisationFactory(coalition=coalition)
    AffiliationFactory(
        organisation=organisation, person=PersonFactory(name="Lia Sousa", is_minor=True, adult_contact=PersonFactory())
    )

    assert find_leading_owner(coalition, "Lia Sousa enviará a lista.") == ""


def test_one_press_stores_owner_and_day(coalition, rapporteur, known_person):
    text = "Ata\n\nFoi uma reunião curta sobre o pomar, e todos falaram da água e das árvores.\n\n"
    text += "O Rui Lopes Varela ia apresentar um plano até 15 de Dezembro de 2026.\n"
    reading = create_reading(coalition, rapporteur, text)
    sentence = reading.sentences.last()
    sentence.reading.suggestions.filter(sentence=sentence).delete()

    added = accept_sentence_as_suggestion(actor=rapporteur, sentence=sentence, suggestion_kind="commitment")

    assert (added.owner, added.due_on) == ("Rui Lopes Varela", date(2026, 12, 15))
