"""Candidates for a gap: who is found and why, who can see them, and who is never found."""

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.proposals.candidates import CandidateFilter, CandidateSearch
from jukwaa.proposals.models import Submission
from jukwaa.records.models import Authorship, Label
from jukwaa.regions.models import NeverAgain, Prospect, Voice
from jukwaa.regions.suppression import build_address_digest, build_suppression_digests, get_known_names
from tests.conftest import create_seated_person
from tests.factories import (
    AffiliationFactory,
    AttendanceFactory,
    CapacityFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    ObservationFactory,
    OrganisationFactory,
    PartFactory,
    PersonFactory,
)
from tests.proposals.kinds import ProposalFactory
from tests.regions.outreach_steps import add_prospect, get_area

CONFIRMED_FIELDS = {"confirmed_on": timezone.localdate()}


@pytest.fixture
def helpline(coalition):
    """A member organisation of the African Group, of civil society, that works in Swahili."""
    return MembershipFactory(
        coalition=coalition,
        organisation__name="Helpline",
        organisation__country="KE",
        organisation__regional_group="african",
        organisation__stakeholder_group="civil-society",
        organisation__languages=["sw"],
    ).organisation


@pytest.fixture
def proposal(coalition, member):
    proposal = ProposalFactory(coalition=coalition, published=True, label=Label.GREEN)
    Authorship.objects.create(record=proposal, person=member)
    return proposal


def find_candidates(viewer, coalition, excluded_people=(), **wanted):
    return CandidateSearch(Standing(viewer, coalition), CandidateFilter(**wanted), excluded_people).find_candidates()


def list_candidate_names(candidates):
    return [each.name for each in candidates]


def create_organisation_capacity(organisation):
    return CapacityFactory(coalition=organisation.coalition, organisation=organisation, name=organisation.name)


def build_candidates_url(proposal, **query):
    return reverse("proposals:candidate_list", args=["ours", proposal.pk], query=query)


@pytest.mark.parametrize(
    ("candidate_filter", "is_candidate_found"),
    [
        ({}, True),
        ({"region": "african"}, True),
        ({"region": "grulac"}, False),
        ({"stakeholder_group": "civil-society"}, True),
        ({"stakeholder_group": "government"}, False),
        ({"language": "sw"}, True),
        ({"language": "fr"}, False),
        ({"region": "african", "stakeholder_group": "government"}, False),
    ],
)
def test_search_filters_by_region_group_and_language(coalition, member, helpline, candidate_filter, is_candidate_found):
    assert (
        "Helpline" in list_candidate_names(find_candidates(member, coalition, **candidate_filter))
    ) is is_candidate_found


def test_search_by_expertise_finds_organisations_and_members(coalition, member, helpline):
    area = get_area(coalition)
    helpline.areas.add(area)
    expert = create_seated_person(coalition, "An expert")
    expert.memberships.get().areas.add(area)

    assert list_candidate_names(find_candidates(member, coalition, area=area.pk)) == ["An expert", "Helpline"]


def test_candidates_are_sorted_by_name_with_reasons_and_sources(coalition, member, helpline):
    item = ItemFactory(coalition=coalition, title="A practice", published=True)
    observation = ObservationFactory(coalition=coalition, title="An observation", published=True)
    other = ObservationFactory(coalition=coalition, title="Seen by others", published=True)
    meeting = MeetingFactory(coalition=coalition, title="A meeting", published=True)
    for record in (item, observation):
        Authorship.objects.create(record=record, person=member, capacity=create_organisation_capacity(helpline))
    Voice.objects.create(
        item=other,
        version=1,
        author=member,
        organisation=helpline,
        capacity=create_organisation_capacity(helpline),
        says="confirms",
    )
    AttendanceFactory(meeting=meeting, capacity=create_organisation_capacity(helpline))
    OrganisationFactory(coalition=coalition, name="Élan", regional_group="african")
    found = find_candidates(member, coalition, region="african")

    assert list_candidate_names(found) == ["Élan", "Helpline"]
    assert [(str(each.text), each.title, each.url) for each in found[1].reasons] == [
        ("Shared the regional observation:", "An observation", observation.get_absolute_url()),
        ("Shared in the library:", "A practice", item.get_absolute_url()),
        ("Responded to the regional observation:", "Seen by others", other.get_absolute_url()),
        ("Attended the meeting:", "A meeting", meeting.get_absolute_url()),
    ]


