"""Who may read a collection is said anew by whoever put it together; telling words are read by others first."""

import pytest
from django.urls import reverse

from jukwaa.library import actions
from jukwaa.library.models import Collection
from jukwaa.records.models import Label, Record, State
from tests.factories import CollectionFactory, ItemFactory

pytestmark = pytest.mark.django_db

IDENTIFYING_TEXT = "Write to anna.smith@example.org."


@pytest.fixture
def own_collection(coalition, member):
    holding = [ItemFactory(coalition=coalition, published=True)]
    return CollectionFactory(coalition=coalition, author=member, holding=holding, published=True)


def build_collection_url(collection, route_name="collection_readers"):
    return reverse(f"library:{route_name}", args=[collection.coalition.slug, collection.pk])


def test_collection_label_is_changed_by_its_editor(client, own_collection, member, coordinator):
    client.force_login(member)
    link = f'href="{build_collection_url(own_collection)}"' in client.get(own_collection.get_absolute_url()).text
    unnamed = client.post(build_collection_url(own_collection), {"label": Label.RED})
    saved = client.post(
        build_collection_url(own_collection), {"label": Label.RED, "persons": f"{coordinator.email}\n{member.email}"}
    )
    own_collection.refresh_from_db()

    assert (link, unnamed.status_code, saved.url) == (True, 422, own_collection.get_absolute_url())
    assert (own_collection.label, own_collection.state, own_collection.version) == (Label.RED, State.PUBLISHED, 2)
    assert sorted(own_collection.audience.values_list("person", flat=True)) == sorted([coordinator.pk, member.pk])
    client.logout()
    assert client.get(own_collection.get_absolute_url()).status_code == 404


def test_person_removed_from_audience_cannot_read_collection(client, own_collection, member, coordinator):
    client.force_login(member)
    for persons in (f"{coordinator.email}\n{member.email}", member.email):
        client.post(build_collection_url(own_collection), {"label": Label.RED, "persons": persons})

    assert list(own_collection.audience.values_list("person", flat=True)) == [member.pk]


def test_collection_label_is_closed_to_other_people(client, own_collection, rapporteur, outsider):
    found = {}
    for person in (rapporteur, outsider):
        client.force_login(person)
        page = client.get(own_collection.get_absolute_url()).text
        found[person.name] = (
            build_collection_url(own_collection) in page,
            client.post(build_collection_url(own_collection), {"label": Label.GREEN}).status_code,
        )

    assert found == {rapporteur.name: (False, 403), outsider.name: (False, 403)}
    assert Record.objects.get(pk=own_collection.pk).label == Label.CLEAR


@pytest.mark.parametrize("changed_part", ["words", "readers"])
def test_collection_with_identifying_words_is_hidden_until_review(
    client, coalition, own_collection, member, rapporteur, changed_part
):
    if changed_part == "readers":
        Collection.objects.filter(pk=own_collection.pk).update(introduction=IDENTIFYING_TEXT, label=Label.GREEN)
    client.force_login(member)
    if changed_part == "words":
        form = client.get(build_collection_url(own_collection, "collection_edit")).context["form"]
        typed = {name: form[name].value() for name in ("title", "summary", "language", "version")}
        again = client.post(
            build_collection_url(own_collection, "collection_edit"), {**typed, "introduction": IDENTIFYING_TEXT}
        )
        screened = again.context["form"]["screened"].value()
        told = client.post(
            build_collection_url(own_collection, "collection_edit"),
            {**typed, "introduction": IDENTIFYING_TEXT, "screened": screened},
            follow=True,
        )
    else:
        told = client.post(build_collection_url(own_collection), {"label": Label.CLEAR}, follow=True)
    own_collection = Collection.objects.get(pk=own_collection.pk)

    assert (own_collection.state, own_collection.published_at) == (State.DRAFT, None)
    assert "Saved as a draft, because some words may identify someone." in told.text
    assert actions.publish_collection(actor=member, collection=own_collection).state == State.SUBMITTED
    assert actions.publish_collection(actor=rapporteur, collection=own_collection).state == State.PUBLISHED
