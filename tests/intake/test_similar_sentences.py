"""One example, and the same for similar sentences: rows of its table, lines with its label, items of its list."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.intake import actions
from jukwaa.intake.actions import SuggestionWording
from jukwaa.intake.models import Suggestion
from tests.intake.examples import add_example, add_similar, describe_similar, find_sentence, list_added, list_states
from tests.intake.readings import create_reading

TASKS = [
    ("Kupic krzesla", "Ewa Nowak", date(2027, 3, 4)),
    ("Napisac list", "Jan Zielony", date(2027, 3, 5)),
    ("Zamknac brame", "Ola Wrona", date(2027, 3, 25)),
    ("Malowac plot", "Piotr Sowa", date(2027, 4, 6)),
]
# Tables whose heads nobody foresaw: "Task | Person | By".
TABLE_TEXT = "Notatki\n\nSprawa | Ktos | Chwila\n" + "\n".join(
    f"{task} | {person} | {day:%d.%m.%Y}" for task, person, day in TASKS
)


def test_row_is_added_by_what_its_cells_hold(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT, meeting_on=date(2027, 1, 5))
    reading.suggestions.all().delete()
    sentence = find_sentence(reading, "Kupic")

    added = actions.accept_sentence_as_suggestion(actor=rapporteur, sentence=sentence, suggestion_kind="commitment")

    assert (added.text, added.owner, added.due_on) == TASKS[0]
    assert (added.start, added.end) == (sentence.start, sentence.end)


def test_row_with_long_cells_is_added_as_far_as_its_columns_go(coalition, rapporteur):
    due = "as soon as all of the translators and printers agree " * 4
    text = f"Notatki\n\nTask | Owner | Deadline\nZamknac brame | Ola {'Wrona' * 60} | {due}\nKupic | Ewa Nowak |\n"
    reading = create_reading(coalition, rapporteur, text)
    reading.suggestions.all().delete()
    sentence = find_sentence(reading, "Zamknac")

    added = actions.accept_sentence_as_suggestion(actor=rapporteur, sentence=sentence, suggestion_kind="commitment")

    assert (len(added.owner), len(added.due_text)) == (250, 120)
    added.full_clean()


@pytest.mark.parametrize("seed", range(12))
def test_edited_row_teaches_the_columns_of_its_table(coalition, rapporteur, seed):
    """However the columns are ordered and called, the other rows have their own texts, owners, days and states."""
    rng = random.Random(seed)
    order, heads = rng.sample(range(5), 5), rng.sample(["Foo", "Bar", "Baz", "Qux", "Quux"], 5)
    style = rng.choice(["{:%d.%m.%Y}", "{:%d/%m/%Y}", "{:%m/%d/%Y}", "{:%-d %B %Y}", "{:%Y-%m-%d}"])
    left, joint, right = rng.choice([("", " | ", ""), ("| ", " | ", " |")])
    rows, expected = [], []
    for number in range(1, rng.randint(4, 9)):
        day = date(2027, 2, 1) + timedelta(days=rng.randint(0, 300))
        task = f"{rng.choice(['Zrobic', 'Wyslac', 'Kupic'])} {rng.choice(['ławki', 'listy', 'kwiaty'])} {number}x"
        person = f"{rng.choice(['Ewa', 'Jan', 'Ola'])} {rng.choice(['Nowak', 'Sowa', 'Wrona'])}"
        state = rng.choice(["done", "ongoing", ""])
        rows.append([task, person, style.format(day), state, str(number)])
        expected.append((task, person, day, {"done": "kept", "ongoing": "in-hand", "": ""}[state]))
    lines = [left + joint.join(cells[place] for place in order) + right for cells in (heads, *rows)]
    reading = create_reading(coalition, rapporteur, "Notatki\n\n" + "\n".join(lines), meeting_on=date(2027, 1, 5))
    reading.suggestions.all().delete()
    task, person, day, progress = expected[0]
    words = {"kind": "commitment", "text": task, "owner": person, "due_on": day, "progress": progress}

    count = add_similar(rapporteur, add_example(rapporteur, reading, task, **words))

    found = reading.suggestions.order_by("sentence__number").values_list("text", "owner", "due_on", "progress")
    assert count == len(rows) - 1
    assert list(found) == expected


def test_similar_rows_are_offered_and_added_and_undone_without_javascript(coalition, rapporteur, client):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT, meeting_on=date(2027, 1, 5))
    reading.suggestions.all().delete()
    client.force_login(rapporteur)
    number = find_sentence(reading, "Napisac").number
    keep = reverse("intake:suggestion_keep", args=[coalition.slug, reading.pk, number, "commitment"])

    page = client.post(keep, follow=True).text
    example = reading.suggestions.get()
    before = list_states(reading)
    url = reverse("intake:similar_add", args=[coalition.slug, reading.pk, example.pk])
    assert f"Sentence {number}: <bdi>3 other rows of this table are similar.</bdi>" in page
    assert f'action="{url}"' in page
    assert "Add 3 similar sentences as: Commitment" in page

    similar = actions.find_similar_sentences(reading, example, number)
    shown = {"version": example.version, "sentences": similar.sentence_numbers}
    assert f'name="sentences" value="{similar.sentence_numbers}"' in page
    page = client.post(url, shown, follow=True).text
    assert "Added 3 entries: Commitment." in page
    assert "You added 3 entries together: Commitment." in page
    assert "similar sentence" not in page
    assert list_added(reading) == TASKS

    undo = reverse("intake:reading_accept_undo", args=[coalition.slug, reading.pk, "commitment"])
    together = actions.find_joint_decision(rapporteur, reading)
    page = client.post(undo, {"decided_at": together.decided_at.isoformat()}, follow=True).text
    assert "Removed 3 entries." in page
    assert list_states(reading) == before


def test_other_suggestions_from_similar_sentences_are_rejected_and_undone(coalition, rapporteur):
    text = "Minutes\n\n" + "".join(f"Point {n}: Helpline {n} offered to provide training.\n\n" for n in range(4))
    reading = create_reading(coalition, rapporteur, text)
    offers = list(reading.suggestions.filter(kind="offer").order_by("pk"))
    assert len(offers) == 4
    example = actions.change_suggestion_kind(
        actor=rapporteur, suggestion=offers[1], suggestion_kind="proposal", from_version=offers[1].version
    )
    before = list_states(reading)

    assert describe_similar(rapporteur, reading, example) == (
        "3 other sentences begin with “Point”. 3 suggestions from them will be replaced."
    )
    assert add_similar(rapporteur, example) == 3

    kinds = reading.suggestions.order_by("sentence__number", "pk").values_list("kind", "decision")
    others = [("offer", "refused"), ("proposal", "accepted")]
    assert list(kinds) == [*others, ("proposal", "edited"), *others, *others]
    together = actions.find_joint_decision(rapporteur, reading)
    assert (together.kind, together.count, together.added) == ("proposal", 3, 3)
    actions.undo_joint_decision(
        actor=rapporteur, reading=reading, suggestion_kind="proposal", decided_at=together.decided_at
    )
    assert list_states(reading) == before


def test_suggestions_for_other_reasons_are_left_to_review(coalition, rapporteur):
    text = "Minutes\n\nActions\n\n- Ana Lopes will write the letter.\n- We agreed to buy chairs.\n- Dina read it.\n"
    reading = create_reading(coalition, rapporteur, text)
    waiting = set(reading.suggestions.waiting())
    example = add_example(rapporteur, reading, "Dina", kind="topic", text="Dina read it.")

    assert describe_similar(rapporteur, reading, example) == "2 other items of this list are similar."
    assert add_similar(rapporteur, example) == 2
    assert set(reading.suggestions.waiting()) == waiting


def test_only_sentences_that_were_shown_are_added(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT, meeting_on=date(2027, 1, 5))
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Kupic", kind="commitment", text="Kupic krzesla")
    numbers = [find_sentence(reading, "Zamknac").number, 1]

    added = actions.add_similar_sentences(actor=rapporteur, example=example, from_version=1, sentence_numbers=numbers)

    assert added == 1
    assert [each[0] for each in list_added(reading)] == ["Kupic krzesla", "Zamknac brame"]


ATTENDANCE_TEXT = """Notatki

