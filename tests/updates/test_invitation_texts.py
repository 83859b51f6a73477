"""The suggested texts of invitations, in the languages of the pages and in others."""

import re

import pytest
from django.urls import reverse

from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.coalitions.models import Coalition


@pytest.fixture
def entered_person(coalition, coordinator, organisation):
    facts = PersonFacts(name="Ana", email="ana@example.org")
    return add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_each_language_has_suggested_text(client, coordinator, entered_person, language):
    client.force_login(coordinator)
    page = client.get(reverse("updates:invitation_new", args=["ours"]), {"language": language}).text

    assert re.search(rf'<option value="{language}" selected>', page)
    assert ("Our Coalition" in page, "{name}" in page, "{coalition}" in page) == (True, True, False)


def get_suggestion_page(client, coordinator, **query):
    client.force_login(coordinator)
    return client.get(reverse("updates:invitation_new", args=["ours"]), query).text


def test_portuguese_text_is_suggested_for_portuguese_coalition(client, coalition, coordinator, entered_person):
    Coalition.objects.update(language="pt-BR")
    page = get_suggestion_page(client, coordinator)

    assert "O seu lugar em Our Coalition" in page
    assert re.search(r'<option value="en" selected>', page)
    assert "This site has not been translated into Portuguese. The sentences that we add to the email" in page
    assert re.findall(r'href="\?language=(\w+)"', page) == ["en", "fr", "es", "ar", "pt"]
    assert "Your place in Our Coalition" in get_suggestion_page(client, coordinator, language="en")


def test_page_says_that_language_of_coalition_has_no_suggested_text(client, coalition, coordinator, entered_person):
    Coalition.objects.update(language="sw")
    page = get_suggestion_page(client, coordinator)

    assert "Your place in Our Coalition" in page
    assert "There is no suggested text in Swahili yet. The text below is in English." in page
