"""Which membership pages are visible to whom."""

from datetime import date

import pytest
from django.utils import timezone

from jukwaa.coalitions.capacities import create_capacity_from_source
from jukwaa.coalitions.models import Organisation
from tests.factories import (
    AffiliationFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)


def list_organisation_names(response):
    return [row.name for row in response.context["page"].rows]


def test_directory_separates_members_observers_and_others(
    client, coalition, organisation, build_coalition_url, member, other_coalition
):
    guest = OrganisationFactory(coalition=coalition, name="A guest")
    create_capacity_from_source(coalition=coalition, person_name="A guest", organisation=guest)
    OrganisationFactory(coalition=coalition, name="Known")
    MembershipFactory(
        coalition=coalition, organisation__name="Gone", standing="left", starts_on=None, ends_on=date(2020, 1, 1)
    )
    MembershipFactory(coalition=other_coalition)

    def search_people(member_kind):
        return list_organisation_names(client.get(build_coalition_url("directory"), {"who": member_kind}))

    assert search_people("all") == ["A guest", "Gone", organisation.name]
    client.force_login(member)
    assert search_people("members") == search_people("nonsense") == [organisation.name]
    assert search_people("observers") == ["A guest"]
    assert search_people("all") == ["A guest", "Gone", "Known", organisation.name]


def test_applicants_are_visible_only_to_coordinators_and_themselves(
    client, coalition, organisation, build_coalition_url, member, coordinator, delegate, outsider
):
    asks = {"coalition": coalition, "applied_on": date(2026, 1, 1), "starts_on": None}
    prospects = [
        MembershipFactory(
            standing=standing, reason="So.", organisation__name=f"Prospect {standing}", **asks
        ).organisation
        for standing in ("applied", "declined", "left")
    ]
    AffiliationFactory(person=outsider, organisation=prospects[0], confirmed_on=None, confirmed_by=None)
    names = [prospect.name for prospect in prospects]

    for person, seen in [(None, []), (member, []), (delegate, []), (outsider, names[:1]), (coordinator, names)]:
        client.logout()
        if person:
            client.force_login(person)
        assert (
            list_organisation_names(client.get(build_coalition_url("directory"), {"who": "all", "q": "prospect"}))
            == seen
        )
        pages = [client.get(prospect.get_absolute_url()).status_code for prospect in prospects]
        assert pages == [200 if prospect.name in seen else 404 for prospect in prospects]
        assert ("Prospect" in client.get(build_coalition_url("export_csv")).content.decode()) == bool(seen)

    client.force_login(member)
    form = {"name": "Prospect", "stakeholder_group": "civil-society", "motivation": "To learn."}
    assert "Prospect applied" not in client.post(build_coalition_url("apply"), form).text


def test_directory_is_filtered_by_each_field(client, coalition, build_coalition_url, member):
    client.force_login(member)
    facts = {"country": "KE", "regional_group": "african", "stakeholder_group": "government", "languages": ["pt-BR"]}
    wanted = OrganisationFactory(coalition=coalition, name="Wanted", acronym="WTD", **facts)
    area = coalition.areas.create(name="Policy")
    wanted.areas.add(area)
    wanted.names.create(name="Before")
    OrganisationFactory(coalition=coalition, name="Other", country="BR", languages=["pt"])

    for narrowed in (
        {"country": "KE"},
        {"group": "african"},
        {"stakeholders": "government"},
        {"language": "pt-BR"},
        {"area": area.pk},
        {"q": "befo"},
        {"q": "wtd"},
    ):
        assert list_organisation_names(client.get(build_coalition_url("directory"), {"who": "all", **narrowed})) == [
            "Wanted"
        ]
    assert list_organisation_names(client.get(build_coalition_url("directory"), {"who": "all", "country": "XX"})) == [
        "Other",
        "Wanted",
    ]


def test_directory_is_paginated_by_key(client, coalition, build_coalition_url, member):
    client.force_login(member)
    for number in range(45):
        OrganisationFactory(coalition=coalition, name=f"{'Abc'[number % 3]}{number:02}")
    names = sorted((f"{'Abc'[number % 3]}{number:02}" for number in range(45)), key=str.lower)

    first = client.get(build_coalition_url("directory"), {"who": "all"})
    second = client.get(build_coalition_url("directory"), {"who": "all", "after": first.context["page"].after})
    third = client.get(build_coalition_url("directory"), {"who": "all", "after": second.context["page"].after})
    back = client.get(build_coalition_url("directory"), {"who": "all", "before": third.context["page"].before})

    assert [list_organisation_names(page) for page in (first, second, third)] == [names[:20], names[20:40], names[40:]]
    assert list_organisation_names(back) == names[20:40]
    assert (first.context["page"].before, third.context["page"].after) == (None, None)
    assert (first.context["total"].number, first.context["total"].is_more) == (45, False)
    assert (
        list_organisation_names(
            client.get(build_coalition_url("directory"), {"who": "all", "after": "x", "before": "9" * 30})
        )
        == names[:20]
    )


QUERY_COUNT_BY_PAGE = {
    "directory": 9,
    "person_list": 8,
    "roles": 5,
    "applications": 6,
    "confirmations": 4,
    "duplicates": 9,
    "list_entries": 5,
    "areas": 4,
    "settings": 4,
    "organisation_detail": 12,
    "person_detail": 8,
}


