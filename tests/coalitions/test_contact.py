"""The contact page: it names roles and shared addresses, never the address of a person."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.search.intents import find_best_match
from tests.factories import CoalitionFactory, MembershipFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db
FACT_PATTERN = re.compile(r"<dt>([^<]+)</dt><dd>(?:<a [^>]+>)?(?:<bdi[^>]*>)?([^<]+)")


@pytest.fixture
def contact_form(client, coalition, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("coalitions:settings", args=["ours"]))
    return {name: value for name, value in page.context["form"].initial.items() if value}


def save_contact_form(client, form, **changes):
    return client.post(reverse("coalitions:settings", args=["ours"]), form | changes)


def list_contact_facts(client):
    return FACT_PATTERN.findall(client.get(reverse("coalitions:contact", args=["ours"])).text)


def test_contact_page_names_roles_and_shared_addresses(client, coalition, contact_form):
    saved = save_contact_form(
        client, contact_form, contact_address="info@coalition.example", press_address="press@coalition.example"
    )
    client.logout()

    assert saved.status_code == 302
    assert list_contact_facts(client) == [
        ("Answered by", "Coordinator"),
        ("Email address", "info@coalition.example"),
        ("Answered by", "Chair"),
        ("Email address", "press@coalition.example"),
    ]


def test_contact_page_states_missing_addresses(client, coalition):
    assert [value for term, value in list_contact_facts(client) if term == "Email address"] == [
        "No email address has been published yet."
    ] * 2


@pytest.mark.parametrize("field_name", ["contact_address", "press_address"])
def test_address_of_a_person_is_not_published(client, coalition, contact_form, field_name):
    PersonFactory(email="amina@example.org")
    refused = save_contact_form(client, contact_form, **{field_name: "Amina@example.org"})

    assert (refused.status_code, refused.context["form"].errors[field_name]) == (
        422,
        [
            (
                "Amina@example.org is one person's email address. Everyone can see the contact page, "
                "so enter a shared mailbox instead, such as info@example.org."
            )
        ],
    )
    assert not getattr(Coalition.objects.get(), field_name)


def test_contact_page_is_linked_from_every_page_and_found_by_search(client, coalition):
    path = reverse("coalitions:contact", args=["ours"])

    assert f'<a href="{path}">Contact</a>' in client.get("/ours/").text
    assert find_best_match(Standing(AnonymousUser(), coalition), "press contact").url == path


def test_settings_link_to_leave_page_of_each_coalition(client, coalition, member):
    other, former = CoalitionFactory(slug="other", name="The input that you entered"), CoalitionFactory(slug="former")
    RoleFactory(coalition=other, person=member)
    MembershipFactory(coalition=former, organisation=None, person=member, ends_on="2021-01-01")
    client.force_login(member)
    page = client.get(reverse("accounts:settings")).text

    assert re.findall(r'<a href="([^"]+)">Leave <bdi>([^<]+)', page) == [
        (f"/ours/people/{member.pk}/remove/", "Our Coalition"),
        (f"/other/people/{member.pk}/remove/", "The input that you entered"),
    ]
    leaving = client.get(f"/ours/people/{member.pk}/remove/")
    assert "<title>Leave the coalition · Our Coalition</title>" in leaving.text


def test_settings_of_an_outsider_mention_no_coalition(client, coalition):
    client.force_login(PersonFactory())

    assert "Your coalitions" not in client.get(reverse("accounts:settings")).text


def test_contact_page_states_other_names_of_the_coalition(client, coalition):
    coalition.names.create(name="Before", source="https://example.org")
    coalition.names.create(name="Long before")

    text = client.get(reverse("coalitions:contact", args=["ours"])).text

    assert "Also known as Before (source: https://example.org)</p>" in text
    assert "Also known as Long before</p>" in text
