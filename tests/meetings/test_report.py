"""The session report: from the record to prose, edited without being lost, in every format and shape."""

import io
from datetime import date

import docx
import pypdfium2
import pytest
import time_machine
from django.urls import reverse

from jukwaa.coalitions.standing import Standing
from jukwaa.core.documents.outgoing import to_text
from jukwaa.core.refusals import EditConflict
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings.actions import record_attendance, record_entry, withdraw_entry
from jukwaa.meetings.actions.report import edit_paragraph, publish_report, report_of, restore_paragraph
from jukwaa.meetings.models import EntryKind
from jukwaa.meetings.report import SHAPES, compose, document_of, get_deadline
from jukwaa.meetings.report.shapes import WRITTEN, ShapeError, load_shapes
from jukwaa.updates.reminders import remind
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    DissentFactory,
    EntryFactory,
    MeetingFactory,
    OrganisationFactory,
    PartFactory,
)
from tests.meetings.public import public_source
from tests.updates.mails import on, written


@pytest.fixture
def meeting(coalition):
    return MeetingFactory(coalition=coalition, title="Here, 2026", place="Here", published=True)


@pytest.fixture
def write(rapporteur, meeting):
    def write(kind, text, **more):
        return record_entry(actor=rapporteur, meeting=meeting, kind=kind, text=text, **more)

    return write


def text_of(meeting):
    return [each.text for each in compose(meeting, report_of(meeting).edits).paragraphs if each.key not in WRITTEN]


def test_entries_become_sentences_of_a_paragraph_and_sections_that_say_nothing_are_left_out(meeting, write):
    write(EntryKind.TOPIC, "The plan was presented")
    write(EntryKind.OFFER, "A venue was offered.")
    write(EntryKind.DECISION, "It was agreed to meet again.")

    sections = [section for section in compose(meeting).sections if section.key not in WRITTEN]
    assert [(section.key, [p.text for p in section.paragraphs]) for section in sections] == [
        ("session", ["The coalition Our Coalition met."]),
        ("discussed", ["The plan was presented. A venue was offered."]),
        ("decided", ["It was agreed to meet again."]),
    ]


def test_who_said_it_is_named_where_the_sentence_does_not(meeting, write, organisation):
    write(EntryKind.OFFER, "A venue was offered.", speakers=[(organisation.name, organisation)])
    write(EntryKind.OFFER, f"{organisation.name} offered a van.", speakers=[(organisation.name, organisation)])

    name = organisation.name
    assert text_of(meeting)[1] == f"A venue was offered. (Said by {name}.) {name} offered a van."


def test_what_was_edited_is_kept_when_the_record_grows(meeting, write, rapporteur):
    first = write(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{first.pk}"
    edit_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)

    write(EntryKind.DECISION, "It was agreed to meet.")

    assert text_of(meeting)[1:] == ["We share.", "It was agreed to meet."]
    paragraph = compose(meeting, report_of(meeting).edits).paragraph(key)
    assert (paragraph.is_edited, paragraph.has_moved_on) == (True, False)


def test_an_edited_paragraph_says_when_the_record_under_it_has_changed(meeting, write, rapporteur):
    entry = write(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{entry.pk}"
    edit_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)
    entry.text = "It was agreed to share everything."
    entry.save()

    paragraph = compose(meeting, report_of(meeting).edits).paragraph(key)

    assert (paragraph.text, paragraph.generated, paragraph.has_moved_on) == (
        "We share.",
        "It was agreed to share everything.",
        True,
    )


def test_an_edited_paragraph_is_left_out_as_soon_as_something_it_tells_is_withdrawn(meeting, write, rapporteur):
    entry = write(EntryKind.DECISION, "It was agreed to share.")
    edit_paragraph(actor=rapporteur, meeting=meeting, key=f"decided-{entry.pk}", text="We share.", from_version=0)

    withdraw_entry(actor=rapporteur, entry=entry, reason="It was not agreed.")

    blocks = document_of(compose(meeting, report_of(meeting).edits), SHAPES["own"]).blocks
    assert "We share." not in str(blocks)


