"""The Chatham House Rule: nobody who spoke is kept anywhere."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.documents.outgoing import to_text
from jukwaa.meetings import actions
from jukwaa.meetings.actions import NewEntry
from jukwaa.meetings.actions.report import edit_report_paragraph, get_or_build_report
from jukwaa.meetings.attendance import merge_small_group_counts
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.models import Attendance, Commitment, Entry
from jukwaa.meetings.report import REPORT_FORMATS_BY_NAME, build_report_document, compose_meeting_report
from jukwaa.records.models import Audience, Document, Passage, Record, Source
from tests.factories import AffiliationFactory, DocumentFactory, OrganisationFactory, PersonFactory

SPEAKER_NAME = "Zuleikha Quarterstaff"
OWNER_NAME = "Wolmaranstad Hotline"
STATEMENT_TEXT = f"{SPEAKER_NAME} said that hotlines are overrun. {OWNER_NAME} will share what it learned."


def dump_all_tables() -> dict[str, str]:
    """Return the content of every table as one string."""
    kept = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept[table] = json.dumps(cursor.fetchall(), default=str, ensure_ascii=False)
    return kept


@pytest.fixture
def chatham_item(meeting, rapporteur):
    return actions.add_meeting_agenda_item(
        actor=rapporteur, meeting=meeting, title="Among ourselves", is_under_chatham_house_rule=True
    )


@pytest.fixture
def restricted_document(coalition, coordinator) -> Document:
    return DocumentFactory(coalition=coalition, title="Notes", text=STATEMENT_TEXT, author=coordinator, published=True)


@pytest.fixture
def chatham_entries(meeting, chatham_item, rapporteur, restricted_document):
    """Create entries as a report import does, with the names of speakers."""
    return actions.record_entries(
        actor=rapporteur,
        meeting=meeting,
        entries=[
            NewEntry(
                kind="observation",
                text="Hotlines are overrun.",
                part=chatham_item,
                speakers=[(SPEAKER_NAME, None)],
                sources=[(restricted_document, 0, 40, 1)],
            ),
            NewEntry(
                kind="commitment",
                text="What was learned is shared.",
                part=chatham_item,
                owner=(OWNER_NAME, None),
                sources=[(restricted_document, 41, len(STATEMENT_TEXT), 2), (restricted_document, 0, 40, 1)],
            ),
        ],
    )


def test_names_of_speakers_are_only_in_restricted_document(chatham_entries, restricted_document):
    """Beside the document's own text, only the index holds them, and there as passages of that document."""
    words = (SPEAKER_NAME.split(maxsplit=1)[0], OWNER_NAME.split(maxsplit=1)[0])
    naming = {table for table, kept in dump_all_tables().items() if any(word in kept for word in words)}
    passages = Passage.objects.filter(text__contains=words[0]).values_list("record", flat=True)

    assert {table for table in naming if not table.startswith("records_passage")} == {"records_document"}
    assert set(passages) == {restricted_document.pk}
    assert Record.objects.get(pk=restricted_document.pk).label == "TLP:RED"


def test_entries_have_no_speaker_owner_quotation_or_source(chatham_entries):
    assert [list(entry.speakers.all()) for entry in chatham_entries] == [[], []]
    assert Commitment.objects.get().owner is None
    assert list(Source.objects.order_by("record").values_list("record", "start", "end", "quote", "number")) == [
        (chatham_entries[0].pk, None, None, "", None),
        (chatham_entries[1].pk, None, None, "", None),
    ]


def test_document_is_readable_by_uploader_only(chatham_entries, restricted_document, coordinator, rapporteur, member):
    assert list(Audience.objects.values_list("record", "person")) == [(restricted_document.pk, coordinator.pk)]
    seen = [Document.objects.visible_to(who).count() for who in (coordinator, rapporteur, member)]
    assert seen == [1, 0, 0]

    actions.restrict_source_document(actor=coordinator, document=Document.objects.get())
    assert Audience.objects.count() == 1


def test_member_cannot_restrict_document(restricted_document, member):
    with pytest.raises(PermissionDenied):
        actions.restrict_source_document(actor=member, document=restricted_document)


@pytest.mark.parametrize(
    ("text", "named_organisations"),
    [
        ("The Southern Helpline said that it is overrun.", ["Southern Helpline"]),
        ("The southern helpline said so.", ["southern helpline"]),
        ("SHL and Ms Quarterstaff said so.", ["SHL", "Quarterstaff"]),
        ("The guest from afar said so.", ["guest from afar"]),
        ("قال SHLو ذلك", ["SHL"]),
        ("Those who do so shall be overrun, and members of the coalition agree.", []),
    ],
)
def test_text_that_names_a_person_is_refused(coalition, meeting, chatham_item, rapporteur, text, named_organisations):
    organisation = OrganisationFactory(coalition=coalition, name="Southern Helpline", acronym="SHL")
    AffiliationFactory(organisation=organisation, person=PersonFactory(name=SPEAKER_NAME))
    for name, is_group in (("guest from afar", False), ("members of the coalition", True)):
        actions.record_attendance(actor=rapporteur, meeting=meeting, name=name, came_as="observer", is_group=is_group)
    if not named_organisations:
        assert (
            actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text=text, part=chatham_item).text
            == text
        )
        return
    with pytest.raises(NamesFoundError) as refused:
        actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text=text, part=chatham_item)

    assert refused.value.names == named_organisations
    assert not Entry.objects.exists()


