"""Actions that several reports give: one commitment, with the status and the deadline of the latest meeting."""

import re
from datetime import UTC, date, datetime, time
from itertools import permutations
from random import Random

import pytest
from django.db import transaction
from django.urls import reverse

from jukwaa.intake import actions
from jukwaa.intake.continued_commitments import ReportedTask, find_continued_commitments
from jukwaa.meetings.actions import (
    ReportedCommitment,
    change_entry,
    continue_commitments,
    record_entry,
    set_commitment_progress,
)
from jukwaa.meetings.models import Commitment, CommitmentChange
from tests.factories import MeetingFactory
from tests.intake.readings import create_reading

MARCH, JUNE, SEPTEMBER = date(2026, 3, 11), date(2026, 6, 17), date(2026, 9, 16)
FIRST = """Plenary six

No. | Action | Responsible | Deadline
6/1 | Send the invoice template to all members | Mele Fonua | 31 March 2026
6/2 | Draft the concept note on a shared hotline number | Ana Lopes | 30 April 2026
6/3 | Share the consultation paper on age checks | Ines Prado | 20 March 2026
"""
SECOND = """Plenary seven

No. | Action | Responsible | Deadline | Status
6/1 | Invoice template to all members | Mele | - | done
6/2 | Concept note on a shared hotline number | Ana Lopes | 31 August 2026 | open
7/1 | Print the welcome pack for members | Mele Fonua | 1 July 2026 | new
"""
THIRD = """Plenary eight

No. | Action | Responsible | Deadline | Status
6/2 | Concept note, shared hotline number | A. Lopes | - | done
6/3 | Write to the ministry of education | Ines Prado | 1 October 2026 | open
7/1 | Welcome pack | Mele | 30 October 2026 | in progress
"""
REPORTS = {MARCH: FIRST, JUNE: SECOND, SEPTEMBER: THIRD}
EXPECTED = [
    ("done", "2026-03-31"),
    ("done", "2026-08-31"),
    ("in progress", "2026-10-30"),
    ("open", "2026-03-20"),
    ("open", "2026-10-01"),
]


def add_report(coalition, actor, day, text=None, **about):
    about = {"label": "TLP:GREEN", "meeting_title": f"Plenary of {day}", **about}
    reading = create_reading(coalition, actor, text or REPORTS[day], meeting_on=day, **about)
    actions.accept_remaining_suggestions(actor=actor, reading=reading, suggestion_kind="commitment")
    return actions.enter_reading(actor=actor, reading=reading)


def list_commitments():
    return sorted((str(row.get_progress_display()), str(row.due_on)) for row in Commitment.objects.all())


@pytest.mark.parametrize("order", list(permutations(REPORTS)))
def test_every_order_of_adding_gives_the_same_commitments(coalition, rapporteur, order):
    for day in order:
        add_report(coalition, rapporteur, day)

    assert list_commitments() == EXPECTED


def build_registers(seed):
    """Three registers of the same actions: some with a number, some of them by their words and a status alone."""
    random = Random(seed)
    rows: dict[date, list[str]] = {day: [] for day in REPORTS}
    for number, (task, owner) in enumerate([("Print", "Ana Lopes"), ("Move", "Ines Prado"), ("Buy", "Rolf Bakke")] * 2):
        start = random.choice(["6/", "AP 6.", ""])
        text = f"{task} boxes of {number + 20} guides"
        for day in random.sample(list(REPORTS), random.randint(1, 3)):
            due = random.choice(["1 October 2026", "2 November 2026", "-"])
            status = random.choice(["open", "in progress"] if not start else ["open", "done", "dropped", "new", "-"])
            rows[day].append(f"{start}{number + 1} | {text} | {owner} | {due} | {status}")
    head = "Plenary\n\nNo. | Action | Responsible | Deadline | Status"
    return {day: "\n".join([head, *lines, ""]) for day, lines in rows.items() if lines}