def test_a_paragraph_can_read_as_the_record_says_again(meeting, write, rapporteur):
    entry = write(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{entry.pk}"
    edit_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)
    restore_paragraph(actor=rapporteur, meeting=meeting, key=key, from_version=1)

    assert report_of(meeting).edits == {}


def test_an_edit_on_top_of_an_older_report_is_refused_and_nothing_is_written(meeting, write, rapporteur):
    entry = write(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{entry.pk}"
    edit_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)

    with pytest.raises(EditConflict):
        edit_paragraph(actor=rapporteur, meeting=meeting, key=key, text="All share.", from_version=0)

    assert report_of(meeting).edits[key]["text"] == "We share."


def test_a_stale_edit_shows_both_texts_and_keeps_what_was_typed(client, meeting, write, rapporteur):
    entry = write(EntryKind.DECISION, "It was agreed to share.")
    key = f"decided-{entry.pk}"
    edit_paragraph(actor=rapporteur, meeting=meeting, key=key, text="We share.", from_version=0)
    client.force_login(rapporteur)

    url = reverse("meetings:paragraph_edit", args=["ours", meeting.pk, key])
    response = client.post(url, {"text": "All share.", "version": 0})

    assert response.status_code == 409
    assert "We share." in response.text
    assert "All share." in response.text


def test_a_report_is_closed_until_it_is_published(client, meeting, write, member, rapporteur):
    write(EntryKind.DECISION, "It was agreed to share.")
    urls = [reverse("meetings:report_detail", args=["ours", meeting.pk])]
    urls += [reverse("meetings:report_file", args=["ours", meeting.pk, "own", ending]) for ending in ("txt", "pdf")]
    client.force_login(member)
    before = [client.get(url).status_code for url in urls]

    publish_report(actor=rapporteur, meeting=meeting)
    client.logout()

    assert (before, [client.get(url).status_code for url in urls]) == ([404, 404, 404], [200, 200, 200])


def test_only_those_who_keep_the_minutes_edit_and_publish(client, meeting, write, member, outsider):
    entry = write(EntryKind.DECISION, "It was agreed to share.")
    edit = reverse("meetings:paragraph_edit", args=["ours", meeting.pk, f"decided-{entry.pk}"])
    publish = reverse("meetings:report_publish", args=["ours", meeting.pk])

    for person in (member, outsider):
        client.force_login(person)
        assert [client.get(edit).status_code, client.post(edit).status_code, client.post(publish).status_code] == [
            403
        ] * 3
    assert report_of(meeting).published_at is None


def test_the_report_leaves_as_text_word_and_tagged_pdf_with_the_same_words(client, meeting, write, rapporteur):
    write(EntryKind.DECISION, "It was agreed to share #everything *now*.")
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


@pytest.mark.parametrize("shape", [name for name in SHAPES if name != "own"])
def test_each_shape_of_the_forum_has_its_sections_in_order(client, meeting, write, rapporteur, shape):
    write(EntryKind.DECISION, "It was agreed to share.")
    client.force_login(rapporteur)

    page = client.get(reverse("meetings:report_shape", args=["ours", meeting.pk, shape])).text

    places = [page.index(f">{part.title}</h2>") for part in SHAPES[shape].parts]
    assert places == sorted(places)
    assert "It was agreed to share." in page


def test_a_shape_that_names_what_does_not_exist_is_refused_when_loaded():
    with pytest.raises(ShapeError, match="“Mood” names weather"):
        load_shapes(
            '[odd]\ntitle = "Odd"\nsource = "none"\nyear = 2026\nsections = [{ title = "Mood", fact = "weather" }]'
        )


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_costs_the_same_queries_however_long_the_minutes_are(
    client, meeting, write, rapporteur, django_assert_num_queries, count
):
    for number in range(count):
        write(EntryKind.DECISION, f"It was agreed to do thing {number}.")
    publish_report(actor=rapporteur, meeting=meeting)
    client.force_login(rapporteur)
    url = reverse("meetings:report_detail", args=["ours", meeting.pk])
    client.get(url)

    with django_assert_num_queries(10):
        response = client.get(url)

    assert response.text.count("It was agreed to do thing") == count


