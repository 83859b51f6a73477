"""An offer is made of a sentence of the minutes in one step, and keeps its source."""

import uuid

import pytest
from django.urls import reverse

from jukwaa.cooperation.models import Offer
from jukwaa.records.models import Link, Source
from tests.factories import DocumentFactory, EntryFactory, OfferFactory, PartFactory

pytestmark = pytest.mark.django_db

NEED_FORM_DATA = {"title": "We train teachers to talk about grooming", "language": "en", "label": "TLP:CLEAR"}


def get_help_url(coalition, name, *args):
    return reverse(f"cooperation:{name}", args=[coalition.slug, *args])


def post_help_from_entry(entry, *, whose=""):
    return f"{get_help_url(entry.coalition, 'offer_new')}?from={entry.pk}&whose={whose}"


@pytest.fixture
def minutes_entry(coalition):
    said = "The university offered to provide technical solutions to the coalition."
    document = DocumentFactory(coalition=coalition, text=said, published=True)
    entry = EntryFactory(coalition=coalition, kind="offer", title=said, text=said, published=True)
    Source.objects.create(record=entry, document=document, start=0, end=14, quote=said[:14], number=1)
    return entry


def test_what_a_meeting_said_becomes_an_offer_in_one_step_and_keeps_its_source(
    client, coalition, rapporteur, minutes_entry, giving_organisation
):
    client.force_login(rapporteur)
    button = client.get(minutes_entry.get_absolute_url())
    form = client.get(post_help_from_entry(minutes_entry, whose="A university"))
    asked = form.context["form"]
    client.post(
        post_help_from_entry(minutes_entry), {**asked.initial, "areas": [], "label": "TLP:CLEAR", "token": uuid.uuid4()}
    )

    offer = Offer.objects.get()
    assert "Create an offer from this entry" in button.text
    assert (asked.initial["title"], asked.initial["whose"], form.context["sort"].name) == (
        minutes_entry.title,
        "A university",
        "technical",
    )
    assert (offer.organisation, offer.contact, offer.title) == (giving_organisation, None, minutes_entry.title)
    links = Link.objects.values_list("from_record", "to_record", "relation")
    assert list(links) == [(offer.pk, minutes_entry.pk, "began-as")]
    assert [source.quote for source in offer.sources.all()] == ["The university"]
    assert [str(a.capacity) for a in offer.authorships.all()] == ["The rapporteur"]
    taken = "Offers or needs already created from this sentence:"
    again = client.get(post_help_from_entry(minutes_entry))
    assert (taken in form.text, taken in again.text, again.context["there"]) == (False, True, [offer])


def test_what_was_made_of_a_sentence_and_is_hidden_from_a_reader_is_not_named_to_them(
    client, person_who_gives, minutes_entry
):
    hidden = OfferFactory(coalition=minutes_entry.coalition, title="Between us", label="TLP:RED", published=True)
    Link.objects.create(from_record=hidden, to_record=minutes_entry, relation="began-as", version=1)
    client.force_login(person_who_gives)

    assert "Between us" not in client.get(post_help_from_entry(minutes_entry)).text


def test_whom_the_directory_does_not_know_stands_as_the_source_says(client, rapporteur, minutes_entry):
    client.force_login(rapporteur)
    client.post(post_help_from_entry(minutes_entry), {**NEED_FORM_DATA, "whose": "Brazilian members"})

    offer = Offer.objects.get()
    assert (offer.organisation, offer.whose) == (None, "Brazilian members")
    assert "According to the source: Brazilian members" in client.get(offer.get_absolute_url()).text


def test_what_is_read_by_few_is_not_opened_to_more_by_offering_it(client, person_who_gives, coalition):
    closed = EntryFactory(coalition=coalition, kind="offer", label="TLP:GREEN", published=True)
    client.force_login(person_who_gives)
    refused = client.post(post_help_from_entry(closed), NEED_FORM_DATA)

    assert (refused.status_code, Offer.objects.count()) == (422, 0)
    assert (
        "Choose TLP:GREEN or a stricter label. This record was created from records that have fewer readers."
        in refused.text
    )


def test_what_was_said_under_the_chatham_house_rule_is_no_offer_of_anybody(
    client, rapporteur, coalition, giving_organisation
):
    part = PartFactory(chatham=True, meeting__coalition=coalition)
    entry = EntryFactory(coalition=coalition, meeting=part.meeting, part=part, kind="offer", published=True)
    client.force_login(rapporteur)
    refused = client.post(post_help_from_entry(entry), {**NEED_FORM_DATA, "whose": "A university"})

    assert "Create an offer from this entry" not in client.get(entry.get_absolute_url()).text
    assert (refused.status_code, Offer.objects.count()) == (422, 0)
    assert "This meeting was held under the Chatham House Rule" in refused.text


def test_nothing_begins_with_what_one_may_not_read(client, person_who_gives, coalition):
    hidden = EntryFactory(coalition=coalition, kind="offer", label="TLP:RED", published=True)
    client.force_login(person_who_gives)

    assert client.get(post_help_from_entry(hidden)).status_code == 404
    assert client.get(f"{get_help_url(coalition, 'offer_new')}?from=soon").status_code == 404
    assert client.get(f"{get_help_url(coalition, 'offer_new')}?sort=magic").status_code == 404
