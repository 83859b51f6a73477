"""Search in the directory."""

from datetime import date

import pytest

from jukwaa.coalitions.capacities import create_capacity_from_source
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory, RoleFactory

PAST_PERIOD = {"starts_on": date(2010, 1, 1), "ends_on": date(2020, 1, 1)}


def list_found_names(response):
    return [row.name for row in response.context["page"].rows]


def list_affiliation_states(response, person_name):
    """Return the labels shown next to a name in the list."""
    item = response.text.split(f"<bdi>{person_name}</bdi>")[1].split("</li>")[0]
    return [part.split("</span>")[0] for part in item.split('<span class="state')[1:]]


@pytest.fixture
def directory_of_organisations(coalition):
    """A member, an attendee, a former member and a known person whose names share a word."""
    MembershipFactory(coalition=coalition, organisation__name="Blue member")
    guest = OrganisationFactory(coalition=coalition, name="Blue guest", acronym="INHOPE")
    create_capacity_from_source(coalition=coalition, person_name="Blue guest", organisation=guest)
    gone = MembershipFactory(coalition=coalition, organisation__name="Blue past", standing="left", **PAST_PERIOD)
    create_capacity_from_source(coalition=coalition, person_name="Blue past", organisation=gone.organisation)
    OrganisationFactory(coalition=coalition, name="Blue known")
    return coalition


def test_search_covers_whole_directory_and_shows_status(
    client, directory_of_organisations, build_coalition_url, member
):
    client.force_login(member)
    page = client.get(build_coalition_url("directory"), {"q": "blue"})

    assert list_found_names(client.get(build_coalition_url("directory"))) == ["Blue member"]
    assert list_found_names(client.get(build_coalition_url("directory"), {"q": "inhope"})) == ["Blue guest"]
    assert {name: list_affiliation_states(page, name)[-1].split('">')[-1] for name in list_found_names(page)} == {
        "Blue guest": "not a member",
        "Blue known": "not a member",
        "Blue member": "member",
        "Blue past": "former member",
    }
    assert 'name="who"' not in page.text
    assert "Organisations found, including non-members: 4" in page.text


def test_search_in_members_links_to_all_results(client, directory_of_organisations, build_coalition_url):
    page = client.get(build_coalition_url("directory"), {"q": "inhope", "who": "members"})

    assert list_found_names(page) == []
    assert '<input type="hidden" name="who" value="members">' in page.text
    assert 'href="?q=inhope&amp;who=all">Search all organisations</a>' in page.text


@pytest.fixture
def people_with_same_name(coalition, organisation):
    MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(name="Rosa Alone"))
    AffiliationFactory(organisation=organisation, person__name="Rosa Tied", person__name_is_public=True)
    RoleFactory(coalition=coalition, person__name="Rosa Editor", kind="editor")
    AffiliationFactory(organisation=organisation, person__name="Rosa Gone", ends_on=date(2020, 1, 1))
    coalition.list_entries.create(person=PersonFactory(name="Rosa Listed"))
    minor = PersonFactory(name="Rosa Young", is_minor=True, adult_contact=PersonFactory(name="An adult"))
    AffiliationFactory(organisation=organisation, person=minor)
    AffiliationFactory(person__name="Rosa Elsewhere", person__name_is_public=True)


def test_people_are_found_only_by_viewers_of_their_names(
    client, people_with_same_name, build_coalition_url, member, coordinator
):
    def search_people_as_viewer(person):
        client.logout()
        if person:
            client.force_login(person)
        page = client.get(build_coalition_url("directory"), {"q": "rosa"})
        return {
            row.name: [part.split('">')[-1] for part in list_affiliation_states(page, row.name)]
            for row in page.context["people"]
        }

    known = {
        "Rosa Alone": ["individual member"],
        "Rosa Editor": ["participant"],
        "Rosa Tied": ["participant"],
    }
    assert search_people_as_viewer(None) == {"Rosa Tied": ["participant"]}
    assert search_people_as_viewer(member) == known
    assert search_people_as_viewer(coordinator) == known | {
        "Rosa Listed": ["on the mailing list"],
        "Rosa Young": ["participant"],
    }


def test_only_safeguarding_lead_finds_former_members(
    client, people_with_same_name, build_coalition_url, coordinator, safeguarding_lead
):
    found = {}
    for person in (coordinator, safeguarding_lead):
        client.force_login(person)
        page = client.get(build_coalition_url("directory"), {"q": "rosa gone"})
        found[person.name] = ["former participant" in page.text, [row.name for row in page.context["people"]]]

    assert found == {"The coordinator": [False, []], "The safeguarding lead": [True, ["Rosa Gone"]]}


def test_people_are_searched_only_without_organisation_filters(
    client, people_with_same_name, build_coalition_url, member
):
    client.force_login(member)

    for asked in ({}, {"q": "rosa", "group": "african"}, {"q": "rosa", "who": "members"}):
        assert "people" not in client.get(build_coalition_url("directory"), asked).context


def test_search_says_if_there_are_more_people(client, coalition, build_coalition_url, member):
    for number in range(21):
        MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(name=f"Rosa {number:02}"))
    client.force_login(member)
    page = client.get(build_coalition_url("directory"), {"q": "rosa"})

    assert [person.name for person in page.context["people"]] == [f"Rosa {number:02}" for number in range(20)]
    assert "More people match." in page.text
    assert "No organisations match this name." in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_search_query_count_is_constant(
    client, coalition, build_coalition_url, coordinator, count, django_assert_num_queries
):
    for _number in range(count):
        organisation = MembershipFactory(coalition=coalition, organisation__name=f"Rosa {_number}").organisation
        organisation.areas.add(coalition.areas.create(name=f"Area {_number}"))
        AffiliationFactory(organisation=organisation, person__name=f"Rosa {_number}")
    client.force_login(coordinator)

    with django_assert_num_queries(9):
        page = client.get(build_coalition_url("directory"), {"q": "rosa"})
    assert (len(page.context["page"].rows), len(page.context["people"])) == (count, count)