def test_several_who_joined_are_told_in_the_plural(meeting, rapporteur):
    told = []
    for name in ("Helpline One", "Helpline Two"):
        record_attendance(actor=rapporteur, meeting=meeting, name=name, came_as="new-member")
        told.append(text_of(meeting)[1])

    assert told == ["A new member joined: Helpline One.", "New members joined: Helpline One and Helpline Two."]


def test_the_list_of_speakers_names_each_organisation_of_the_minutes_once(meeting, write, organisation):
    organisation.stakeholder_group = "civil-society"
    organisation.save()
    write(EntryKind.OFFER, "A venue was offered.", speakers=[("The helpline", organisation)])
    write(EntryKind.REQUEST, "A van was asked for.", speakers=[(organisation.name, organisation), ("A guest", None)])
    other = OrganisationFactory(coalition=meeting.coalition, name="Helpline Two")
    write(
        EntryKind.COMMITMENT,
        "The plan is sent.",
        owner=("Helpline Two", other),
        sources=public_source(meeting.coalition),
    )

    text = to_text(document_of(compose(meeting), SHAPES["igf-2015"]), width=200)

    assert f"- The helpline ({organisation.name}), Civil society\n- A guest\n- Helpline Two\n" in text


@pytest.mark.parametrize(
    ("published", "shape", "name", "first"),
    [
        (
            False,
            "own",
            "Here, 2026, draft of the session report.txt",
            "Draft of a report, not published: Our Coalition",
        ),
        (True, "own", "Here, 2026, session report.txt", "Our Coalition"),
        (True, "igf-2021", "Here, 2026, session report, igf-2021.txt", "Our Coalition"),
        (False, "igf-2021", "Here, 2026, draft of the session report, igf-2021.txt", "Draft of a report, not"),
    ],
)
def test_a_file_is_called_by_what_it_is_and_a_draft_says_so_first(
    client, meeting, write, rapporteur, published, shape, name, first
):
    write(EntryKind.DECISION, "It was agreed to share.")
    if published:
        publish_report(actor=rapporteur, meeting=meeting)
    client.force_login(rapporteur)

    response = client.get(reverse("meetings:report_file", args=["ours", meeting.pk, shape, "txt"]))

    assert f'filename="{name}"' in response.headers["Content-Disposition"].replace("_", " ")
    assert response.text.startswith(first)


def lines_of(meeting, shape="own"):
    composed = compose(meeting, report_of(meeting).edits)
    return to_text(document_of(composed, SHAPES[shape])).splitlines()


def test_key_messages_and_calls_to_action_come_first(meeting, write, rapporteur):
    write(EntryKind.DECISION, "It was agreed to share.")
    for version, (key, text) in enumerate((("messages", "Share data.\n- Fund helplines."), ("actions", "Join us."))):
        edit_paragraph(actor=rapporteur, meeting=meeting, key=key, text=text, from_version=version)

    own = [line for line in lines_of(meeting) if line.strip()]
    at = [next(number for number, line in enumerate(own) if text in line) for text in ("Share data.", "Join us.")]
    assert at == sorted(at)
    assert at[1] < next(number for number, line in enumerate(own) if "It was agreed to share." in line)
    forum = "\n".join(lines_of(meeting, "igf-2021"))
    assert forum.count("Share data.") == forum.count("Fund helplines.") == forum.count("Join us.") == 1
    assert forum.index("Share data.") < forum.index("Join us.") < forum.index("It was agreed to share.")


def test_key_messages_that_are_not_written_are_no_section(meeting, write):
    write(EntryKind.DECISION, "It was agreed to share.")

    assert "Key messages" not in "\n".join(lines_of(meeting))
    assert "It was agreed to share." in "\n".join(lines_of(meeting, "igf-2021"))


def test_differing_positions_are_told_with_their_words(meeting, write, coalition):
    decision = write(EntryKind.DECISION, "It was agreed to share.")
    name = OrganisationFactory(coalition=coalition, name="Helpline One")
    capacity = CapacityFactory(coalition=coalition, organisation=name, name="Helpline One")
    dissent = DissentFactory(entry=decision, capacity=capacity, kind="objected", statement="It is too early.")

    sentence = "Helpline One objected to the decision “It was agreed to share”. “It is too early.”"
    assert sentence in text_of(meeting)
    dissent.kind, dissent.statement = "stood-aside", ""
    dissent.save()
    assert "Helpline One stood aside from the decision “It was agreed to share”." in text_of(meeting)


