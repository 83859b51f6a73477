"""The session report: from the record to prose, edited without being lost, in every format and shape."""

import io
from datetime import date

import docx
import pypdfium2
import pytest
from django.urls import reverse

from jukwaa.core.documents.outgoing import to_text
from jukwaa.core.refusals import EditConflict
from jukwaa.meetings.actions import record_attendance, record_entry, withdraw_entry
from jukwaa.meetings.actions.report import (
    edit_report_paragraph,
    get_or_build_report,
    publish_meeting_report,
    restore_report_paragraph,
)
from jukwaa.meetings.models import EntryKind
from jukwaa.meetings.report import REPORT_FORMATS_BY_NAME, build_report_document, compose_meeting_report
from jukwaa.meetings.report.formats import WRITTEN_SECTION_KEYS, ReportFormatError, load_report_formats
from jukwaa.meetings.report.report_sentences import describe_meeting_session
from tests.factories import (
    MeetingFactory,
    OrganisationFactory,
)
from tests.meetings.public_sources import create_public_entry_source


@pytest.fixture
def meeting(coalition):
    return MeetingFactory(coalition=coalition, title="Here, 2026", place="Here", published=True)


@pytest.fixture
def record_meeting_entry(rapporteur, meeting):
    def record_one_entry(kind, text, **more):
        return record_entry(actor=rapporteur, meeting=meeting, kind=kind, text=text, **more)

    return record_one_entry


def list_report_texts(meeting):
    return [
        each.text
        for each in compose_meeting_report(meeting, get_or_build_report(meeting).edits).paragraphs
        if each.key not in WRITTEN_SECTION_KEYS
    ]


def test_entries_become_paragraphs_and_empty_sections_are_omitted(meeting, record_meeting_entry):
    record_meeting_entry(EntryKind.TOPIC, "The plan was presented")
    record_meeting_entry(EntryKind.OFFER, "A venue was offered.")
    record_meeting_entry(EntryKind.DECISION, "It was agreed to meet again.")

    sections = [
        section for section in compose_meeting_report(meeting).sections if section.key not in WRITTEN_SECTION_KEYS
    ]
    assert [(section.key, [p.text for p in section.paragraphs]) for section in sections] == [
        ("session", ["Our Coalition met."]),
        ("discussed", ["The plan was presented. A venue was offered."]),
        ("decided", ["It was agreed to meet again."]),
    ]


def test_speaker_is_named_if_sentence_omits_name(meeting, record_meeting_entry, organisation):
    record_meeting_entry(EntryKind.OFFER, "A venue was offered.", speakers=[(organisation.name, organisation)])
    record_meeting_entry(
        EntryKind.OFFER, f"{organisation.name} offered a van.", speakers=[(organisation.name, organisation)]
    )

    name = organisation.name
    assert list_report_texts(meeting)[1] == f"A venue was offered. (Contribution by {name}.) {name} offered a van."


def test_edited_paragraph_is_unchanged_when_entries_are_added(meeting, record_meeting_entry, rapporteur):
    first = record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{first.pk}"
    edit_report_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)

    record_meeting_entry(EntryKind.DECISION, "It was agreed to meet.")

    assert list_report_texts(meeting)[1:] == ["We share.", "It was agreed to meet."]
    paragraph = compose_meeting_report(meeting, get_or_build_report(meeting).edits).get_paragraph(key)
    assert (paragraph.is_edited, paragraph.is_outdated) == (True, False)


def test_edited_paragraph_shows_that_record_changed(meeting, record_meeting_entry, rapporteur):
    entry = record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{entry.pk}"
    edit_report_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)
    entry.text = "It was agreed to share everything."
    entry.save()

    paragraph = compose_meeting_report(meeting, get_or_build_report(meeting).edits).get_paragraph(key)

    assert (paragraph.text, paragraph.generated, paragraph.is_outdated) == (
        "We share.",
        "It was agreed to share everything.",
        True,
    )


def test_edited_paragraph_is_omitted_when_entry_is_withdrawn(meeting, record_meeting_entry, rapporteur):
    entry = record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    edit_report_paragraph(
        actor=rapporteur, meeting=meeting, key=f"decided-{entry.pk}", text="We share.", from_version=0
    )

    withdraw_entry(actor=rapporteur, entry=entry, reason="It was not agreed.")

    blocks = build_report_document(
        compose_meeting_report(meeting, get_or_build_report(meeting).edits), REPORT_FORMATS_BY_NAME["own"]
    ).blocks
    assert "We share." not in str(blocks)


