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
from tests.regions.briefs import create_brief_of, get_brief_url, publish_brief
from tests.regions.observed import create_observation, create_representative
from tests.regions.test_briefs_closed import read_all_brief_pages

CANARY, CONFIRMING = "canaryvoice", "canaryseestoo"
HIDDEN_CLAUSE_REMARK = "[This clause is hidden because it quotes a contribution that has been withdrawn.]"


@pytest.fixture
def observation_item(coalition):
    return create_observation(
        coalition, create_representative(coalition, "KE", name="Whose it is"), what_worked="They pay twice here."
    )


def add_voice_of(coalition, observation_item, name, says, words="") -> Voice:
    person = create_representative(coalition, "KE", name=name)
    organisation = Organisation.objects.get(name=name)
    return add_observation_voice(
        actor=person, observation=observation_item, says=says, words=words, organisation=organisation
    )


@pytest.fixture
def differs(coalition, observation_item) -> Voice:
    return add_voice_of(coalition, observation_item, "An operator", "differs", f"Fees fell, {CANARY}.")


@pytest.fixture
def sees_too(coalition, observation_item) -> Voice:
    add_voice_of(coalition, observation_item, "Another helpline", "confirms")
    return add_voice_of(coalition, observation_item, CONFIRMING, "confirms")


@pytest.fixture
def text(coalition, rapporteur, observation_item, differs, sees_too) -> Text:
    return create_brief_of(coalition, rapporteur, [observation_item])


@pytest.fixture
def edition(text, rapporteur):
    return publish_brief(text, rapporteur)


@pytest.mark.parametrize(("which", "word"), [("differs", CANARY), ("sees_too", CONFIRMING)])
@pytest.mark.slow
def test_withdrawn_voice_is_hidden_from_readers(client, edition, request, which, word):
    voice = request.getfixturevalue(which)
    before = read_all_brief_pages(client, edition.text)
    withdraw_observation_voice(actor=voice.author, observation_voice=voice)
    after = read_all_brief_pages(client, edition.text)

    assert (word in before, word in after) == (True, False)
    assert HIDDEN_CLAUSE_REMARK in after
    assert "They pay twice here." in after
    assert "This source has been withdrawn" not in after
    assert index.search(edition.text.coalition, voice.author, word).hits == []


def test_withdrawn_voice_is_hidden_in_shared_draft(text, differs, rapporteur):
    withdraw_observation_voice(actor=differs.author, observation_voice=differs)
    bodies = [each.wording.body for each in Brief.build_for_draft(text, "five").clauses()]

    assert HIDDEN_CLAUSE_REMARK in bodies
    assert not any(CANARY in body for body in bodies)


def test_drafters_must_fix_clause_before_publishing(client, edition, differs, rapporteur):
    withdraw_observation_voice(actor=differs.author, observation_voice=differs)
    client.force_login(rapporteur)
    text = Text.objects.get(pk=edition.text_id)
    text.coalition = edition.text.coalition
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
    drafting.name_revision(actor=rapporteur, text=text)
    assert find_publishing_obstacles(Text.objects.get(pk=text.pk)) == []


@pytest.mark.slow
def test_replaced_voice_is_withdrawn_too(client, coalition, edition, differs):
    later = add_observation_voice(
        actor=differs.author,
        observation=differs.item,
        says="adds",
        words="And more.",
        organisation=differs.organisation,
    )
    assert CANARY in read_all_brief_pages(client, edition.text)
    withdraw_observation_voice(actor=later.author, observation_voice=later)

    assert CANARY not in read_all_brief_pages(client, edition.text)


def test_several_voices_in_one_clause_are_one_source(edition, sees_too):
    brief = Brief(edition, "five")
    numbers = {each.clause.number for each in Evidence.objects.filter(part=f"voice-{sees_too.pk}")}

    assert Rest.objects.filter(part__startswith="voice-").count() == 3
    assert [brief.marks(number) for number in numbers] == ["[S1]"]
    assert len(brief.sources) == 1


def test_later_translation_leaves_out_withdrawn_voice(edition, differs, rapporteur):
    withdraw_observation_voice(actor=differs.author, observation_voice=differs)
    french = actions.translate_brief(actor=rapporteur, original=edition.text, language="fr", title="Ce que l’on voit")
    bodies = list(Wording.objects.filter(text=french.pk).values_list("body", flat=True))

    assert (HIDDEN_CLAUSE_REMARK in bodies, any(CANARY in body for body in bodies)) == (True, False)
    assert Evidence.objects.filter(clause__text=french.pk, part__startswith="voice-").count() == 3
