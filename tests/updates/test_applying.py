"""A mail can apply for an organisation, with the same result as the form on the web."""

import re

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Membership, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.incoming.application_parsing import ParsedApplication, find_unclear_lines, parse_application_email
from jukwaa.updates.models import PendingMail
from tests.factories import OrganisationFactory
from tests.updates.emails import build_own_address, deliver_email, find_link_path, list_written_emails

NEWCOMER_ADDRESS = "New Comer <new@example.org>"
APPLICATION_LINES = "Organisation: The Children's Fund\nCountry: Kenya\nPosition: Director\n\nWe would like to help."
NEW_ORGANISATION_LINES = {"meant": "new", "stakeholder_group": "civil-society"}


def send_application(client, text, **headers):
    """The page to which the answer to this mail leads."""
    deliver_email(text, to=build_own_address("join+ours"), sender=NEWCOMER_ADDRESS, **headers)
    return find_link_path(Message.objects.get(), "/mail/confirm/")


def get_chosen_organisation(response):
    """What is chosen already where the page opens."""
    return response.context["form"].fields["meant"].initial


def list_choice_labels(response):
    return [label for _value, label in response.context["form"].fields["meant"].choices]


def list_applications():
    return Membership.objects.get(standing="applied")


@pytest.mark.parametrize(
    ("email_subject", "text", "application_text"),
    [
        ("", "We would like to help.", ParsedApplication(text="We would like to help.")),
        (
            "",
            APPLICATION_LINES,
            ParsedApplication(
                organisation="The Children's Fund", country="KE", position="Director", text="We would like to help."
            ),
        ),
        ("Join for ECPAT International", "Hello", ParsedApplication(organisation="ECPAT International", text="Hello")),
        (
            "Hi",
            "join for ECPAT International.\nHello",
            ParsedApplication(organisation="ECPAT International", text="Hello"),
        ),
        ("Re: adhérer pour Enfants", "Bonjour", ParsedApplication(organisation="Enfants", text="Bonjour")),
        (
            "",
            "*Organisation :* Enfants\nPays : Sénégal",
            ParsedApplication(organisation="Enfants", country="SN", text=""),
        ),
        ("", "المنظمة: جمعية الطفل\nالبلد: مصر", ParsedApplication(organisation="جمعية الطفل", country="EG", text="")),
        ("", "Organisation: A\nGroup: NGO", ParsedApplication(organisation="A", group="civil-society", text="")),
        ("", "Groupe : secteur privé\nBonjour", ParsedApplication(group="private-sector", text="Bonjour")),
        ("", "الفئة: المجتمع المدني", ParsedApplication(group="civil-society", text="")),
        ("", "Group: African Group\nGroup: unknown", ParsedApplication(text="Group: African Group\nGroup: unknown")),
        ("", "Organisation: A\nOrganisation: B", ParsedApplication(organisation="A", text="Organisation: B")),
        ("", "Organisation: A\nCountry: Atlantis", ParsedApplication(organisation="A", text="Country: Atlantis")),
        (
            "",
            "Position: nurse\nCountry: Kenya\nI help.",
            ParsedApplication(country="KE", text="Position: nurse\nI help."),
        ),
        ("", f"Organisation: {'a' * 201}", ParsedApplication(text=f"Organisation: {'a' * 201}")),
        ("Our reason: children", "Why: because", ParsedApplication(text="Why: because")),
    ],
)
def test_application_lines_are_parsed_and_rest_is_text(email_subject, text, application_text):
    assert parse_application_email(text, email_subject) == application_text


def test_invalid_application_facts_are_unclear_lines():
    assert find_unclear_lines("Hello: you\nCountry: Atlantis \nOrganisation: B") == [
        "Country: Atlantis",
        "Organisation: B",
    ]


def test_application_by_email_can_add_new_organisation(client, mailing_coalition, coordinator):
    path = send_application(client, APPLICATION_LINES)
    answer = Message.objects.get().body
    assert ("Your email names an organisation." in answer, "Children's Fund" in answer) == (True, False)
    page = client.get(path)
    assert list_choice_labels(page) == [
        "The Children's Fund, not in the directory yet",
        "No organisation: I am applying as an individual",
    ]
    assert (get_chosen_organisation(page), Organisation.objects.count()) == ("new", 0)
    assert client.post(path, NEW_ORGANISATION_LINES).status_code == 200

    membership, person = list_applications(), Person.objects.get(email="new@example.org")
    organisation = membership.organisation
    assert (organisation.name, organisation.country, organisation.regional_group, organisation.stakeholder_group) == (
        "The Children's Fund",
        "KE",
        "african",
        "civil-society",
    )
    assert (membership.applicant, membership.motivation) == (person, "We would like to help.")
    assert list(Affiliation.objects.values_list("person", "position", "confirmed_on", "may_speak")) == [
        (person.pk, "Director", None, False)
    ]
    assert (Standing(person, mailing_coalition).has_seat, Standing(person, mailing_coalition).organisations) == (
        False,
        [],
    )
    send_pending_activity_notifications()
    assert (
        coordinator.email,
        "[Our Coalition] Please decide: The Children's Fund would like to join",
    ) in list_written_emails()