def test_paragraph_can_be_reset_to_record(meeting, record_meeting_entry, rapporteur):
    entry = record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{entry.pk}"
    edit_report_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)
    restore_report_paragraph(actor=rapporteur, meeting=meeting, paragraph_key=key, from_version=1)

    assert get_or_build_report(meeting).edits == {}


def test_outdated_edit_is_refused(meeting, record_meeting_entry, rapporteur):
    entry = record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{entry.pk}"
    edit_report_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)

    with pytest.raises(EditConflict):
        edit_report_paragraph(actor=rapporteur, meeting=meeting, key=key, text="All share.", from_version=0)

    assert get_or_build_report(meeting).edits[key]["text"] == "We share."


def test_edit_conflict_of_paragraph_shows_both_texts(client, meeting, record_meeting_entry, rapporteur):
    entry = record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{entry.pk}"
    edit_report_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)
    client.force_login(rapporteur)

    url = reverse("meetings:paragraph_edit", args=["ours", meeting.pk, key])
    response = client.post(url, {"text": "All share.", "version": 0})

    assert response.status_code == 409
    assert "We share." in response.text
    assert "All share." in response.text


def test_report_is_private_until_published(client, meeting, record_meeting_entry, member, rapporteur):
    record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    urls = [reverse("meetings:report_detail", args=["ours", meeting.pk])]
    urls += [reverse("meetings:report_file", args=["ours", meeting.pk, "own", ending]) for ending in ("txt", "pdf")]
    client.force_login(member)
    before = [client.get(url).status_code for url in urls]

    publish_meeting_report(actor=rapporteur, meeting=meeting)
    client.logout()

    assert (before, [client.get(url).status_code for url in urls]) == ([404, 404, 404], [200, 200, 200])


def test_only_note_takers_edit_and_publish_report(client, meeting, record_meeting_entry, member, outsider):
    entry = record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    edit = reverse("meetings:paragraph_edit", args=["ours", meeting.pk, f"decided-{entry.pk}"])
    publish = reverse("meetings:report_publish", args=["ours", meeting.pk])

    for person in (member, outsider):
        client.force_login(person)
        assert [client.get(edit).status_code, client.post(edit).status_code, client.post(publish).status_code] == [
            403
        ] * 3
    assert get_or_build_report(meeting).published_at is None


def test_report_exports_have_same_text(client, meeting, record_meeting_entry, rapporteur):
    record_meeting_entry(EntryKind.DECISION, "It was agreed to share #everything *now*.")
    client.force_login(rapporteur)

    files = {
        ending: client.get(reverse("meetings:report_file", args=["ours", meeting.pk, "own", ending])).content
        for ending in ("txt", "docx", "pdf")
    }

    word = docx.Document(io.BytesIO(files["docx"]))
    pdf = pypdfium2.PdfDocument(files["pdf"])
    texts = [
        files["txt"].decode(),
        "\n".join(paragraph.text for paragraph in word.paragraphs),
        pdf[0].get_textpage().get_text_range(),
    ]
    assert ["It was agreed to share #everything *now*." in " ".join(text.split()) for text in texts] == [True] * 3
    assert b"StructTreeRoot" in files["pdf"]


@pytest.mark.parametrize("report_format", [name for name in REPORT_FORMATS_BY_NAME if name != "own"])
def test_each_template_has_sections_in_order(client, meeting, record_meeting_entry, rapporteur, report_format):
    record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    client.force_login(rapporteur)

    page = client.get(reverse("meetings:report_shape", args=["ours", meeting.pk, report_format])).text

    places = [page.index(f">{part.title}</h2>") for part in REPORT_FORMATS_BY_NAME[report_format].parts]
    assert places == sorted(places)
    assert "It was agreed to share." in page


def test_template_with_unknown_section_is_refused():
    with pytest.raises(ReportFormatError, match="“Mood” names weather"):
        load_report_formats(
            '[odd]\ntitle = "Odd"\nsource = "none"\nyear = 2026\nsections = [{ title = "Mood", fact = "weather" }]'
        )


