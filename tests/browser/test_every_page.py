"""Every page of the demo that a visitor and a coordinator can see: usable by everybody, light, and quiet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from jukwaa.coalitions.actions import OrganisationFacts, apply_as_organisation, claim_affiliation
from jukwaa.coalitions.models import Affiliation, Capacity, Coalition, Organisation
from jukwaa.cooperation.models import Enquiry, Need, Offer
from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.intake.actions import ReadingDetails, start_reading
from jukwaa.intake.models import Reading
from jukwaa.library.actions import RecordReaders, create_collection, publish_collection
from jukwaa.library.models import Item
from jukwaa.meetings.actions.report import publish_meeting_report
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.actions import add_comment, edit_comment
from jukwaa.records.models import Attachment, Comment, Document, Held, Label, Record, State
from tests.browser.axe import find_accessibility_violations
from tests.browser.conftest import get_demo_person
from tests.deep import IS_QUICK_RUN
from tests.intake.readings import REPORT_TEXT
from tests.routes import Route, list_routes
from tests.rows import ROWS_BY_ROUTE

pytestmark = pytest.mark.browser

BUDGET_BYTES, BUDGET_REQUESTS = 50_000, 6
# What is no page: files, and a row that is made only to be taken away.
ROUTES_WITHOUT_PAGES = {
    "drafting:compare_word",
    "drafting:consultation_word",
    "meetings:attendance_change",
    "meetings:attendance_remove",
    "meetings:report_file",
    "proposals:message_file",
    "records:document_file",
    "records:attachment",
    "regions:prospect_letter",
    "library:collection_file",
    "exchange:archive",
    "exchange:cite_bibtex",
    "exchange:collection_archive",
    "exchange:list_file",
    "exchange:feed",
    "exchange:own_feed",
    "exchange:calendar",
    "exchange:own_calendar",
    "events:host_remove",
}

ROUTE_FOR_MONITORS = "updates:health"  # one word; unavailable here, where no worker runs
PART_OF_A_PAGE = "meetings:minutes_updates"  # what a script puts into the page of the minutes
ROUTES_TO_OPEN = list(list_routes())[:: 5 if IS_QUICK_RUN else 1]


# What the rows of the access walk call a kind, and the demo has under other names.
MODEL_BY_KIND: dict[str, type[Record]] = {
    "meeting": Meeting,
    "entry": Entry,
    "offer": Offer,
    "need": Need,
    "item": Item,
}


@dataclass
class DemoPlace:
    """The demo, as the rows of the access walk ask for it."""

    coalition: Coalition

    @property
    def records(self) -> dict[int, Record]:
        return {record.pk: record for record in Record.objects.of(self.coalition)}

    def list_all_records(self, record_kind: str) -> list[Record]:
        """One that is there at least, else its pages would go unwalked in silence."""
        if model := MODEL_BY_KIND.get(record_kind):
            found: list[Record] = list(model.objects.of(self.coalition).order_by("pk"))
        else:
            found = list(Record.objects.of(self.coalition).filter(kind=record_kind).order_by("pk"))
        assert found, record_kind
        # A meeting in progress, the next one and the first of those that were held: each shows other parts.
        return sorted(found, key=lambda record: isinstance(record, Meeting) and record.is_held)

    list_example_records = list_varied_records = list_all_records

    def list_urls_of_each_kind(self) -> list[str]:
        """The page of the first of each kind of record that the demo has: each kind shows other parts."""
        first: dict[str, Record] = {}
        for record in Record.objects.of(self.coalition).filter(state=State.PUBLISHED).order_by("pk"):
            first.setdefault(record.kind, record)
        assert {"good-practice", "law-or-policy", "decision", "help-needed", "collection"} <= first.keys()
        return [record.get_absolute_url() for record in first.values()]


@pytest.fixture
def demo_place(demo_coalition) -> DemoPlace:
    """The demo a week later: somebody applied, spoke, brought a file and began to read."""
    newcomer, coordinator, delegate = (get_demo_person(t) for t in ("newcomer", "coordinator", "delegate of Mauritius"))
    facts = OrganisationFacts(name="A helpline in West Africa", country="GH", stakeholder_group="civil-society")
    apply_as_organisation(
        actor=newcomer,
        coalition=demo_coalition,
        organisation=facts,
        motivation="We answer calls.",
        organisation_name="A volunteer",
    )
    claim_affiliation(actor=delegate, organisation=Organisation.objects.get(name="INHOPE"), position="")
    meeting = Meeting.objects.get(title="Sharm El Sheikh, 2009")
    comment = add_comment(actor=coordinator, record=meeting, body="What became of the four guidelines?")
    edit_comment(actor=coordinator, comment=comment, body="What became of the *four* guidelines?", from_version=1)
    Attachment.objects.create(
        record=meeting,
        name="agenda.txt",
        media_type="text/plain",
        size=6,
        fingerprint="0" * 64,
        file=ContentFile(b"Agenda", "agenda.txt"),
    )
    Held.objects.create(coalition=demo_coalition, door="comment", why="material", text="", digest="0")
    publish_meeting_report(actor=coordinator, meeting=meeting)
    create_second_reading(demo_coalition)
    _add_to_collection(demo_coalition)
    _affiliate_coordinator_with_need_owner(demo_coalition)
    return DemoPlace(demo_coalition)


def create_second_reading(demo_coalition: Coalition) -> None:
    start_reading(
        actor=get_demo_person("coordinator"),
        coalition=demo_coalition,
        reading_details=ReadingDetails(meeting_title="Session in Nairobi"),
        extracted_text=ExtractedText(REPORT_TEXT, "text/plain"),
    )


def _add_to_collection(demo_coalition: Coalition) -> None:
    first = Item.objects.of(demo_coalition).filter(state=State.PUBLISHED).order_by("pk").first()
    coordinator, readers = get_demo_person("coordinator"), RecordReaders(label=Label.CLEAR)
    made = create_collection(
        actor=coordinator, coalition=demo_coalition, title="For helplines", readers=readers, first_record=first
    )
    publish_collection(actor=coordinator, collection=made)


def _affiliate_coordinator_with_need_owner(demo_coalition: Coalition) -> None:
    """The coordinator, for whose need there is an expert to ask: else nobody who walks sees what speakers fill in."""
    asked = Enquiry.objects.filter(need__coalition=demo_coalition).select_related("need").order_by("pk").first()
    assert asked is not None
    person, today = get_demo_person("coordinator"), timezone.localdate()
    Affiliation.objects.create(
        person=person,
        organisation=asked.need.organisation,
        may_speak=True,
        confirmed_on=today,
        confirmed_by=person,
    )


def list_route_urls(route: Route, demo_place: DemoPlace) -> list[str]:
    walked = route.name in ROWS_BY_ROUTE or not route.arguments - {"coalition"}
    if not walked or route.name in ROUTES_WITHOUT_PAGES or route.pattern.name is None:
        return []
    base = {"coalition": demo_place.coalition.slug} if "coalition" in route.arguments else {}
    rows = list_review_kwargs(route) if route.name.startswith("intake:") else []
    rows = rows or (ROWS_BY_ROUTE[route.name](demo_place) if route.name in ROWS_BY_ROUTE else [{}])
    return [reverse(route.name, kwargs=base | row) for row in rows]


def list_review_kwargs(route: Route) -> list[dict[str, int | str]]:
    """One name and one suggestion of the reading that is open: there are many more than in the access walk."""
    reading = Reading.objects.unfinished().get()
    one = {"name": reading.actors.first(), "suggestion": reading.suggestions.first()}
    named = {name: row.pk for name, row in one.items() if name in route.arguments and row}
    kind = {"kind": "offer"} if "kind" in route.arguments else {}
    return [{"pk": reading.pk} | named | kind] if named else []


def is_html_page(response: HttpResponse) -> bool:
    """A page, and no file to take along."""
    is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
    return response.headers["Content-Type"].startswith("text/html") and not is_file


def list_fullest_pages(persona_title: str, demo_place: DemoPlace) -> Iterator[str]:
    """For each template that answers this reader, the address with most on it of the first few; and every kind."""
    client = Client(raise_request_exception=False)
    if persona_title:
        client.force_login(get_demo_person(persona_title))
    walked: set[str] = set()
    for route in ROUTES_TO_OPEN:
        if route.name in (ROUTE_FOR_MONITORS, PART_OF_A_PAGE):
            continue
        longest: dict[str, tuple[int, str]] = {}
        for url in list(dict.fromkeys(list_route_urls(route, demo_place)))[:3]:
            response = client.get(url)
            assert response.status_code < 500, url
            if response.status_code == 200 and is_html_page(response):
                name = next(t.name for t in response.templates if t.name)
                longest[name] = max(longest.get(name, (0, "")), (len(response.content), url))
        for _size, url in longest.values():
            walked.add(url)
            yield url
    for url in demo_place.list_urls_of_each_kind()[:: 5 if IS_QUICK_RUN else 1]:
        if url not in walked and client.get(url).status_code == 200:
            yield url


@pytest.mark.parametrize(
    "persona_title",
    [pytest.param("", id="visitor"), pytest.param("coordinator", id="coordinator", marks=pytest.mark.slow)],
)
def test_every_page_is_accessible_and_small(demo_place, open_window, persona_title, static_files_of_ours):
    """And none is wider than a telephone, whatever long words are in it. Each page is opened once, with long names."""
    page = open_window(persona_title)
    sizes = record_response_sizes(page)
    urls = list(list_fullest_pages(persona_title, demo_place))
    assert urls
    lengthen_demo_names(demo_place.coalition)
    heavy, wrong, wide = {}, {}, {}
    for url in urls:
        sizes.clear()
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(url)
        if found := find_accessibility_violations(page):
            wrong[url] = found
        if sum(sizes) > BUDGET_BYTES or not 1 <= len(sizes) <= BUDGET_REQUESTS:
            heavy[url] = (sum(sizes), len(sizes))
        page.set_viewport_size({"width": 360, "height": 740})
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
            wide[url] = (width, page.evaluate(FIND_WIDEST_SCRIPT))

    assert (wrong, heavy, wide) == ({}, {}, {})


def record_response_sizes(page: Page) -> list[int]:
    """The bytes of each answer of the server, as they come in for a reader who opens their first page.

    The icons in Chromium's own date and time fields are `data:` addresses and cost a reader nothing.
    """
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    icons: set[str] = set()
    sizes: list[int] = []

    def add_icon_request(request_event: dict[str, Any]) -> None:
        if request_event["request"]["url"].startswith("data:"):
            icons.add(request_event["requestId"])

    def add_response_size(response_event: dict[str, Any]) -> None:
        if response_event["requestId"] not in icons:
            sizes.append(int(response_event["encodedDataLength"]))

    devtools.on("Network.requestWillBeSent", add_icon_request)
    devtools.on("Network.loadingFinished", add_response_size)
    return sizes


LONG_WORD = "Bundesarbeitsgemeinschaft_Kinderschutz_und_Jugendschutzbeauftragte"


def lengthen_demo_names(demo_coalition: Coalition) -> None:
    """As names of organisations, of files and of readings are; nothing else in the demo depends on these rows."""
    Organisation.objects.filter(coalition=demo_coalition).update(
        name=Concat(Value(LONG_WORD), "pk", output_field=CharField())
    )
    Record.objects.of(demo_coalition).update(title=LONG_WORD, summary=LONG_WORD)
    Document.objects.of(demo_coalition).update(file_name=f"2019_{LONG_WORD}_final_v3_clean.txt")
    Entry.objects.of(demo_coalition).update(text=LONG_WORD)
    Capacity.objects.update(name=LONG_WORD)
    Comment.objects.update(body=LONG_WORD)
    Reading.objects.update(title=LONG_WORD)
    Attachment.objects.update(name=f"{LONG_WORD}.txt")


FIND_WIDEST_SCRIPT = """() => [...document.querySelectorAll("body *")].filter(
    (each) => each.getBoundingClientRect().right > 361 || each.getBoundingClientRect().left < -1
).slice(-3).map((each) => each.tagName + "." + each.className + ": " + each.textContent.trim().slice(0, 40))"""