@pytest.mark.parametrize("seed", range(3))
def test_order_of_adding_does_not_matter_for_registers(coalition, rapporteur, seed):
    registers = build_registers(seed)
    results = set()
    for order in permutations(registers):
        with transaction.atomic():
            for day in order:
                add_report(coalition, rapporteur, day, registers[day])
            results.add(tuple(list_commitments()))
            transaction.set_rollback(True)

    assert [len(result) for result in results] == [6]


OTHER_WORDS = [
    (
        "5.3 | Write to the ports authority to ask for a room | Ana Lopes",
        "5.3 | Room at the ports | Ana Lopes | - | done",
    ),
    ("- | Write to the ports authority to ask for a room | Ana Lopes", "- | Ports authority: room | Ana | - | done"),
    ("C11-1 | Prepare the campaign paper | Ana Lopes", "C11-1 | Base paper of the campaign | Ana Lopes | - | done"),
]


@pytest.mark.parametrize(("first", "second"), OTHER_WORDS)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_action_in_other_words_is_continued(coalition, rapporteur, first, second, order):
    texts = [
        f"Plenary\n\nNo. | Action | Responsible | Deadline\n{first} | 1 May 2026\n",
        f"Plenary\n\nNo. | Action | Responsible | Deadline | Status\n{second}\n",
    ]
    for at in order:
        add_report(coalition, rapporteur, (MARCH, JUNE)[at], texts[at])

    assert list_commitments() == [("done", "2026-05-01")]


def test_action_of_two_owners_is_continued_by_one_of_them(coalition, rapporteur):
    texts = [
        "Plenary\n\nNo. | Action | Responsible | Deadline\n5.3 | Room at the ports | Ana | 1 May 2026\n",
        "Plenary\n\nNo. | Action | Responsible | Status\n5.3 | Ports: hire a room | Ana Lopes, Ana Silva | done\n",
    ]
    for day, text in zip((MARCH, JUNE), texts, strict=True):
        add_report(coalition, rapporteur, day, text)

    assert Commitment.objects.count() == 2


def test_action_that_fits_two_earlier_ones_is_added(coalition, rapporteur):
    rows = (
        "5.3 | Ports authority: room and boats | Ana Lopes | -\n5.4 | Ports authority: room, posters | Ana Lopes | -\n"
    )
    add_report(coalition, rapporteur, MARCH, f"Plenary\n\nNo. | Action | Responsible | Deadline\n{rows}")

    row = "- | Letter to the ports authority for a room | Ana Lopes | - | done\n"
    add_report(coalition, rapporteur, JUNE, f"Plenary\n\nNo. | Action | Responsible | Deadline | Status\n{row}")

    assert Commitment.objects.count() == 3


def list_history():
    return list(CommitmentChange.objects.values_list("event", "before", "after", "meeting__title").order_by("pk"))


def test_report_becomes_source_and_changes_status_and_deadline(coalition, rapporteur):
    add_report(coalition, rapporteur, MARCH)
    meeting = add_report(coalition, rapporteur, JUNE).meeting

    note = Commitment.objects.get(entry__text__contains="concept note")
    assert [source.quote.partition(" |")[0] for source in note.entry.sources.order_by("pk")] == ["6/2", "6/2"]
    assert (note.progress, note.due_on, note.due_text) == ("open", date(2026, 8, 31), "31 August 2026")
    assert list_history() == [
        ("carried", "", "", meeting.title),
        ("carried", "", "", meeting.title),
        ("status", "open", "kept", meeting.title),
        ("due", "2026-04-30", "2026-08-31", meeting.title),
    ]
    assert Commitment.objects.get(entry__text__contains="invoice").closed_on == JUNE


def test_second_copy_of_a_report_changes_nothing(coalition, rapporteur):
    add_report(coalition, rapporteur, MARCH)
    meeting = add_report(coalition, rapporteur, JUNE).meeting
    before = list_commitments(), list_history()

    reading = create_reading(coalition, rapporteur, f"{SECOND}\nThanks to all.\n", meeting=meeting, label="TLP:GREEN")
    actions.accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="commitment")
    actions.enter_reading(actor=rapporteur, reading=reading)

    assert (list_commitments(), list_history()) == before


