"""What others of the region say to an observation goes along in files of the library, by organisation."""

import io
import zipfile

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Organisation
from jukwaa.library.exported_records import load_exported_records
from jukwaa.records.models import Label, Link, Record
from jukwaa.regions.actions.voices import add_voice, withdraw_voice
from jukwaa.regions.brief_materials import load_materials
from tests.factories import CollectionFactory
from tests.regions.observed import observed, speaker_from
from tests.regions.test_briefs_read import words_of

DIFFERS = "An operator sees it differently"
WORDS = "Fees fell last year."


@pytest.fixture
def seen(coalition):
    return observed(coalition, speaker_from(coalition, "KE", name="Whose it is"), what_worked="They pay twice here.")


@pytest.fixture
def voices(coalition, seen):
    said = [("An operator", "differs", WORDS), ("Another helpline", "confirms", "")]
    return [speak_for(coalition, seen, *each) for each in said]


def speak_for(coalition, seen, name, says, words):
    person = speaker_from(coalition, "KE", name=name)
    organisation = Organisation.objects.get(name=name)
    return add_voice(actor=person, observation=seen, says=says, words=words, organisation=organisation)


@pytest.fixture
def files(client, coalition, member, seen, voices):
    """What of the collection is handed on, as words."""
    collection = CollectionFactory(coalition=coalition, author=member, published=True, holding=[seen])

    def read() -> list[str]:
        at = {"coalition": coalition.slug, "pk": collection.pk}
        docx = client.get(reverse("library:collection_file", kwargs=at | {"ending": "docx"})).content
        packed = b"".join(client.get(reverse("exchange:collection_archive", kwargs=at)))
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")]
        return [words_of(docx), "\n".join(pages)]

    return read


def test_they_stand_below_it_by_organisation_and_with_no_person(files):
    for words in files():
        for said in ("Responses from the region", DIFFERS, WORDS, "Another helpline confirms this"):
            assert said in words
        assert "Of An operator" not in words


def test_what_was_taken_back_goes_along_no_more(files, voices):
    withdraw_voice(actor=voices[0].author, voice=voices[0])

    for words in files():
        assert (WORDS in words, "Another helpline confirms this" in words) == (False, True)


def translated(coalition, seen, label):
    own = observed(coalition, seen.authorships.first().person, title="Ils paient deux fois", language="fr", label=label)
    Link.objects.create(from_record=own, to_record=seen, relation=Link.Relation.TRANSLATES)
    return own


@pytest.mark.parametrize(("label", "goes"), [(Label.GREEN, True), (Label.CLEAR, False)])
def test_a_translation_takes_along_no_voice_that_fewer_may_read(coalition, member, seen, voices, label, goes):
    """Neither in a file nor in a brief: there the voices would stand under a label that is wider than theirs."""
    own = translated(coalition, seen, label)
    Record.objects.filter(pk=seen.pk).update(label=Label.GREEN)
    (file,), (material,) = load_exported_records([own], member), load_materials([own])

    assert (bool(file.said), bool(material.voices)) == (goes, goes)


@pytest.mark.parametrize("count", [1, 3])
def test_telling_costs_two_queries_more_however_many_there_are(
    coalition, member, voices, seen, count, django_assert_num_queries
):
    rows = [seen, *(observed(coalition, seen.authorships.first().person) for _n in range(count - 1))]
    with django_assert_num_queries(8):
        assert len(load_exported_records(rows, member)) == count
