"""Several people who are named in one text, as presenters of an item: who reads the names, and what erasure leaves."""

import re

import pytest
from django.urls import reverse

from jukwaa.accounts.erasure import erase_person, preview_erasure
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.meetings.actions.agenda import add_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.agenda_emails import build_agenda_notification
from jukwaa.updates.notification_emails import render_notification_for_person
from tests.factories import AffiliationFactory, CapacityFactory, OrganisationFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting


@pytest.fixture
def meeting(coalition):
    return create_planned_meeting(coalition)


@pytest.fixture
def presenters(coalition, coordinator, meeting):
    """Two people whose names are public and who present an item together; its agenda has been sent."""
    organisation = OrganisationFactory(coalition=coalition)
    people = [PersonFactory(name=name, name_is_public=True) for name in ("Ada Obi", "Ben Otieno")]
    for person in people:
        AffiliationFactory(organisation=organisation, person=person, confirmed_by=coordinator)
    add_agenda_item(actor=coordinator, meeting=meeting, title="Budget", presenter=("Ada Obi, Ben Otieno", None))
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    return people


@pytest.fixture
def read_agenda(client, meeting):
    def get_agenda_texts(reader):
        """The page of a visitor and of a member, and the email."""
        url = reverse("meetings:agenda_detail", args=["ours", meeting.pk])
        public = client.get(url).text
        client.force_login(reader)
        text, *_rest = render_notification_for_person(
            build_agenda_notification(meeting, is_agenda_changed=False), reader
        )
        return public, client.get(url).text, str(text)

    return get_agenda_texts


def test_presenters_with_public_names_are_named(presenters, read_agenda, member):
    assert all("Ada Obi, Ben Otieno" in text for text in read_agenda(member))


@pytest.mark.parametrize(
    ("written", "presenter"),
    [
        ("Ada Obi, Hidden Person", "Ada Obi, Red Farolito"),
        ("Hidden Person, Other Person, Ada Obi", "Red Farolito, Ada Obi"),
        ("Ada Obi, Lone Person", "Ada Obi"),
        ("Person, Hidden", ""),
        ("Ada Obi and Hidden Person", ""),
    ],
)
def test_email_names_organisations_of_presenters_without_public_names(
    coalition, coordinator, presenters, meeting, member, read_agenda, written, presenter
):
    organisation = OrganisationFactory(coalition=coalition, name="Red Farolito")
    for name in ("Hidden Person", "Other Person"):
        AffiliationFactory(organisation=organisation, person__name=name, confirmed_by=coordinator)
    CapacityFactory(coalition=coalition, organisation=None, person=PersonFactory(name="Lone Person"))
    Capacity.objects.filter(name="Ada Obi, Ben Otieno").update(name=written)
    _public, page, email = read_agenda(member)

    assert f"<bdi>{written}</bdi>" in page
    assert re.findall(r"Presenter: (.*?)\\n", email) == ([presenter] if presenter else [])


def test_erased_presenter_is_named_no_more(presenters, read_agenda, member):
    previewed = [part.count for part in preview_erasure(presenters[1]).emptied if "individual" in str(part.title)]
    erase_person(presenters[1])

    assert previewed == [1]
    assert list(Capacity.objects.filter(name__contains="Ada Obi").values_list("name", flat=True)) == [
        "Ada Obi, a person"
    ]
    for text in read_agenda(member):
        assert ("Ada Obi" in text, "Ben Otieno" in text) == (True, False)


def test_erasure_leaves_a_name_that_two_people_have(coalition, presenters):
    namesake = AffiliationFactory(
        organisation=OrganisationFactory(coalition=coalition), person=PersonFactory(name="Ben Otieno")
    ).person
    erase_person(namesake)

    assert Capacity.objects.filter(name="Ada Obi, Ben Otieno").exists()


def test_erasure_keeps_longer_names_that_contain_the_name(coalition, presenters):
    names = ["Ben Otieno Santos", "Ada Obi and Ben Otieno (to be confirmed)", "The Ben Otieno Foundation"]
    rows = [CapacityFactory(coalition=coalition, organisation=None, person=None, name=name) for name in names]
    erase_person(presenters[1])

    kept = [Capacity.objects.get(pk=row.pk).name for row in rows]
    assert kept == ["Ben Otieno Santos", "Ada Obi and a person (to be confirmed)", "The Ben Otieno Foundation"]


def test_former_member_is_not_named_as_presenter(coalition, presenters, read_agenda, member):
    Person.objects.filter(pk=presenters[1].pk).update(former_in=[coalition.pk])

    assert not any("Ben Otieno" in text for text in read_agenda(member))


def test_presenter_who_left_only_another_coalition_is_named(other_coalition, presenters, read_agenda, member):
    Person.objects.filter(pk=presenters[1].pk).update(former_in=[other_coalition.pk])

    assert all("Ben Otieno" in text for text in read_agenda(member))


@pytest.fixture
def add_items_of_presenters(coalition, coordinator, meeting):
    """Items of several people, of somebody whose name is not public, and of one whom only a source names."""
    organisation = OrganisationFactory(coalition=coalition, name="Red Farolito")
    person = AffiliationFactory(organisation=organisation, person__name="Hidden Person").person

    def add_items(title):
        add_agenda_item(actor=coordinator, meeting=meeting, title=title, presenter=("Ada Obi, Yaw", None))
        add_agenda_item(actor=coordinator, meeting=meeting, title=title, presenter=("Byron", organisation))
        item = add_agenda_item(actor=coordinator, meeting=meeting, title=title, presenter=("Hidden Person", None))
        Capacity.objects.filter(pk=item.presenter_id).update(person=person, organisation=None)

    return add_items


def test_agenda_email_queries_people_of_coalition_once(
    presenters, add_items_of_presenters, meeting, member, django_assert_max_num_queries
):
    def count_queries():
        with django_assert_max_num_queries(99) as captured:
            render_notification_for_person(build_agenda_notification(meeting, is_agenda_changed=False), member)
        return len(captured)

    add_items_of_presenters("Plan")
    before = count_queries()
    for title in ("Report", "Review"):
        add_items_of_presenters(title)

    assert count_queries() == before


@pytest.mark.parametrize("count", [1, 3])
def test_agenda_preview_query_count_is_constant(
    client, coordinator, presenters, add_items_of_presenters, meeting, django_assert_num_queries, count
):
    for number in range(count):
        add_items_of_presenters(f"Plan {number}")
    client.force_login(coordinator)
    url = reverse("meetings:agenda_send", args=["ours", meeting.pk])

    with django_assert_num_queries(12):
        assert client.get(url).text.count("Red Farolito") == count
