"""A name that is typed into a field for a role or a position is asked about once."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Affiliation
from jukwaa.cooperation.models import Need
from jukwaa.events.models import Pledge
from tests.factories import AffiliationFactory, OccurrenceFactory, PersonFactory

TEXT_WITH_NAME = "Maria Testova, press officer"
NAME_WARNING = "This looks like the name of a person."


@pytest.fixture
def submit_position_form(client, coalition, organisation):
    """Say that this person belongs to the organisation, in this position; again with what the page sends back."""

    def post_position_form(person, position_text, again=None):
        client.force_login(person)
        sent = {"position": position_text} | ({"screened": again} if again else {})
        return client.post(reverse("coalitions:affiliation_say", args=[coalition.slug, organisation.pk]), sent)

    return post_position_form


def test_name_in_position_is_warned_about_once(submit_position_form):
    person = PersonFactory()
    asked = submit_position_form(person, TEXT_WITH_NAME)
    marks = asked.context["form"].data["screened"]

    assert (asked.status_code, NAME_WARNING in asked.text, "<mark>Maria Testova</mark>" in asked.text) == (
        422,
        True,
        True,
    )
    assert not Affiliation.objects.filter(person=person).exists()
    assert submit_position_form(person, TEXT_WITH_NAME, marks).status_code == 302
    assert Affiliation.objects.get(person=person).position == TEXT_WITH_NAME


def test_position_without_name_gives_no_warning(submit_position_form):
    person = PersonFactory()

    assert submit_position_form(person, "Press Officer").status_code == 302


def test_known_name_warning_depends_on_visibility_of_person(submit_position_form, organisation, member):
    known = AffiliationFactory(organisation=organisation, person__name="rosa testova")
    text = f"Assistant to {known.person.name}"

    assert NAME_WARNING in submit_position_form(member, text).text
    assert (
        submit_position_form(PersonFactory(), text).status_code == 302
    )  # nobody learns from the form who is known here


def test_name_in_pledge_role_gives_warning(client, coalition, delegate):
    occurrence = OccurrenceFactory(event__coalition=coalition)
    client.force_login(delegate)
    url = reverse("events:pledge_new", args=[coalition.slug, occurrence.event.pk, occurrence.pk])
    sent = {"activity": "We hold a workshop.", "contact_role": TEXT_WITH_NAME}
    asked = client.post(url, sent)

    assert (NAME_WARNING in asked.text, Pledge.objects.exists()) == (True, False)


@pytest.mark.parametrize(
    ("gives_warning", "is_asked_about"), [("Maria Testova, +233 30 123 4567", True), ("+233 30 123 4567", False)]
)
def test_name_in_contact_details_gives_warning(client, coalition, delegate, gives_warning, is_asked_about):
    client.force_login(delegate)
    url = reverse("cooperation:need_new", args=[coalition.slug])
    sent = {"title": "A reader", "label": "TLP:CLEAR", "language": "en", "reach": gives_warning}
    asked = client.post(f"{url}?sort=technical", sent)

    assert (NAME_WARNING in asked.text, Need.objects.exists()) == (is_asked_about, not is_asked_about)
