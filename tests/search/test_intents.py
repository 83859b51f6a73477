"""What people ask for in words of their own leads to the page first, if they may open it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.menu import menu_tabs
from jukwaa.coalitions.models import Organisation, OrganisationName, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.search import intents
from jukwaa.search.intents import INTENT_LANGUAGES, answer_page_registry, find_best_match, load_destination_phrases
from tests.conftest import create_seated_person
from tests.factories import MeetingFactory, MembershipFactory

INTENT_PHRASES = intents._load_intent_phrases()["intents"]


def find_intent_match(coalition, viewer, search_query):
    return find_best_match(Standing.under(coalition.slug, viewer), search_query)


@pytest.fixture
def searchable_world(coalition):
    """A person with each role, who may open each page."""
    return create_seated_person(coalition, "Everything", *Role.Kind.values)


def test_each_intent_has_sentences_in_four_languages_and_a_page():
    assert [
        name for name, intent in INTENT_PHRASES.items() if not all(intent[language] for language in INTENT_LANGUAGES)
    ] == []
    assert {intent["leads_to"] for intent in INTENT_PHRASES.values()} - {*menu_tabs, *answer_page_registry} == set()
    assert set(answer_page_registry) <= {intent["leads_to"] for intent in INTENT_PHRASES.values()}


@pytest.mark.parametrize("language", INTENT_LANGUAGES)
def test_no_intent_phrase_matches_two_pages(language):
    assert len(load_destination_phrases(language)) > 90


@pytest.mark.parametrize("language", INTENT_LANGUAGES)
def test_each_sentence_finds_its_page(coalition, searchable_world, language):
    """Also in capitals and with a question mark."""
    standing = Standing.under(coalition.slug, searchable_world)
    lost = []
    for intent in INTENT_PHRASES.values():
        leads_to = intent["leads_to"]
        url = (
            answer_page_registry[leads_to](standing).url
            if leads_to in answer_page_registry
            else reverse(leads_to, args=[coalition.slug])
        )
        for asked in (spelling for phrase in intent[language] for spelling in (phrase, f"{phrase.upper()} ?")):
            found = intents._find_page_match(standing, asked)
            lost += [] if found and found.url == url else [(asked, found)]

    assert lost == []


@pytest.mark.slow
def test_page_of_each_best_match_can_be_opened(client, coalition, searchable_world):
    client.force_login(searchable_world)
    asked = [intent["en"][0] for intent in INTENT_PHRASES.values()]
    statuses = {
        phrase: client.get(find_intent_match(coalition, searchable_world, phrase).url).status_code for phrase in asked
    }

    assert statuses == dict.fromkeys(asked, 200)


@pytest.mark.parametrize(
    "search_query", ["leave the coalition", "quarantine", "my tasks", "national plan", "approve an email"]
)
def test_visitor_is_not_linked_to_restricted_page(coalition, search_query):
    assert find_intent_match(coalition, AnonymousUser(), search_query) is None


@pytest.mark.parametrize("search_query", ["", "   ", "?", "wombat", "meeting about a school next door", "the " * 40])
def test_query_without_intent_has_no_best_match(coalition, member, search_query):
    assert find_intent_match(coalition, member, search_query) is None


@pytest.mark.parametrize(
    "search_query", ["Child Helpline Society", "child helpline society", "CHS", "chs", "Old Helpline", " CHS "]
)
def test_organisation_is_found_by_any_of_its_names(coalition, search_query):
    organisation = Organisation.objects.create(coalition=coalition, name="Child Helpline Society", acronym="CHS")
    OrganisationName.objects.create(organisation=organisation, name="Old Helpline")
    MembershipFactory(coalition=coalition, organisation=organisation)

    found = find_intent_match(coalition, AnonymousUser(), search_query)

    assert (found.title, found.url) == ("Child Helpline Society", organisation.get_absolute_url())


def test_organisation_that_the_viewer_does_not_see_is_not_found(coalition, coordinator, member, other_coalition):
    Organisation.objects.create(coalition=other_coalition, name="Elsewhere")
    Organisation.objects.create(coalition=coalition, name="Hidden")

    assert find_intent_match(coalition, coordinator, "Elsewhere") is None
    assert [bool(find_intent_match(coalition, viewer, "Hidden")) for viewer in (coordinator, AnonymousUser())] == [
        True,
        False,
    ]


def test_name_of_two_organisations_has_no_best_match(coalition, coordinator):
    for name in ("First", "Second"):
        Organisation.objects.create(coalition=coalition, name=name, acronym="SAME")

    assert find_intent_match(coalition, coordinator, "same") is None


def test_next_meeting_is_the_first_that_is_planned(coalition, member):
    for days in (30, 7, -7):
        day = timezone.localdate() + timedelta(days=days)
        MeetingFactory(coalition=coalition, title=f"In {days} days", starts_on=day, published=True)

    assert find_intent_match(coalition, member, "when is the next meeting").title == "In 7 days"


def test_page_shows_the_best_match_above_the_results(client, coalition):
    page = client.get(reverse("search:search", args=[coalition.slug], query={"q": "how do I join?"})).text

    assert page.index("Best match") < page.index(
        f'<a href="/{coalition.slug}/apply/"><b><bdi>Apply to join</bdi></b></a>'
    )
