"""Offers and needs of the demo: one that a real report states, and made-up ones that show how both sides meet."""

from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Organisation
from jukwaa.cooperation.actions import enquiries, matches, offers
from jukwaa.cooperation.actions.offers import HelpOwner
from jukwaa.cooperation.models import Match, MatchSide, Need, Offer
from jukwaa.records.demo_parts import (
    Demo,
    Row,
    build_demo_address,
    demo_part_registry,
    mark_part_as_factual,
    mark_records_as_examples,
    read_demo_data,
)


@demo_part_registry.register(50)
@mark_part_as_factual
def build_demo_help(demo: Demo) -> None:
    demo.say("Creating offers and needs ...")
    said = read_demo_data("jukwaa.cooperation", "help.toml")
    offered = _create_help_from_source(demo, said["fact"])
    for number, row in enumerate(said["organisations"], 1):
        areas = row.pop("areas", [])
        name = f"A member of staff of {row['name'][0].lower()}{row['name'][1:]}"
        demo.add_demo_representative(
            row,
            Person.objects.create_user(
                build_demo_address(f"giver {number}"), name=name, adult_confirmed_at=timezone.now()
            ),
        )
        demo.speakers[row["name"]][1].areas.set(AreaOfWork.objects.filter(coalition=demo.coalition, name__in=areas))
    with mark_records_as_examples():
        given = {"fact": offered, **{row["key"]: _create_demo_help(demo, row) for row in said["given"]}}
        for row in said["matches"]:
            _propose_demo_match(demo, row, given)
        _ask_demo_expert(demo, said["enquiry"], given)


def _create_help_from_source(demo: Demo, source_row: Row) -> Offer | Need:
    """By whoever keeps the record, from the entry that says so."""
    entry = demo.records[source_row["entry"]]
    organisation = Organisation.objects.get(coalition=demo.coalition, name=source_row["organisation"])
    return offers.create_offer_or_need(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        help_model=Offer,
        whose=HelpOwner(organisation=organisation, origin=entry),
        said={"title": source_row["entry"], "sort": source_row["sort"]},
    )


def _create_demo_help(demo: Demo, demo_row: Row) -> Offer | Need:
    person, organisation = demo.speakers[demo_row["who"]]
    kept = {name: value for name, value in demo_row.items() if name not in ("key", "side", "who", "areas")}
    return offers.create_offer_or_need(
        actor=person,
        coalition=demo.coalition,
        help_model=Offer if demo_row["side"] == "offer" else Need,
        whose=HelpOwner(organisation=organisation),
        said=kept,
        areas=list(AreaOfWork.objects.filter(coalition=demo.coalition, name__in=demo_row.get("areas", []))),
    )


def _propose_demo_match(demo: Demo, demo_row: Row, help_data: dict[str, Any]) -> None:
    """From the question of one side to the words of both."""
    offer, need = help_data[demo_row["offer"]], help_data[demo_row["need"]]
    asks = demo.coordinator if demo_row.get("asked_by") == "coordinator" else _find_owner_representative(demo, need)
    match = matches.propose_match(actor=asks, offer=offer, need=need, words=demo_row.get("words", ""))
    if "agrees" in demo_row:
        side = MatchSide(demo_row["agrees"])
        match = matches.give_match_consent(
            actor=_find_owner_representative(demo, match.side(side)), match=match, match_side=side
        )
    for step in demo_row["steps"]:
        match = _add_match_step(demo, match, step)


def _add_match_step(demo: Demo, match: Match, step_data: Row) -> Match:
    speaker = _find_owner_representative(demo, match.side(step_data["side"]))
    return matches.update_match_state(
        actor=speaker, match=match, state=step_data["state"], words=step_data["words"], from_state=match.state
    )


def _ask_demo_expert(demo: Demo, demo_row: Row, help_data: dict[str, Any]) -> None:
    need = help_data[demo_row["need"]]
    answering, organisation = demo.speakers[demo_row["to"]]
    enquiry = enquiries.ask_expert(
        actor=_find_owner_representative(demo, need),
        need=need,
        organisation=organisation,
        question=demo_row["question"],
    )
    answer = enquiries.EnquiryAnswer(text=demo_row["answer"], may_be_shared=True)
    enquiries.answer_enquiry(actor=answering, enquiry=enquiry, enquiry_answer=answer)


def _find_owner_representative(demo: Demo, help_record: Offer | Need) -> Person:
    return next(
        person for person, organisation in demo.speakers.values() if organisation.pk == help_record.organisation_id
    )