def test_later_edits_cannot_add_names(chatham_entries, coalition, meeting, rapporteur, coordinator):
    OrganisationFactory(coalition=coalition, name="Southern Helpline")
    later = actions.create_meeting_record(
        actor=rapporteur, coalition=coalition, title="Later", starts_on=date(2010, 1, 1)
    )
    said = "As the Southern Helpline said"
    first, second = chatham_entries
    for attempt in (
        lambda: actions.change_entry(actor=rapporteur, entry=first, changes={"text": said}, from_version=1),
        lambda: actions.withdraw_entry(actor=rapporteur, entry=first, reason=said),
        lambda: actions.set_commitment_progress(
            actor=coordinator, commitment=second.commitment, progress="kept", note=said
        ),
        lambda: actions.raise_entry_at_meeting(
            actor=rapporteur, entry=first, meeting=later, entry_kind="decision", text=said
        ),
    ):
        with pytest.raises(NamesFoundError):
            attempt()

    raised = actions.raise_entry_at_meeting(actor=rapporteur, entry=first, meeting=later, entry_kind="decision")
    assert list(raised.sources.values_list("start", "quote")) == [(None, "")]


def test_attendance_of_item_is_not_public(client, coalition, meeting, chatham_item, rapporteur):
    actions.record_attendance(
        actor=rapporteur, meeting=meeting, name="Quiet guest", came_as="observer", part=chatham_item, is_chair=True
    )
    actions.record_attendance(actor=rapporteur, meeting=meeting, name="Open guest", came_as="observer")
    urls = [
        reverse(f"meetings:{name}", args=[coalition.slug, meeting.pk]) for name in ("meeting_detail", "attendance_list")
    ]
    actions.add_meeting_agenda_item(actor=rapporteur, meeting=meeting, title="An open part")
    public = [client.get(url).text for url in urls]
    client.force_login(rapporteur)
    own = [client.get(url).text for url in urls]

    for name in ("Quiet guest", "Open guest"):
        assert [name in text for text in (*public, *own)] == [False, False, True, True]
    assert ["People who attended: fewer than 5." in text for text in (*public, *own)] == [True, True, False, False]
    assert not Attendance.objects.named_in_public().exists()
    assert meeting.chair is None


def test_report_counts_attendance_without_names(meeting, chatham_item, rapporteur):
    for number in range(6):
        actions.record_attendance(actor=rapporteur, meeting=meeting, name=f"Guest {number}", came_as="observer")
    composed = compose_meeting_report(meeting)

    [attendance] = [section for section in composed.sections if section.key == "attendance"]
    assert [paragraph.text for paragraph in attendance.paragraphs] == [
        "People who attended: 6. Names are not given under the Chatham House Rule."
    ]
    assert [figures.rows for figures in composed.material.attendance_figures] == [[("Unknown", 6)]]


def test_chatham_house_rule_removes_edited_attendee_names(meeting, rapporteur):
    for number in range(6):
        actions.record_attendance(actor=rapporteur, meeting=meeting, name=f"Guest {number}", came_as="observer")
    edit = {"actor": rapporteur, "meeting": meeting}
    edit_report_paragraph(**edit, key="attendance", text="Guest 1 was there.", from_version=0)
    actions.add_meeting_agenda_item(
        actor=rapporteur, meeting=meeting, title="Among ourselves", is_under_chatham_house_rule=True
    )
    assert "Guest 1" not in to_text(
        build_report_document(
            compose_meeting_report(meeting, get_or_build_report(meeting).edits), REPORT_FORMATS_BY_NAME["own"]
        )
    )

    edit_report_paragraph(**edit, key="attendance-counted", text="Six guests.", from_version=1)
    written = to_text(
        build_report_document(
            compose_meeting_report(meeting, get_or_build_report(meeting).edits), REPORT_FORMATS_BY_NAME["own"]
        )
    )
    assert ("Guest 1" in written, "Six guests." in written, "By stakeholder group" in written) == (False, True, True)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 30), max_size=6))
def test_merged_groups_reach_minimum_count_and_preserve_total(group_counts):
    merged = merge_small_group_counts(group_counts, "others", min_group_count=5)

    assert all(number >= 5 for _name, number in merged)
    assert sum(number for _name, number in merged) == (
        sum(group_counts.values()) if sum(group_counts.values()) >= 5 else 0
    )
    hidden = [number for name, number in group_counts.items() if (name, number) not in merged]
    assert len(hidden) != 1 or not merged or hidden[0] >= 5


def test_public_page_says_that_item_is_under_chatham_house_rule(client, coalition, meeting, chatham_entries):
    page = client.get(reverse("meetings:meeting_detail", args=[coalition.slug, meeting.pk])).text
    entry = client.get(reverse("meetings:entry_detail", args=[coalition.slug, chatham_entries[0].pk])).text

    assert "This agenda item was held under the Chatham House Rule" in page
    assert "The source is not shown." in page
    assert "This entry was made under the Chatham House Rule." in entry
    assert "This entry comes from a document that you cannot open." in entry
    assert "Notes" not in page + entry


def test_form_asks_to_omit_names(client, coalition, meeting, chatham_item, rapporteur):
    OrganisationFactory(coalition=coalition, name="Southern Helpline")
    client.force_login(rapporteur)
    response = client.post(
        reverse("meetings:entry_new", args=[coalition.slug, meeting.pk]),
        {"kind": "topic", "text": "The Southern Helpline is overrun.", "part": chatham_item.pk, "speaker": "Somebody"},
    )

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {
        "text": ["Do not name anyone under the Chatham House Rule. Remove this name: Southern Helpline."],
        "speaker": ["This item was held under the Chatham House Rule. Leave the names empty."],
    }
    assert "The Southern Helpline is overrun." in response.text
    assert not Entry.objects.exists()
