"""What pages tell machines about meetings, events, organisations, texts and items, in schema.org's own words."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, OrganisationName
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Label
from tests.factories import (
    EventFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    OccurrenceFactory,
    OrganisationFactory,
    TextFactory,
)
from tests.schema_org import find_mistakes, read_linked_data

pytestmark = pytest.mark.django_db
SITE_ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture
def site_with_address(settings):
    settings.SITE_URL = SITE_ADDRESS


@pytest.fixture
def meeting(coalition):
    return MeetingFactory(
        coalition=coalition,
        title="Annual meeting",
        summary="With the election of the chair.",
        starts_on=date(2024, 12, 16),
        starts_at=datetime(2024, 12, 16, 8, 30, tzinfo=UTC),
        place="Riyadh",
        country="SA",
        forum="IGF 2024",
        joining_link="https://example.org/join",
        published=True,
    )


@pytest.fixture
def event(coalition):
    event = EventFactory(coalition=coalition, rule="FREQ=YEARLY", website="https://example.org/", published=True)
    OccurrenceFactory(event=event, starts_on=date(2027, 2, 9), ends_on=date(2027, 2, 9), place="Dakar", country="SN")
    return event


@pytest.fixture
def linked_records(coalition, meeting, event):
    """A page of each type with as much in it as it can have."""
    organisation = OrganisationFactory(
        coalition=coalition, stakeholder_group="civil-society", country="KE", website="https://example.org/", about="A."
    )
    organisation.areas.add(AreaOfWork.objects.create(coalition=coalition, name="Helplines"))
    OrganisationName.objects.create(organisation=organisation, name="Its former name")
    MembershipFactory(coalition=coalition, organisation=organisation)
    text = TextFactory(coalition=coalition, published=True, owner=organisation)
    item = ItemFactory(
        coalition=coalition, kind="research", countries=["KE"], details={"licence": "cc-by"}, published=True
    )
    records = [meeting, event, event.occurrences.get(), organisation, text, item, coalition]
    return [record.get_absolute_url() for record in records]


def get_page_linked_data(client, page):
    answer = client.get(page if isinstance(page, str) else page.get_absolute_url())
    return read_linked_data(answer.text)


def test_linked_data_conforms_to_schema_org(client, site_with_address, linked_records):
    found = [get_page_linked_data(client, url) for url in linked_records]

    assert [len(blocks) for blocks in found] == [1] * 7
    assert [mistake for blocks in found for mistake in find_mistakes(blocks[0])] == []


@pytest.mark.parametrize(
    ("linked_data", "mistake"),
    [
        ({"@type": "Meeting"}, ": there is no type 'Meeting'"),
        ({"@type": "Event", "isbn": "1"}, "/Event.isbn: Event has no such property"),
        ({"@type": "Event", "startDate": "soon"}, "/Event.startDate: 'soon' is none of ['Date', 'DateTime']"),
        (
            {"@type": "Event", "organizer": {"@type": "Place"}},
            "/Event.organizer: a Place is none of ['Organization', 'Person']",
        ),
    ],
)
def test_schema_org_check_finds_mistakes(linked_data, mistake):
    assert list(find_mistakes(linked_data)) == [mistake]


def test_linked_data_of_meeting_describes_an_event(client, site_with_address, coalition, meeting):
    address = f"{SITE_ADDRESS}/ours/meetings/{meeting.pk}/"

    assert get_page_linked_data(client, meeting) == [
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "@id": address,
            "url": address,
            "name": "Annual meeting",
            "description": "With the election of the chair.",
            "inLanguage": "en",
            "startDate": "2024-12-16T08:30:00+00:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": [
                {
                    "@type": "Place",
                    "name": "Riyadh",
                    "address": {"@type": "PostalAddress", "addressLocality": "Riyadh", "addressCountry": "SA"},
                }
            ],
            "organizer": {
                "@type": "Organization",
                "@id": f"{SITE_ADDRESS}/ours/",
                "name": "Our Coalition",
                "url": f"{SITE_ADDRESS}/ours/",
            },
            "superEvent": {"@type": "Event", "name": "IGF 2024"},
        }
    ]


@pytest.mark.parametrize(
    ("date_precision", "starts_on", "start"),
    [
        ("day", date(2024, 5, 3), "2024-05-03"),
        ("month", date(2024, 5, 1), "2024-05"),
        ("year", date(2024, 1, 1), "2024"),
        ("open", None, None),
    ],
)
def test_start_date_of_meeting_is_as_precise_as_known(client, coalition, date_precision, starts_on, start):
    meeting = MeetingFactory(
        coalition=coalition, starts_on=starts_on, precision=Meeting.Precision(date_precision), published=True
    )

    assert get_page_linked_data(client, meeting)[0].get("startDate") == start


@pytest.mark.parametrize("is_public", [True, False])
def test_public_joining_link_is_in_linked_data(client, meeting, is_public):
    Meeting.objects.filter(pk=meeting.pk).update(joining_link_is_public=is_public)
    online = {"@type": "VirtualLocation", "url": "https://example.org/join"}

    assert (online in get_page_linked_data(client, meeting)[0]["location"]) == is_public


def test_linked_data_of_cancelled_meeting_has_cancelled_status(client, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_at=timezone.now(), cancellation_reason="Nobody can come.")

    assert get_page_linked_data(client, meeting)[0]["eventStatus"] == "https://schema.org/EventCancelled"


def test_occurrence_and_its_event_series_link_to_each_other(client, site_with_address, event):
    said = get_page_linked_data(client, event.occurrences.get())[0]

    assert (said["@type"], said["startDate"], said["superEvent"]["@type"]) == ("Event", "2027-02-09", "EventSeries")
    assert get_page_linked_data(client, event)[0]["subEvent"][0]["@id"] == said["@id"]


@pytest.mark.parametrize("record_factory", [MeetingFactory, EventFactory, TextFactory, ItemFactory])
def test_linked_data_has_only_public_facts(client, coalition, member, record_factory):
    record = record_factory(coalition=coalition, label=Label.GREEN, published=True)
    client.force_login(member)

    assert get_page_linked_data(client, record) == []


def test_applicant_has_no_page_and_is_not_in_sitemap(client, coalition):
    organisation = OrganisationFactory(coalition=coalition)
    MembershipFactory(coalition=coalition, organisation=organisation, standing="applied", starts_on=None)

    assert client.get(organisation.get_absolute_url()).status_code == 404
    assert organisation.get_absolute_url() not in client.get(reverse("site:sitemap", args=["ours", 1])).text
