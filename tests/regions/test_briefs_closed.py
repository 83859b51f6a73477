"""Records that are withdrawn, quarantined, restricted or deleted after a brief quoted them are hidden in it."""

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
from jukwaa.library.actions.readers import RecordReaders, change_record_readers
from jukwaa.records import index
from jukwaa.records.actions import withdraw_record
from jukwaa.records.actions.quarantine import hold_record_in_quarantine, purge_record
from jukwaa.records.models import Label, Record
from jukwaa.regions import actions
from tests.regions.briefs import create_brief_of, create_practice, get_brief_url, publish_brief_edition
from tests.regions.test_briefs_read import extract_docx_text

UNIQUE_WORD = "canarywithdrawn"
HIDDEN_CLAUSE_REMARK = "[This clause is hidden because it quotes a record that readers of this text can no longer see.]"


@pytest.fixture
def practice_quoted_in_brief(coalition, member):
    return create_practice(coalition, member, title="The title of it", what_worked=f"It {UNIQUE_WORD} worked.")


@pytest.fixture
def published_brief(coalition, rapporteur, practice_quoted_in_brief):
    return publish_brief_edition(create_brief_of(coalition, rapporteur, [practice_quoted_in_brief]), rapporteur)


def read_all_brief_pages(client, text: Text) -> str:
    """Return everything that a reader of the text can see."""
    pages = [text.get_absolute_url(), get_brief_url("brief_detail", text)]
    pages += [f"{text.get_absolute_url()}revisions/1/", f"{text.get_absolute_url()}1.0/"]
    pages += [f"{text.get_absolute_url()}1.0/edition.{ending}" for ending in ("md", "json")]
    pages += [f"{text.get_absolute_url()}compare/?from=1&to=1"]
    pages += [f"{text.get_absolute_url()}clauses/{n}/trace/" for n in Clause.objects.values_list("number", flat=True)]
    pages += [get_brief_url("brief_read", text, version="1.0", length=length) for length in ("two", "five")]
    said = [client.get(url).content.decode() for url in pages]
    files = [
        get_brief_url("brief_file", text, version="1.0", length=length, ending="docx") for length in ("two", "five")
    ]
    return "\n".join([*said, *(extract_docx_text(client.get(url).content) for url in files)])


def withdraw_or_hold_record(quoted_practice, closing_case, member, safeguarding_lead):
    if closing_case == "withdrawn":
        withdraw_record(actor=member, record=quoted_practice, reason="A mistake")
    elif closing_case == "amber":
        readers = RecordReaders(label=Label.RED, persons=[member])
        change_record_readers(actor=member, record=quoted_practice, readers=readers)
    else:
        held = hold_record_in_quarantine(actor=safeguarding_lead, record=Record.objects.get(pk=quoted_practice.pk))
        if closing_case == "purged":
            purge_record(actor=safeguarding_lead, record=held)


@pytest.mark.parametrize("closing_case", ["withdrawn", "amber", "held", "purged"])
def test_closed_record_is_hidden_from_readers(
    client, published_brief, practice_quoted_in_brief, member, safeguarding_lead, closing_case
):
    text = published_brief.text
    before = read_all_brief_pages(client, text)
    withdraw_or_hold_record(practice_quoted_in_brief, closing_case, member, safeguarding_lead)
    after = read_all_brief_pages(client, text)

    assert (UNIQUE_WORD in before, "The title of it" in before) == (True, True)
    assert (UNIQUE_WORD in after, "The title of it" in after) == (False, False)
    assert "This source has been withdrawn, or some readers of this brief can no longer read it." in after
    assert index.search_records(text.coalition, member, UNIQUE_WORD).hits == [] or closing_case == "amber"


def test_quotation_of_released_record_is_shown_again(client, published_brief, practice_quoted_in_brief, member):
    withdraw_record(actor=member, record=practice_quoted_in_brief, reason="A mistake")

    assert Wording.objects.filter(body__contains=UNIQUE_WORD).exists()
    Record.objects.filter(pk=practice_quoted_in_brief.pk).update(state="published")
    file = get_brief_url("brief_file", published_brief.text, version="1.0", length="five", ending="docx")
    assert UNIQUE_WORD in extract_docx_text(client.get(file).content)


def test_permanent_deletion_erases_quotations(published_brief, practice_quoted_in_brief, member, safeguarding_lead):
    withdraw_or_hold_record(practice_quoted_in_brief, "purged", member, safeguarding_lead)

    assert not Wording.objects.filter(body__contains=UNIQUE_WORD).exists()
    assert Wording.objects.filter(text=published_brief.text, body="[permanently deleted]").exists()


