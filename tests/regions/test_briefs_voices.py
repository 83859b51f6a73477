"""A response that was withdrawn is hidden in every brief that quoted it."""

import pytest

from jukwaa.coalitions.models import Organisation
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.actions.publishing import find_publishing_obstacles
from jukwaa.drafting.models import Evidence, Rest, Text, Wording
from jukwaa.records import index
from jukwaa.regions import actions
from jukwaa.regions.actions.voices import add_observation_voice, withdraw_observation_voice
from jukwaa.regions.briefs import Brief
from jukwaa.regions.models import Voice
from tests.regions.briefs import create_brief_of, get_brief_url, publish_brief_edition
from tests.regions.observations import create_observation, create_representative
from tests.regions.test_briefs_closed import read_all_brief_pages

CANARY, CONFIRMING = "canaryvoice", "canaryseestoo"
HIDDEN_CLAUSE_REMARK = "[This clause is hidden because it quotes a contribution that has been withdrawn.]"


@pytest.fixture
def observation_item(coalition):
    return create_observation(
        coalition,
        create_representative(coalition, "KE", organisation_name="Whose it is"),
        what_worked="They pay twice here.",
    )


def add_voice_of_organisation(coalition, observation_item, organisation_name, voice_stance, voice_text="") -> Voice:
    person = create_representative(coalition, "KE", organisation_name=organisation_name)
    organisation = Organisation.objects.get(name=organisation_name)
    return add_observation_voice(
        actor=person, observation=observation_item, says=voice_stance, words=voice_text, organisation=organisation
    )


@pytest.fixture
def differing_voice(coalition, observation_item) -> Voice:
    return add_voice_of_organisation(coalition, observation_item, "An operator", "differs", f"Fees fell, {CANARY}.")


@pytest.fixture
def confirming_voice(coalition, observation_item) -> Voice:
    add_voice_of_organisation(coalition, observation_item, "Another helpline", "confirms")
    return add_voice_of_organisation(coalition, observation_item, CONFIRMING, "confirms")


@pytest.fixture
def text(coalition, rapporteur, observation_item, differing_voice, confirming_voice) -> Text:
    return create_brief_of(coalition, rapporteur, [observation_item])


@pytest.fixture
def published_brief(text, rapporteur):
    return publish_brief_edition(text, rapporteur)


@pytest.mark.parametrize(("voice_fixture", "canary"), [("differing_voice", CANARY), ("confirming_voice", CONFIRMING)])
@pytest.mark.slow
def test_withdrawn_voice_is_hidden_from_readers(client, published_brief, request, voice_fixture, canary):
    voice = request.getfixturevalue(voice_fixture)
    before = read_all_brief_pages(client, published_brief.text)
    withdraw_observation_voice(actor=voice.author, observation_voice=voice)
    after = read_all_brief_pages(client, published_brief.text)

    assert (canary in before, canary in after) == (True, False)
    assert HIDDEN_CLAUSE_REMARK in after
    assert "They pay twice here." in after
    assert "This source has been withdrawn" not in after
    assert index.search_records(published_brief.text.coalition, voice.author, canary).hits == []


def test_withdrawn_voice_is_hidden_in_shared_draft(text, differing_voice, rapporteur):
    withdraw_observation_voice(actor=differing_voice.author, observation_voice=differing_voice)
    bodies = [each.wording.body for each in Brief.build_for_draft(text, "five").clauses()]

    assert HIDDEN_CLAUSE_REMARK in bodies
    assert not any(CANARY in body for body in bodies)


def test_drafters_must_fix_clause_before_publishing(client, published_brief, differing_voice, rapporteur):
    withdraw_observation_voice(actor=differing_voice.author, observation_voice=differing_voice)
    client.force_login(rapporteur)
    text = Text.objects.get(pk=published_brief.text_id)
    text.coalition = published_brief.text.coalition
    told = "This text quotes a contribution that has been withdrawn. Clauses affected:"
    for page in (get_brief_url("brief_detail", text), f"{text.get_absolute_url()}write/"):
        assert told in client.get(page).text
    assert (
        "This clause quotes a contribution that its author has withdrawn."
        in client.get(f"{text.get_absolute_url()}write/").text
    )
    assert any(told in sentence for sentence in find_publishing_obstacles(text))

    row = Evidence.objects.get(taken_back=True)
    row.clause.text = text
    drafting.remove_clause_evidence(actor=rapporteur, evidence=row)
    drafting.create_named_revision(actor=rapporteur, text=text)
    assert find_publishing_obstacles(Text.objects.get(pk=text.pk)) == []


@pytest.mark.slow
def test_replaced_voice_is_hidden_after_withdrawal(client, coalition, published_brief, differing_voice):
    later = add_observation_voice(
        actor=differing_voice.author,
        observation=differing_voice.item,
        says="adds",
        words="And more.",
        organisation=differing_voice.organisation,
    )
    assert CANARY in read_all_brief_pages(client, published_brief.text)
    withdraw_observation_voice(actor=later.author, observation_voice=later)

    assert CANARY not in read_all_brief_pages(client, published_brief.text)


def test_several_voices_in_one_clause_are_one_source(published_brief, confirming_voice):
    brief = Brief(published_brief, "five")
    numbers = {each.clause.number for each in Evidence.objects.filter(part=f"voice-{confirming_voice.pk}")}

    assert Rest.objects.filter(part__startswith="voice-").count() == 3
    assert [brief.marks(number) for number in numbers] == ["[S1]"]
    assert len(brief.sources) == 1


def test_later_translation_leaves_out_withdrawn_voice(published_brief, differing_voice, rapporteur):
    withdraw_observation_voice(actor=differing_voice.author, observation_voice=differing_voice)
    french = actions.translate_brief(
        actor=rapporteur, original=published_brief.text, language="fr", title="Ce que l’on voit"
    )
    bodies = list(Wording.objects.filter(text=french.pk).values_list("body", flat=True))

    assert (HIDDEN_CLAUSE_REMARK in bodies, any(CANARY in body for body in bodies)) == (True, False)
    assert Evidence.objects.filter(clause__text=french.pk, part__startswith="voice-").count() == 3
