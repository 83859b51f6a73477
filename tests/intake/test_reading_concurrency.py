"""A Word file of 200,000 paragraphs that five people send at once: each is told what became of it, and one is kept."""

from dataclasses import replace
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jukwaa.core.documents.incoming import extract_text
from jukwaa.core.documents.limits import DEFAULT_FILE_LIMITS
from jukwaa.intake import tasks
from jukwaa.intake.models import Reading, Sentence
from jukwaa.records.models import Document
from tests.concurrency import run_concurrently
from tests.conftest import create_seated_person
from tests.core import documents as make
from tests.factories import CoalitionFactory
from tests.intake.test_large_reports import run_waiting_tasks_of

WORD_XML_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
PARAGRAPH_COUNT = 200_000
BUSY_MESSAGE = "Try again in a minute. We are processing other documents."


def build_huge_file():
    said = "".join(
        f"<w:p><w:r><w:t>It was agreed to meet {at} times.</w:t></w:r></w:p>" for at in range(PARAGRAPH_COUNT)
    )
    document = f'<w:document xmlns:w="{WORD_XML_NAMESPACE}"><w:body>{said}</w:body></w:document>'
    return make.zip_named_parts(
        {"[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES_NAMESPACE}"/>', "word/document.xml": document}
    )


@pytest.fixture
def first_pages_only(monkeypatch):
    """The file is weighed and unpacked as a whole; its sentences would take a minute."""
    limits = replace(DEFAULT_FILE_LIMITS, text_characters=30_000)
    monkeypatch.setattr(tasks, "extract_text", partial(extract_text, file_limits=limits))


@pytest.mark.slow
def test_five_huge_concurrent_uploads_have_clear_outcome(transactional_db, first_pages_only):
    coalition = CoalitionFactory()
    people = [create_seated_person(coalition, f"Rapporteur {number}", "rapporteur") for number in range(5)]
    huge = build_huge_file()
    url = reverse("intake:reading_new", args=[coalition.slug])

    def upload_huge_file(person):
        client = Client()
        client.force_login(person)
        sent = {"file": SimpleUploadedFile("minutes.docx", huge), "meeting_title": "", "label": "TLP:GREEN", "text": ""}
        return client.post(url, sent)

    answers = run_concurrently(*(partial(upload_huge_file, person) for person in people))

    taken = [answer for answer in answers if answer.status_code == 302]
    assert all(
        answer.status_code == 302 or (answer.status_code, BUSY_MESSAGE in answer.text) == (422, True)
        for answer in answers
    )
    assert 1 <= len(taken) == Reading.objects.filter(state=Reading.State.READING).count()

    run_waiting_tasks_of(tasks.read_upload)

    first, *others = Reading.objects.order_by("pk")
    assert first.state == Reading.State.OPEN
    assert Document.objects.count() == 1
    assert not Sentence.objects.exclude(reading=first).exists()
    assert all((other.state, other.same_as) == (Reading.State.GIVEN_UP, first) for other in others)
