"""A name that is typed into a field for a role or a position is asked about once."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Affiliation
from jukwaa.cooperation.models import Need
from jukwaa.events.models import Pledge
from tests.factories import AffiliationFactory, OccurrenceFactory, PersonFactory

NAMED = "Maria Testova, press officer"
WARNING = "This looks like the name of a person."


@pytest.fixture
def say(client, coalition, organisation):
    """Say that this person belongs to the organisation, in this position; again with what the page sends back."""

    def post(person, position, again=None):
        client.force_login(person)
        sent = {"position": position} | ({"screened": again} if again else {})
        return client.post(reverse("coalitions:affiliation_say", args=[coalition.slug, organisation.pk]), sent)

    return post


def test_a_name_in_a_position_is_asked_about_once_and_kept_at_the_second_press(say):
    person = PersonFactory()
    asked = say(person, NAMED)
    marks = asked.context["form"].data["screened"]

    assert (asked.status_code, WARNING in asked.text, "<mark>Maria Testova</mark>" in asked.text) == (422, True, True)
    assert not Affiliation.objects.filter(person=person).exists()
    assert say(person, NAMED, marks).status_code == 302
    assert Affiliation.objects.get(person=person).position == NAMED


def test_a_position_without_a_name_is_not_asked_about(say):
    person = PersonFactory()

    assert say(person, "Press Officer").status_code == 302


def test_a_known_name_is_found_for_those_alone_who_find_the_person(say, organisation, member):
    known = AffiliationFactory(organisation=organisation, person__name="rosa testova")
    text = f"Assistant to {known.person.name}"

    assert WARNING in say(member, text).text
    assert say(PersonFactory(), text).status_code == 302  # nobody learns from the form who is known here


def test_a_name_in_the_role_of_a_pledge_is_asked_about(client, coalition, delegate):
    occurrence = OccurrenceFactory(event__coalition=coalition)
    client.force_login(delegate)
    url = reverse("events:pledge_new", args=[coalition.slug, occurrence.event.pk, occurrence.pk])
    sent = {"activity": "We hold a workshop.", "contact_role": NAMED}
    asked = client.post(url, sent)

    assert (WARNING in asked.text, Pledge.objects.exists()) == (True, False)


@pytest.mark.parametrize(
    ("reach", "is_asked_about"), [("Maria Testova, +233 30 123 4567", True), ("+233 30 123 4567", False)]
)
def test_a_name_in_the_way_to_reach_a_contact_is_asked_about_and_a_number_is_not(
    client, coalition, delegate, reach, is_asked_about
):
    client.force_login(delegate)
    url = reverse("cooperation:need_new", args=[coalition.slug])
    sent = {"title": "A reader", "label": "TLP:CLEAR", "language": "en", "reach": reach}
    asked = client.post(f"{url}?sort=technical", sent)

    assert (WARNING in asked.text, Need.objects.exists()) == (is_asked_about, not is_asked_about)
