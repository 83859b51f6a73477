"""A meeting as a report of it was read in."""

from datetime import date, time

import pytest

from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Document
from tests.factories import DocumentFactory
from tests.meetings.scheduled import LINK, list_meetings

TEXT = (
    "Report of the session.\n\n"
    "The telecoms union presented its guidelines. It offered technical help. "
    "It was agreed to share good practices. The coordinator will submit the proposal."
)


@pytest.fixture
def document(coalition, coordinator) -> Document:
    return DocumentFactory(
        coalition=coalition, title="Report of the session", text=TEXT, author=coordinator, published=True
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
def span(document):
    """The passage that begins and ends with these words."""

    def find(begins: str, number: int | None = None):
        start = TEXT.index(begins)
        return document, start, TEXT.index(".", start) + 1, number

    return find


@pytest.fixture
def calls(coalition, rapporteur):
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
        joining_link=LINK,
    )
    actions.publish_meeting_series(actor=rapporteur, meeting=first)
    return list_meetings()
