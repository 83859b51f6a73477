"""A text in consultation, and its draft as a Word file."""

import pytest

from jukwaa.drafting import actions
from jukwaa.drafting.actions import Draft
from jukwaa.drafting.models import Consultation, Text
from jukwaa.drafting.word import consulted_docx
from tests.factories import ConsultationFactory

SAYING = [
    Draft("Scope of this text", kind="heading"),
    Draft("Providers may report what they find to the hotline of their country."),
    Draft("A named contact answers within three working days."),
    Draft("Asked\nin writing", kind="bullet"),
    Draft("Who | What\nProviders | reports\nHotlines | answers", kind="table"),
    Draft("This text is read again every second year."),
]


@pytest.fixture
def text(coalition, rapporteur) -> Text:
    beginning = actions.Beginning(SAYING)
    begun = actions.begin_text(
        actor=rapporteur, coalition=coalition, title="A text", form="guideline", beginning=beginning
    )
    actions.name_revision(actor=rapporteur, text=begun, name="Draft 1")
    return actions.open_text(actor=rapporteur, text=begun)


@pytest.fixture
def asked(text) -> Consultation:
    return ConsultationFactory(text=Text.objects.get(pk=text.pk))


@pytest.fixture
def draft(asked) -> bytes:
    return consulted_docx(asked)
