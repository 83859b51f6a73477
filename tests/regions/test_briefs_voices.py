"""What somebody said to an observation and took back stands in no brief any more that quoted it."""

import pytest

from jukwaa.coalitions.models import Organisation
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.actions.publishing import find_publishing_obstacles
from jukwaa.drafting.models import Evidence, Rest, Text, Wording
from jukwaa.records import index
from jukwaa.regions import actions
from jukwaa.regions.actions.voices import add_voice, withdraw_voice
from jukwaa.regions.briefs import Brief
from jukwaa.regions.models import Voice
from tests.regions.briefs import at, made, published
from tests.regions.observed import observed, speaker_from
from tests.regions.test_briefs_closed import everywhere

CANARY, SAYS_TOO = "canaryvoice", "canaryseestoo"
GONE = "[This clause is hidden because it quotes a contribution that has been withdrawn.]"


@pytest.fixture
def seen(coalition):
    return observed(coalition, speaker_from(coalition, "KE", name="Whose it is"), what_worked="They pay twice here.")


def said(coalition, seen, name, says, words="") -> Voice:
    person = speaker_from(coalition, "KE", name=name)
    organisation = Organisation.objects.get(name=name)
    return add_voice(actor=person, observation=seen, says=says, words=words, organisation=organisation)


@pytest.fixture
def differs(coalition, seen) -> Voice:
    return said(coalition, seen, "An operator", "differs", f"Fees fell, {CANARY}.")


@pytest.fixture
def sees_too(coalition, seen) -> Voice:
    said(coalition, seen, "Another helpline", "confirms")
    return said(coalition, seen, SAYS_TOO, "confirms")


@pytest.fixture
def text(coalition, rapporteur, seen, differs, sees_too) -> Text:
    return made(coalition, rapporteur, [seen])


@pytest.fixture
def edition(text, rapporteur):
    return published(text, rapporteur)


@pytest.mark.parametrize(("which", "word"), [("differs", CANARY), ("sees_too", SAYS_TOO)])
def test_readers_find_its_words_nowhere_once_it_is_taken_back(client, edition, request, which, word):
    voice = request.getfixturevalue(which)
    before = everywhere(client, edition.text)
    withdraw_voice(actor=voice.author, voice=voice)
    after = everywhere(client, edition.text)

    assert (word in before, word in after) == (True, False)
    assert GONE in after
    assert "They pay twice here." in after
    assert "Withdrawn since" not in after
    assert index.search(edition.text.coalition, voice.author, word).hits == []


def test_a_draft_that_is_handed_on_does_not_show_it_either(text, differs, rapporteur):
    withdraw_voice(actor=differs.author, voice=differs)
    bodies = [each.wording.body for each in Brief.for_draft(text, "five").clauses()]

    assert GONE in bodies
    assert not any(CANARY in body for body in bodies)


def test_its_drafters_are_told_and_can_not_publish_before_it_is_mended(client, edition, differs, rapporteur):
    withdraw_voice(actor=differs.author, voice=differs)
    client.force_login(rapporteur)
    text = Text.objects.get(pk=edition.text_id)
    text.coalition = edition.text.coalition
    told = "This text quotes a contribution that has been withdrawn. Clauses affected:"
    for page in (at("brief_detail", text), f"{text.get_absolute_url()}write/"):
        assert told in client.get(page).text
    assert (
        "This clause quotes a contribution that its author has withdrawn."
        in client.get(f"{text.get_absolute_url()}write/").text
    )
    assert any(told in sentence for sentence in find_publishing_obstacles(text))

    row = Evidence.objects.get(taken_back=True)
    row.clause.text = text
    drafting.remove_evidence(actor=rapporteur, evidence=row)
    drafting.name_revision(actor=rapporteur, text=text)
    assert find_publishing_obstacles(Text.objects.get(pk=text.pk)) == []


def test_what_was_said_before_and_gave_way_goes_with_it(client, coalition, edition, differs):
    later = add_voice(
        actor=differs.author,
        observation=differs.item,
        says="adds",
        words="And more.",
        organisation=differs.organisation,
    )
    assert CANARY in everywhere(client, edition.text)
    withdraw_voice(actor=later.author, voice=later)

    assert CANARY not in everywhere(client, edition.text)


def test_several_voices_in_one_clause_are_one_source(edition, sees_too):
    brief = Brief(edition, "five")
    numbers = {each.clause.number for each in Evidence.objects.filter(part=f"voice-{sees_too.pk}")}

    assert Rest.objects.filter(part__startswith="voice-").count() == 3
    assert [brief.marks(number) for number in numbers] == ["[S1]"]
    assert len(brief.sources) == 1


def test_a_translation_that_is_begun_later_does_not_hold_its_words(edition, differs, rapporteur):
    withdraw_voice(actor=differs.author, voice=differs)
    french = actions.translate_brief(actor=rapporteur, original=edition.text, language="fr", title="Ce que l’on voit")
    bodies = list(Wording.objects.filter(text=french.pk).values_list("body", flat=True))

    assert (GONE in bodies, any(CANARY in body for body in bodies)) == (True, False)
    assert Evidence.objects.filter(clause__text=french.pk, part__startswith="voice-").count() == 3
