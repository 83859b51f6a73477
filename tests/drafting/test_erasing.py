"""A text that was purged leaves no word behind: not of its clauses, nor of what was said and agreed about them."""

from datetime import timedelta
from functools import partial

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.utils import timezone

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, ConsultationContent, EditionDetails, InputContent, PositionContent
from jukwaa.drafting.models import Call, Consultation, Evidence, Input, Placement, Position, Returned, Text, Wording
from jukwaa.library.actions import add_item_use
from jukwaa.library.models import Item
from jukwaa.mail.models import Message
from jukwaa.records import index
from jukwaa.records.actions import (
    add_comment,
    attach_file_to_record,
    hold_record_in_quarantine,
    purge_record,
    redact_names_in_record,
)
from jukwaa.records.models import Record
from jukwaa.records.tasks import delete_files
from jukwaa.updates.models import Letter, PendingMail
from tests.drafting.consensus import end_consensus_call, get_moment_days_from_now
from tests.drafting.dispositions import answer_text_input
from tests.factories import DocumentFactory, TextFactory

UNIQUE_WORD = "Canaryword"
TEXT_WITH_UNIQUE_WORD = f"Of {UNIQUE_WORD}, in so many words."


def find_rows_containing(searched_word):
    """Every row of every table that holds the word."""
    return [
        (model.__name__, row)
        for model in apps.get_models()
        for row in model._base_manager.values("pk", *(field.attname for field in model._meta.concrete_fields))
        if searched_word in str(row)
    ]


def open_consultation_with(text, actor) -> Consultation:
    question = ConsultationContent(
        closes_at=timezone.now() + timedelta(days=30),
        asks="public",
        introduction=TEXT_WITH_UNIQUE_WORD,
        questions=[TEXT_WITH_UNIQUE_WORD],
    )
    return actions.open_consultation(actor=actor, revision=text.get_latest_revision(), consultation_content=question)


def add_inputs_to_text(text, consultation, member, rapporteur, coordinator) -> None:
    placement = Placement.objects.now(text).last()
    say = partial(actions.give_consultation_input, actor=member, consultation=consultation)
    proposal = say(
        said=InputContent(
            kind="proposal",
            body=TEXT_WITH_UNIQUE_WORD,
            proposed=f"{TEXT_WITH_UNIQUE_WORD} And more.",
            clause=placement.clause,
        )
    )
    hidden = say(said=InputContent(body=TEXT_WITH_UNIQUE_WORD, clause=placement.clause, exact=UNIQUE_WORD))
    logged = actions.log_spoken_input(
        actor=rapporteur,
        consultation=consultation,
        input_content=InputContent(body=TEXT_WITH_UNIQUE_WORD, came="room"),
        speaker_name=f"A teacher of {UNIQUE_WORD}",
    )
    for given in (proposal, logged):
        answer_text_input(given, rapporteur, reason=TEXT_WITH_UNIQUE_WORD)
    actions.hide_input(actor=coordinator, given_input=hidden, reason=TEXT_WITH_UNIQUE_WORD)
    Returned.objects.create(
        text=text,
        consultation=consultation,
        revision=consultation.revision,
        by=member,
        said_by=UNIQUE_WORD,
        file_name=f"{UNIQUE_WORD}.docx",
        digest="1" * 64,
        findings=[{"body": TEXT_WITH_UNIQUE_WORD}],
    )
    PendingMail.objects.create(
        kind="reply",
        coalition=text.coalition,
        address="a@example.org",
        person=member,
        record=text,
        question=f"consultation:{consultation.pk}",
        text=TEXT_WITH_UNIQUE_WORD,
    )


def add_consensus_call(text, coordinator, organisation, delegate) -> None:
    call = actions.call_for_consensus(
        actor=coordinator, text=text, closes_at=get_moment_days_from_now(14), although=TEXT_WITH_UNIQUE_WORD
    )
    clause = Placement.objects.now(text).last().clause
    stand = partial(actions.take_call_position, actor=delegate, call=call, organisation=organisation)
    for stance in ("object", "reservation"):
        stand(stand=PositionContent(stance, TEXT_WITH_UNIQUE_WORD, clause))
    end_consensus_call(call)
    actions.declare_call_outcome(actor=coordinator, call=call, outcome="consensus", reason=TEXT_WITH_UNIQUE_WORD)


def send_emails_about(record, coalition) -> None:
    mail = Message.objects.create(
        key=f"{record.pk}",
        to="a@example.org",
        subject=TEXT_WITH_UNIQUE_WORD,
        body=TEXT_WITH_UNIQUE_WORD,
        html=TEXT_WITH_UNIQUE_WORD,
        message_id=f"<{record.pk}>",
    )
    Letter.objects.create(message=mail, coalition=coalition, record_id=record.pk)