@pytest.mark.parametrize("count", [1, 3])
def test_report_query_count_is_constant(
    client, meeting, record_meeting_entry, rapporteur, django_assert_num_queries, count
):
    for number in range(count):
        organisation = OrganisationFactory(coalition=meeting.coalition, name=f"Helpline {number}")
        speaker = (f"Byron {number}", organisation)  # a name as a source writes it
        record_meeting_entry(EntryKind.DECISION, f"It was agreed to do thing {number}.", speakers=[speaker])
        record_attendance(
            actor=rapporteur, meeting=meeting, name=speaker[0], organisation=organisation, came_as="member"
        )
    publish_meeting_report(actor=rapporteur, meeting=meeting)
    client.force_login(rapporteur)
    url = reverse("meetings:report_detail", args=["ours", meeting.pk])
    client.get(url)

    with django_assert_num_queries(11):
        response = client.get(url)

    assert response.text.count("It was agreed to do thing") == count


def test_several_attendees_use_plural(meeting, rapporteur):
    told = []
    for name in ("Helpline One", "Helpline Two"):
        organisation = OrganisationFactory(coalition=meeting.coalition, name=name)
        record_attendance(actor=rapporteur, meeting=meeting, name=name, organisation=organisation, came_as="new-member")
        told.append(list_report_texts(meeting)[1])

    assert told == ["A new member joined: Helpline One.", "New members joined: Helpline One and Helpline Two."]


def test_each_speaking_organisation_is_listed_once(meeting, record_meeting_entry, organisation):
    organisation.stakeholder_group = "civil-society"
    organisation.save()
    record_meeting_entry(EntryKind.OFFER, "A venue was offered.", speakers=[("The helpline", organisation)])
    record_meeting_entry(
        EntryKind.REQUEST, "A van was asked for.", speakers=[(organisation.name, organisation), ("A guest", None)]
    )
    other = OrganisationFactory(coalition=meeting.coalition, name="Helpline Two")
    record_meeting_entry(
        EntryKind.COMMITMENT,
        "The plan is sent.",
        owner=("Helpline Two", other),
        sources=create_public_entry_source(meeting.coalition),
    )

    text = to_text(
        build_report_document(compose_meeting_report(meeting), REPORT_FORMATS_BY_NAME["igf-2015"]), width=200
    )

    assert f"- The helpline ({organisation.name}), Civil society\n- A guest\n- Helpline Two\n" in text


@pytest.mark.parametrize(
    ("is_published", "report_format", "format_name", "first_file_name"),
    [
        (
            False,
            "own",
            "Here, 2026, draft of the session report.txt",
            "Draft report, not published: Our Coalition",
        ),
        (True, "own", "Here, 2026, session report.txt", "Our Coalition"),
        (True, "igf-2021", "Here, 2026, session report, igf-2021.txt", "Our Coalition"),
        (False, "igf-2021", "Here, 2026, draft of the session report, igf-2021.txt", "Draft report, not"),
    ],
)
def test_file_name_states_content_and_draft(
    client, meeting, record_meeting_entry, rapporteur, is_published, report_format, format_name, first_file_name
):
    record_meeting_entry(EntryKind.DECISION, "It was agreed to share.")
    if is_published:
        publish_meeting_report(actor=rapporteur, meeting=meeting)
    client.force_login(rapporteur)

    response = client.get(reverse("meetings:report_file", args=["ours", meeting.pk, report_format, "txt"]))

    assert f'filename="{format_name}"' in response.headers["Content-Disposition"].replace("_", " ")
    assert response.text.startswith(first_file_name)


@pytest.mark.parametrize(
    ("place", "forum", "precision", "expected_sentence"),
    [
        ("Online", "", "day", "{} met online on 3 May 2026."),
        ("online ", "IGF 2026", "day", "{} met online on 3 May 2026, at the IGF 2026."),
        ("Online", "", "month", "{} met online in May 2026."),
        ("Online", "IGF 2026", "month", "{} met online in May 2026, at the IGF 2026."),
        ("Nairobi", "", "day", "{} met in Nairobi on 3 May 2026."),
    ],
)
def test_report_says_that_a_meeting_was_online(coalition, place, forum, precision, expected_sentence):
    meeting = MeetingFactory(
        coalition=coalition, place=place, forum=forum, starts_on=date(2026, 5, 3), precision=precision
    )

    assert describe_meeting_session(meeting) == expected_sentence.format(coalition.name)