@pytest.mark.parametrize("meant", ["new", "own"])
def test_application_without_stakeholder_group_asks_for_it(client, mailing_coalition, meant):
    path = send_application(client, APPLICATION_LINES)
    unsaid = client.post(path, {"meant": meant})

    assert (unsaid.status_code, list(unsaid.context["form"].errors)) == (422, ["stakeholder_group"])
    assert "Choose the group that fits best." in unsaid.text
    assert PendingMail.objects.get().done_at is None


def test_group_named_in_email_is_preselected(client, mailing_coalition):
    path = send_application(client, "Group: private sector\nHello.")
    page = client.get(path)
    assert '<option value="private-sector" selected>' in page.text
    assert "meant" not in page.context["form"].fields

    client.post(path, {"stakeholder_group": "private-sector"})
    assert (list_applications().stakeholder_group, list_applications().motivation) == ("private-sector", "Hello.")


def test_organisation_in_directory_is_found_by_name(client, mailing_coalition):
    there = OrganisationFactory(coalition=mailing_coalition, name="The Children's Fund")
    path = send_application(client, APPLICATION_LINES)

    page = client.get(path)
    assert (list_choice_labels(page), get_chosen_organisation(page)) == (
        ["The Children's Fund", "No organisation: I am applying as an individual"],
        str(there.pk),
    )
    client.post(path, {"meant": str(there.pk)})
    assert (list_applications().organisation, Organisation.objects.count()) == (there, 1)


def test_similar_organisation_name_asks_applicant_to_choose(client, mailing_coalition, organisation):
    organisation.name = "Children's Fund International"
    organisation.save()
    path = send_application(client, APPLICATION_LINES)
    page = client.get(path)
    assert (list_choice_labels(page)[0], get_chosen_organisation(page)) == ("Children's Fund International", None)
    unsaid = client.post(path)
    assert (unsaid.status_code, Membership.objects.filter(standing="applied").count()) == (422, 0)
    assert "or choose to apply as an individual." in unsaid.text

    client.post(path, NEW_ORGANISATION_LINES)
    assert list_applications().organisation.name == "The Children's Fund"


def test_unclear_application_can_be_confirmed_as_individual(client, mailing_coalition):
    path = send_application(client, "Hello.", Subject="Join for my children")
    client.post(path, {"meant": "own", "stakeholder_group": "other"})

    assert (list_applications().organisation, list_applications().person.email) == (None, "new@example.org")


def test_application_for_existing_member_is_explained(client, mailing_coalition, organisation):
    path = send_application(client, f"Organisation: {organisation.name}\nWe would like to help.")
    response = client.post(path, {"meant": str(organisation.pk)})

    assert response.status_code == 410
    assert "This organisation is already a member." in response.text
    assert (Affiliation.objects.count(), PendingMail.objects.get().done_at) == (0, None)


def test_unparsed_application_line_is_saved_and_shown(client, mailing_coalition):
    path = send_application(client, "Organisation: Fund\nCountry: Atlantis\nWe would like to help.")
    page = client.get(path).text
    assert "We did not understand these lines." in page
    assert "<li><bdi>Country: Atlantis</bdi></li>" in page
    client.post(path, NEW_ORGANISATION_LINES)

    assert list_applications().motivation == "Country: Atlantis\nWe would like to help."


def test_individual_member_can_apply_for_organisation(client, mailing_coalition, member):
    deliver_email(APPLICATION_LINES, to=build_own_address("ours"), sender=member.email)
    client.post(find_link_path(Message.objects.get(), "/mail/confirm/"), NEW_ORGANISATION_LINES)

    assert list_applications().applicant == member


def test_application_without_organisation_gets_explanation(client, mailing_coalition):
    send_application(client, "We would like to help.")

    assert "Organisation: the name of the organisation" in Message.objects.get().body


@pytest.mark.parametrize("text", ["We would like to help.", APPLICATION_LINES])
def test_stakeholder_group_is_not_labelled_optional(client, mailing_coalition, text):
    """It is required, or depends on the organisation that is chosen."""
    page = client.get(send_application(client, text)).text

    assert re.search(r'<label for="id_stakeholder_group">([^/]*)</label>', page)[1] == "Stakeholder group"