Kto | Skad | Byl
Ewa Nowak | Fundacja Wierzba | P
Jan Zielony | Fundacja Topola | E
Ola Wrona | Fundacja Sosna | P
Piotr Sowa | Fundacja Buk | E
Iga Lis | Fundacja Klon | P
"""


@pytest.mark.parametrize(
    ("words", "came_as", "letter", "expected"),
    [
        ("Ewa", "", "P", [["Ewa Nowak"], ["Ola Wrona"], ["Iga Lis"]]),
        ("Jan", "apologies", "E", [["Jan Zielony"], ["Piotr Sowa"]]),
    ],
)
def test_attendance_is_added_for_rows_with_the_same_letter(coalition, rapporteur, words, came_as, letter, expected):
    reading = create_reading(coalition, rapporteur, ATTENDANCE_TEXT)
    reading.suggestions.all().delete()
    example = add_example(
        rapporteur, reading, words, kind="attendee", text="x", actors=expected[0], came_as=came_as, is_chair=True
    )

    assert f"“{letter}”" in describe_similar(rapporteur, reading, example)
    add_similar(rapporteur, example)

    added = reading.suggestions.order_by("sentence__number")
    assert [each.actors for each in added] == expected
    assert {each.came_as for each in added} == {came_as}
    assert [each.is_chair for each in added] == [True, *[False] * (len(expected) - 1)]


def test_rejected_row_offers_to_reject_suggestions_from_other_rows(coalition, rapporteur, client):
    text = "Minutes\n\nName | Organisation\nAna Lopes | Elm Trust\nBen Okoro | Oak Trust\nDina Haddad | Fir Trust\n"
    reading = create_reading(coalition, rapporteur, text)
    _first, second, _third = reading.suggestions.filter(kind="attendee")
    client.force_login(rapporteur)
    args = [coalition.slug, reading.pk, second.pk]

    page = client.post(reverse("intake:suggestion_refuse", args=args), {"version": 1}, follow=True).text
    assert "2 other rows of this table are similar." in page
    assert "Reject 2 similar suggestions: Attendance" in page
    assert "3: \u2068Ana Lopes | Elm Trust\u2069 · 5: \u2068Dina Haddad | Fir Trust\u2069" in page
    before = list_states(reading)
    shown = {"version": 2, "sentences": "3,5"}
    page = client.post(reverse("intake:similar_reject", args=args), shown, follow=True).text

    assert "You rejected 2 suggestions together: Attendance." in page
    assert set(reading.suggestions.values_list("decision", flat=True)) == {"refused"}
    together = actions.find_joint_decision(rapporteur, reading)
    actions.undo_joint_decision(
        actor=rapporteur, reading=reading, suggestion_kind="attendee", decided_at=together.decided_at
    )
    assert list_states(reading) == before


def test_row_that_was_decided_meanwhile_is_left(coalition, rapporteur, coordinator):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT, meeting_on=date(2027, 1, 5))
    reading.suggestions.all().delete()
    task, owner, due_on = TASKS[0]
    example = add_example(rapporteur, reading, task, kind="commitment", text=task, owner=owner, due_on=due_on)
    other = add_example(coordinator, reading, TASKS[2][0], kind="decision", text="The gate is closed.")
    rejected = add_example(coordinator, reading, TASKS[3][0], kind="decision", text="No.")
    actions.refuse_suggestion(actor=coordinator, suggestion=rejected, from_version=rejected.version)

    assert add_similar(rapporteur, example) == 1
    assert reading.suggestions.filter(sentence=other.sentence).count() == 1
    assert reading.suggestions.filter(sentence=rejected.sentence).count() == 1
    with pytest.raises(ActionRefused):
        add_similar(rapporteur, example)


def test_example_that_was_changed_meanwhile_teaches_nothing(coalition, rapporteur, coordinator):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT)
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Kupic", kind="commitment", text="Kupic krzesla")
    actions.edit_suggestion(
        actor=coordinator, suggestion=example, wording=SuggestionWording(kind="topic", text="x"), from_version=1
    )

    with pytest.raises(EditConflict):
        add_similar(rapporteur, example)
    assert reading.suggestions.count() == 1


def test_undo_leaves_what_was_edited_since(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT)
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Kupic", kind="commitment", text="Kupic krzesla")
    add_similar(rapporteur, example)
    together = actions.find_joint_decision(rapporteur, reading)
    edited = Suggestion.objects.filter(reading=reading).exclude(pk=example.pk).first()
    actions.edit_suggestion(
        actor=rapporteur, suggestion=edited, wording=SuggestionWording(kind="topic", text="Gate"), from_version=1
    )

    undone = actions.undo_joint_decision(
        actor=rapporteur, reading=reading, suggestion_kind="commitment", decided_at=together.decided_at
    )

    assert undone == (0, 2)
    assert set(reading.suggestions.values_list("pk", flat=True)) == {example.pk, edited.pk}


def test_undo_leaves_entries_into_which_a_colleague_merged_others(coalition, rapporteur, coordinator):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT)
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Kupic", kind="commitment", text="Kupic krzesla")
    add_similar(rapporteur, example)
    together = actions.find_joint_decision(rapporteur, reading)
    target, source, other = reading.suggestions.exclude(pk=example.pk).order_by("pk")
    actions.merge_suggestion(actor=coordinator, suggestion=source, target_suggestion=target, from_version=1)

    undone = actions.undo_joint_decision(
        actor=rapporteur, reading=reading, suggestion_kind="commitment", decided_at=together.decided_at
    )

    assert undone == (0, 1)
    source.refresh_from_db()
    target.refresh_from_db()
    assert (source.decision, source.merged_into, target.decision) == ("merged", target, "accepted")
    assert not reading.suggestions.filter(pk=other.pk).exists()


def test_added_entry_that_was_reviewed_again_is_not_removed_as_added(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT)
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Kupic", kind="commitment", text="Kupic krzesla")
    add_similar(rapporteur, example)
    for added in reading.suggestions.exclude(pk=example.pk):
        actions.reopen_suggestion(actor=rapporteur, suggestion=added, from_version=1)
    actions.accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="commitment")

    together = actions.find_joint_decision(rapporteur, reading)
    undone = actions.undo_joint_decision(
        actor=rapporteur, reading=reading, suggestion_kind="commitment", decided_at=together.decided_at
    )

    assert (together.added, undone) == (0, (3, 0))


def test_decision_of_a_colleague_is_no_example(coalition, rapporteur, coordinator):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT)
    reading.suggestions.all().delete()
    example = add_example(coordinator, reading, "Kupic", kind="commitment", text="Kupic krzesla")

    with pytest.raises(ActionRefused):
        add_similar(rapporteur, example)
    assert add_similar(coordinator, example) == 3


def test_only_those_who_decide_add_similar_sentences(client, coalition, rapporteur, member, outsider):
    reading = create_reading(coalition, rapporteur, TABLE_TEXT)
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Kupic", kind="commitment", text="Kupic krzesla")

    with pytest.raises(PermissionDenied):
        add_similar(member, example)
    for name in ("similar_add", "similar_reject"):
        for viewer in (member, outsider):
            client.force_login(viewer)
            url = reverse(f"intake:{name}", args=[coalition.slug, reading.pk, example.pk])
            assert client.post(url, {"version": example.version}).status_code == 404
    assert reading.suggestions.count() == 1


def test_accepted_suggestion_is_no_example(coalition, rapporteur, client):
    text = "Minutes\n\n" + "".join(f"Point {n}: Helpline {n} offered to provide training.\n\n" for n in range(4))
    reading = create_reading(coalition, rapporteur, text)
    offer = reading.suggestions.filter(kind="offer").first()
    client.force_login(rapporteur)
    args = [coalition.slug, reading.pk, offer.pk]

    page = client.post(reverse("intake:suggestion_accept", args=args), {"version": 1}, follow=True).text

    assert "1 accepted" in page
    assert "similar" not in page


@pytest.mark.parametrize("row_count", [5, 200])
def test_similar_sentences_cost_few_queries_however_many_they_are(coalition, rapporteur, row_count):
    rows = "".join(f"Zrobic {n}x | Ewa Nowak | {n % 28 + 1}.03.2027\n" for n in range(row_count))
    reading = create_reading(coalition, rapporteur, f"Notatki\n\nSprawa | Ktos | Chwila\n{rows}")
    reading.suggestions.all().delete()
    example = add_example(rapporteur, reading, "Zrobic 1x", kind="commitment", text="Zrobic 1x", owner="Ewa Nowak")

    with CaptureQueriesContext(connection) as found:
        similar = actions.find_similar_sentences(reading, example, example.sentence.number)
    with CaptureQueriesContext(connection) as added:
        add_similar(rapporteur, example)

    assert similar.count == row_count - 1
    assert len(found) == 2
    assert len(added) < 40


def test_long_cells_are_cut_to_what_fits(coalition, rapporteur):
    due = (
        "as soon as the translators, the printers and the board have agreed on the last version of the text, and then"
        * 2
    )
    table = f"Task | Owner | Deadline\nBuy chairs | Ana Lopes | 04.03.2027\nClose the gate | Ola {'Q' * 260} | {due}\n"
    reading = create_reading(coalition, rapporteur, f"Notes\n\n{table}")
    reading.suggestions.all().delete()
    sentence = find_sentence(reading, "Close")
    sentence.reading = reading

    added = actions.accept_sentence_as_suggestion(actor=rapporteur, sentence=sentence, suggestion_kind="commitment")
    assert (len(added.due_text), len(added.owner)) == (120, 250)


def test_edited_row_teaches_the_owners_of_suggested_rows(coalition, rapporteur):
    """The reader knows no column of this name; the person gives the owner of one row."""
    rows = "Task | Qui tire | Due\nWrite the page | Ewa Nowak | 3 May 2027\nBuy paint | Jan Sowa | 4 May 2027\n"
    reading = create_reading(coalition, rapporteur, f"Notes\n\n{rows}", meeting_on=date(2027, 1, 5))
    reading.suggestions.update(owner="", actors=[])
    example, other = reading.suggestions.filter(kind="commitment").order_by("sentence__number")
    wording = replace(actions.get_suggestion_wording(example), owner="Ewa Nowak")
    example = actions.edit_suggestion(actor=rapporteur, suggestion=example, wording=wording, from_version=1)

    assert "1 suggestion from them will be replaced." in describe_similar(rapporteur, reading, example)
    before = list_states(reading)
    assert add_similar(rapporteur, example) == 1
    assert list_added(reading) == [(other.text, "Jan Sowa", date(2027, 5, 4))]

    joint = actions.find_joint_decision(rapporteur, reading)
    actions.undo_joint_decision(
        actor=rapporteur, reading=reading, suggestion_kind=joint.kind, decided_at=joint.decided_at
    )
    assert list_states(reading) == before