def test_candidates_are_named_as_in_directory(coalition, member, coordinator, helpline):
    AffiliationFactory(organisation=helpline, person__name="Confirmed", **CONFIRMED_FIELDS, confirmed_by=coordinator)
    AffiliationFactory(organisation=helpline, person__name="Waiting", confirmed_on=None, confirmed_by=None)
    [found] = find_candidates(member, coalition, region="african")

    assert [each.name for each in found.people] == ["Confirmed"]


@pytest.mark.parametrize("viewer", ["member", "coordinator", "safeguarding_lead"])
def test_minors_are_never_candidates(request, coalition, coordinator, helpline, viewer):
    minor = PersonFactory(name="A pupil", is_minor=True, adult_contact=coordinator)
    AffiliationFactory(organisation=helpline, person=minor, **CONFIRMED_FIELDS, confirmed_by=coordinator)
    MembershipFactory(coalition=coalition, organisation=None, person=minor)
    found = find_candidates(request.getfixturevalue(viewer), coalition)

    assert minor not in [person for each in found for person in (*each.people, each.person)]
    assert "A pupil" not in list_candidate_names(found)
    assert "Helpline" in list_candidate_names(found)


def test_do_not_contact_people_are_not_candidates(coalition, member, coordinator, helpline):
    known_as = helpline.names.create(name="Line of help")
    person = create_seated_person(coalition, "A silent member")
    AffiliationFactory(organisation=helpline, person=person, **CONFIRMED_FIELDS, confirmed_by=coordinator)
    assert {"Helpline", "A silent member"} <= set(list_candidate_names(find_candidates(member, coalition)))

    NeverAgain.objects.create(coalition=coalition, digest=build_address_digest(person.email))
    found = find_candidates(member, coalition)
    assert "A silent member" not in list_candidate_names(found)
    assert next(each for each in found if each.name == "Helpline").people == []

    for digest in build_suppression_digests(get_known_names(known_as.name, None), "KE"):
        NeverAgain.objects.create(coalition=coalition, digest=digest)
    assert "Helpline" not in list_candidate_names(find_candidates(member, coalition))


def test_reasons_come_only_from_records_visible_to_viewer(coalition, member, coordinator, helpline):
    draft = ItemFactory(coalition=coalition, title="A draft")
    restricted = ItemFactory(coalition=coalition, title="Restricted", published=True, label=Label.RED)
    for record in (draft, restricted):
        Authorship.objects.create(record=record, person=coordinator, capacity=create_organisation_capacity(helpline))
    meeting = MeetingFactory(coalition=coalition, published=True)
    part = PartFactory(meeting=meeting, chatham=True)
    AttendanceFactory(meeting=meeting, part=part, capacity=create_organisation_capacity(helpline))
    [found] = find_candidates(member, coalition, region="african")

    assert [(str(each.text), each.title, each.url) for each in found.reasons] == [
        ("Listed in the directory:", "Helpline", helpline.get_absolute_url())
    ]


def test_accepted_invitees_are_candidates_for_permitted_viewers_only(coalition, member, coordinator, rapporteur):
    accepted, waiting = (add_prospect(rapporteur, coalition, name) for name in ("Accepted", "Waiting"))
    Prospect.objects.filter(pk=accepted.pk).update(
        state="yes", answered_on=timezone.localdate(), contact_name="A contact", contact_address="x@example.org"
    )
    [found] = [each for each in find_candidates(coordinator, coalition, region="african") if each.prospect]

    assert (found.name, found.contact) == ("Accepted", "A contact")
    assert [each.url for each in found.reasons] == [
        reverse("regions:prospect_detail", args=[coalition.slug, accepted.pk])
    ]
    assert not [each for each in find_candidates(coordinator, coalition, region="grulac") if each.prospect]
    assert not [each for each in find_candidates(member, coalition) if each.prospect]
    assert waiting.name not in list_candidate_names(find_candidates(coordinator, coalition))

    NeverAgain.objects.create(coalition=coalition, digest=build_address_digest("x@example.org"))
    assert not [each for each in find_candidates(coordinator, coalition) if each.prospect]


def test_search_for_newcomers_excludes_past_participants(coalition, member, helpline):
    assert "Helpline" in list_candidate_names(find_candidates(member, coalition, is_new=True))
    AttendanceFactory(
        meeting=MeetingFactory(coalition=coalition, published=True), capacity=create_organisation_capacity(helpline)
    )

    assert "Helpline" not in list_candidate_names(find_candidates(member, coalition, is_new=True))


def test_invited_people_are_excluded(coalition, member):
    other = create_seated_person(coalition, "Another member")

    assert list_candidate_names(find_candidates(member, coalition)) == ["A member", "Another member"]
    assert list_candidate_names(find_candidates(member, coalition, excluded_people={other.pk})) == ["A member"]


