"""The texts of the demo, one in each stage: begun, asked about, answered, called for, and published.

Each does what a rapporteur, a coordinator and the speakers of made-up organisations would do. Only time is lent to it:
what closed was open for as long as it had to be, some weeks ago.
"""

from datetime import timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import add_membership
from jukwaa.coalitions.models import AreaOfWork
from jukwaa.drafting import actions
from jukwaa.drafting.actions import (
    ClauseDraft,
    ConsultationContent,
    EditionDetails,
    InputAnswer,
    InputContent,
    PositionContent,
    TextStart,
)
from jukwaa.drafting.models import (
    Call,
    Clause,
    Consultation,
    Input,
    Placement,
    Revision,
    Rules,
    Text,
)
from jukwaa.library.demo import HELPLINE_NAME, HELPLINE_PERSON_TITLE
from jukwaa.records.actions.links import link_record_to_origin
from jukwaa.records.demo_parts import Demo, Row, build_demo_address, demo_part_registry, read_demo_data

CONSULTATION_LENGTH, CLOSED_SINCE = timedelta(days=21), timedelta(days=30)


@demo_part_registry.register(40)
def draft_demo_texts(demo: Demo) -> None:
    demo.say("Drafting texts, one in each stage ...")
    said = read_demo_data("jukwaa.drafting", "texts.toml")
    _add_demo_speakers(demo, said["organisations"])
    _set_demo_rules_and_terms(demo, said["terms"])
    for row in said["texts"]:
        text = _begin_demo_text(demo, row, said["entry"]["text"])
        if row["stage"] == "drafted":
            continue
        actions.create_named_revision(actor=demo.rapporteur, text=text, revision_name="Draft 1")
        actions.open_text_to_readers(actor=demo.rapporteur, text=text)
        if row.get("inputs"):
            _open_demo_consultation(demo, text, row)
        _run_demo_call(demo, text, row)


def _add_demo_speakers(demo: Demo, demo_rows: list[Row]) -> None:
    """Those who speak in the texts and in later parts, with organisations that are made up for it."""
    helpline = demo.organisations[HELPLINE_NAME]
    add_membership(actor=demo.coordinator, coalition=demo.coalition, organisation=helpline)
    demo.speakers[HELPLINE_NAME] = demo.people[HELPLINE_PERSON_TITLE], helpline
    for number, row in enumerate(demo_rows, 1):
        name = f"A member of staff of {row['name'][0].lower()}{row['name'][1:]}"
        demo.add_demo_representative(
            row,
            Person.objects.create_user(
                build_demo_address(f"speaker {number}"), name=name, adult_confirmed_at=timezone.now()
            ),
        )


def _set_demo_rules_and_terms(demo: Demo, demo_terms: list[Row]) -> None:
    """Silence counts as nothing: what real organisations think of a text that was made up is nobody's to say."""
    actions.set_decision_rules(actor=demo.coordinator, coalition=demo.coalition, silence=Rules.Silence.NOTHING, days=14)
    for row in demo_terms:
        actions.define_glossary_term(
            actor=demo.rapporteur, coalition=demo.coalition, language="en", **{"source": "", **row}
        )


def _begin_demo_text(demo: Demo, demo_row: Row, text_name: str) -> Text:
    text = actions.begin_text(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        title=demo_row["title"],
        form=demo_row["form"],
        summary=demo_row["summary"],
        areas=list(AreaOfWork.objects.filter(coalition=demo.coalition, name__in=demo_row["areas"])),
        beginning=TextStart([ClauseDraft(each[1], kind=each[0]) for each in demo_row["clauses"]]),
    )
    if demo_row.get("began"):
        link_record_to_origin(actor=demo.rapporteur, record=text, origin_record=demo.records[text_name])
    for clause, each in zip(text.clauses.order_by("number"), demo_row["clauses"], strict=True):
        for key in each[2:]:
            actions.cite_record_as_evidence(actor=demo.rapporteur, clause=clause, record=demo.records[key])
    text.coalition = demo.coalition
    return text


