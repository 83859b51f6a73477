"""A name that was taken out of a text is in no file of what was published of it before."""

import pytest
from django.test import Client
from django.urls import reverse

from jukwaa.core.documents.incoming import extract_text
from jukwaa.drafting import actions
from jukwaa.drafting.actions import EditionDetails, PositionContent
from jukwaa.drafting.models import Clause, Edition, Text
from jukwaa.library.models import Item
from jukwaa.records.actions import redact_record
from jukwaa.records.models import Record
from tests.drafting.agreeing import called, closed, drafted, revised

NAME = "Zephyrina Quillfeather"
WORDS = f"{NAME} answers each report within a day."
ENDINGS = ("docx", "pdf", "md", "json")


@pytest.fixture
def published(coalition, member, rapporteur, coordinator, organisation, delegate) -> Edition:
    """Two editions that name somebody wherever words can stand: the second was mended."""
    text = drafted(coalition, member, bodies=(WORDS, "Each provider names a contact."))
    Text.objects.filter(pk=text.pk).update(summary=f"As {NAME} asked.")
    text.refresh_from_db()
    call = called(text, coordinator)
    clause = Clause.objects.get(text=text, number=2)
    actions.take_position(
        actor=delegate,
        call=call,
        organisation=organisation,
        stand=PositionContent("reservation", f"{NAME} can't alone.", clause),
    )
    actions.declare_outcome(actor=coordinator, call=closed(call), outcome="consensus", reason=f"{NAME} agreed.")
    actions.publish_edition(actor=rapporteur, text=text, issue=EditionDetails())
    revised(text, member)
    return actions.publish_edition(
        actor=rapporteur, text=text, issue=EditionDetails(is_minor=True, errata=f"{NAME} has a deputy.")
    )


def read_all(edition) -> dict[str, str]:
    """What a visitor reads of each edition and of its item in the library: pages and files, by address."""
    client, found = Client(), {}
    for minor in (0, 1):
        place = [edition.text.coalition.slug, edition.text_id, 1, minor]
        found[f"1.{minor}"] = client.get(reverse("drafting:edition_detail", args=place)).text
        for ending in ENDINGS:
            answer = client.get(reverse("drafting:edition_file", args=[*place, ending]))
            is_parsed = ending in {"docx", "pdf"}
            words = extract_text(answer.content, f"x.{ending}").text if is_parsed else answer.content.decode()
            found[f"1.{minor}.{ending}"] = " ".join(words.split())
    found["item"] = client.get(Item.objects.get().get_absolute_url()).text
    return found


def test_no_edition_that_was_published_before_keeps_a_name_that_was_removed(published, coordinator):
    before = read_all(published)
    redact_record(actor=coordinator, record=Record.objects.get(pk=published.text_id), names=[NAME])
    after = read_all(published)

    assert {address for address, words in before.items() if NAME in words} == set(before)
    assert {address for address, words in after.items() if "Quillfeather" in words} == set()
    assert {address for address, words in after.items() if "name removed" in words} == set(before)
