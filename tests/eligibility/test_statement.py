"""The governance statement: what it says, that it says nothing that is not public, and who gets it."""

import io

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.meetings.models import Decision, QuorumRule
from jukwaa.records.models import Label
from tests.factories import DissentFactory, EntryFactory, MeetingFactory, MembershipFactory, OrganisationFactory


def build_eligibility_url(route_name):
    return reverse(f"eligibility:{route_name}", args=["ours"])


@pytest.fixture
def coordinator_client(client, coordinator):
    client.force_login(coordinator)
    return client


def create_disputed_decision(coalition, tlp_label=Label.CLEAR, *, meeting_label=Label.CLEAR):
    day = timezone.localdate()
    meeting = MeetingFactory(coalition=coalition, published=True, label=meeting_label, starts_on=day)
    entry = EntryFactory(coalition=coalition, meeting=meeting, published=True, label=tlp_label)
    DissentFactory(entry=entry)
    Decision.objects.create(entry=entry, method="rough-consensus")


def test_statement_in_arabic_is_set_from_right_to_left(coordinator_client, coordinator):
    coordinator.language = "ar"
    coordinator.save()

    assert (
        'class="document" data-label="CLEAR" lang="ar" dir="rtl"'
        in coordinator_client.get(build_eligibility_url("statement")).text
    )


def test_statement_describes_how_coalition_works(coordinator_client, coalition):
    coalition.about, coalition.objectives = "We protect children.", "Share practices\nAgree on texts"
    coalition.save()
    QuorumRule.objects.create(coalition=coalition, members=5)
    organisation = OrganisationFactory(coalition=coalition, stakeholder_group="government")
    MembershipFactory(coalition=coalition, organisation=organisation)
    text = coordinator_client.get(build_eligibility_url("statement")).text

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


def test_statement_counts_only_public_records(coordinator_client, coalition):
    create_disputed_decision(coalition)
    create_disputed_decision(coalition, Label.GREEN)
    create_disputed_decision(coalition, meeting_label=Label.GREEN)
    text = coordinator_client.get(build_eligibility_url("statement")).text

    assert "Public decisions (Rough consensus): 1" in text
    assert "1 public decision has recorded dissent." in text
    assert f"2 in {timezone.localdate().year} so far" in text


def test_statement_claims_no_agreement_where_votes_are_unknown(coordinator_client, coalition):
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=timezone.localdate())
    EntryFactory(coalition=coalition, meeting=meeting, published=True, label=Label.CLEAR)
    text = coordinator_client.get(build_eligibility_url("statement")).text

    assert "For 1 public decision, the record does not say how it was made or whether anyone dissented." in text
    assert "No public decision has recorded dissent." not in text


def test_statement_counts_votes_against_as_dissent(coordinator_client, coalition):
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=timezone.localdate())
    entry = EntryFactory(coalition=coalition, meeting=meeting, published=True, label=Label.CLEAR)
    Decision.objects.create(entry=entry, method="vote", votes_for=9, votes_against=2, abstentions=1)

    assert "1 public decision has recorded dissent." in coordinator_client.get(build_eligibility_url("statement")).text


def test_statement_names_no_person(coordinator_client, coalition, coordinator, rapporteur):
    coordinator.name, coordinator.name_is_public = "Amina Example", True
    coordinator.save()
    article = (
        coordinator_client.get(build_eligibility_url("statement"))
        .text.partition("<article")[2]
        .partition("</article>")[0]
    )

    assert "Rapporteur: 1" in article
    assert coordinator.name not in article


def test_word_file_matches_statement(coordinator_client, coalition):
    response = coordinator_client.get(build_eligibility_url("statement_file"))
    paragraphs = [each.text for each in docx.Document(io.BytesIO(response.content)).paragraphs]

    assert ".docx" in response.headers["Content-Disposition"]
    assert {"How the coalition decides", "The coalition has not set a quorum."} <= set(paragraphs)


@pytest.mark.parametrize("route_name", ["statement", "statement_file"])
def test_only_coordinators_see_statement(client, member, route_name):
    client.force_login(member)

    assert client.get(build_eligibility_url(route_name)).status_code == 403


@pytest.mark.parametrize("row_count", [1, 3])
def test_statement_query_count_is_constant(coordinator_client, coalition, row_count, django_assert_num_queries):
    for _number in range(row_count):
        create_disputed_decision(coalition)
    coordinator_client.get(build_eligibility_url("statement"))
    with django_assert_num_queries(7):
        coordinator_client.get(build_eligibility_url("statement"))
