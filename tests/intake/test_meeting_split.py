"""Notes of several meetings in one import: the notice about them, and the split. All invented."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.actions import (
    ReadingDetails,
    ReadingUpload,
    accept_suggestion,
    create_reading_part,
    enter_reading,
    meeting_split,
    merge_suggestion,
    refuse_suggestion,
    rejoin_reading,
    split_reading,
    start_reading,
    stop_reading,
)
from jukwaa.intake.meeting_parts import find_meeting_heads, find_meeting_parts
from jukwaa.intake.models import Reading
from jukwaa.records.models import Document, Label
from tests.concurrency import run_concurrently
from tests.conftest import create_seated_person
from tests.factories import CoalitionFactory
from tests.intake.readings import create_reading

NOTES = """Orchard WG – running notes

Newest on top.

# 1 Oct 2026 | Orchard WG

14:00 UTC. Chair: Ana Lopes. Present: Ana Lopes, Ben Okoro

- DECISION: the fee stays.
- AI @Ben book the hall – 25 Oct

# 3 Sep 2026 | Orchard WG

Place: Lisbon

14:00 UTC. Chair: Ben Okoro. Present: Ben Okoro, Dina Said

- DECISION: the kit is printed.
- AI @Dina call the printer – 12 Sep

# 6 Aug 2026 | Orchard WG

14:00 UTC. Chair: Dina Said. Present: Dina Said, Ana Lopes