@pytest.mark.parametrize(
    ("row", "about"),
    [
        ("6/1 | Draft the budget of next year | Mele Fonua | - | open", {}),
        ("6/1 | Send the invoice template to all members | Ines Prado | - | open", {}),
        ("7/1 | Send the invoice template to all members | Mele Fonua | - | open", {}),
        ("6/1 | Send the invoice template to all members | Mele Fonua | - | done", {"label": "TLP:AMBER"}),
        ("6/1 | Send the invoice template to all members | Mele Fonua | - | done", {"label": "TLP:CLEAR"}),
        ("6/1 | Send the invoice template to all members | Mele Fonua | - | done", {"meeting_on": None}),
    ],
)
def test_another_action_or_other_readers_make_a_new_commitment(coalition, rapporteur, row, about):
    add_report(coalition, rapporteur, MARCH)

    text = f"Plenary\n\nNo. | Action | Responsible | Deadline | Status\n{row}\n"
    add_report(coalition, rapporteur, about.pop("meeting_on", JUNE), text, **about)

    assert (Commitment.objects.count(), list_history()) == (4, [])
    assert Commitment.objects.filter(progress="open", entry__text__contains="invoice").exists()


def test_commitments_under_chatham_house_rule_stay_apart(coalition, rapporteur):
    add_report(coalition, rapporteur, MARCH)
    reading = create_reading(coalition, rapporteur, SECOND, meeting_on=JUNE, label="TLP:GREEN")
    last = reading.sentences.last().number
    actions.create_reading_part(actor=rapporteur, reading=reading, title="Closed", first=1, last=last, chatham=True)
    actions.accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="commitment")
    actions.enter_reading(actor=rapporteur, reading=reading)

    assert (Commitment.objects.count(), list_history()) == (6, [])


@pytest.mark.parametrize(("changed_on", "expected"), [(date(2026, 7, 1), "dropped"), (date(2026, 4, 1), "kept")])
def test_newer_change_on_the_page_wins(coalition, rapporteur, changed_on, expected):
    add_report(coalition, rapporteur, MARCH)
    template = Commitment.objects.get(entry__text__contains="invoice")
    set_commitment_progress(actor=rapporteur, commitment=template, progress="dropped", note="Not needed")
    CommitmentChange.objects.update(at=datetime.combine(changed_on, time(12), tzinfo=UTC))

    add_report(coalition, rapporteur, JUNE)

    template.refresh_from_db()
    assert template.progress == expected


def test_deadline_that_was_edited_stays(coalition, rapporteur):
    add_report(coalition, rapporteur, MARCH)
    entry = Commitment.objects.get(entry__text__contains="concept note").entry
    change_entry(actor=rapporteur, entry=entry, changes={"due_on": date(2027, 1, 31)}, from_version=entry.version)

    add_report(coalition, rapporteur, JUNE)

    assert Commitment.objects.get(entry=entry).due_on == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("text", "is_continued"),
    [("Write the law on age checks", False), ("Send the invoice template to all members and observers", True)],
)
def test_commitment_that_was_rewritten_is_another_one(coalition, rapporteur, text, is_continued):
    add_report(coalition, rapporteur, MARCH)
    entry = Commitment.objects.get(entry__text__contains="invoice").entry
    change_entry(actor=rapporteur, entry=entry, changes={"text": text}, from_version=entry.version)

    add_report(coalition, rapporteur, JUNE)

    assert (Commitment.objects.get(entry=entry).progress == "kept") is is_continued


def test_commitment_without_owner_asks_the_owner_that_a_report_names(coalition, rapporteur):
    add_report(coalition, rapporteur, MARCH, FIRST.replace("Mele Fonua", "-"))
    add_report(coalition, rapporteur, JUNE, SECOND.replace("Mele | - | done", "Mele Fonua | - | in progress"))

    template = Commitment.objects.get(entry__text__contains="invoice")
    assert (template.proposed_name, template.progress) == ("Mele Fonua", "in-hand")


