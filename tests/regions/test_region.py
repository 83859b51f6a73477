"""The page of a region: what is of it and what is not, for whoever reads it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.events.models import Host
from jukwaa.library.actions import RecordReaders, change_record_readers
from jukwaa.library.models import Use
from jukwaa.records.actions import hold_record_in_quarantine, withdraw_record
from jukwaa.records.models import Authorship, Label, Record
from tests.factories import (
    AffiliationFactory,
    EntryFactory,
    EventFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    OccurrenceFactory,
    RoleFactory,
)
from tests.regions.observations import create_observation
from tests.regions.test_coverage import create_capacity_of


@pytest.fixture
def kenyan(coalition):
    return MembershipFactory(
        coalition=coalition,
        organisation__name="A helpline of the coast",
        organisation__country="KE",
        organisation__regional_group="african",
        organisation__languages=["sw", "en"],
    ).organisation


def read_region_page(client, coalition, region="african"):
    return client.get(reverse("regions:region_detail", args=[coalition.slug, region])).text


def test_region_page_lists_members_and_languages(client, coalition, kenyan):
    page = read_region_page(client, coalition)

    assert "A helpline of the coast" in page
    assert "Swahili" in page
    assert '<tr><th scope="row">Kenya</th><td class="num">1</td></tr>' in page
    assert "Apply to join" in page
    assert "A helpline of the coast" not in read_region_page(client, coalition, "weog")
    assert "There are no members from this region yet." in read_region_page(client, coalition, "weog")


def test_representatives_with_public_names_are_named(client, coalition, kenyan, member):
    AffiliationFactory(organisation=kenyan, may_speak=True, person__name="Canary Shown", person__name_is_public=True)
    AffiliationFactory(organisation=kenyan, may_speak=True, person__name="Canary Hidden", person__name_is_public=False)
    page = read_region_page(client, coalition)

    assert ("Canary Shown" in page, "Canary Hidden" in page) == (True, False)
    client.force_login(member)
    assert "Canary Hidden" in read_region_page(client, coalition)


def test_region_page_shows_practices_uses_entries_and_decisions(client, coalition, kenyan, member):
    born, written, foreign = (ItemFactory(coalition=coalition, published=True, title=name) for name in "ABC")
    for item, title, countries in (
        (born, "Born in Kenya", ["KE"]),
        (written, "By a Kenyan", []),
        (foreign, "Foreign", ["DK"]),
    ):
        type(item).objects.filter(pk=item.pk).update(title=title, countries=countries)
    Authorship.objects.create(record=written, person=member, capacity=create_capacity_of(kenyan))
    Use.objects.create(
        item=foreign, author=member, capacity=create_capacity_of(kenyan), country="KE", year=2025, how="In schools."
    )
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(2011, 9, 27))
    for position, kind, text in ((1, "observation", "We see this."), (2, "decision", "We agree to that.")):
        entry = EntryFactory(
            coalition=coalition, published=True, meeting=meeting, position=position, kind=kind, text=text
        )
        entry.speakers.add(create_capacity_of(kenyan))
    draft = EntryFactory(coalition=coalition, meeting=meeting, position=3, kind="observation", text="Not yet read.")
    draft.speakers.add(create_capacity_of(kenyan))
    page = read_region_page(client, coalition)

    order = [
        page.rindex(words)  # the links to the sections come before all of them
        for words in (
            "Born in Kenya",
            "Library items used in this region",
            "Foreign",
            "We see this.",
            "We agree to that.",
        )
    ]
    assert order == sorted(order)
    assert "By a Kenyan" in page
    assert "In schools." in page
    assert "Not yet read." not in page
    elsewhere = read_region_page(client, coalition, "weog")
    assert "Foreign" in elsewhere
    assert not [
        words for words in ("Born in Kenya", "By a Kenyan", "In schools.", "We see this.") if words in elsewhere
    ]


def test_region_page_lists_events_and_hosts_soonest_first(client, coalition):
    event = EventFactory(coalition=coalition, published=True, title="Day of the Net")
    today = timezone.localdate()
    _past, soon, _far, off = (
        OccurrenceFactory(event=event, starts_on=day, ends_on=day, country=country, place=place)
        for day, country, place in (
            (today - timedelta(days=9), "KE", "Past place"),
            (today + timedelta(days=3), "", "Soon place"),
            (today + timedelta(days=30), "KE", "Far place"),
            (today + timedelta(days=5), "KE", "Off place"),
        )
    )
    Host.objects.create(occurrence=soon, country="UG", name="A host")
    type(off).objects.filter(pk=off.pk).update(cancelled_at=timezone.now())
    page = read_region_page(client, coalition)
    order = [page.index(words) for words in ("Soon place", "Far place", "Past place")]

    assert order == sorted(order)
    assert "Off place" not in page
    assert "Soon place" not in read_region_page(client, coalition, "grulac")


@pytest.mark.parametrize("region", ["igo", "unknown", "global"])
def test_unknown_region_is_not_found(client, coalition, region):
    assert client.get(reverse("regions:region_detail", args=[coalition.slug, region])).status_code == 404


@pytest.mark.parametrize("row_count", [1, 3])
def test_region_page_query_count_is_constant(client, coalition, member, django_assert_num_queries, row_count):
    for place in range(row_count):
        organisation = MembershipFactory(
            coalition=coalition, organisation__country="KE", organisation__regional_group="african"
        ).organisation
        AffiliationFactory(organisation=organisation, may_speak=True)
        item = ItemFactory(coalition=coalition, published=True, countries=["KE"])
        Authorship.objects.create(record=item, person=member, capacity=create_capacity_of(organisation))
        create_observation(coalition, member)
        Use.objects.create(
            item=item, author=member, capacity=create_capacity_of(organisation), country="KE", year=2025, how="So."
        )
        meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(2011, 9, 27))
        entry = EntryFactory(coalition=coalition, published=True, meeting=meeting, position=place, kind="decision")
        entry.speakers.add(create_capacity_of(organisation))
        event = EventFactory(coalition=coalition, published=True)
        OccurrenceFactory(event=event, country="KE")
    client.force_login(member)
    with django_assert_num_queries(12):
        read_region_page(client, coalition)
    with django_assert_num_queries(3):
        read_region_page(client, coalition)
    Coalition.objects.increment_revision([coalition.pk])
    with django_assert_num_queries(12):
        read_region_page(client, coalition)


def test_region_page_is_not_cached_between_readers(client, coalition, kenyan, member, outsider):
    reader = AffiliationFactory(organisation=kenyan, may_speak=True).person
    item = ItemFactory(coalition=coalition, published=True, countries=["KE"], label="TLP:AMBER", title="For a few")
    item.audience.create(organisation=kenyan)
    seen = []
    for viewer in (reader, member, outsider, reader):
        client.force_login(viewer)
        seen.append("For a few" in read_region_page(client, coalition))
    client.logout()

    assert (seen, "For a few" in read_region_page(client, coalition)) == ([True, False, False, True], False)


CLOSING_ACTIONS = {
    "withdrawn": lambda item, actor: withdraw_record(actor=actor, record=item, reason="It was a mistake."),
    "held": lambda item, actor: hold_record_in_quarantine(actor=actor, record=item),
    "for fewer": lambda item, author: change_record_readers(
        actor=author, record=item, readers=RecordReaders(Label.RED, persons=[author])
    ),
}


@pytest.mark.parametrize("close_record", CLOSING_ACTIONS.values(), ids=CLOSING_ACTIONS)
def test_closed_record_disappears_from_region_page(client, coalition, kenyan, member, close_record):
    for kind in ("coordinator", "safeguarding-lead"):
        RoleFactory(coalition=coalition, person=member, kind=kind)
    reader = AffiliationFactory(organisation=kenyan).person
    item = ItemFactory(coalition=coalition, published=True, countries=["KE"], title="Read before", author=member)
    client.force_login(reader)
    before = read_region_page(client, coalition)
    close_record(item, member)

    assert ("Read before" in before, "Read before" in read_region_page(client, coalition)) == (True, False)


@pytest.mark.parametrize("closed_fields", [{"label": "TLP:RED"}, {"state": "held"}])
def test_use_of_closed_record_is_not_shown(client, coalition, kenyan, member, closed_fields):
    item = ItemFactory(coalition=coalition, published=True, title="What was used")
    told = {"country": "KE", "year": 2024, "how": "In schools."}
    Use.objects.create(item=item, author=member, capacity=create_capacity_of(kenyan), **told)
    before = read_region_page(client, coalition)
    Record.objects.filter(pk=item.pk).update(**closed_fields)
    Coalition.objects.increment_revision([coalition.pk])
    after = read_region_page(client, coalition)

    assert ("What was used" in before, "What was used" in after) == (True, False)
