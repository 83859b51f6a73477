"""A text that is open to its readers, and a consultation on it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.drafting import actions
from jukwaa.drafting.models import Consultation, Text
from tests.factories import TextFactory

OPEN_TEXT_CLAUSES = ["Purpose of it.", "A provider answers within three working days.", "Each member may publish it."]


@pytest.fixture
def open_text(coalition, rapporteur) -> Text:
    """TLP:CLEAR, published, with three clauses in one revision; the rapporteur wrote it."""
    return TextFactory(
        coalition=coalition, title="The guideline", published=True, author=rapporteur, saying=OPEN_TEXT_CLAUSES
    )


@pytest.fixture
def ask_about_text(rapporteur):
    """Asks about a text: `ask_about_text(text, asks="members", days=30)`."""

    def open_consultation_on(text: Text, *, days: int = 30, by=None, **asked) -> Consultation:
        told = {"asks": "public", "introduction": "What do you think?", "questions": ["Where?", "How?"], **asked}
        question = actions.ConsultationContent(closes_at=timezone.now() + timedelta(days=days), **told)
        return actions.open_consultation(
            actor=by or rapporteur, revision=text.get_latest_revision(), consultation_content=question
        )

    return open_consultation_on


@pytest.fixture
def consultation(ask_about_text, open_text) -> Consultation:
    return ask_about_text(open_text)
