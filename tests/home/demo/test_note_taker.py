"""A second note-taker types in the call in progress, in the demo alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.meetings.demo_note_taker import TYPING_INTERVAL, add_next_demo_line, build_demo_line_token
from jukwaa.meetings.models import Entry, Line, Minutes
from jukwaa.records.demo_parts import read_demo_data


@pytest.fixture
def demo_typed_lines():
    return [row["text"] for row in read_demo_data("jukwaa.meetings", "meetings.toml")["typed"]]


@pytest.fixture
def demo_minutes(demo_coalition, db):
    return Line.objects.get(token=build_demo_line_token(0)).minutes


def test_note_taker_adds_each_prepared_line_once(demo_minutes, demo_typed_lines, settings):
    settings.DEMO = True

    added = [add_next_demo_line(timezone.now() + TYPING_INTERVAL * 2) for _each in range(len(demo_typed_lines) + 2)]

    assert added == [True] * len(demo_typed_lines) + [False, False]
    found = Entry.objects.filter(meeting=demo_minutes.meeting, text__in=demo_typed_lines).order_by("pk")
    assert [entry.text for entry in found] == demo_typed_lines
    assert {entry.part_id for entry in found} == {demo_minutes.current_item_id}


@pytest.mark.slow
def test_note_taker_waits_half_a_minute(demo_minutes, settings):
    settings.DEMO = True

    assert add_next_demo_line(timezone.now() + TYPING_INTERVAL * 2)
    assert not add_next_demo_line(timezone.now() + TYPING_INTERVAL - timedelta(seconds=5))
    assert add_next_demo_line(timezone.now() + TYPING_INTERVAL + timedelta(seconds=5))


@pytest.mark.slow
def test_note_taker_writes_only_in_demo(demo_minutes, settings):
    settings.DEMO = False
    before = demo_minutes.revision

    assert not add_next_demo_line(timezone.now() + TYPING_INTERVAL * 2)
    assert Minutes.objects.get(pk=demo_minutes.pk).revision == before


@pytest.mark.slow
def test_note_taker_skips_chatham_house_items(demo_minutes, settings):
    settings.DEMO = True
    demo_minutes.current_item.chatham = True
    demo_minutes.current_item.save()

    assert not add_next_demo_line(timezone.now() + TYPING_INTERVAL * 2)
