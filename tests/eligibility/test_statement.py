"""The governance statement: what it says, that it says nothing that is not public, and who gets it."""

import io

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.meetings.models import Decision, QuorumRule
from jukwaa.records.models import Label
from tests.factories import DissentFactory, EntryFactory, MeetingFactory, MembershipFactory, OrganisationFactory


def url(name):
    return reverse(f"eligibility:{name}", args=["ours"])


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


def create_disputed_decision(coalition, label=Label.CLEAR, *, meeting_label=Label.CLEAR):
    day = timezone.localdate()
    meeting = MeetingFactory(coalition=coalition, published=True, label=meeting_label, starts_on=day)
    entry = EntryFactory(coalition=coalition, meeting=meeting, published=True, label=label)
    DissentFactory(entry=entry)
    Decision.objects.create(entry=entry, method="rough-consensus")


def test_statement_in_arabic_is_set_from_right_to_left(as_coordinator, coordinator):
    coordinator.language = "ar"
    coordinator.save()

    assert 'class="document" data-label="CLEAR" lang="ar" dir="rtl"' in as_coordinator.get(url("statement")).text


def test_statement_describes_how_coalition_works(as_coordinator, coalition):
    coalition.about, coalition.objectives = "We protect children.", "Share practices\nAgree on texts"
    coalition.save()
    QuorumRule.objects.create(coalition=coalition, members=5)
    organisation = OrganisationFactory(coalition=coalition, stakeholder_group="government")
    MembershipFactory(coalition=coalition, organisation=organisation)
    text = as_coordinator.get(url("statement")).text

    for words in (
        "We protect children.",
        "Share practices",
        "Member organisations: 1. Individual members: fewer than 5.",
        "Coordinator: 1",
        "Members: 5",
        "for at least 14 days",
        "A decision made in writing is stopped by 1 objection.",
        "Membership is open.",
        "No public decision has recorded dissent.",
    ):
        assert words in text


def test_statement_counts_only_public_records(as_coordinator, coalition):
    create_disputed_decision(coalition)
    create_disputed_decision(coalition, Label.GREEN)
    create_disputed_decision(coalition, meeting_label=Label.GREEN)
    text = as_coordinator.get(url("statement")).text

    assert "Public decisions (Rough consensus): 1" in text
    assert "1 public decision has recorded dissent." in text
    assert f"2 in {timezone.localdate().year} so far" in text


def test_statement_names_no_person(as_coordinator, coalition, coordinator, rapporteur):
    coordinator.name, coordinator.name_is_public = "Amina Example", True
    coordinator.save()
    article = as_coordinator.get(url("statement")).text.partition("<article")[2].partition("</article>")[0]

    assert "Rapporteur: 1" in article
    assert coordinator.name not in article


def test_word_file_matches_statement(as_coordinator, coalition):
    response = as_coordinator.get(url("statement_file"))
    paragraphs = [each.text for each in docx.Document(io.BytesIO(response.content)).paragraphs]

    assert ".docx" in response.headers["Content-Disposition"]
    assert {"How the coalition decides", "The coalition has not set a quorum."} <= set(paragraphs)


@pytest.mark.parametrize("name", ["statement", "statement_file"])
def test_only_coordinators_see_statement(client, member, name):
    client.force_login(member)

    assert client.get(url(name)).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_statement_query_count_is_constant(as_coordinator, coalition, number, django_assert_num_queries):
    for _number in range(number):
        create_disputed_decision(coalition)
    as_coordinator.get(url("statement"))
    with django_assert_num_queries(7):
        as_coordinator.get(url("statement"))