def test_drafters_see_warning_at_clause_and_top(client, published_brief, practice_quoted_in_brief, member, rapporteur):
    withdraw_record(actor=member, record=practice_quoted_in_brief, reason="A mistake")
    client.force_login(rapporteur)
    text = published_brief.text

    for page in (get_brief_url("brief_detail", text), text.get_absolute_url(), f"{text.get_absolute_url()}write/"):
        assert (
            "This text cites 1 record that its readers can no longer read. Clauses affected:" in client.get(page).text
        )
    written = client.get(f"{text.get_absolute_url()}write/").text
    assert "This clause cites a record that readers of this text can no longer read." in written


def test_brief_is_published_only_after_hidden_clauses_are_fixed(
    client, published_brief, practice_quoted_in_brief, member, rapporteur
):
    withdraw_record(actor=member, record=practice_quoted_in_brief, reason="A mistake")
    text = Text.objects.get(pk=published_brief.text_id)
    text.coalition = published_brief.text.coalition
    clauses = [each.clause for each in Evidence.objects.filter(clause__text=text)]
    assert any("can no longer read" in sentence for sentence in find_publishing_obstacles(text))
    for clause in clauses:
        clause.text = text
        digest = Placement.objects.now(text).get(clause=clause).wording.digest
        drafting.remove_clause(actor=rapporteur, clause=clause, seen_digest=digest)

    assert any(
        "can no longer read" in sentence for sentence in find_publishing_obstacles(text)
    )  # readers still see the revision
    drafting.create_named_revision(actor=rapporteur, text=text)
    assert find_publishing_obstacles(Text.objects.get(pk=text.pk)) == []
    later = drafting.publish_edition(
        actor=rapporteur,
        text=Text.objects.get(pk=text.pk),
        edition_details=drafting.EditionDetails(without_call="Mended"),
    )
    assert later.number == "2.0"
    assert UNIQUE_WORD not in read_all_brief_pages(client, text)


def test_removed_quotation_remains_hidden_in_editions(
    client, published_brief, practice_quoted_in_brief, member, rapporteur
):
    """The clause has no evidence any more; the edition still knows what it quoted."""
    text = published_brief.text
    for evidence in Evidence.objects.filter(clause__text=text).select_related("clause__text__coalition"):
        clause, body = evidence.clause, f"Said anew {evidence.clause.number}."
        digest = Placement.objects.now(text).get(clause=clause).wording.digest
        drafting.write_clause_body(actor=rapporteur, clause=clause, clause_body=body, from_digest=digest)
        drafting.remove_clause_evidence(actor=rapporteur, evidence=evidence)
    drafting.create_named_revision(actor=rapporteur, text=text)
    withdraw_record(actor=member, record=practice_quoted_in_brief, reason="A mistake")

    assert UNIQUE_WORD not in read_all_brief_pages(client, text)
    fresh = Text.objects.get(pk=text.pk)
    assert find_publishing_obstacles(fresh) == []


def test_files_of_draft_hide_closed_record(client, coalition, rapporteur, member, practice_quoted_in_brief):
    text = create_brief_of(coalition, rapporteur, [practice_quoted_in_brief])
    withdraw_record(actor=member, record=practice_quoted_in_brief, reason="A mistake")
    client.force_login(rapporteur)
    draft = client.get(get_brief_url("brief_read", text, version="draft", length="five")).text

    assert (UNIQUE_WORD in draft, HIDDEN_CLAUSE_REMARK in draft) == (False, True)


def get_quoting_clause(text: Text) -> Clause:
    clause = Evidence.objects.filter(clause__text=text, quoted=True).first().clause
    clause.text = text
    return clause


@pytest.mark.parametrize("clause_edit", ["split", "merge", "adapt", "translate", "put back"])
def test_quoting_clause_is_recognised_after_edits(published_brief, practice_quoted_in_brief, rapporteur, clause_edit):
    text = published_brief.text
    clause = get_quoting_clause(text)
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    other = Clause.objects.get(text=text, number=2)
    other.text = text
    if clause_edit == "split":
        _kept, new = drafting.split_clause(actor=rapporteur, clause=clause, character_index=5, seen_digest=digest)
        found = new.clause
    elif clause_edit == "merge":
        into = Placement.objects.now(text).get(clause=other).wording.digest
        drafting.merge_clauses(actor=rapporteur, clause=clause, target_clause=other, seen_digests=(digest, into))
        found = other
    elif clause_edit == "put back":
        old = Placement.objects.now(text).get(clause=clause)
        drafting.write_clause_body(actor=rapporteur, clause=clause, clause_body="Anew.", from_digest=digest)
        drafting.remove_clause_evidence(
            actor=rapporteur, evidence=Evidence.objects.get(clause=clause, record=practice_quoted_in_brief.pk)
        )
        drafting.restore_clause_placement(actor=rapporteur, placement=old)
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
        }[clause_edit]()
        found = get_quoting_clause(made_of_it)

    assert Evidence.objects.filter(clause=found, record=practice_quoted_in_brief.pk, quoted=True).exists()