@pytest.fixture
def second_reading(coalition, rapporteur):
    add_report(coalition, rapporteur, MARCH)
    reading = create_reading(coalition, rapporteur, SECOND, meeting_on=JUNE, label="TLP:GREEN")
    actions.accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="commitment")
    return reading


def test_last_check_shows_what_continues_and_what_changes(client, rapporteur, second_reading):
    client.force_login(rapporteur)
    url = reverse("intake:reading_enter", args=[second_reading.coalition.slug, second_reading.pk])

    page = " ".join(client.get(url).text.split())
    separate = second_reading.suggestions.get(text__startswith="Invoice")
    shown = re.findall('name="shown" value="([^"]+)"', page)
    added = client.post(url, {"separate": separate.pk, "shown": shown}, follow=True).text

    assert "2 commitments continue earlier commitments" in page
    assert "from open to done" in page
    assert "1 earlier commitment updated." in added
    assert list_commitments() == [
        ("done", "None"),
        ("open", "2026-03-20"),
        ("open", "2026-03-31"),
        ("open", "2026-07-01"),
        ("open", "2026-08-31"),
    ]


@pytest.mark.parametrize("order", [(MARCH, JUNE), (JUNE, MARCH)])
def test_history_names_the_reports(client, coalition, rapporteur, member, order):
    for day in order:
        add_report(coalition, rapporteur, day)
    entry = Commitment.objects.get(entry__text__icontains="invoice template").entry
    client.force_login(member)

    page = " ".join(re.sub("<[^>]+>", "", client.get(entry.get_absolute_url()).text).split())

    if order[0] == MARCH:
        assert f"Carried forward (Plenary of {JUNE})" in page
        assert f"Status changed: from open to done (Plenary of {JUNE})" in page
    else:
        assert f"Also in an earlier report (Plenary of {MARCH})" in page


def test_closed_report_is_a_source_that_members_do_not_read(client, coalition, rapporteur, member):
    add_report(coalition, rapporteur, MARCH)
    add_report(coalition, rapporteur, JUNE, label="TLP:RED")
    entry = Commitment.objects.get(entry__text__contains="invoice").entry
    client.force_login(member)

    page = client.get(entry.get_absolute_url()).text

    assert (entry.commitment.progress, entry.sources.count()) == ("kept", 2)
    assert "Invoice template to all members" not in page


def test_commitment_of_a_meeting_without_report_is_continued(coalition, rapporteur):
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=MARCH, label="TLP:GREEN")
    text = "Share the costed note on the hotline"
    record_entry(actor=rapporteur, meeting=meeting, kind="commitment", text=text, owner=("Ana Lopes", None))

    row = "| Share the costed note on the hotline | Ana Lopes | 1 July 2026 | in progress\n"
    add_report(coalition, rapporteur, JUNE, f"Plenary\n\nNo. | Action | Responsible | Deadline | Status\n1 {row}")

    assert list_commitments() == [("in progress", "2026-07-01")]


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow_with_commitments(coalition, rapporteur, count, django_assert_num_queries):
    head = "Plenary\n\nNo. | Action | Responsible | Deadline | Status\n"
    rows = "".join(f"6/{n} | Write page {n} of the guide | Ana Lopes | - | open\n" for n in range(1, count + 1))
    add_report(coalition, rapporteur, MARCH, head + rows)
    reading = create_reading(coalition, rapporteur, head + rows.replace("open", "done"), meeting_on=JUNE)
    reading.label = "TLP:GREEN"
    actions.accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="commitment")
    suggestions = list(reading.suggestions.all())
    tasks = [ReportedTask(suggestion, frozenset({suggestion.owner})) for suggestion in suggestions]
    with django_assert_num_queries(3):
        found = find_continued_commitments(rapporteur, reading, None, tasks)
    reported = [
        ReportedCommitment(commitment=each.commitment, sources=[], progress=each.progress) for each in found.values()
    ]
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=JUNE, label="TLP:GREEN")

    with django_assert_num_queries(11):
        continue_commitments(actor=rapporteur, meeting=meeting, reported=reported)

    assert list_commitments() == [("done", "None")] * count
