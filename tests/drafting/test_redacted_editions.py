"""A name that was taken out of a text is in no file of what was published of it before."""

import pytest
from django.test import Client
from django.urls import reverse

from jukwaa.core.documents.incoming import extract_text
from jukwaa.drafting import actions
from jukwaa.drafting.actions import EditionDetails, PositionContent
from jukwaa.drafting.models import Clause, Edition, Text
from jukwaa.library.models import Item
from jukwaa.records.actions import redact_names_in_record
from jukwaa.records.models import Record
from tests.drafting.consensus import create_open_text, end_consensus_call, name_text_revision, open_consensus_call

REDACTED_NAME = "Zephyrina Quillfeather"
TEXT_WITH_NAME = f"{REDACTED_NAME} answers each report within a day."
FILE_EXTENSIONS = ("docx", "pdf", "md", "json")


@pytest.fixture
def published_editions(coalition, member, rapporteur, coordinator, organisation, delegate) -> Edition:
    """Two editions that name somebody wherever words can stand: the second was mended."""
    text = create_open_text(coalition, member, clause_bodies=(TEXT_WITH_NAME, "Each provider names a contact."))
    Text.objects.filter(pk=text.pk).update(summary=f"As {REDACTED_NAME} asked.")
    text.refresh_from_db()
    call = open_consensus_call(text, coordinator)
    clause = Clause.objects.get(text=text, number=2)
    actions.take_call_position(
        actor=delegate,
        call=call,
        organisation=organisation,
        stand=PositionContent("reservation", f"{REDACTED_NAME} can't alone.", clause),
    )
    actions.declare_call_outcome(
        actor=coordinator, call=end_consensus_call(call), outcome="consensus", reason=f"{REDACTED_NAME} agreed."
    )
    actions.publish_edition(actor=rapporteur, text=text, edition_details=EditionDetails())
    name_text_revision(text, member)
    return actions.publish_edition(
        actor=rapporteur,
        text=text,
        edition_details=EditionDetails(is_minor=True, errata=f"{REDACTED_NAME} has a deputy."),
    )


def read_editions_as_visitor(text_edition) -> dict[str, str]:
    """What a visitor reads of each edition and of its item in the library: pages and files, by address."""
    client, found = Client(), {}
    for minor in (0, 1):
        place = [text_edition.text.coalition.slug, text_edition.text_id, 1, minor]
        found[f"1.{minor}"] = client.get(reverse("drafting:edition_detail", args=place)).text
        for ending in FILE_EXTENSIONS:
            answer = client.get(reverse("drafting:edition_file", args=[*place, ending]))
            is_parsed = ending in {"docx", "pdf"}
            words = extract_text(answer.content, f"x.{ending}").text if is_parsed else answer.content.decode()
            found[f"1.{minor}.{ending}"] = " ".join(words.split())
    found["item"] = client.get(Item.objects.get().get_absolute_url()).text
    return found


def test_redacted_name_is_gone_from_published_editions(published_editions, coordinator):
    before = read_editions_as_visitor(published_editions)
    redact_names_in_record(
        actor=coordinator, record=Record.objects.get(pk=published_editions.text_id), names=[REDACTED_NAME]
    )
    after = read_editions_as_visitor(published_editions)

    assert {address for address, words in before.items() if REDACTED_NAME in words} == set(before)
    assert {address for address, words in after.items() if "Quillfeather" in words} == set()
    assert {address for address, words in after.items() if "name removed" in words} == set(before)