def test_candidate_links_to_prefilled_invitation(client, proposal, member, helpline):
    person = AffiliationFactory(organisation=helpline, person__name="Speaker to be").person
    client.force_login(member)
    page = client.get(build_candidates_url(proposal, region="african", role="online moderator")).text

    new = reverse("proposals:participant_new", args=["ours", proposal.pk])
    assert f'href="{new}?person={person.pk}&amp;organisation={helpline.pk}&amp;role=online%20moderator"' in page
    assert "Filtered by: African Group" in page
    assert f'href="{new}?organisation={helpline.pk}&amp;role=online%20moderator"' in page
    assert "member organisation" in page
    assert "Invite <bdi>Speaker to be</bdi> (Online moderator)" in page


def test_candidates_cannot_be_filtered_by_gender_or_age(client, proposal, member):
    client.force_login(member)

    asked, plain = (
        client.get(build_candidates_url(proposal, **query)).text for query in ({"gender": "woman", "age": "18-24"}, {})
    )

    assert asked.partition("</main>")[0] == plain.partition("</main>")[0]
    assert 'name="gender"' not in plain


def test_invalid_filter_in_link_is_ignored(client, proposal, member, helpline):
    client.force_login(member)
    page = client.get(build_candidates_url(proposal, region="atlantis", area="x", language="??", role="king")).text

    assert "Helpline" in page
    assert "role=speaker" in page


@pytest.mark.parametrize(
    ("reader", "balance", "candidates"),
    [("coordinator", 200, 200), ("member", 200, 200), ("delegate", 200, 403), ("outsider", 404, 404)],
)
def test_only_team_searches_candidates_and_members_see_balance(client, request, proposal, reader, balance, candidates):
    client.force_login(request.getfixturevalue(reader))
    url = reverse("proposals:proposal_balance", args=["ours", proposal.pk])

    assert client.get(url).status_code == balance
    assert client.get(build_candidates_url(proposal)).status_code == candidates
    assert (build_candidates_url(proposal) in client.get(url).text) is (candidates == 200)


@pytest.mark.parametrize(("outcome", "status_code"), [("accepted", 200), ("declined", 403)])
def test_candidate_search_ends_when_proposal_is_declined(client, proposal, member, outcome, status_code):
    Submission.objects.create(proposal=proposal, by=member, outcome=outcome, outcome_on=timezone.localdate())
    client.force_login(member)
    balance = client.get(reverse("proposals:proposal_balance", args=["ours", proposal.pk]))

    assert balance.status_code == 200
    assert (build_candidates_url(proposal) in balance.text) is (status_code == 200)
    assert client.get(build_candidates_url(proposal)).status_code == status_code


def test_candidates_beyond_first_page_are_on_next_page(client, coalition, proposal, member):
    for number in range(30):
        MembershipFactory(coalition=coalition, organisation__name=f"Body {number:02}", organisation__country="KE")
    client.force_login(member)
    pages = [client.get(build_candidates_url(proposal, page=number)) for number in (1, 2)]
    found = [list_candidate_names(page.context["rows"]) for page in pages]

    assert [len(each) for each in found] == [20, 11]
    assert [*found[0], *found[1]] == ["A member", *(f"Body {number:02}" for number in range(30))]
    assert 'rel="next"' in pages[0].text


def test_newest_records_of_each_kind_are_candidate_reasons(coalition, member, coordinator, helpline):
    items = [ItemFactory(coalition=coalition, title=f"Item {number}", published=True) for number in range(4)]
    for item in items:
        for author in (member, coordinator):
            Authorship.objects.create(record=item, person=author, capacity=create_organisation_capacity(helpline))
    [found] = find_candidates(member, coalition, region="african")

    assert [each.title for each in found.reasons] == ["Item 3", "Item 2"]


@pytest.mark.parametrize("count", [1, 3])
def test_candidate_list_query_count_is_constant(client, coalition, proposal, member, django_assert_num_queries, count):
    for number in range(count):
        organisation = MembershipFactory(coalition=coalition, organisation__name=f"Body {number}").organisation
        AffiliationFactory(organisation=organisation)
        item = ItemFactory(coalition=coalition, published=True)
        Authorship.objects.create(record=item, person=member, capacity=create_organisation_capacity(organisation))
        AttendanceFactory(
            meeting=MeetingFactory(coalition=coalition, published=True),
            capacity=create_organisation_capacity(organisation),
        )
    client.force_login(member)
    client.get(build_candidates_url(proposal))  # what is kept of the directory
    with django_assert_num_queries(9):
        page = client.get(build_candidates_url(proposal)).text

    assert page.count("Invite another person from <bdi>Body") == count
