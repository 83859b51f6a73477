"""Notes of another meeting are not moved where notes would be lost, doubled or shown to other people. All invented."""

from functools import partial

import pytest

from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.actions import create_reading_part, meeting_split, rejoin_reading, split_reading, stop_reading
from jukwaa.intake.models import Reading
from jukwaa.records.models import Document, Label
from tests.conftest import create_seated_person
from tests.intake.readings import create_reading
from tests.intake.test_meeting_split import NOTES, find_numbers, list_quotes

LATER_NOTES = NOTES[NOTES.index("# 3 Sep") :]


@pytest.fixture
def reading(coalition, rapporteur):
    return create_reading(coalition, rapporteur, NOTES, meeting_title="", label=Label.GREEN)


def test_split_is_refused_if_other_notes_were_moved_meanwhile(rapporteur, reading, monkeypatch):
    """Two people choose the second and the third meeting. The second one is parsed first, and stored last."""
    numbers, before = find_numbers(reading), list_quotes(reading)
    parse_report = meeting_split.parse_report
    colleague = partial(split_reading, actor=rapporteur, reading=Reading.objects.get(pk=reading.pk), number=numbers[2])

    def parse_and_let_colleague_split(extracted):
        monkeypatch.setattr(meeting_split, "parse_report", parse_report)
        colleague()
        return parse_report(extracted)

    monkeypatch.setattr(meeting_split, "parse_report", parse_and_let_colleague_split)
    with pytest.raises(ActionRefused, match="has just been changed"):
        split_reading(actor=rapporteur, reading=reading, number=numbers[1])

    moved = Reading.objects.exclude(pk=reading.pk).get()
    assert list_quotes(reading) + list_quotes(moved) == before


def test_notes_are_not_moved_back_without_agenda_items_of_other_import(rapporteur, reading):
    moved = split_reading(actor=rapporteur, reading=reading, number=find_numbers(reading)[1])
    reading.refresh_from_db()
    count = reading.sentences.count()
    create_reading_part(actor=rapporteur, reading=moved, title="Kit", first=1, last=2, chatham=False)
    with pytest.raises(ActionRefused, match="Remove the agenda items of the other import first"):
        rejoin_reading(actor=rapporteur, reading=reading)
    moved.refresh_from_db()
    assert (reading.sentences.count(), moved.state) == (count, Reading.State.OPEN)


@pytest.mark.parametrize("label", [Label.RED, Label.GREEN, Label.CLEAR])
@pytest.mark.parametrize("is_stopped", [True, False])
def test_split_is_refused_if_same_text_was_imported_before(coalition, rapporteur, reading, label, is_stopped):
    early = create_reading(coalition, rapporteur, LATER_NOTES, meeting_title="", label=label)
    if is_stopped:
        stop_reading(actor=rapporteur, reading=early)
        early.refresh_from_db()
    before, state = list_quotes(reading), early.state

    with pytest.raises(ActionRefused, match="the same text has been imported before"):
        split_reading(actor=rapporteur, reading=reading, number=find_numbers(reading)[1])

    early.refresh_from_db()
    assert (early.state, early.moved_notes, list_quotes(reading)) == (state, [], before)
    assert Reading.objects.count() == 2


def test_split_is_refused_if_another_document_has_same_text(coalition, rapporteur, reading):
    early = create_reading(coalition, rapporteur, LATER_NOTES, meeting_title="", label=Label.GREEN)
    Reading.objects.filter(pk=early.pk).update(document=None, state=Reading.State.GIVEN_UP, likeness="")
    with pytest.raises(ActionRefused, match="another document contains the same text"):
        split_reading(actor=rapporteur, reading=reading, number=find_numbers(reading)[1])


def test_notes_are_not_moved_again_to_document_of_other_readers(rapporteur, reading):
    number = find_numbers(reading)[1]
    moved = split_reading(actor=rapporteur, reading=reading, number=number)
    reading.refresh_from_db()
    rejoin_reading(actor=rapporteur, reading=reading)
    Document.objects.filter(pk=reading.document_id).update(label=Label.RED)
    reading.refresh_from_db()
    with pytest.raises(ActionRefused, match="other people can read the document"):
        split_reading(actor=rapporteur, reading=reading, number=number)
    moved.refresh_from_db()
    assert moved.state == Reading.State.GIVEN_UP


def test_import_of_colleague_that_cannot_be_seen_stays_as_it_is(coalition, rapporteur, reading):
    colleague = create_seated_person(coalition, "An editor", "editor")
    early = create_reading(coalition, colleague, LATER_NOTES, meeting_title="", label=Label.RED)
    moved = split_reading(actor=rapporteur, reading=reading, number=find_numbers(reading)[1])
    assert moved != early
    assert moved.label == Label.GREEN


def test_notes_in_document_of_other_import_are_not_marked_as_under_chatham_house_rule(rapporteur, reading):
    """Otherwise the first document would still say who spoke."""
    number = find_numbers(reading)[1]
    moved = split_reading(actor=rapporteur, reading=reading, number=number)
    mark = partial(create_reading_part, actor=rapporteur, title="Kit", last=2)
    with pytest.raises(ActionRefused, match="Move them back there"):
        mark(reading=moved, first=1, chatham=True)
    mark(reading=reading, first=1, chatham=True)  # the other document contains nothing of these
    reading.refresh_from_db()
    rejoin_reading(actor=rapporteur, reading=reading)
    mark(reading=reading, first=number, last=number + 1, chatham=True)
    assert (moved.parts.count(), reading.parts.count()) == (0, 2)
