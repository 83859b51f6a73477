"""A meeting as a report of it was read in."""

from datetime import date, time

import pytest

from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Document
from tests.factories import DocumentFactory
from tests.meetings.scheduled_meetings import JOINING_LINK, list_meetings_by_day

DOCUMENT_TEXT = (
    "Report of the session.\n\n"
    "The telecoms union presented its guidelines. It offered technical help. "
    "It was agreed to share good practices. The coordinator will submit the proposal."
)


@pytest.fixture
def document(coalition, coordinator) -> Document:
    return DocumentFactory(
        coalition=coalition, title="Report of the session", text=DOCUMENT_TEXT, author=coordinator, published=True
    )


@pytest.fixture
def meeting(coalition, rapporteur) -> Meeting:
    return actions.create_meeting_record(
        actor=rapporteur,
        coalition=coalition,
        title="The second session",
        published=True,
        starts_on=date(2009, 11, 1),
        precision="month",
        place="Sharm El Sheikh",
        country="EG",
    )


@pytest.fixture
def find_passage(document):
    """The passage that begins and ends with these words."""

    def find_document_passage(begins: str, number: int | None = None):
        start = DOCUMENT_TEXT.index(begins)
        return document, start, DOCUMENT_TEXT.index(".", start) + 1, number

    return find_document_passage


@pytest.fixture
def weekly_calls(coalition, rapporteur):
    """Four weekly calls from 12 January 2027, at 15:00 in Nairobi."""
    first = actions.create_meeting_series(
        actor=rapporteur,
        coalition=coalition,
        title="Weekly call",
        again="weekly",
        count=4,
        starts_on=date(2027, 1, 12),
        start_time=time(15),
        time_zone="Africa/Nairobi",
        duration=60,
        place="Online",
        joining_link=JOINING_LINK,
    )
    actions.publish_meeting_series(actor=rapporteur, meeting=first)
    return list_meetings_by_day()
