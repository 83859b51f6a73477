"""Responses to an observation are included in exports of the library, by organisation."""

import io
import zipfile

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Organisation
from jukwaa.library.exported_records import load_exported_records
from jukwaa.records.models import Label, Link, Record
from jukwaa.regions.actions.voices import add_observation_voice, withdraw_observation_voice
from jukwaa.regions.brief_materials import load_brief_materials
from tests.factories import CollectionFactory
from tests.regions.observations import create_observation, create_representative
from tests.regions.test_briefs_read import extract_docx_text

DISAGREEMENT_TEXT = "An operator sees it differently"
VOICE_TEXT = "Fees fell last year."


@pytest.fixture
def observation_item(coalition):
    return create_observation(
        coalition,
        create_representative(coalition, "KE", organisation_name="Whose it is"),
        what_worked="They pay twice here.",
    )


@pytest.fixture
def observation_voices(coalition, observation_item):
    said = [("An operator", "differs", VOICE_TEXT), ("Another helpline", "confirms", "")]
    return [add_voice_for(coalition, observation_item, *each) for each in said]


def add_voice_for(coalition, observation_item, organisation_name, voice_stance, voice_text):
    person = create_representative(coalition, "KE", organisation_name=organisation_name)
    organisation = Organisation.objects.get(name=organisation_name)
    return add_observation_voice(
        actor=person, observation=observation_item, says=voice_stance, words=voice_text, organisation=organisation
    )


@pytest.fixture
def read_voice_exports(client, coalition, member, observation_item, observation_voices):
    """Return the exports of the collection as text."""
    collection = CollectionFactory(coalition=coalition, author=member, published=True, holding=[observation_item])

    def read_export_texts() -> list[str]:
        at = {"coalition": coalition.slug, "pk": collection.pk}
        docx = client.get(reverse("library:collection_file", kwargs=at | {"ending": "docx"})).content
        packed = b"".join(client.get(reverse("exchange:collection_archive", kwargs=at)))
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")]
        return [extract_docx_text(docx), "\n".join(pages)]

    return read_export_texts


def test_voices_are_exported_by_organisation_without_persons(read_voice_exports):
    for words in read_voice_exports():
        for said in ("Responses from the region", DISAGREEMENT_TEXT, VOICE_TEXT, "Another helpline confirms this"):
            assert said in words
        assert "Of An operator" not in words


def test_withdrawn_voice_is_not_exported(read_voice_exports, observation_voices):
    withdraw_observation_voice(actor=observation_voices[0].author, observation_voice=observation_voices[0])

    for words in read_voice_exports():
        assert (VOICE_TEXT in words, "Another helpline confirms this" in words) == (False, True)


def create_translated_observation(coalition, observation_item, tlp_label):
    own = create_observation(
        coalition,
        observation_item.authorships.first().person,
        title="Ils paient deux fois",
        language="fr",
        label=tlp_label,
    )
    Link.objects.create(from_record=own, to_record=observation_item, relation=Link.Relation.TRANSLATES)
    return own


@pytest.mark.parametrize(("tlp_label", "are_voices_exported"), [(Label.GREEN, True), (Label.CLEAR, False)])
def test_translation_leaves_out_more_restricted_voices(
    coalition, member, observation_item, observation_voices, tlp_label, are_voices_exported
):
    """Neither in a file nor in a brief: there the voices would stand under a label that is wider than theirs."""
    own = create_translated_observation(coalition, observation_item, tlp_label)
    Record.objects.filter(pk=observation_item.pk).update(label=Label.GREEN)
    (file,), (material,) = load_exported_records([own], member), load_brief_materials([own])

    assert (bool(file.said), bool(material.voices)) == (are_voices_exported, are_voices_exported)


@pytest.mark.parametrize("count", [1, 3])
def test_voice_export_query_count_is_constant(
    coalition, member, observation_voices, observation_item, count, django_assert_num_queries
):
    rows = [
        observation_item,
        *(create_observation(coalition, observation_item.authorships.first().person) for _n in range(count - 1)),
    ]
    with django_assert_num_queries(8):
        assert len(load_exported_records(rows, member)) == count
