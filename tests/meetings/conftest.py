"""A meeting as a report of it was read in."""

from datetime import date

import pytest

from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Document
from tests.factories import DocumentFactory

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