@pytest.fixture
def text_with_inputs(coalition, member, rapporteur, coordinator, organisation, delegate) -> tuple[Text, list[str]]:
    """A text with this word wherever a word fits, published; and the file that hangs on it."""
    text = actions.begin_text(
        actor=member,
        coalition=coalition,
        title=UNIQUE_WORD,
        form="guideline",
        summary=TEXT_WITH_UNIQUE_WORD,
        beginning=actions.TextStart([ClauseDraft(UNIQUE_WORD, kind="heading"), ClauseDraft(TEXT_WITH_UNIQUE_WORD)]),
    )
    actions.create_named_revision(
        actor=member, text=text, revision_name=UNIQUE_WORD, revision_note=TEXT_WITH_UNIQUE_WORD
    )
    actions.open_text_to_readers(actor=member, text=text)
    cited = DocumentFactory(coalition=coalition, title="A report", published=True)
    clause = Placement.objects.now(text).last().clause
    actions.cite_record_as_evidence(actor=member, clause=clause, record=cited, where=UNIQUE_WORD)
    consultation = open_consultation_with(text, rapporteur)
    add_inputs_to_text(text, consultation, member, rapporteur, coordinator)
    Input.objects.waiting().update(disposition="noted")
    add_consensus_call(text, coordinator, organisation, delegate)
    actions.close_consultation(actor=rapporteur, consultation=consultation)
    actions.publish_edition(actor=rapporteur, text=text, edition_details=EditionDetails())
    here = Placement.objects.now(text).last()
    actions.write_clause_body(
        actor=rapporteur, clause=clause, clause_body=f"Now {TEXT_WITH_UNIQUE_WORD}", from_digest=here.wording.digest
    )
    actions.create_named_revision(actor=rapporteur, text=text, revision_name=UNIQUE_WORD)
    actions.publish_edition(
        actor=rapporteur,
        text=text,
        edition_details=EditionDetails(errata=TEXT_WITH_UNIQUE_WORD, without_call=TEXT_WITH_UNIQUE_WORD),
    )
    add_item_use(
        actor=member, item=Item.objects.get(), how=TEXT_WITH_UNIQUE_WORD, result=TEXT_WITH_UNIQUE_WORD, year=2026
    )
    add_comment(actor=member, record=text, body=TEXT_WITH_UNIQUE_WORD)
    send_emails_about(text, coalition)
    return text, [
        attach_file_to_record(
            actor=member, record=text, file_name="notes.txt", data=TEXT_WITH_UNIQUE_WORD.encode()
        ).file.name
    ]


def test_purged_text_leaves_no_words(text_with_inputs, safeguarding_lead):
    text, files = text_with_inputs
    held = {model for model, _row in find_rows_containing(UNIQUE_WORD)}
    hold_record_in_quarantine(actor=safeguarding_lead, record=text)
    purge_record(actor=safeguarding_lead, record=Record.objects.get(pk=text.pk))
    delete_files.call(files)

    assert {"Wording", "Input", "Disposition", "Position", "Call", "Edition", "Evidence", "Returned", "Item"} <= held
    assert find_rows_containing(UNIQUE_WORD) == []
    assert not any(default_storage.exists(name) for name in files)
    assert (Call.objects.count(), Position.objects.count()) == (1, 2)


def test_redacted_name_is_gone_from_text(text_with_inputs, safeguarding_lead):
    text, files = text_with_inputs
    digests = set(Wording.objects.values_list("digest", flat=True))

    redact_names_in_record(
        actor=safeguarding_lead, record=Record.objects.get(pk=text.pk), names=[UNIQUE_WORD], includes_files=True
    )
    delete_files.call(files)

    left = {model for model, _row in find_rows_containing(UNIQUE_WORD)}
    assert left == {"Capacity", "Person"} & left  # who is no word of the text, but took part
    assert not digests & set(Wording.objects.filter(body__contains="[name removed]").values_list("digest", flat=True))
    assert index.search_records(text.coalition, safeguarding_lead, UNIQUE_WORD).hits == []


def test_redacted_name_is_gone_from_texts_that_quote_record(coalition, rapporteur, coordinator):
    cited = DocumentFactory(coalition=coalition, text=TEXT_WITH_UNIQUE_WORD, published=True)
    text = actions.begin_text(
        actor=rapporteur, coalition=coalition, title="A text", form="guideline",
        beginning=actions.TextStart([ClauseDraft(TEXT_WITH_UNIQUE_WORD)]),
    )  # fmt: skip
    clause = Placement.objects.now(text).get().clause
    Evidence.objects.create(clause=clause, record=cited, quoted=True)

    redact_names_in_record(actor=coordinator, record=cited, names=[UNIQUE_WORD])

    assert Placement.objects.now(text).get().wording.body == TEXT_WITH_UNIQUE_WORD.replace(
        UNIQUE_WORD, "[name removed]"
    )


def test_purged_clause_leaves_no_guessable_digest(text_with_inputs, safeguarding_lead):
    text, _files = text_with_inputs
    hold_record_in_quarantine(actor=safeguarding_lead, record=text)
    purge_record(actor=safeguarding_lead, record=Record.objects.get(pk=text.pk))

    assert not Wording.objects.filter(digest=actions.compute_wording_digest(TEXT_WITH_UNIQUE_WORD)).exists()


def test_purged_record_removes_its_quotations_from_texts(coalition, member, safeguarding_lead):
    cited = DocumentFactory(coalition=coalition, title="Cited", published=True)
    quoting = TextFactory(
        coalition=coalition, author=member, saying=[f"As they say: {TEXT_WITH_UNIQUE_WORD}", "Our own words."]
    )
    clause = quoting.clauses.get(number=1)
    actions.cite_record_as_evidence(actor=member, clause=clause, record=cited, quoted=True)
    hold_record_in_quarantine(actor=safeguarding_lead, record=cited)
    purge_record(actor=safeguarding_lead, record=Record.objects.get(pk=cited.pk))

    bodies = Wording.objects.order_by("placements__clause__number").values_list("body", flat=True)
    assert list(bodies) == ["[permanently deleted]", "Our own words."]
    assert find_rows_containing(UNIQUE_WORD) == []
