"""The texts of the demo, one in each stage: begun, asked about, answered, called for, and published.

Each does what a rapporteur, a coordinator and the speakers of made-up organisations would do. Only time is lent to it:
what closed was open for as long as it had to be, some weeks ago.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import OrganisationFacts, add_affiliation, add_membership, add_organisation
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.drafting import actions
from jukwaa.drafting.actions import Answering, Beginning, Draft, Issue, Question, Said, Stand
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
from jukwaa.home.demo.library import Shelf, read
from jukwaa.meetings.actions.raising import began_as
from jukwaa.meetings.models import Entry

Row = dict[str, Any]
LASTS, AGO = timedelta(days=21), timedelta(days=30)


@dataclass
class Table:
    """Those who draft, ask and speak."""

    coalition: Coalition
    coordinator: Person
    rapporteur: Person
    library: Shelf
    speakers: dict[str, tuple[Person, Organisation]] = field(default_factory=dict)

    def seat(self, row: Row, person: Person) -> None:
        """A member organisation that is made up, and somebody who speaks for it."""
        organisation = add_organisation(
            actor=self.coordinator, coalition=self.coalition, facts=OrganisationFacts(**row)
        )
        add_membership(actor=self.coordinator, coalition=self.coalition, organisation=organisation)
        add_affiliation(actor=self.coordinator, person=person, organisation=organisation, may_speak=True)
        self.speakers[row["name"]] = person, organisation


def draft_the_texts(table: Table) -> None:
    said = read("texts.toml")
    _agree_on_rules(table, said["terms"])
    for row in said["texts"]:
        text = _begin(table, row, said["entry"]["text"])
        if row["stage"] == "drafted":
            continue
        actions.name_revision(actor=table.rapporteur, text=text, name="Draft 1")
        actions.open_text(actor=table.rapporteur, text=text)
        if row.get("inputs"):
            _ask(table, text, row)
        _agree(table, text, row)


def _agree_on_rules(table: Table, terms: list[Row]) -> None:
    """Silence counts as nothing: what real organisations think of a text that was made up is nobody's to say."""
    actions.set_rules(actor=table.coordinator, coalition=table.coalition, silence=Rules.Silence.NOTHING, days=14)
    for row in terms:
        actions.define_term(actor=table.rapporteur, coalition=table.coalition, language="en", **{"source": "", **row})


def _begin(table: Table, row: Row, entry: str) -> Text:
    text = actions.begin_text(
        actor=table.rapporteur,
        coalition=table.coalition,
        title=row["title"],
        form=row["form"],
        summary=row["summary"],
        areas=list(AreaOfWork.objects.filter(coalition=table.coalition, name__in=row["areas"])),
        beginning=Beginning([Draft(each[1], kind=each[0]) for each in row["clauses"]]),
    )
    if row.get("began"):
        remark = Entry.objects.get(coalition=table.coalition, text=entry)
        began_as(actor=table.rapporteur, entry=remark, record=text)
    for clause, each in zip(text.clauses.order_by("number"), row["clauses"], strict=True):
        for key in each[2:]:
            actions.cite_record(actor=table.rapporteur, clause=clause, record=table.library.items[key])
    text.coalition = table.coalition
    return text


def _ask(table: Table, text: Text, row: Row) -> None:
    """Three weeks; those of a text that has gone on since have passed."""
    question = Question(closes_at=timezone.now() + LASTS, **row.get("asks", {}))
    revision = text.revisions.get(number=1)
    consultation = actions.open_consultation(actor=table.coordinator, revision=revision, question=question)
    for said in row["inputs"]:
        given = _give(table, consultation, said)
        if "answer" in said:
            answering = Answering(answer=said["answer"], reason=said["reason"])
            actions.answer_input(actor=table.rapporteur, given=given, answering=answering)
    if row["stage"] != "asked":
        began = timezone.now() - LASTS - AGO
        Consultation.objects.filter(pk=consultation.pk).update(opens_at=began, closes_at=began + LASTS)


def _give(table: Table, consultation: Consultation, said: Row) -> Input:
    person, organisation = table.speakers[said["who"]]
    words = Said(
        kind=said.get("kind", Input.Kind.COMMENT),
        body=said["body"],
        proposed=said.get("proposed", ""),
        exact=said.get("exact", ""),
        clause=_clause(consultation.text, said["clause"]),
    )
    return actions.give_input(actor=person, consultation=consultation, said=words, organisation=organisation)


def _agree(table: Table, text: Text, row: Row) -> None:
    call = row.get("call")
    if call and "restarted" in call:
        before = _call(table, text, call["before"])
        _revise(table, text, row)
        again = actions.restart_call(
            actor=table.coordinator, call=before, reason=call["restarted"], closes_at=timezone.now() + LASTS
        )
        _speak(table, again, call["positions"])
    elif call:
        _revise(table, text, row)
        _publish(table, text, _call(table, text, call["positions"]), call)


def _revise(table: Table, text: Text, row: Row) -> Revision:
    for change in row["changes"]:
        clause = _clause(text, change["clause"])
        digest = Placement.objects.now(text).get(clause=clause).wording.digest
        actions.write_clause(actor=table.rapporteur, clause=clause, body=change["body"], from_digest=digest)
    return actions.name_revision(actor=table.rapporteur, text=text, name="Draft 2")


def _call(table: Table, text: Text, positions: list[Row]) -> Call:
    call = actions.call_for_consensus(actor=table.coordinator, text=text, closes_at=timezone.now() + LASTS)
    _speak(table, call, positions)
    return call


def _speak(table: Table, call: Call, positions: list[Row]) -> None:
    for said in positions:
        person, organisation = table.speakers[said["who"]]
        clause = _clause(call.text, said["clause"]) if "clause" in said else None
        stand = Stand(said["stance"], said.get("reason", ""), clause)
        actions.take_position(actor=person, call=call, organisation=organisation, stand=stand)


def _publish(table: Table, text: Text, call: Call, said: Row) -> None:
    began = timezone.now() - AGO
    Call.objects.filter(pk=call.pk).update(opens_at=began, closes_at=began + LASTS)
    call.positions.update(at=began + LASTS / 2)
    actions.declare_outcome(actor=table.coordinator, call=call, outcome=said["outcome"], reason=said["reason"])
    actions.publish_edition(actor=table.rapporteur, text=text, issue=Issue())


def _clause(text: Text, number: int) -> Clause:
    clause = Clause.objects.get(text=text, number=number)
    clause.text = text
    return clause
