"""An offer is made of a sentence of the minutes in one step, and keeps its source."""

import uuid

import pytest
from django.urls import reverse

from jukwaa.cooperation.models import Offer
from jukwaa.records.models import Link, Source
from tests.factories import DocumentFactory, EntryFactory, OfferFactory, PartFactory

pytestmark = pytest.mark.django_db

NEED_FORM_DATA = {"title": "We train teachers to talk about grooming", "language": "en", "label": "TLP:CLEAR"}


def get_help_url(coalition, route_name, *args):
    return reverse(f"cooperation:{route_name}", args=[coalition.slug, *args])


def post_help_from_entry(entry, *, help_owner=""):
    return f"{get_help_url(entry.coalition, 'offer_new')}?from={entry.pk}&whose={help_owner}"


@pytest.fixture
def offer_in_minutes(coalition):
    said = "The university offered to provide technical solutions to the coalition."
    document = DocumentFactory(coalition=coalition, text=said, published=True)
    entry = EntryFactory(coalition=coalition, kind="offer", title=said, text=said, published=True)
    Source.objects.create(record=entry, document=document, start=0, end=14, quote=said[:14], number=1)
    return entry


def test_minutes_entry_becomes_offer_with_source(client, coalition, rapporteur, offer_in_minutes, giving_organisation):
    client.force_login(rapporteur)
    button = client.get(offer_in_minutes.get_absolute_url())
    form = client.get(post_help_from_entry(offer_in_minutes, help_owner="A university"))
    asked = form.context["form"]
    client.post(
        post_help_from_entry(offer_in_minutes),
        {**asked.initial, "areas": [], "label": "TLP:CLEAR", "token": uuid.uuid4()},
    )

    offer = Offer.objects.get()
    assert "Create an offer from this entry" in button.text
    assert (asked.initial["title"], asked.initial["whose"], form.context["sort"].name) == (
        offer_in_minutes.title,
        "A university",
        "technical",
    )
    assert (offer.organisation, offer.contact, offer.title) == (giving_organisation, None, offer_in_minutes.title)
    links = Link.objects.values_list("from_record", "to_record", "relation")
    assert list(links) == [(offer.pk, offer_in_minutes.pk, "began-as")]
    assert [source.quote for source in offer.sources.all()] == ["The university"]
    assert [str(a.capacity) for a in offer.authorships.all()] == ["The rapporteur"]
    taken = "Offers or needs already created from this sentence:"
    again = client.get(post_help_from_entry(offer_in_minutes))
    assert (taken in form.text, taken in again.text, again.context["there"]) == (False, True, [offer])


def test_unreadable_offer_from_entry_is_not_named(client, person_who_gives, offer_in_minutes):
    hidden = OfferFactory(coalition=offer_in_minutes.coalition, title="Between us", label="TLP:RED", published=True)
    Link.objects.create(from_record=hidden, to_record=offer_in_minutes, relation="began-as", version=1)
    client.force_login(person_who_gives)

    assert "Between us" not in client.get(post_help_from_entry(offer_in_minutes)).text


def test_unknown_provider_keeps_name_from_minutes(client, rapporteur, offer_in_minutes):
    client.force_login(rapporteur)
    client.post(post_help_from_entry(offer_in_minutes), {**NEED_FORM_DATA, "whose": "Brazilian members"})

    offer = Offer.objects.get()
    assert (offer.organisation, offer.whose) == (None, "Brazilian members")
    assert "According to the source: Brazilian members" in client.get(offer.get_absolute_url()).text


def test_offer_from_restricted_entry_stays_restricted(client, person_who_gives, coalition):
    closed = EntryFactory(coalition=coalition, kind="offer", label="TLP:GREEN", published=True)
    client.force_login(person_who_gives)
    refused = client.post(post_help_from_entry(closed), NEED_FORM_DATA)

    assert (refused.status_code, Offer.objects.count()) == (422, 0)
    assert (
        "Choose TLP:GREEN or a stricter label. This record was created from records that have fewer readers."
        in refused.text
    )


def test_chatham_house_entry_cannot_become_offer(client, rapporteur, coalition, giving_organisation):
    part = PartFactory(chatham=True, meeting__coalition=coalition)
    entry = EntryFactory(coalition=coalition, meeting=part.meeting, part=part, kind="offer", published=True)
    client.force_login(rapporteur)
    refused = client.post(post_help_from_entry(entry), {**NEED_FORM_DATA, "whose": "A university"})

    assert "Create an offer from this entry" not in client.get(entry.get_absolute_url()).text
    assert (refused.status_code, Offer.objects.count()) == (422, 0)
    assert "This meeting was held under the Chatham House Rule" in refused.text


def test_unreadable_entry_cannot_become_offer(client, person_who_gives, coalition):
    hidden = EntryFactory(coalition=coalition, kind="offer", label="TLP:RED", published=True)
    client.force_login(person_who_gives)

    assert client.get(post_help_from_entry(hidden)).status_code == 404
    assert client.get(f"{get_help_url(coalition, 'offer_new')}?from=soon").status_code == 404
    assert client.get(f"{get_help_url(coalition, 'offer_new')}?sort=magic").status_code == 404