def test_record_closed_before_creation_is_left_out(coalition, member, rapporteur, practice_quoted_in_brief):
    withdraw_record(actor=member, record=practice_quoted_in_brief, reason="A mistake")
    text = create_brief_of(coalition, rapporteur, [practice_quoted_in_brief])

    assert not Evidence.objects.filter(clause__text=text).exists()


def test_text_wider_than_its_quotations_is_not_published(coalition, rapporteur, member):
    inside = create_practice(coalition, member, label=Label.GREEN)
    text = create_brief_of(coalition, rapporteur, [inside], readers=RecordReaders(label=Label.GREEN))
    publish_brief_edition(text, rapporteur)
    fresh = Text.objects.get(pk=text.pk)
    Record.objects.filter(pk=text.pk).update(label=Label.CLEAR)
    wider = Text.objects.get(pk=fresh.pk)

    with pytest.raises(ActionRefused, match="can no longer read"):
        drafting.publish_edition(
            actor=rapporteur, text=wider, edition_details=drafting.EditionDetails(without_call="So")
        )


def test_trace_of_split_clause_hides_closed_record(
    client, published_brief, practice_quoted_in_brief, rapporteur, member
):
    text, clause = published_brief.text, get_quoting_clause(published_brief.text)
    said = Placement.objects.now(text).get(clause=clause).wording
    at_the_word = said.body.index(UNIQUE_WORD)
    drafting.split_clause(actor=rapporteur, clause=clause, character_index=at_the_word, seen_digest=said.digest)
    drafting.create_named_revision(actor=rapporteur, text=text)
    trace = f"{text.get_absolute_url()}clauses/{clause.number}/trace/"
    assert UNIQUE_WORD in client.get(trace).text
    withdraw_record(actor=member, record=practice_quoted_in_brief, reason="A mistake")

    assert UNIQUE_WORD not in client.get(trace).text


def add_wording_input(clause: Clause, drafter, member) -> Input:
    """Add an input that quotes a word of the clause and proposes a wording with it."""
    question = drafting.ConsultationContent(closes_at=timezone.now() + timedelta(days=30))
    revision = clause.text.get_latest_revision()
    asked = drafting.open_consultation(actor=drafter, revision=revision, consultation_content=question)
    proposed = Placement.objects.now(clause.text).get(clause=clause).wording.body + " Indeed."
    more = {"kind": "proposal", "clause": clause, "exact": UNIQUE_WORD, "proposed": proposed}
    return drafting.give_consultation_input(
        actor=member, consultation=asked, said=drafting.InputContent(body="Good.", **more)
    )


def list_input_urls(text_input: Input) -> list[str]:
    named = [("input_detail", text_input.pk), ("input_annotation", text_input.pk)]
    named += [(name, text_input.consultation_id) for name in ("input_list", "annotations")]
    of = [reverse(f"drafting:{name}", args=[text_input.text.coalition.slug, pk]) for name, pk in named]
    return [*of[:3], f"{of[3]}?page=0"]


def test_inputs_hide_closed_record(client, published_brief, practice_quoted_in_brief, rapporteur, member):
    text, clause = published_brief.text, get_quoting_clause(published_brief.text)
    given = add_wording_input(clause, rapporteur, member)
    pages = [f"{text.get_absolute_url()}clauses/{clause.number}/{name}/" for name in ("inputs", "trace")]
    pages += [text.get_absolute_url(), f"{text.get_absolute_url()}matrix/", *list_input_urls(given)]
    before = [UNIQUE_WORD in client.get(page).text for page in pages]
    withdraw_record(actor=member, record=practice_quoted_in_brief, reason="A mistake")

    assert before == [True] * len(pages)
    assert [page for page in pages if UNIQUE_WORD in client.get(page).text] == []


def test_contributions_and_matrix_file_hide_closed_record(
    client, published_brief, practice_quoted_in_brief, rapporteur, member
):
    text = published_brief.text
    add_wording_input(get_quoting_clause(text), rapporteur, member)
    own = reverse("drafting:own_inputs", args=[text.coalition.slug])
    files = [f"{text.get_absolute_url()}matrix.{ending}" for ending in ("docx", "xlsx")]

    def list_quote_visibility() -> list[bool]:
        client.force_login(member)
        return [
            UNIQUE_WORD in client.get(own).text,
            *(UNIQUE_WORD in unzip_document_text(client.get(file).content) for file in files),
        ]

    assert list_quote_visibility() == [True, True, True]
    withdraw_record(actor=member, record=practice_quoted_in_brief, reason="A mistake")
    assert list_quote_visibility() == [False, False, False]


def unzip_document_text(file_content: bytes) -> str:
    """Return the text of all parts of an office file."""
    with zipfile.ZipFile(io.BytesIO(file_content)) as file:
        return "".join(file.read(name).decode(errors="ignore") for name in file.namelist())