def test_differing_positions_name_nobody_under_the_rule(meeting, write, coalition):
    part = PartFactory(meeting=meeting, chatham=True)
    entry = EntryFactory(coalition=coalition, meeting=meeting, part=part, kind="decision", published=True)
    DissentFactory(entry=entry, capacity__name="Helpline One", statement="It is too early.")

    assert not any("Helpline One" in text for text in text_of(meeting))


def test_attendance_is_counted_and_drawn(meeting, coalition):
    for name, group in (("A", "civil-society"), ("B", "civil-society"), ("C", "government")):
        AttendanceFactory(
            meeting=meeting, capacity__coalition=coalition, capacity__name=name, capacity__stakeholder_group=group
        )
    text = "\n".join(lines_of(meeting))

    assert "By stakeholder group" in text
    assert "■" * 20 in text
    figures = compose(meeting).material.attendance_figures
    assert [(each.title, sum(number for _name, number in each.rows)) for each in figures] == [
        ("By stakeholder group", 3),
        ("By regional group", 3),
    ]


def test_meeting_all_under_the_rule_has_no_attendance_figures(meeting, coalition):
    PartFactory(meeting=meeting, chatham=True)
    AttendanceFactory(meeting=meeting, capacity__coalition=coalition, capacity__name="A")

    assert compose(meeting).material.attendance_figures == []


@pytest.mark.parametrize(
    ("changes", "deadline"),
    [
        ({}, date(2027, 1, 26)),
        ({"forum": ""}, None),
        ({"precision": "month"}, None),
        ({"starts_on": None}, None),
    ],
)
def test_deadline_of_the_forum_is_two_weeks_after_the_session(coalition, changes, deadline):
    facts = {"forum": "Internet Governance Forum", "starts_on": date(2027, 1, 12), "precision": "day"} | changes

    assert get_deadline(MeetingFactory(coalition=coalition, published=True, **facts)) == deadline


@time_machine.travel("2026-06-01 12:00Z", tick=False)
def test_deadline_is_shown_and_reminded_of_until_the_report_is_published(client, released, rapporteur):
    meeting = MeetingFactory(
        coalition=released, title="Session", forum="IGF", starts_on=date(2026, 5, 26), published=True
    )
    client.force_login(rapporteur)
    page = reverse("meetings:report_detail", args=[released.slug, meeting.pk])
    assert "The report is due on 9 June 2026 (IGF)." in client.get(page).text
    for day in (5, 6, 7, 8, 9, 10):
        remind(on(date(2026, 6, day)))
    subject = "[Our Coalition] The report of Session is due on 9 June 2026"
    assert [row for row in written() if row[0] == rapporteur.email] == [(rapporteur.email, subject)]

    publish_report(actor=rapporteur, meeting=meeting)
    assert "The report is due" not in client.get(page).text


def test_published_report_is_not_reminded_of(released, rapporteur):
    meeting = MeetingFactory(coalition=released, forum="IGF", starts_on=date(2026, 5, 26), published=True)
    publish_report(actor=rapporteur, meeting=meeting)
    remind(on(date(2026, 6, 6)))

    assert not any("is due" in subject for _address, subject in written())


def test_task_to_edit_a_report_has_the_deadline_of_the_forum(coalition, rapporteur):
    for title, forum in (("Session", "IGF"), ("Call", "")):
        meeting = MeetingFactory(
            coalition=coalition, title=title, forum=forum, starts_on=date(2026, 5, 26), published=True
        )
        EntryFactory(coalition=coalition, meeting=meeting, published=True)
    tasks = {task.title: task.due for task in get_tasks(Standing(rapporteur, coalition))}

    assert tasks["Edit the report of Session"] == date(2026, 6, 9)
    assert tasks["Edit the report of Call"] is None
