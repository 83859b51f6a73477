"""What the demo makes up to show a feature, by an organisation that is named by what it is: each text says so."""

from dataclasses import dataclass
from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.home.demo.library import Shelf, read
from jukwaa.library.actions import (
    Decision,
    accept_review,
    add_use,
    assign_reviewer,
    decide_review,
    send_for_review,
)
from jukwaa.library.models import Item, Review


@dataclass(frozen=True)
class Cast:
    helpline: Organisation
    author: Person
    lead: Person
    reader: Person


def make_up(*, library: Shelf, cast: Cast) -> None:
    said = read("made-up.toml")
    shelf = Shelf(library.coalition, cast.author, cast.helpline)
    review(shelf.share({"key": "case-study", **said["case_study"]}), said["review"], cast)
    _adapt(shelf, said, original=library.publish(said["use"].pop("of")))


def review(item: Item, said: dict[str, Any], cast: Cast) -> None:
    """The way of every case study: its author declares, the lead asks somebody else, who reads it and decides."""
    asked = send_for_review(actor=cast.author, item=item, consent=said["consent"])
    asked = assign_reviewer(actor=cast.lead, review=asked, reviewer=cast.reader)
    asked = accept_review(actor=cast.reader, review=asked)
    decision = Decision(outcome=Review.Outcome.PUBLISH, can_be_combined=False, reason=said["reason"])
    decide_review(actor=cast.reader, review=asked, decision=decision)


def _adapt(shelf: Shelf, said: dict[str, Any], *, original: Item) -> None:
    shelf.share({"key": "adaptation", **said["adaptation"]})
    add_use(
        actor=shelf.actor,
        item=original,
        organisation=shelf.organisation,
        adaptation=shelf.publish("adaptation"),
        **said["use"],
    )
