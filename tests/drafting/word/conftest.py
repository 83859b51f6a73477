"""A text in consultation, and its draft as a Word file."""

import pytest

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.models import Consultation, Text
from jukwaa.drafting.word_export import build_consultation_docx
from tests.factories import ConsultationFactory

CLAUSES_IN_CONSULTATION = [
    ClauseDraft("Scope of this text", kind="heading"),
    ClauseDraft("Providers may report what they find to the hotline of their country."),
    ClauseDraft("A named contact answers within three working days."),
    ClauseDraft("Asked\nin writing", kind="bullet"),
    ClauseDraft("Who | What\nProviders | reports\nHotlines | answers", kind="table"),
    ClauseDraft("This text is read again every second year."),
]


@pytest.fixture
def text(coalition, rapporteur) -> Text:
    beginning = actions.TextStart(CLAUSES_IN_CONSULTATION)
    begun = actions.begin_text(
        actor=rapporteur, coalition=coalition, title="A text", form="guideline", beginning=beginning
    )
    actions.create_named_revision(actor=rapporteur, text=begun, revision_name="Draft 1")
    return actions.open_text_to_readers(actor=rapporteur, text=begun)


@pytest.fixture
def open_consultation(text) -> Consultation:
    return ConsultationFactory(text=Text.objects.get(pk=text.pk))


@pytest.fixture
def consultation_docx(open_consultation) -> bytes:
    return build_consultation_docx(open_consultation)
