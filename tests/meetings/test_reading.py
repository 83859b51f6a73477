"""What everybody reads: the list of meetings, one of them, one entry, and all that was agreed."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.meetings import actions
from jukwaa.meetings.models import Commitment
from jukwaa.records.actions import begin_record
from jukwaa.records.models import Document
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    CommitmentFactory,
    EntryFactory,
    MeetingFactory,
    OrganisationFactory,
    PartFactory,
)


def build_meetings_url(route_name, coalition, *args, **query):
    return reverse(f"meetings:{route_name}", args=[coalition.slug, *args], query=query or None)


@pytest.fixture
def entries_of_minutes(meeting, rapporteur, organisation, find_passage):
    """Two entries with a source, one without, and a commitment."""
    new = actions.NewEntry
    speakers = [("The telecoms union", organisation)]
    return actions.record_entries(
        actor=rapporteur,
        meeting=meeting,
        entries=[
            new(kind="topic", text="Guidelines.", speakers=speakers, sources=[find_passage("The telecoms", 2)]),
            new(
                kind="offer",
                text="Help.",
                speakers=speakers,
                sources=[find_passage("It offered", 3), find_passage("It was", 4)],
            ),
            new(kind="decision", text="Practices are shared.", sources=[find_passage("It was agreed", 4)]),
            new(kind="commitment", text="The proposal is sent.", owner=("The coordinator", None)),
            new(kind="observation", text="Written by hand."),
        ],
    )


def test_time_and_place_precede_minutes(client, coalition, meeting, entries_of_minutes):
    AttendanceFactory(meeting=meeting)
    text = client.get(build_meetings_url("meeting_detail", coalition, meeting.pk)).text
    places = [text.index(words) for words in ("</h1>", "<dt>Where</dt>", 'id="attendance"', 'id="minutes"')]

    assert places == sorted(places)
    assert [text.count(f'data-label="{label}"') for label in ("Attended as", "Stakeholder group", "Region")] == [
        1,
        1,
        1,
    ]


def test_section_links_are_at_top_of_meeting(client, coalition, meeting, entries_of_minutes, member):
    client.force_login(member)
    text = client.get(build_meetings_url("meeting_detail", coalition, meeting.pk)).text
    navigation = text.partition('aria-label="On this page"')[2].partition("</nav>")[0]
    found = re.findall(r'href="#([a-z]+)"', navigation)

    assert found == ["attendance", "minutes", "decisions", "commitments", "source", "talk"]
    assert [text.count(f'id="{name}"') for name in found] == [1] * len(found)


def test_list_groups_meetings_by_year_newest_first(client, coalition, member):
    for title, day in [("Vilnius", date(2010, 9, 14)), ("Nairobi", date(2011, 9, 27)), ("Undated", None)]:
        MeetingFactory(coalition=coalition, title=title, starts_on=day, published=True)
    MeetingFactory(coalition=coalition, title="Members only", label="TLP:GREEN", published=True)
    MeetingFactory(coalition=coalition, title="A draft")
    MeetingFactory(title="Elsewhere", published=True)
    rows = client.get(build_meetings_url("meeting_list", coalition)).context["page"].rows
    client.force_login(member)
    for_members = client.get(build_meetings_url("meeting_list", coalition)).context["page"].rows

    assert [row.title for row in rows] == ["Nairobi", "Vilnius", "Undated"]
    assert [row.title for row in for_members] == ["Nairobi", "Vilnius", "Members only", "Undated"]


def test_list_continues_on_next_page(client, coalition):
    for number in range(45):
        MeetingFactory(
            coalition=coalition,
            title=f"Meeting {number}",
            starts_on=date(2020, 1, 1) + timedelta(days=number // 2) if number > 2 else None,
            published=True,
        )
    seen, after = [], ""
    for _ in range(3):
        page = client.get(build_meetings_url("meeting_list", coalition, after=after)).context["page"]
        seen.append([row.pk for row in page.rows])
        after = page.after

    assert [len(rows) for rows in seen] == [20, 20, 5]
    assert len({pk for rows in seen for pk in rows}) == 45
    assert after is None
    assert client.get(build_meetings_url("meeting_list", coalition, after="nonsense")).context["page"].is_first


def test_minutes_show_type_speaker_and_source(client, coalition, meeting, entries_of_minutes, document):
    response = client.get(build_meetings_url("meeting_detail", coalition, meeting.pk))
    shown = response.context["shown"]

    assert [(section.part, [e.text for e in section.entries]) for section in shown.sections] == [
        (None, ["Guidelines.", "Help.", "Written by hand."])
    ]
    assert [[(r.words, r.anchor) for r in entry.references] for entry in shown.entries] == [
        [("sentence 2", "s2")],
        [("sentences 3 and 4", "s3")],
        [("sentence 4", "s4")],
        [],
        [],
    ]
    assert [entry.text for entry in shown.agreed_entries] == ["Practices are shared."]
    assert [entry.text for entry in shown.commitments] == ["The proposal is sent."]
    assert [(origin.document, origin.entries) for origin in shown.source_documents] == [(document, 3)]


def test_meeting_page_says_that_only_month_is_known(client, coalition, meeting):
    page = client.get(build_meetings_url("meeting_detail", coalition, meeting.pk)).text

    assert '<time datetime="2009-11">November 2009</time>' in page
    assert "Only the month is known." in page
    assert "Sharm El Sheikh, Egypt" in page


def test_speakers_are_counted_once_by_stakeholder_group(client, coalition, meeting, rapporteur):
    union = OrganisationFactory(coalition=coalition, stakeholder_group="intergovernmental")
    for text in ("One.", "Two."):
        actions.record_entry(
            actor=rapporteur, meeting=meeting, kind="topic", text=text, speakers=[("Union", union), ("A guest", None)]
        )
    heard = client.get(build_meetings_url("meeting_detail", coalition, meeting.pk)).context["shown"].voice_counts

    assert {row.group: row.number for row in heard} == {
        "Civil society": 0,
        "Government": 0,
        "Intergovernmental organizations": 1,
        "Private sector": 0,
        "Technical community": 0,
        "Unknown": 1,
    }


def test_outcomes_link_to_later_meetings_and_records(client, coalition, meeting, entries_of_minutes, rapporteur):
    later = MeetingFactory(coalition=coalition, title="Later", starts_on=date(2010, 9, 14), published=True)
    MeetingFactory(coalition=coalition, title="A later draft", starts_on=date(2011, 9, 14))
    raised = actions.raise_entry_at_meeting(
        actor=rapporteur, entry=entries_of_minutes[0], meeting=later, entry_kind="decision"
    )
    shown = client.get(build_meetings_url("meeting_detail", coalition, meeting.pk)).context["shown"]

    assert [step.record.pk for step in shown.follow_ups] == [later.pk, raised.pk]


def test_entry_links_to_source_sentence_with_context(client, coalition, entries_of_minutes, document):
    response = client.get(build_meetings_url("entry_detail", coalition, entries_of_minutes[1].pk))
    first = response.context["shown"].quotations[0]

    assert (first.before, first.source.quote, first.anchor) == (
        "The telecoms union presented its guidelines.",
        "It offered technical help.",
        "s3",
    )
    assert "<mark>It offered technical help.</mark>" in response.text


@pytest.mark.parametrize(("persona", "who"), [(None, "by the coordinator"), ("member", "by The coordinator")])
def test_public_sees_role_of_uploader(client, request, coalition, coordinator, meeting, rapporteur, persona, who):
    document = begin_record(
        actor=coordinator,
        record=Document(kind="document", coalition=coalition, title="Report", text="So it was.", fingerprint="f" * 64),
        is_published=True,
    )
    entry = actions.record_entry(
        actor=rapporteur, meeting=meeting, kind="topic", text="So.", sources=[(document, 0, 10, 1)]
    )
    if persona:
        client.force_login(request.getfixturevalue(persona))
    pages = [
        client.get(build_meetings_url("entry_detail", coalition, entry.pk)).text,
        client.get(build_meetings_url("meeting_detail", coalition, meeting.pk)).text,
    ]

    assert [who in page for page in pages] == [True, True]


def test_restricted_document_is_not_named_or_quoted(
    client, coalition, entries_of_minutes, document, meeting, coordinator
):
    actions.restrict_source_document(actor=coordinator, document=document)
    pages = [
        client.get(build_meetings_url("entry_detail", coalition, entries_of_minutes[1].pk)).text,
        client.get(build_meetings_url("meeting_detail", coalition, meeting.pk)).text,
    ]

    for page in pages:
        assert "It offered technical help." not in page
        assert "Report of the session" not in page
        assert "a document that you cannot open" in page


def test_agreements_are_filtered_by_type_status_and_owner(client, coalition, organisation, meeting):
    owner = CapacityFactory(coalition=coalition, organisation=organisation)
    common = {"coalition": coalition, "meeting": meeting, "published": True}
    EntryFactory(**common, text="A decision.")
    EntryFactory(**common, kind="topic", text="A topic.")
    for text, progress in (("Kept.", "kept"), ("Open.", "open")):
        CommitmentFactory(
            entry=EntryFactory(**common, kind="commitment", text=text),
            owner=owner,
            progress=progress,
            closed_on=timezone.localdate() if progress == "kept" else None,
        )
    CommitmentFactory(entry=EntryFactory(**common, kind="commitment", text="Of nobody."))

    def list_found_texts(**query):
        return {
            entry.text for entry in client.get(build_meetings_url("agreed", coalition, **query)).context["page"].rows
        }

    assert list_found_texts() == {"A decision.", "Kept.", "Open.", "Of nobody."}
    assert list_found_texts(kind="decision") == {"A decision."}
    assert list_found_texts(state="kept") == {"Kept."}
    assert list_found_texts(owner=organisation.name[:6].upper(), state="open") == {"Open."}
    assert list_found_texts(owner="nobody of this name") == set()
    assert list_found_texts(kind="nonsense", owner=" ", state="late") == {"A decision.", "Kept.", "Open.", "Of nobody."}


def test_newest_meeting_is_first_with_minutes_in_order(client, coalition):
    expected = []
    for year in (2013, 2009):
        meeting = MeetingFactory(coalition=coalition, starts_on=date(year, 1, 1), published=True)
        for position in range(15):
            entry = EntryFactory(coalition=coalition, meeting=meeting, position=position, published=True)
            expected.append(entry.pk)
    first = client.get(build_meetings_url("agreed", coalition)).context["page"]
    second = client.get(build_meetings_url("agreed", coalition, after=first.after)).context["page"]

    assert [entry.pk for entry in [*first.rows, *second.rows]] == expected


def test_lateness_is_not_shown_in_public(client, coalition, meeting, rapporteur, organisation, delegate):
    entry = actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text="We will.",
        owner=("Us", organisation),
        due_on=date(2010, 1, 1),
    )
    for who in (None, delegate):
        if who:
            client.force_login(who)
        for url in (
            build_meetings_url("agreed", coalition),
            build_meetings_url("entry_detail", coalition, entry.pk),
            build_meetings_url("meeting_detail", coalition, meeting.pk),
        ):
            page = client.get(url).text
            assert "1 January 2010" in page
            assert "late" not in page.replace("later", "").replace("translate", "").replace("related", "")


def test_withdrawn_entry_is_not_in_minutes(client, coalition, meeting, entries_of_minutes, rapporteur):
    actions.withdraw_entry(actor=rapporteur, entry=entries_of_minutes[0], reason="Nobody said that.")
    client.force_login(rapporteur)

    assert "Guidelines." not in client.get(build_meetings_url("meeting_detail", coalition, meeting.pk)).text
    assert (
        "Nobody said that." in client.get(build_meetings_url("entry_detail", coalition, entries_of_minutes[0].pk)).text
    )
    client.logout()
    assert client.get(build_meetings_url("entry_detail", coalition, entries_of_minutes[0].pk)).status_code == 404


def test_unreadable_meeting_is_not_found(client, coalition, other_coalition, outsider, member):
    hidden = MeetingFactory(coalition=coalition, label="TLP:GREEN", published=True)
    entry = EntryFactory(coalition=coalition, meeting=hidden, published=True)  # open by itself, its meeting not
    urls = [
        build_meetings_url("meeting_detail", coalition, hidden.pk),
        build_meetings_url("entry_detail", coalition, entry.pk),
    ]
    statuses = [[client.get(url).status_code for url in urls]]
    for person in (outsider, member):
        client.force_login(person)
        statuses.append([client.get(url).status_code for url in urls])

    assert statuses == [[404, 404], [404, 404], [200, 200]]
    assert client.get(build_meetings_url("meeting_detail", other_coalition, hidden.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_is_constant(client, coalition, count, django_assert_num_queries):
    for _ in range(count):
        CommitmentFactory(
            entry__coalition=coalition, entry__meeting=MeetingFactory(coalition=coalition, published=True)
        )
    with django_assert_num_queries(3):
        response = client.get(build_meetings_url("meeting_list", coalition))

    assert [meeting.agreed for meeting in response.context["page"].rows] == [1] * count


@pytest.mark.parametrize("count", [1, 3])
def test_meeting_page_query_count_is_constant(
    client, coalition, organisation, meeting, rapporteur, count, find_passage, django_assert_num_queries
):
    for number in range(count):
        AttendanceFactory(meeting=meeting, capacity__organisation=organisation)
        PartFactory(meeting=meeting)
        MeetingFactory(coalition=coalition, starts_on=date(2020, 1, 1), published=True)
        for kind in ("topic", "decision", "commitment"):
            actions.record_entry(
                actor=rapporteur,
                meeting=meeting,
                kind=kind,
                text=f"Thing {number}",
                speakers=[(f"Speaker {number}", organisation)],
                sources=[find_passage("It offered", 3)],
                owner=(f"Owner {number}", organisation),
            )
    with django_assert_num_queries(12):  # two for names that may be of people
        response = client.get(build_meetings_url("meeting_detail", coalition, meeting.pk))

    assert len(response.context["shown"].entries) == 3 * count


@pytest.mark.parametrize("count", [1, 3])
def test_entry_page_query_count_is_constant(
    client, coalition, organisation, meeting, rapporteur, count, find_passage, django_assert_num_queries
):
    begins = ["The telecoms", "It offered", "It was agreed"][:count]
    entry = actions.record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text="Thing",
        speakers=[(f"Speaker {number}", organisation) for number in range(count)],
        sources=[find_passage(words, number) for number, words in enumerate(begins)],
        owner=("Owner", organisation),
    )
    for number in range(count):
        later = MeetingFactory(coalition=coalition, published=True)
        actions.raise_entry_at_meeting(
            actor=rapporteur, entry=entry, meeting=later, entry_kind="decision", text=f"Raised {number}"
        )
    with django_assert_num_queries(11):  # two for names that may be of people
        response = client.get(build_meetings_url("entry_detail", coalition, entry.pk))

    assert len(response.context["shown"].related_record_links) == len(response.context["shown"].quotations) == count


@pytest.mark.parametrize("count", [1, 3])
def test_agreements_query_count_is_constant(client, coalition, organisation, count, django_assert_num_queries):
    for _ in range(count):
        meeting = MeetingFactory(coalition=coalition, published=True)
        CommitmentFactory(
            entry=EntryFactory(coalition=coalition, meeting=meeting, kind="commitment", published=True),
            owner=CapacityFactory(coalition=coalition, organisation=organisation),
        )
        EntryFactory(coalition=coalition, meeting=meeting, published=True)
    with django_assert_num_queries(4):  # two for names of owners that may be of people
        response = client.get(build_meetings_url("agreed", coalition))

    assert len(response.context["page"].rows) == 2 * count
    assert Commitment.objects.count() == count
