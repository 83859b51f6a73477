"""Offers and needs of the demo: one that a real report states, and made-up ones that show how both sides meet."""

from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Organisation
from jukwaa.cooperation.actions import enquiries, matches, offers
from jukwaa.cooperation.actions.offers import Whose
from jukwaa.cooperation.models import Match, Need, Offer, Side
from jukwaa.home.demo.library import read
from jukwaa.home.demo.texts import Table
from jukwaa.meetings.models import Entry

type Row = dict[str, Any]


def offer_and_ask(table: Table) -> None:
    said = read("help.toml")
    offered = _from_its_sentence(table, said["fact"])
    for number, row in enumerate(said["organisations"], 1):
        areas = row.pop("areas", [])
        name = f"A member of staff of {row['name'][0].lower()}{row['name'][1:]}"
        table.seat(row, Person.objects.create_user(f"giver-{number}@demo.example", name=name))
        table.speakers[row["name"]][1].areas.set(AreaOfWork.objects.filter(coalition=table.coalition, name__in=areas))
    given = {"fact": offered, **{row["key"]: _say(table, row) for row in said["given"]}}
    for row in said["matches"]:
        _bring_together(table, row, given)
    _ask(table, said["enquiry"], given)


def _from_its_sentence(table: Table, fact: Row) -> Offer | Need:
    """By whoever keeps the record, from the entry that says so."""
    entry = Entry.objects.get(coalition=table.coalition, text=fact["entry"])
    organisation = Organisation.objects.get(coalition=table.coalition, name=fact["organisation"])
    return offers.offer_help(
        actor=table.rapporteur,
        coalition=table.coalition,
        model=Offer,
        whose=Whose(organisation=organisation, origin=entry),
        said={"title": entry.text, "sort": fact["sort"]},
    )


def _say(table: Table, row: Row) -> Offer | Need:
    person, organisation = table.speakers[row["who"]]
    kept = {name: value for name, value in row.items() if name not in ("key", "side", "who", "areas")}
    return offers.offer_help(
        actor=person,
        coalition=table.coalition,
        model=Offer if row["side"] == "offer" else Need,
        whose=Whose(organisation=organisation),
        said=kept,
        areas=list(AreaOfWork.objects.filter(coalition=table.coalition, name__in=row.get("areas", []))),
    )


def _bring_together(table: Table, row: Row, given: dict[str, Any]) -> None:
    """From the question of one side to the words of both."""
    offer, need = given[row["offer"]], given[row["need"]]
    asks = table.coordinator if row.get("asked_by") == "coordinator" else _speaker(table, need)
    match = matches.bring_together(actor=asks, offer=offer, need=need, words=row.get("words", ""))
    if "agrees" in row:
        side = Side(row["agrees"])
        match = matches.consent(actor=_speaker(table, match.side(side)), match=match, side=side)
    for step in row["steps"]:
        match = _step(table, match, step)


def _step(table: Table, match: Match, step: Row) -> Match:
    speaker = _speaker(table, match.side(step["side"]))
    return matches.move_match(
        actor=speaker, match=match, state=step["state"], words=step["words"], from_state=match.state
    )


def _ask(table: Table, row: Row, given: dict[str, Any]) -> None:
    need = given[row["need"]]
    answering, organisation = table.speakers[row["to"]]
    enquiry = enquiries.ask_expert(
        actor=_speaker(table, need), need=need, organisation=organisation, question=row["question"]
    )
    answer = enquiries.Answer(text=row["answer"], may_be_shared=True)
    enquiries.answer_enquiry(actor=answering, enquiry=enquiry, answer=answer)


def _speaker(table: Table, given: Offer | Need) -> Person:
    return next(person for person, organisation in table.speakers.values() if organisation.pk == given.organisation_id)
