"""A person who is in the directory twice is found, and a coordinator merges the two."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.accounts.models import EarlierAddress, Person
from jukwaa.coalitions.actions import merge_people
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.duplicate_people import find_duplicate_people
from jukwaa.coalitions.models import Activity, Affiliation, Capacity, ListEntry
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory


@pytest.fixture
def organisation(coalition):
    return OrganisationFactory(coalition=coalition, name="DNID")


@pytest.fixture
def add_contact(organisation):
    def create_contact(name, email=None, **fields):
        return AffiliationFactory(organisation=organisation, person__name=name, person__email=email, **fields).person

    return create_contact


@pytest.fixture
def osvaldo(add_contact):
    return add_contact("Osvaldo Machava", "osvaldo@dnid.example")


@pytest.fixture
def duplicate(add_contact, coalition):
    person = add_contact("MACHAVA, Osváldo", "o.machava@dnid.example", position="Director", may_speak=True)
    ListEntry.objects.create(coalition=coalition, person=person)
    return person


def sign_in_once(person):
    Person.objects.filter(pk=person.pk).update(last_login=timezone.now())


def find_pairs(coalition):
    found = find_duplicate_people(coalition, Person.objects.all())
    return [(pair.first.pk, pair.second.pk) for pair in found]


def test_same_name_and_organisation_is_listed(coalition, osvaldo, duplicate, add_contact):
    short = add_contact("Osvaldo J. Machava")
    add_contact("Olga Machava")
    AffiliationFactory(organisation__coalition=coalition, person__name="Osvaldo Machava")

    assert find_pairs(coalition) == [
        (osvaldo.pk, duplicate.pk),
        (osvaldo.pk, short.pk),
        (duplicate.pk, short.pk),
    ]


def test_person_without_organisation_is_listed_with_namesake(coalition, osvaldo):
    subscriber = PersonFactory(name="Osvaldo Machava")
    ListEntry.objects.create(coalition=coalition, person=subscriber)

    assert find_pairs(coalition) == [(osvaldo.pk, subscriber.pk)]


def test_whoever_signs_in_is_suggested_to_stay(coalition, osvaldo, duplicate):
    sign_in_once(duplicate)

    assert find_pairs(coalition) == [(duplicate.pk, osvaldo.pk)]


def test_merge_moves_everything(coalition, coordinator, osvaldo, duplicate, organisation):
    capacity = create_capacity(coalition=coalition, person=duplicate, organisation=organisation)
    for _again in range(2):
        merge_people(actor=coordinator, coalition=coalition, surviving_person=osvaldo, merged_person=duplicate)

    assert Affiliation.objects.values_list("person", "position", "may_speak").get() == (osvaldo.pk, "Director", True)
    assert ListEntry.objects.get().person == osvaldo
    assert Capacity.objects.get(pk=capacity.pk).person == osvaldo
    duplicate.refresh_from_db()
    assert (duplicate.email, duplicate.name, duplicate.merged_into) == (None, "", osvaldo)
    merged = Activity.objects.filter(verb="merged")
    assert list(merged.values_list("actor", "object_id")) == [(coordinator.pk, osvaldo.pk)]


def test_address_that_nobody_confirmed_is_not_kept(coalition, coordinator, osvaldo, duplicate):
    merge_people(actor=coordinator, coalition=coalition, surviving_person=osvaldo, merged_person=duplicate)

    assert not EarlierAddress.objects.exists()
    assert not Message.objects.exists()


def test_owner_of_an_account_is_told(coalition, coordinator, osvaldo, duplicate):
    sign_in_once(osvaldo)
    merge_people(actor=coordinator, coalition=coalition, surviving_person=osvaldo, merged_person=duplicate)

    message = Message.objects.get()
    assert (message.to, "o.machava@dnid.example" in message.body) == ("osvaldo@dnid.example", True)


def sign_in_both(osvaldo, duplicate):
    sign_in_once(osvaldo)
    sign_in_once(duplicate)


def remove_kept_address(osvaldo, _duplicate):
    Person.objects.filter(pk=osvaldo.pk).update(email=None)


def add_to_other_coalition(_osvaldo, duplicate):
    AffiliationFactory(person=duplicate)


def mark_as_minor(osvaldo, duplicate):
    Person.objects.filter(pk=duplicate.pk).update(is_minor=True, adult_contact=osvaldo)


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (sign_in_both, "Both have signed in, so only they can merge their accounts"),
        (lambda _osvaldo, duplicate: sign_in_once(duplicate), "Swap the people."),
        (remove_kept_address, "Swap the people."),
        (add_to_other_coalition, "The person to merge also belongs to another coalition"),
        (mark_as_minor, "People under 18 can't be merged here."),
    ],
)
def test_merge_is_refused(client, build_coalition_url, coalition, coordinator, osvaldo, duplicate, prepare, reason):
    prepare(osvaldo, duplicate)
    with pytest.raises(ActionRefused, match=reason):
        merge_people(actor=coordinator, coalition=coalition, surviving_person=osvaldo, merged_person=duplicate)

    client.force_login(coordinator)
    page = client.get(build_coalition_url("person_merge_preview", osvaldo.pk, duplicate.pk)).text
    assert reason in page.replace("&#x27;", "'")
    assert "Merge people</button>" not in page


def test_only_coordinators_merge_people_of_their_coalition(coalition, coordinator, member, osvaldo, duplicate):
    stranger = AffiliationFactory(person__name="Osvaldo Machava").person
    for actor, goes in [(member, duplicate), (coordinator, stranger)]:
        with pytest.raises(PermissionDenied):
            merge_people(actor=actor, coalition=coalition, surviving_person=osvaldo, merged_person=goes)


def test_account_under_an_unconfirmed_name_is_pointed_out(client, build_coalition_url, coordinator, osvaldo, duplicate):
    Affiliation.objects.filter(person=osvaldo).update(confirmed_on=None, confirmed_by=None)
    client.force_login(coordinator)
    address = build_coalition_url("person_merge_preview", osvaldo.pk, duplicate.pk)
    warning = "The person to keep chose this name themselves"
    assert warning not in client.get(address).text

    sign_in_once(osvaldo)
    assert warning in client.get(address).text


def test_coordinator_merges_on_the_pages(client, build_coalition_url, coordinator, osvaldo, duplicate):
    client.force_login(coordinator)
    listed = client.get(build_coalition_url("duplicates")).text
    preview = build_coalition_url("person_merge_preview", osvaldo.pk, duplicate.pk)
    assert preview in listed
    page = client.get(preview).text
    assert "o.machava@dnid.example" not in page
    for moved in ("affiliations", "mailing list entries"):
        assert f'<th scope="row">{moved}</th><td class="num">1</td>' in page

    response = client.post(build_coalition_url("person_merge", osvaldo.pk, duplicate.pk), follow=True)
    assert "The people have been merged into Osvaldo Machava." in response.text
    assert preview not in client.get(build_coalition_url("duplicates")).text


def test_other_coalitions_do_not_learn_who_merged(coalition, coordinator, osvaldo, duplicate):
    other = AffiliationFactory(person=osvaldo).organisation.coalition
    assert other != coalition

    merge_people(actor=coordinator, coalition=coalition, surviving_person=osvaldo, merged_person=duplicate)

    assert list(Activity.objects.filter(verb="merged").values_list("coalition", "actor")) == [
        (coalition.pk, coordinator.pk)
    ]
