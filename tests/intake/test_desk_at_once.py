"""A Word file of 200,000 paragraphs that five people send at once: each is told what became of it, and one is kept."""

from dataclasses import replace
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jukwaa.core.documents.incoming import extract_text
from jukwaa.core.documents.limits import LIMITS
from jukwaa.intake import tasks
from jukwaa.intake.models import Reading, Sentence
from jukwaa.records.models import Document
from tests.at_once import at_once
from tests.conftest import seated
from tests.core import documents as make
from tests.factories import CoalitionFactory
from tests.intake.test_desk_large import run_tasks

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PARAGRAPHS = 200_000
BUSY = "Try again in a minute. We are processing other documents."


def make_huge():
    said = "".join(f"<w:p><w:r><w:t>It was agreed to meet {at} times.</w:t></w:r></w:p>" for at in range(PARAGRAPHS))
    document = f'<w:document xmlns:w="{WORD}"><w:body>{said}</w:body></w:document>'
    return make.zip_parts({"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>', "word/document.xml": document})


@pytest.fixture
def first_pages_only(monkeypatch):
    """The file is weighed and unpacked as a whole; its sentences would take a minute."""
    limits = replace(LIMITS, text_characters=30_000)
    monkeypatch.setattr(tasks, "extract_text", partial(extract_text, limits=limits))


def test_five_huge_files_at_once_each_have_a_clear_outcome(transactional_db, first_pages_only):
    coalition = CoalitionFactory()
    people = [seated(coalition, f"Rapporteur {number}", "rapporteur") for number in range(5)]
    huge = make_huge()
    url = reverse("intake:reading_new", args=[coalition.slug])

    def send(person):
        client = Client()
        client.force_login(person)
        sent = {"file": SimpleUploadedFile("minutes.docx", huge), "meeting_title": "", "label": "TLP:GREEN", "text": ""}
        return client.post(url, sent)

    answers = at_once(*(partial(send, person) for person in people))

    taken = [answer for answer in answers if answer.status_code == 302]
    assert all(
        answer.status_code == 302 or (answer.status_code, BUSY in answer.text) == (422, True) for answer in answers
    )
    assert 1 <= len(taken) == Reading.objects.filter(state=Reading.State.READING).count()

    run_tasks(tasks.read_upload)

    first, *others = Reading.objects.order_by("pk")
    assert first.state == Reading.State.OPEN
    assert Document.objects.count() == 1
    assert not Sentence.objects.exclude(reading=first).exists()
    assert all((other.state, other.same_as) == (Reading.State.GIVEN_UP, first) for other in others)
