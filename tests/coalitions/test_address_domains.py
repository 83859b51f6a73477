"""Whose address it is: a fact beside a claim to an organisation, for coordinators alone."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.actions import claim_affiliation
from jukwaa.coalitions.address_domains import describe_address_domain
from jukwaa.coalitions.models import Affiliation, Organisation
from tests.factories import PersonFactory

OTHER_DOMAIN_WARNING = "Address at {}. The website of the organisation is at {}."


@pytest.mark.parametrize(
    ("email_address", "website", "domain_fact"),
    [
        ("a@iwf.org.uk", "https://www.iwf.org.uk/about", "Address at the domain of the organisation, iwf.org.uk."),
        ("a@mail.IWF.org.uk", "http://iwf.org.uk", "Address at the domain of the organisation, iwf.org.uk."),
        ("a@google.com", "https://sites.google.com/iwf", OTHER_DOMAIN_WARNING.format("google.com", "sites.google.com")),
        ("a@gmail.com", "https://iwf.org.uk", OTHER_DOMAIN_WARNING.format("gmail.com", "iwf.org.uk")),
        ("a@notiwf.org.uk", "https://iwf.org.uk", OTHER_DOMAIN_WARNING.format("notiwf.org.uk", "iwf.org.uk")),
        ("a@org.uk.evil.example", "https://org.uk", OTHER_DOMAIN_WARNING.format("org.uk.evil.example", "org.uk")),
        (
            "a@iwf.org.uk",
            "",
            "Address at iwf.org.uk. The directory has no website for the organisation, so we can't compare the two.",
        ),
        (None, "https://iwf.org.uk", ""),
    ],
)
def test_domain_of_address_is_compared_with_website(db, email_address, website, domain_fact):
    affiliation = Affiliation(
        person=PersonFactory(email=email_address and email_address.lower()), organisation=Organisation()
    )
    affiliation.organisation.website = website

    assert describe_address_domain(affiliation) == domain_fact


def test_claim_shows_coordinator_name_address_and_domain(client, coalition, coordinator, delegate, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(website="https://iwf.org.uk")
    organisation.refresh_from_db()
    claim_affiliation(actor=PersonFactory(name="Amina", email="amina@gmail.com"), organisation=organisation)
    pages = {}
    for person in (coordinator, delegate):
        client.force_login(person)
        pages[person] = client.get(reverse("coalitions:confirmations", args=[coalition.slug])).text

    assert "Amina" in pages[coordinator]
    assert "amina@gmail.com" in pages[coordinator]
    assert OTHER_DOMAIN_WARNING.format("gmail.com", "iwf.org.uk") in pages[coordinator]
    assert ("Amina" in pages[delegate], "gmail.com" in pages[delegate]) == (True, False)


def test_task_names_nameless_claimant_by_address(client, coalition, coordinator, delegate, organisation):
    """A representative has no task: they could not know who it is."""
    claim_affiliation(actor=PersonFactory(name="", email="amina@gmail.com"), organisation=organisation)
    desks = {}
    for person in (coordinator, delegate):
        client.force_login(person)
        page = client.get(reverse("home:desk", args=[coalition.slug])).text
        desks[person] = page.replace("<bdi>", "").replace("</bdi>", "")

    assert f"Confirm that amina@gmail.com belongs to {organisation}" in desks[coordinator]
    assert "Confirm that" not in desks[delegate]