def _open_demo_consultation(demo: Demo, text: Text, demo_row: Row) -> None:
    """Three weeks; those of a text that has gone on since have passed."""
    question = ConsultationContent(closes_at=timezone.now() + CONSULTATION_LENGTH, **demo_row.get("asks", {}))
    revision = text.revisions.get(number=1)
    consultation = actions.open_consultation(actor=demo.coordinator, revision=revision, consultation_content=question)
    for said in demo_row["inputs"]:
        given = _give_demo_input(demo, consultation, said)
        if "answer" in said:
            answering = InputAnswer(answer=said["answer"], reason=said["reason"])
            actions.answer_input(actor=demo.rapporteur, given_input=given, input_answer=answering)
    if demo_row["stage"] != "asked":
        began = timezone.now() - CONSULTATION_LENGTH - CLOSED_SINCE
        Consultation.objects.filter(pk=consultation.pk).update(opens_at=began, closes_at=began + CONSULTATION_LENGTH)


def _give_demo_input(demo: Demo, consultation: Consultation, demo_input: Row) -> Input:
    person, organisation = demo.speakers[demo_input["who"]]
    words = InputContent(
        kind=demo_input.get("kind", Input.Kind.COMMENT),
        body=demo_input["body"],
        proposed=demo_input.get("proposed", ""),
        exact=demo_input.get("exact", ""),
        clause=_get_clause_by_number(consultation.text, demo_input["clause"]),
    )
    return actions.give_consultation_input(
        actor=person, consultation=consultation, said=words, organisation=organisation
    )


def _run_demo_call(demo: Demo, text: Text, demo_row: Row) -> None:
    call = demo_row.get("call")
    if call and "restarted" in call:
        before = _open_demo_call(demo, text, call["before"])
        _revise_demo_text(demo, text, demo_row)
        again = actions.restart_consensus_call(
            actor=demo.coordinator,
            call=before,
            reason=call["restarted"],
            closes_at=timezone.now() + CONSULTATION_LENGTH,
        )
        _take_demo_positions(demo, again, call["positions"])
    elif call:
        _revise_demo_text(demo, text, demo_row)
        _publish_demo_text(demo, text, _open_demo_call(demo, text, call["positions"]), call)


def _revise_demo_text(demo: Demo, text: Text, demo_row: Row) -> Revision:
    for change in demo_row["changes"]:
        clause = _get_clause_by_number(text, change["clause"])
        digest = Placement.objects.now(text).get(clause=clause).wording.digest
        actions.write_clause_body(actor=demo.rapporteur, clause=clause, clause_body=change["body"], from_digest=digest)
    return actions.create_named_revision(actor=demo.rapporteur, text=text, revision_name="Draft 2")


def _open_demo_call(demo: Demo, text: Text, positions: list[Row]) -> Call:
    call = actions.call_for_consensus(actor=demo.coordinator, text=text, closes_at=timezone.now() + CONSULTATION_LENGTH)
    _take_demo_positions(demo, call, positions)
    return call


def _take_demo_positions(demo: Demo, call: Call, positions: list[Row]) -> None:
    for said in positions:
        person, organisation = demo.speakers[said["who"]]
        clause = _get_clause_by_number(call.text, said["clause"]) if "clause" in said else None
        stand = PositionContent(said["stance"], said.get("reason", ""), clause)
        actions.take_call_position(actor=person, call=call, organisation=organisation, stand=stand)


def _publish_demo_text(demo: Demo, text: Text, call: Call, demo_input: Row) -> None:
    began = timezone.now() - CLOSED_SINCE
    Call.objects.filter(pk=call.pk).update(opens_at=began, closes_at=began + CONSULTATION_LENGTH)
    call.positions.update(at=began + CONSULTATION_LENGTH / 2)
    actions.declare_call_outcome(
        actor=demo.coordinator, call=call, outcome=demo_input["outcome"], reason=demo_input["reason"]
    )
    actions.publish_edition(actor=demo.rapporteur, text=text, edition_details=EditionDetails())


def _get_clause_by_number(text: Text, clause_number: int) -> Clause:
    clause = Clause.objects.get(text=text, number=clause_number)
    clause.text = text
    return clause