def add_directory_rows(coalition, organisation, person):
    """Add one more row of everything that a page lists."""
    area = coalition.areas.create(name=f"Area {coalition.areas.count()}")
    row = MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation
    row.areas.add(area)
    organisation.areas.add(area)
    organisation.names.create(name=f"Name {organisation.names.count()}")
    AffiliationFactory(organisation=organisation, may_speak=True)
    AffiliationFactory(person=person, organisation=row)
    AffiliationFactory(organisation=row, confirmed_on=None, confirmed_by=None)
    create_capacity_from_source(
        coalition=coalition, person_name=f"As {organisation.capacities.count()}", organisation=organisation
    )
    RoleFactory(coalition=coalition, kind="editor")
    applied = {"coalition": coalition, "standing": "applied", "applied_on": timezone.localdate(), "starts_on": None}
    MembershipFactory(organisation__coalition=coalition, applicant=PersonFactory(), **applied)
    MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(), applied_on=date(2026, 1, 1))
    coalition.list_entries.create(person=PersonFactory())
    coalition.names.create(name="Before")
    OrganisationFactory(coalition=coalition, merged_into=organisation)
    twin = f"Twin {Organisation.objects.count():03}"
    OrganisationFactory(coalition=coalition, name=f"{twin} Zebra")
    OrganisationFactory(coalition=coalition, name=f"{twin} Zebra House")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("route_name", QUERY_COUNT_BY_PAGE)
def test_page_query_count_is_constant(
    client, coalition, organisation, coordinator, build_coalition_url, route_name, count, django_assert_num_queries
):
    person = AffiliationFactory(organisation=organisation).person
    for _number in range(count):
        add_directory_rows(coalition, organisation, person)
    of = {"organisation_detail": [organisation.pk], "person_detail": [person.pk]}
    client.force_login(coordinator)

    with django_assert_num_queries(QUERY_COUNT_BY_PAGE[route_name]):
        response = client.get(build_coalition_url(route_name, *of.get(route_name, [])))
    assert response.status_code == 200


@pytest.mark.parametrize(
    "route_name", ["applications", "duplicates", "list_entries", "settings", "areas", "role_give", "person_new"]
)
def test_coordinator_pages_are_only_for_coordinators(
    client, build_coalition_url, route_name, member, delegate, rapporteur, outsider
):
    assert client.get(build_coalition_url(route_name)).status_code == 302
    for person in (member, delegate, rapporteur, outsider):
        client.force_login(person)
        assert client.get(build_coalition_url(route_name)).status_code == 403


def test_visitors_see_organisations_and_only_public_names(client, coalition, organisation, build_coalition_url):
    hidden = AffiliationFactory(organisation=organisation, person__name="Hidden Person").person
    RoleFactory(coalition=coalition, person=hidden, kind="chair")
    chosen = AffiliationFactory(
        organisation=organisation, person__name="Chosen Person", person__name_is_public=True
    ).person
    unconfirmed = AffiliationFactory(
        organisation=organisation,
        person__name="Claiming Person",
        person__name_is_public=True,
        confirmed_on=None,
        confirmed_by=None,
    ).person

    texts = [
        client.get(address).text
        for address in (
            organisation.get_absolute_url(),
            build_coalition_url("person_list"),
            build_coalition_url("roles"),
            build_coalition_url("directory"),
        )
    ]
    assert ["Chosen Person" in text for text in texts] == [True, True, False, False]
    assert not any("Hidden Person" in text or "Claiming Person" in text for text in texts)
    assert organisation.name in texts[2]
    assert "chair" in texts[2]
    pages = [
        client.get(build_coalition_url("person_detail", person.pk)).status_code
        for person in (chosen, hidden, unconfirmed)
    ]
    assert pages == [200, 404, 404]


def test_page_of_minor_is_visible_only_to_responsible_people(
    client, coalition, organisation, build_coalition_url, member, coordinator, safeguarding_lead, outsider
):
    minor = AffiliationFactory(
        organisation=organisation,
        person=PersonFactory(name="A pupil", is_minor=True, adult_contact=PersonFactory(name="The contact")),
    ).person
    url = build_coalition_url("person_detail", minor.pk)

    assert client.get(url).status_code == 404
    for person, status in [
        (member, 404),
        (outsider, 404),
        (coordinator, 200),
        (safeguarding_lead, 200),
        (minor.adult_contact, 200),
        (minor, 200),
    ]:
        client.force_login(person)
        assert client.get(url).status_code == status
    client.force_login(member)
    assert (
        "A pupil"
        not in client.get(build_coalition_url("person_list")).text + client.get(organisation.get_absolute_url()).text
    )


def test_mailing_list_people_are_visible_only_to_coordinators(
    client, coalition, build_coalition_url, member, coordinator
):
    entry = coalition.list_entries.create(person=PersonFactory(name="A reader"))
    url = build_coalition_url("person_detail", entry.person_id)

    for person, status in [(member, 404), (coordinator, 200)]:
        client.force_login(person)
        assert client.get(url).status_code == status
        assert ("A reader" in client.get(build_coalition_url("person_list")).text) == (status == 200)
