"""What was withdrawn, held, closed or erased after it stood in a brief is shown no more, and nothing is lost."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.actions.publishing import find_publishing_obstacles
from jukwaa.drafting.importing import build_adapted_drafts
from jukwaa.drafting.models import Clause, Evidence, Input, Placement, Text, Wording
from jukwaa.library.actions.readers import Readers, change_readers
from jukwaa.records import index
from jukwaa.records.actions import withdraw_record
from jukwaa.records.actions.quarantine import hold_record, purge_record
from jukwaa.records.models import Label, Record
from jukwaa.regions import actions
from tests.regions.briefs import at, made, practice, published
from tests.regions.test_briefs_read import words_of

CANARY = "canarywithdrawn"
GONE = "[This clause is hidden because it quotes a record that is no longer open to its readers.]"


@pytest.fixture
def worked(coalition, member):
    return practice(coalition, member, title="The title of it", what_worked=f"It {CANARY} worked.")


@pytest.fixture
def edition(coalition, rapporteur, worked):
    return published(made(coalition, rapporteur, [worked]), rapporteur)


def everywhere(client, text: Text) -> str:
    """All that a reader of the text gets to see of it."""
    pages = [text.get_absolute_url(), at("brief_detail", text)]
    pages += [f"{text.get_absolute_url()}revisions/1/", f"{text.get_absolute_url()}1.0/"]
    pages += [f"{text.get_absolute_url()}1.0/edition.{ending}" for ending in ("md", "json")]
    pages += [f"{text.get_absolute_url()}compare/?from=1&to=1"]
    pages += [f"{text.get_absolute_url()}clauses/{n}/trace/" for n in Clause.objects.values_list("number", flat=True)]
    pages += [at("brief_read", text, version="1.0", length=length) for length in ("two", "five")]
    said = [client.get(url).content.decode() for url in pages]
    files = [at("brief_file", text, version="1.0", length=length, ending="docx") for length in ("two", "five")]
    return "\n".join([*said, *(words_of(client.get(url).content) for url in files)])


def close(worked, way, member, safeguarding_lead):
    if way == "withdrawn":
        withdraw_record(actor=member, record=worked, reason="A mistake")
    elif way == "amber":
        readers = Readers(label=Label.RED, persons=[member])
        change_readers(actor=member, record=worked, readers=readers)
    else:
        held = hold_record(actor=safeguarding_lead, record=Record.objects.get(pk=worked.pk))
        if way == "purged":
            purge_record(actor=safeguarding_lead, record=held)


@pytest.mark.parametrize("way", ["withdrawn", "amber", "held", "purged"])
def test_no_word_of_it_is_shown_to_readers_once_it_is_closed(client, edition, worked, member, safeguarding_lead, way):
    text = edition.text
    before = everywhere(client, text)
    close(worked, way, member, safeguarding_lead)
    after = everywhere(client, text)

    assert (CANARY in before, "The title of it" in before) == (True, True)
    assert (CANARY in after, "The title of it" in after) == (False, False)
    assert "Withdrawn since, or no longer open to all readers of this brief." in after
    assert index.search(text.coalition, member, CANARY).hits == [] or way == "amber"


def test_nothing_is_lost_and_what_is_released_stands_again(client, edition, worked, member):
    withdraw_record(actor=member, record=worked, reason="A mistake")

    assert Wording.objects.filter(body__contains=CANARY).exists()
    Record.objects.filter(pk=worked.pk).update(state="published")
    file = at("brief_file", edition.text, version="1.0", length="five", ending="docx")
    assert CANARY in words_of(client.get(file).content)


def test_what_is_purged_is_erased_from_what_quoted_it(edition, worked, member, safeguarding_lead):
    close(worked, "purged", member, safeguarding_lead)

    assert not Wording.objects.filter(body__contains=CANARY).exists()
    assert Wording.objects.filter(text=edition.text, body="[permanently deleted]").exists()


def test_its_drafters_are_told_at_the_clause_and_on_top(client, edition, worked, member, rapporteur):
    withdraw_record(actor=member, record=worked, reason="A mistake")
    client.force_login(rapporteur)
    text = edition.text

    for page in (at("brief_detail", text), text.get_absolute_url(), f"{text.get_absolute_url()}write/"):
        assert (
            "This text cites 1 record that its readers can no longer read. Clauses affected:" in client.get(page).text
        )
    written = client.get(f"{text.get_absolute_url()}write/").text
    assert "This clause cites a record that readers of this text can no longer read." in written


def test_it_is_not_published_before_each_clause_is_mended(client, edition, worked, member, rapporteur):
    withdraw_record(actor=member, record=worked, reason="A mistake")
    text = Text.objects.get(pk=edition.text_id)
    text.coalition = edition.text.coalition
    clauses = [each.clause for each in Evidence.objects.filter(clause__text=text)]
    assert any("can no longer read" in sentence for sentence in find_publishing_obstacles(text))
    for clause in clauses:
        clause.text = text
        digest = Placement.objects.now(text).get(clause=clause).wording.digest
        drafting.remove_clause(actor=rapporteur, clause=clause, from_digest=digest)

    assert any(
        "can no longer read" in sentence for sentence in find_publishing_obstacles(text)
    )  # readers still see the revision
    drafting.name_revision(actor=rapporteur, text=text)
    assert find_publishing_obstacles(Text.objects.get(pk=text.pk)) == []
    later = drafting.publish_edition(
        actor=rapporteur, text=Text.objects.get(pk=text.pk), issue=drafting.EditionDetails(without_call="Mended")
    )
    assert later.number == "2.0"
    assert CANARY not in everywhere(client, text)


def test_a_quote_that_was_taken_out_stays_out_of_what_was_published(client, edition, worked, member, rapporteur):
    """Its evidence is gone from the clause; the edition remembers what it quoted."""
    text = edition.text
    for evidence in Evidence.objects.filter(clause__text=text).select_related("clause__text__coalition"):
        clause, body = evidence.clause, f"Said anew {evidence.clause.number}."
        digest = Placement.objects.now(text).get(clause=clause).wording.digest
        drafting.write_clause(actor=rapporteur, clause=clause, body=body, from_digest=digest)
        drafting.remove_evidence(actor=rapporteur, evidence=evidence)
    drafting.name_revision(actor=rapporteur, text=text)
    withdraw_record(actor=member, record=worked, reason="A mistake")

    assert CANARY not in everywhere(client, text)
    fresh = Text.objects.get(pk=text.pk)
    assert find_publishing_obstacles(fresh) == []


def test_a_draft_is_withheld_in_its_files_too(client, coalition, rapporteur, member, worked):
    text = made(coalition, rapporteur, [worked])
    withdraw_record(actor=member, record=worked, reason="A mistake")
    client.force_login(rapporteur)
    draft = client.get(at("brief_read", text, version="draft", length="five")).text

    assert (CANARY in draft, GONE in draft) == (False, True)


def quoting(text: Text) -> Clause:
    clause = Evidence.objects.filter(clause__text=text, quoted=True).first().clause
    clause.text = text
    return clause


@pytest.mark.parametrize("deed", ["split", "merge", "adapt", "translate", "put back"])
def test_a_quote_is_known_as_one_wherever_its_words_go(edition, worked, rapporteur, deed):
    text = edition.text
    clause = quoting(text)
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    other = Clause.objects.get(text=text, number=2)
    other.text = text
    if deed == "split":
        _kept, new = drafting.split_clause(actor=rapporteur, clause=clause, at=5, from_digest=digest)
        found = new.clause
    elif deed == "merge":
        into = Placement.objects.now(text).get(clause=other).wording.digest
        drafting.merge_clauses(actor=rapporteur, clause=clause, into=other, from_digests=(digest, into))
        found = other
    elif deed == "put back":
        old = Placement.objects.now(text).get(clause=clause)
        drafting.write_clause(actor=rapporteur, clause=clause, body="Anew.", from_digest=digest)
        drafting.remove_evidence(actor=rapporteur, evidence=Evidence.objects.get(clause=clause, record=worked.pk))
        drafting.restore_placement(actor=rapporteur, placement=old)
        found = clause
    else:
        made_of_it = {
            "adapt": lambda: drafting.begin_text(
                actor=rapporteur,
                coalition=text.coalition,
                title="T",
                form="statement",
                beginning=drafting.TextStart(build_adapted_drafts(text)),
            ),
            "translate": lambda: actions.translate_brief(actor=rapporteur, original=text, language="fr", title="T"),
        }[deed]()
        found = quoting(made_of_it)

    assert Evidence.objects.filter(clause=found, record=worked.pk, quoted=True).exists()


def test_what_is_closed_between_choosing_and_making_is_left_out(coalition, member, rapporteur, worked):
    withdraw_record(actor=member, record=worked, reason="A mistake")
    text = made(coalition, rapporteur, [worked])

    assert not Evidence.objects.filter(clause__text=text).exists()


def test_a_text_that_opens_wider_than_what_it_quotes_is_not_published(coalition, rapporteur, member):
    inside = practice(coalition, member, label=Label.GREEN)
    text = made(coalition, rapporteur, [inside], readers=Readers(label=Label.GREEN))
    published(text, rapporteur)
    fresh = Text.objects.get(pk=text.pk)
    Record.objects.filter(pk=text.pk).update(label=Label.CLEAR)
    wider = Text.objects.get(pk=fresh.pk)

    with pytest.raises(ActionRefused, match="can no longer read"):
        drafting.publish_edition(actor=rapporteur, text=wider, issue=drafting.EditionDetails(without_call="So"))


def test_a_clause_that_was_split_off_shows_no_word_of_it_in_the_trace(client, edition, worked, rapporteur, member):
    text, clause = edition.text, quoting(edition.text)
    said = Placement.objects.now(text).get(clause=clause).wording
    at_the_word = said.body.index(CANARY)
    drafting.split_clause(actor=rapporteur, clause=clause, at=at_the_word, from_digest=said.digest)
    drafting.name_revision(actor=rapporteur, text=text)
    trace = f"{text.get_absolute_url()}clauses/{clause.number}/trace/"
    assert CANARY in client.get(trace).text
    withdraw_record(actor=member, record=worked, reason="A mistake")

    assert CANARY not in client.get(trace).text


def said_about(clause: Clause, drafter, member) -> Input:
    """A comment on a word of it, and another wording, which repeats the word."""
    question = drafting.ConsultationContent(closes_at=timezone.now() + timedelta(days=30))
    revision = clause.text.get_latest_revision()
    asked = drafting.open_consultation(actor=drafter, revision=revision, question=question)
    proposed = Placement.objects.now(clause.text).get(clause=clause).wording.body + " Indeed."
    more = {"kind": "proposal", "clause": clause, "exact": CANARY, "proposed": proposed}
    return drafting.give_input(actor=member, consultation=asked, said=drafting.InputContent(body="Good.", **more))


def of_input(given: Input) -> list[str]:
    named = [("input_detail", given.pk), ("input_annotation", given.pk)]
    named += [(name, given.consultation_id) for name in ("input_list", "annotations")]
    of = [reverse(f"drafting:{name}", args=[given.text.coalition.slug, pk]) for name, pk in named]
    return [*of[:3], f"{of[3]}?page=0"]


def test_inputs_show_no_word_of_it_either(client, edition, worked, rapporteur, member):
    text, clause = edition.text, quoting(edition.text)
    given = said_about(clause, rapporteur, member)
    pages = [f"{text.get_absolute_url()}clauses/{clause.number}/{name}/" for name in ("inputs", "trace")]
    pages += [text.get_absolute_url(), f"{text.get_absolute_url()}matrix/", *of_input(given)]
    before = [CANARY in client.get(page).text for page in pages]
    withdraw_record(actor=member, record=worked, reason="A mistake")

    assert before == [True] * len(pages)
    assert [page for page in pages if CANARY in client.get(page).text] == []


def test_what_one_said_and_the_matrix_as_a_file_show_no_word_of_it(client, edition, worked, rapporteur, member):
    text = edition.text
    said_about(quoting(text), rapporteur, member)
    own = reverse("drafting:own_inputs", args=[text.coalition.slug])
    files = [f"{text.get_absolute_url()}matrix.{ending}" for ending in ("docx", "xlsx")]

    def seen() -> list[bool]:
        client.force_login(member)
        return [CANARY in client.get(own).text, *(CANARY in unpacked(client.get(file).content) for file in files)]

    assert seen() == [True, True, True]
    withdraw_record(actor=member, record=worked, reason="A mistake")
    assert seen() == [False, False, False]


def unpacked(data: bytes) -> str:
    """All that stands in an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return "".join(file.read(name).decode(errors="ignore") for name in file.namelist())
