"""Offers and needs of the demo: one that a real report states, and made-up ones that show how both sides meet."""

from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Organisation
from jukwaa.cooperation.actions import enquiries, matches, offers
from jukwaa.cooperation.actions.offers import Whose
from jukwaa.cooperation.models import Match, Need, Offer, Side
from jukwaa.records.demo_parts import Demo, Row, address, demo_parts, read_demo_data


@demo_parts.register(50)
def offer_help(demo: Demo) -> None:
    demo.say("Creating offers and needs ...")
    said = read_demo_data("jukwaa.cooperation", "help.toml")
    offered = _from_its_sentence(demo, said["fact"])
    for number, row in enumerate(said["organisations"], 1):
        areas = row.pop("areas", [])
        name = f"A member of staff of {row['name'][0].lower()}{row['name'][1:]}"
        demo.add_speaker(
            row, Person.objects.create_user(address(f"giver {number}"), name=name, adult_confirmed_at=timezone.now())
        )
        demo.speakers[row["name"]][1].areas.set(AreaOfWork.objects.filter(coalition=demo.coalition, name__in=areas))
    given = {"fact": offered, **{row["key"]: _say(demo, row) for row in said["given"]}}
    for row in said["matches"]:
        _bring_together(demo, row, given)
    _ask(demo, said["enquiry"], given)


def _from_its_sentence(demo: Demo, fact: Row) -> Offer | Need:
    """By whoever keeps the record, from the entry that says so."""
    entry = demo.records[fact["entry"]]
    organisation = Organisation.objects.get(coalition=demo.coalition, name=fact["organisation"])
    return offers.offer_help(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        model=Offer,
        whose=Whose(organisation=organisation, origin=entry),
        said={"title": fact["entry"], "sort": fact["sort"]},
    )


def _say(demo: Demo, row: Row) -> Offer | Need:
    person, organisation = demo.speakers[row["who"]]
    kept = {name: value for name, value in row.items() if name not in ("key", "side", "who", "areas")}
    return offers.offer_help(
        actor=person,
        coalition=demo.coalition,
        model=Offer if row["side"] == "offer" else Need,
        whose=Whose(organisation=organisation),
        said=kept,
        areas=list(AreaOfWork.objects.filter(coalition=demo.coalition, name__in=row.get("areas", []))),
    )


def _bring_together(demo: Demo, row: Row, given: dict[str, Any]) -> None:
    """From the question of one side to the words of both."""
    offer, need = given[row["offer"]], given[row["need"]]
    asks = demo.coordinator if row.get("asked_by") == "coordinator" else _speaker(demo, need)
    match = matches.bring_together(actor=asks, offer=offer, need=need, words=row.get("words", ""))
    if "agrees" in row:
        side = Side(row["agrees"])
        match = matches.consent(actor=_speaker(demo, match.side(side)), match=match, side=side)
    for step in row["steps"]:
        match = _step(demo, match, step)


def _step(demo: Demo, match: Match, step: Row) -> Match:
    speaker = _speaker(demo, match.side(step["side"]))
    return matches.move_match(
        actor=speaker, match=match, state=step["state"], words=step["words"], from_state=match.state
    )


def _ask(demo: Demo, row: Row, given: dict[str, Any]) -> None:
    need = given[row["need"]]
    answering, organisation = demo.speakers[row["to"]]
    enquiry = enquiries.ask_expert(
        actor=_speaker(demo, need), need=need, organisation=organisation, question=row["question"]
    )
    answer = enquiries.Answer(text=row["answer"], may_be_shared=True)
    enquiries.answer_enquiry(actor=answering, enquiry=enquiry, answer=answer)


def _speaker(demo: Demo, given: Offer | Need) -> Person:
    return next(person for person, organisation in demo.speakers.values() if organisation.pk == given.organisation_id)