- DECISION: the stall is closed.
"""
DAYS = [date(2026, 10, 1), date(2026, 9, 3), date(2026, 8, 6)]


@pytest.fixture
def reading(coalition, rapporteur):
    upload = ReadingUpload("notes.md", NOTES.encode())
    return start_reading(
        actor=rapporteur,
        coalition=coalition,
        reading_details=ReadingDetails(label=Label.GREEN),
        extracted_text=ExtractedText(NOTES, "text/markdown"),
        reading_upload=upload,
    ).reading


def build_url(reading, route="reading_detail", *args):
    return reverse(f"intake:{route}", args=[reading.coalition.slug, reading.pk, *args])


def find_numbers(reading):
    """The sentences that begin the notes of a meeting."""
    return [number for number, _day in reading.days_of_meetings]


def list_quotes(reading):
    text = Document.objects.get(readings=reading).text
    return [text[said.start : said.end] for said in reading.sentences.order_by("number")]


def list_texts(reading, kind="decision"):
    return list(reading.suggestions.filter(kind=kind).order_by("start").values_list("text", flat=True))


def get_suggestion(reading, text):
    return reading.suggestions.get(kind="decision", text__contains=text)


HEADS = "Chair: Ana Lopes. Present: Ana Lopes, Ben Okoro\n\nThe fee stays."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("# 1 Oct 2026 | Orchard WG", "# 3 Sep 2026 | Orchard WG"),
        ("## 2026-10-01 14:00", "## 2026-09-03 14:00"),
        ("**1 October 2026**", "**3 September 2026**"),
        ("1 October 2026", "3 September 2026"),
        ("# Réunion du 1er octobre 2026", "# Réunion du 3 septembre 2026"),
        ("# Reunión del 1 de octubre de 2026", "# Reunión del 3 de septiembre de 2026"),
        ("# اجتماع يوم 1 أكتوبر 2026", "# اجتماع يوم 3 سبتمبر 2026"),
        (
            "Minutes of the meeting of the Orchard Fruit Growers Working Group Board held on 1 October 2026",
            "Minutes of the meeting of the Orchard Fruit Growers Working Group Board held on 3 September 2026",
        ),
    ],
)
@pytest.mark.parametrize("people", [HEADS, "16 UTC. Asistentes: Ana, Ben\n\nA.", "Présents : Ana, Ben\n\nA."])
def test_heads_of_several_meetings_are_found(first, second, people):
    text = f"Notes\n\n{first}\n\n{people}\n\n{second}\n\n{people}\n"

    assert find_meeting_heads(text) == [(text.index(first), DAYS[0]), (text.index(second), DAYS[1])]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("# 1 Oct 2026", "# 2 Oct 2026"),  # two days of one meeting
        ("# 1 Oct 2026", "# 1 Oct 2026"),
        ("# 1 Oct 2026", "# Next meeting: 5 Nov 2026"),
        ("# 1 Oct 2026", "# Approval of the minutes of 3 Sep 2026"),
        ("# 1 Oct 2026", "Deadline: 3 Dec 2026"),
        ("# Minutes", "# 3 Sep 2026"),
    ],
)
def test_other_dates_are_no_heads_of_meetings(first, second):
    assert find_meeting_heads(f"Notes\n\n{first}\n\n{HEADS}\n\n{second}\n\n{HEADS}\n") == []


def test_titles_that_say_meeting_need_no_people():
    text = (
        "Meeting agenda - 1 Oct 2026\n\n- The fee.\n- The kit.\n\nMeeting - 3 Sep 2026\n\n- The fair.\n- The stall.\n"
    )
    assert [day for _start, day in find_meeting_heads(text)] == DAYS[:2]


@pytest.mark.parametrize(
    "text",
    [
        "# Timeline\n\n## 1 Oct 2026\n\nThe call opens.\n\nSend it.\n\n## 3 Dec 2026\n\nThe call ends.\n\nRead it.\n",
        f"# 1 Oct 2026\n\n{HEADS}\n\n## Next steps\n\n### 3 Dec 2026\n\nA.\n\nB.\n\n### 9 Dec 2026\n\nC.\n\nD.\n",
        f"# 1 Oct 2026\n\n{HEADS}\n\n5 October 2026\n",  # the day on which it was signed
        "",
    ],
)
def test_dates_without_people_are_no_heads_of_meetings(text):
    assert find_meeting_heads(text) == []


def test_import_says_that_it_may_contain_several_meetings(client, rapporteur, reading):
    assert find_meeting_parts(NOTES) == []  # or only one of them would be imported
    assert [day for _number, day in reading.days_of_meetings] == DAYS
    client.force_login(rapporteur)

    page = client.get(build_url(reading)).text

    assert "This document may contain the notes of several meetings:" in page
    for number, day in zip(find_numbers(reading), ("1 October 2026", "3 September 2026", "6 August 2026"), strict=True):
        assert f'?at={number}#s{number}">{day}</a>' in page
        assert day[:5].strip() in list_quotes(reading)[number - 1]


def test_two_people_split_import_and_move_notes_back(client, coalition, rapporteur, reading):
    """One splits the import, the other has the same page open and presses as well; then the notes are moved back."""
    editor = create_seated_person(coalition, "An editor", "editor")
    number = find_numbers(reading)[1]
    url = build_url(reading, "reading_split", number)
    before = list_quotes(reading)
    client.force_login(editor)
    desk = client.get(f"{build_url(reading)}?at={number}").text
    assert f'href="{url}">Another meeting starts here</a>' in desk
    client.force_login(rapporteur)
    question = client.get(url).text
    assert "Does another meeting start here?" in question
    assert "The document of this import will still contain these sentences." in question

    pages = [client.post(url, follow=True).text for _press in range(2)]
    client.force_login(editor)
    pages.append(client.post(url, follow=True).text)

    moved = Reading.objects.exclude(pk=reading.pk).get()
    for page in pages:
        assert "Notes moved to another report import." in page
        assert f'<a href="{build_url(moved)}">Open the other import</a>' in page
        assert "the kit is printed" not in page.partition("<ol")[2]
    reading.refresh_from_db()
    assert (moved.meeting_on, moved.meeting_place, moved.title) == (DAYS[1], "Lisbon", "3 Sep 2026 | Orchard WG")
    assert (moved.document.label, moved.started_by) == ("TLP:GREEN", rapporteur)
    assert reading.document.file
    assert not moved.document.file  # it would show the notes of the first meeting, to other people after a change
    assert (list_texts(reading), list_texts(moved)) == (
        ["the fee stays."],
        ["the kit is printed.", "the stall is closed."],
    )
    assert reading.days_of_meetings == []
    assert [day for _number, day in moved.days_of_meetings] == DAYS[1:]
    other_page = client.get(build_url(moved)).text
    assert f'<a href="{build_url(reading)}">Open the other import</a>' in other_page

    assert "Notes moved back" in client.post(build_url(reading, "reading_rejoin"), follow=True).text
    assert client.post(build_url(reading, "reading_rejoin")).status_code == 302
    assert list_quotes(reading) == before
    assert list_texts(reading) == ["the fee stays.", "the kit is printed.", "the stall is closed."]
    moved.refresh_from_db()
    assert (moved.state, moved.same_as) == (Reading.State.GIVEN_UP, reading)
    reading.refresh_from_db()
    assert [day for _number, day in reading.days_of_meetings] == DAYS

    again = split_reading(actor=editor, reading=reading, number=number)
    assert (again, again.state, Reading.objects.count()) == (moved, Reading.State.OPEN, 2)


@pytest.mark.slow
def test_concurrent_splits_make_one_import(transactional_db):
    coalition = CoalitionFactory()
    people = [create_seated_person(coalition, f"Rapporteur {number}", "rapporteur") for number in range(3)]
    reading = create_reading(coalition, people[0], NOTES, meeting_title="")
    number = find_numbers(reading)[1]

    results = run_concurrently(
        *(partial(split_reading, actor=person, reading=reading, number=number) for person in people)
    )

    assert len({result.pk for result in results}) == 1
    assert Reading.objects.count() == 2


@pytest.mark.parametrize("number", range(2, 17))
def test_no_sentence_is_lost_or_in_both_imports(coalition, rapporteur, reading, number):
    before = list_quotes(reading)
    assert len(before) == 16 or number < len(before)

    moved = split_reading(actor=rapporteur, reading=reading, number=number)

    assert list_quotes(reading) == before[: number - 1]
    assert "".join(list_quotes(moved)).split() == "".join(before[number - 1 :]).split()
    head = NOTES.removesuffix(moved.document.text)
    assert head + moved.document.text == NOTES
    assert all(said.start < len(head) for said in reading.suggestions.all())
    reading.refresh_from_db()
    for _press in range(2):
        rejoin_reading(actor=rapporteur, reading=reading)  # as it was on the page
    assert list_quotes(reading) == before


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_import_of_three_meetings_is_split_twice(rapporteur, reading, order):
    numbers, before = find_numbers(reading), list_quotes(reading)
    imports = [reading]
    for at in order:
        source = imports[-1] if order == (1, 2) else reading
        source.refresh_from_db()
        number = numbers[at] if source == reading else find_numbers(source)[1]
        imports.append(split_reading(actor=rapporteur, reading=source, number=number))

    texts = [list_texts(each) for each in imports]
    assert sorted(texts) == [["the fee stays."], ["the kit is printed."], ["the stall is closed."]]
    assert sorted(quote for each in imports for quote in list_quotes(each)) == sorted(before)
    reading.refresh_from_db()
    if order == (1, 2):
        with pytest.raises(ActionRefused, match="The other import has been split too"):
            rejoin_reading(actor=rapporteur, reading=reading)
        imports[1].refresh_from_db()
        rejoin_reading(actor=rapporteur, reading=imports[1])
    else:
        rejoin_reading(actor=rapporteur, reading=reading)
        assert list_texts(reading) == ["the fee stays.", "the kit is printed."]
        reading.refresh_from_db()
    rejoin_reading(actor=rapporteur, reading=reading)
    assert list_quotes(reading) == before


def test_decisions_before_split_are_kept(rapporteur, reading):
    kept = accept_suggestion(actor=rapporteur, suggestion=get_suggestion(reading, "fee"), from_version=1)
    shown = set(reading.suggestions.filter(sentence__number__lt=find_numbers(reading)[1]).values_list("pk", flat=True))
    refuse_suggestion(actor=rapporteur, suggestion=get_suggestion(reading, "kit"), from_version=1)

    moved = split_reading(actor=rapporteur, reading=reading, number=find_numbers(reading)[1])

    assert get_suggestion(reading, "fee") == kept
    assert set(reading.suggestions.values_list("pk", flat=True)) == shown  # other people have these on their pages
    assert get_suggestion(moved, "kit").is_waiting


def test_attendance_is_that_of_own_meeting_after_split(coalition, rapporteur):
    """In the whole document Ben is named once, with all that is known of him."""
    reading = create_reading(coalition, rapporteur, NOTES.replace("Okoro\n\n- DEC", "\n\n- DEC"), meeting_title="")
    moved = split_reading(actor=rapporteur, reading=reading, number=find_numbers(reading)[1])

    def list_people(each):
        rows = each.suggestions.filter(kind="attendee").values_list("actors", flat=True)
        return sorted(name for actors in rows for name in actors)

    assert list_people(reading) == ["Ana Lopes", "Ben"]
    assert set(list_people(moved)) >= {"Ben Okoro", "Dina Said"}


def test_split_is_refused_where_decision_would_be_lost(rapporteur, reading):
    split = partial(split_reading, actor=rapporteur, reading=reading, number=find_numbers(reading)[1])
    fee, kit = get_suggestion(reading, "fee"), get_suggestion(reading, "kit")
    number = kit.sentence.number
    count = reading.sentences.count()

    merged = merge_suggestion(actor=rapporteur, suggestion=fee, target_suggestion=kit, from_version=1)
    with pytest.raises(ActionRefused, match=f"would be lost: {number}"):
        split()
    accept_suggestion(actor=rapporteur, suggestion=kit, from_version=1)
    with pytest.raises(ActionRefused, match=f"would be lost: {number}"):
        split()
    enter_reading(actor=rapporteur, reading=reading)
    with pytest.raises(ActionRefused, match=f"added to the record: {number}"):
        split()
    assert (merged.merged_into, reading.sentences.count(), Reading.objects.count()) == (kit, count, 1)


def test_split_is_refused_for_agenda_item(rapporteur, reading):
    number = find_numbers(reading)[1]
    create_reading_part(actor=rapporteur, reading=reading, title="Kit", first=number + 1, last=number + 2, chatham=True)
    with pytest.raises(ActionRefused, match="agenda item “Kit”"):
        split_reading(actor=rapporteur, reading=reading, number=number)


@pytest.mark.parametrize(("number", "sentence"), [(1, "Choose a later sentence"), (99, "has no sentence 99")])
def test_split_needs_sentence_between_others(rapporteur, reading, number, sentence):
    with pytest.raises(ActionRefused, match=sentence):
        split_reading(actor=rapporteur, reading=reading, number=number)


def test_split_is_refused_for_document_with_named_readers(rapporteur, reading):
    Document.objects.filter(pk=reading.document_id).update(label=Label.STRICT)
    reading.refresh_from_db()
    with pytest.raises(ActionRefused, match="cannot be split here"):
        split_reading(actor=rapporteur, reading=reading, number=2)


def test_split_is_refused_for_long_report_and_changed_text(rapporteur, reading, monkeypatch):
    parse_report = meeting_split.parse_report

    def change_text_and_parse(extracted):
        Document.objects.filter(pk=reading.document_id).update(text=NOTES.replace("Ana", "[x]"))
        return parse_report(extracted)

    monkeypatch.setattr(meeting_split, "parse_report", change_text_and_parse)
    with pytest.raises(ActionRefused, match="has just been changed"):
        split_reading(actor=rapporteur, reading=reading, number=2)
    monkeypatch.setattr(meeting_split, "MAX_CHARACTERS_READ_AT_ONCE", 100)
    with pytest.raises(ActionRefused, match="too long to be split"):
        split_reading(actor=rapporteur, reading=reading, number=2)


def test_notes_are_not_moved_back_after_decision_in_other_import(rapporteur, reading):
    moved = split_reading(actor=rapporteur, reading=reading, number=find_numbers(reading)[1])
    reading.refresh_from_db()
    accept_suggestion(actor=rapporteur, suggestion=get_suggestion(moved, "kit"), from_version=1)
    with pytest.raises(ActionRefused, match="Undo the decisions in the other import first"):
        rejoin_reading(actor=rapporteur, reading=reading)


def test_import_that_is_not_read_yet_is_not_split(rapporteur, reading):
    waiting = Reading.objects.create(
        coalition=reading.coalition, started_by=rapporteur, title="Notes", state=Reading.State.READING
    )
    with pytest.raises(ActionRefused, match="has not been processed"):
        split_reading(actor=rapporteur, reading=waiting, number=2)


def test_only_people_who_import_reports_split(client, coalition, member, reading, rapporteur):
    stopped = partial(split_reading, actor=rapporteur, reading=reading, number=2)
    client.force_login(member)
    assert client.get(build_url(reading, "reading_split", 2)).status_code == 404
    for split in (partial(split_reading, number=2), rejoin_reading):
        with pytest.raises(PermissionDenied):
            split(actor=member, reading=reading)
    client.force_login(rapporteur)
    assert client.get(build_url(reading, "reading_split", 99)).status_code == 404
    stop_reading(actor=rapporteur, reading=reading)
    with pytest.raises(ActionRefused, match="This import was stopped"):
        stopped()
    assert "Another meeting starts here" not in client.get(build_url(reading)).text
