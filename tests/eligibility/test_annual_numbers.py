"""Each number of an annual report is what a plain count over all rows gives, and leads to the records behind it."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from lxml import html

from jukwaa.core.documents.outgoing import to_html, to_text
from jukwaa.core.planner import analyze_database_tables
from jukwaa.eligibility.annual_report.all_statistics import STATISTICS_BY_KEY
from jukwaa.eligibility.annual_report.composition import compose_report_sections
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.report_document import build_report_document
from jukwaa.eligibility.annual_report.report_facts import SMALL_GROUPS_VALUE, ReportFacts, find_small_groups
from jukwaa.eligibility.models import AnnualReport
from jukwaa.library.models import Use
from jukwaa.proposals.models import Submission
from jukwaa.records.models import Label
from tests.eligibility.annual_counts import ROW_ITERATORS_BY_STATISTIC, PlainCounts
from tests.eligibility.annual_world import REPORT_YEAR, AnnualWorld
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    ConsultationFactory,
    EntryFactory,
    InputFactory,
    ItemFactory,
    MeetingFactory,
    PartFactory,
    PersonFactory,
    TextFactory,
)
from tests.proposals.kinds import ProposalFactory

TODAY = timezone.localdate()


@pytest.fixture(params=range(3))
def annual_world(request, coalition):
    world = AnnualWorld(coalition, request.param)
    world.create_year_records()
    if connection.vendor == "postgresql":
        analyze_database_tables()  # as autovacuum does a minute after so many rows were added
    return world


def list_statistic_links(coalition, year=REPORT_YEAR):
    """(key, by, value, text) of each number in the report."""
    report = AnnualReport(coalition=coalition, year=year, published_at=timezone.now())
    document = build_report_document(compose_report_sections(ReportPeriod.of_year(coalition, year, TODAY), {}), report)
    page = html.fromstring(f"<div>{to_html(document)}</div>")
    for link in page.xpath(".//a[contains(@href, '/records/')]"):
        address = urlsplit(link.get("href"))
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if link.text_content() != "See all records in this list":
            yield address.path.split("/")[-2], asked.get("by"), asked.get("value"), link.text_content()


def test_every_statistic_has_independent_count():
    assert list(ROW_ITERATORS_BY_STATISTIC) == list(STATISTICS_BY_KEY)


def test_statistics_match_independent_count(annual_world):
    plain = PlainCounts(annual_world.ours, REPORT_YEAR, TODAY)
    numbers = ReportFacts(ReportPeriod.of_year(annual_world.ours, REPORT_YEAR, TODAY)).values_by_key

    assert numbers == {key: plain.count_rows(key) for key in ROW_ITERATORS_BY_STATISTIC}


def test_report_text_matches_independent_count(annual_world):
    plain = PlainCounts(annual_world.ours, REPORT_YEAR, TODAY)
    found = list(list_statistic_links(annual_world.ours))
    whole = {(key, text) for key, by, _value, text in found if by is None}
    parts = [(key, by, value, text) for key, by, value, text in found if by]

    texts = {key: STATISTICS_BY_KEY[key].format_value(plain.count_rows(key)) for key in ROW_ITERATORS_BY_STATISTIC}
    assert whole <= set(texts.items())
    assert {(key, text) for key, text in texts.items() if plain.count_rows(key)} <= whole
    assert {key for key, *_rest in parts} == {"members", "joined", "left", "attendances"}
    for key, by, value, text in parts:
        counts = plain.count_rows_by(key, by)
        number = (
            sum(counts[each] for each in find_small_groups(counts)) if value == SMALL_GROUPS_VALUE else counts[value]
        )
        assert (key, by, value, text) == (key, by, value, str(number))


def test_member_breakdowns_add_up(annual_world):
    plain = PlainCounts(annual_world.ours, REPORT_YEAR, TODAY)
    for by in ("group", "region"):
        shown = [
            int(text)
            for key, found, _value, text in list_statistic_links(annual_world.ours)
            if (key, found) == ("members", by)
        ]
        assert sum(shown) == plain.count_rows("members")


def test_statistic_page_lists_only_visible_records(annual_world, client, member):
    """Of numbers that count records themselves: what is listed and what is hidden add up to the number."""
    AnnualReport.objects.create(coalition=annual_world.ours, year=REPORT_YEAR, published_at=timezone.now())
    plain = PlainCounts(annual_world.ours, REPORT_YEAR, TODAY)
    for key, statistic in STATISTICS_BY_KEY.items():
        rows = statistic.find(ReportPeriod.of_year(annual_world.ours, REPORT_YEAR, TODAY))
        is_itself = statistic.listing.behind(rows).model is rows.model and statistic.listing.record
        for viewer in (None, member):
            client.logout() if viewer is None else client.force_login(viewer)
            records = client.get(reverse("eligibility:annual_records", args=["ours", REPORT_YEAR, key])).context[
                "records"
            ]
            assert records.number == statistic.format_value(plain.count_rows(key))
            if is_itself:
                assert len(records.rows) + records.hidden == plain.count_rows(key)
            if viewer is member and statistic.listing.record:
                assert records.hidden == 0


def test_visitor_sees_no_member_only_records(coalition, client):
    AnnualReport.objects.create(coalition=coalition, year=REPORT_YEAR, published_at=timezone.now())
    for label, title in ((Label.CLEAR, "Open call"), (Label.GREEN, "Closed call"), (Label.AMBER, "Secret call")):
        meeting = MeetingFactory(
            coalition=coalition, title=title, published=True, label=label, starts_on=date(REPORT_YEAR, 5, 1)
        )
        EntryFactory(coalition=coalition, meeting=meeting, title=f"Decision of {title}", published=True, label=label)

    pages = [client.get(reverse("eligibility:annual_detail", args=["ours", REPORT_YEAR])).text]
    addresses = [
        reverse("eligibility:annual_records", args=["ours", REPORT_YEAR, key]) for key in ("meetings", "decisions")
    ]
    pages += [client.get(address).text for address in addresses]

    assert "Open call" in pages[0]
    assert "Decision of Open call" in pages[2]
    assert not re.search("Closed call|Secret call", "".join(pages))
    assert "1 record can only be read by members." in pages[1]


def test_current_year_counts_only_past_records(coalition):
    now = timezone.now()
    for days in (-3, 0, 3):
        MeetingFactory(coalition=coalition, published=True, starts_on=TODAY + timedelta(days=days))
    for hours in (-5, -1, 2):
        starts = now + timedelta(hours=hours)
        ends = starts + timedelta(hours=2)
        MeetingFactory(coalition=coalition, published=True, starts_on=starts.date(), starts_at=starts, ends_at=ends)
    for precision in ("day", "month", "year"):
        MeetingFactory(coalition=coalition, published=True, starts_on=date(TODAY.year, 1, 1), precision=precision)
        MeetingFactory(coalition=coalition, published=True, starts_on=TODAY.replace(day=1), precision=precision)
    MeetingFactory(coalition=coalition, published=True)  # of no known day
    MeetingFactory(coalition=coalition, published=True, precision="open")

    plain = PlainCounts(coalition, TODAY.year, TODAY)
    assert ReportFacts(ReportPeriod.of_year(coalition, TODAY.year, TODAY)).values_by_key[
        "meetings"
    ] == plain.count_rows("meetings")


def test_session_proposals_are_counted_by_submission_and_acceptance(client, coalition, member):
    for title, year, outcome in (
        ("New", REPORT_YEAR, "accepted"),
        ("Old", REPORT_YEAR - 1, "conditions"),
        ("No", REPORT_YEAR, "declined"),
    ):
        proposal = ProposalFactory(coalition=coalition, title=title, published=True, label=Label.GREEN)
        at = datetime(year, 5, 1, tzinfo=UTC)
        Submission.objects.create(proposal=proposal, at=at, outcome=outcome, outcome_on=date(REPORT_YEAR, 6, 1))
    AnnualReport.objects.create(coalition=coalition, year=REPORT_YEAR, published_at=timezone.now())
    pages = {}
    for viewer in (None, member):
        client.logout() if viewer is None else client.force_login(viewer)
        for key in ("proposals-submitted", "proposals-accepted"):
            records = client.get(reverse("eligibility:annual_records", args=["ours", REPORT_YEAR, key])).context[
                "records"
            ]
            pages[viewer, key] = ({row.title for row in records.rows}, records.hidden)

    report = build_report_document(
        compose_report_sections(ReportPeriod.of_year(coalition, REPORT_YEAR, TODAY), {}),
        AnnualReport(coalition=coalition, year=REPORT_YEAR),
    )
    text = " ".join(to_text(report).split())
    assert "The coalition submitted 2 session proposals. 2 session proposals were accepted." in text
    assert pages == {
        (None, "proposals-submitted"): (set(), 2),
        (None, "proposals-accepted"): (set(), 2),
        (member, "proposals-submitted"): ({"New", "No"}, 0),
        (member, "proposals-accepted"): ({"New", "Old"}, 0),
    }


def test_small_attendance_groups_are_merged():
    assert find_small_groups({"a": 9, "b": 4, "c": 2, "d": 0}) == {"b", "c"}
    assert find_small_groups({"a": 9, "b": 7, "c": 2}) == {"b", "c"}  # alone, two would be found
    assert find_small_groups({"a": 9, "b": 5}) == set()
    assert find_small_groups({"a": 2}) == {"a"}


def create_group_attendances(coalition, meeting, stakeholder_group, attendee_count):
    for _person in range(attendee_count):
        AttendanceFactory(
            meeting=meeting, capacity=CapacityFactory(coalition=coalition, stakeholder_group=stakeholder_group)
        )


def test_minors_and_chatham_house_meetings_are_not_counted(coalition):
    meeting = MeetingFactory(coalition=coalition, title="Open call", published=True, starts_on=date(REPORT_YEAR, 5, 1))
    create_group_attendances(coalition, meeting, "private-sector", 5)
    minor = PersonFactory(name="Young Person", is_minor=True, adult_contact=PersonFactory())
    capacity = CapacityFactory(coalition=coalition, person=minor, name="Young Person", stakeholder_group="other")
    AttendanceFactory(meeting=meeting, capacity=capacity)
    closed = MeetingFactory(coalition=coalition, title="Closed call", published=True, starts_on=date(REPORT_YEAR, 5, 2))
    PartFactory(meeting=closed, chatham=True)
    create_group_attendances(coalition, closed, "private-sector", 7)
    facts = ReportFacts(ReportPeriod.of_year(coalition, REPORT_YEAR, TODAY))

    assert facts.values_by_key["attendances"] == 5
    assert facts.count_by_grouping("attendances", "group") == {"private-sector": 5}
    assert [(each.title, each.attended) for each in facts.meetings] == [("Open call", 5), ("Closed call", None)]
    report = AnnualReport(coalition=coalition, year=REPORT_YEAR)
    text = " ".join(to_text(build_report_document(compose_report_sections(facts.period, {}), report)).split())
    assert re.search(r"Closed call\W+2 May 2025\W+not recorded", text)


def test_small_attendance_count_is_not_exact(client, coalition):
    AnnualReport.objects.create(coalition=coalition, year=REPORT_YEAR, published_at=timezone.now())
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(REPORT_YEAR, 5, 1))
    create_group_attendances(coalition, meeting, "private-sector", 3)

    pages = [client.get(reverse("eligibility:annual_detail", args=["ours", REPORT_YEAR])).text]
    pages.append(client.get(reverse("eligibility:annual_records", args=["ours", REPORT_YEAR, "attendances"])).text)
    assert [page.count("fewer than 5") for page in pages] == [3, 2]  # text, meeting and sources; heading and meeting


@pytest.fixture
def get_part_status(client, coalition):
    def get_part_page_status(group_value, year=REPORT_YEAR):
        AnnualReport.objects.get_or_create(coalition=coalition, year=year, defaults={"published_at": timezone.now()})
        address = reverse("eligibility:annual_records", args=["ours", year, "attendances"])
        return client.get(f"{address}?by=group&value={group_value}").status_code

    return get_part_page_status


def test_merged_groups_have_no_separate_pages(coalition, get_part_status):
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(REPORT_YEAR, 5, 1))
    for group, number in (("private-sector", 9), ("government", 4), ("civil-society", 3)):
        create_group_attendances(coalition, meeting, group, number)

    values = ("private-sector", "government", "civil-society", "other", SMALL_GROUPS_VALUE)
    assert [get_part_status(value) for value in values] == [200, 404, 404, 404, 200]


def test_small_attendance_groups_have_no_page(coalition, get_part_status):
    create_group_attendances(
        coalition,
        MeetingFactory(coalition=coalition, published=True, starts_on=date(REPORT_YEAR, 5, 1)),
        "private-sector",
        4,
    )

    assert [get_part_status(value) for value in ("private-sector", SMALL_GROUPS_VALUE)] == [404, 404]


def test_attendance_breakdown_is_shown_only_after_year_end(coalition, get_part_status):
    """Comparing the counts of two days would reveal who joined in between."""
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(REPORT_YEAR, 5, 1))
    for group in ("private-sector", "government"):
        create_group_attendances(coalition, meeting, group, 9)

    with time_machine.travel(datetime(REPORT_YEAR, 12, 31, 12, tzinfo=UTC), tick=False):
        assert get_part_status("private-sector") == 404
        assert (
            ReportFacts(ReportPeriod.of_year(coalition, REPORT_YEAR, date(REPORT_YEAR, 12, 31))).get_attendance_parts(
                "group"
            )
            == []
        )
    assert get_part_status("private-sector") == 200


def test_withdrawn_inputs_and_uses_by_minors_are_not_counted(coalition):
    asked = ConsultationFactory(
        text=TextFactory(coalition=coalition, published=True, saying=["One"]),
        opens_at=datetime(REPORT_YEAR, 5, 1, tzinfo=UTC),
        closes_at=datetime(REPORT_YEAR, 6, 1, tzinfo=UTC),
    )
    for disposition in ("", "noted", "withdrawn"):
        InputFactory(consultation=asked, disposition=disposition)
    minor = PersonFactory(name="Young Person", is_minor=True, adult_contact=PersonFactory())
    for author in (PersonFactory(), minor):
        item = ItemFactory(coalition=coalition, published=True)
        capacity = CapacityFactory(coalition=coalition)
        Use.objects.create(item=item, author=author, capacity=capacity, year=REPORT_YEAR, how="We used it.")

    numbers = ReportFacts(ReportPeriod.of_year(coalition, REPORT_YEAR, TODAY)).values_by_key
    keys = ("inputs", "inputs-answered", "uses", "items-used")
    assert [numbers[key] for key in keys] == [2, 1, 1, 1]
