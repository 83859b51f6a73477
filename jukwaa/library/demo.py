"""The library of the demo: what public pages say of real practices, each with its source."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.library.actions import (
    Decision,
    accept_review,
    add_use,
    assign_reviewer,
    change_item,
    decide_review,
    publish_item,
    send_for_review,
    share_item,
    translate_item,
)
from jukwaa.library.actions.web_links import add_web_link
from jukwaa.library.models import Item, Review
from jukwaa.records.actions import link_records
from jukwaa.records.demo_parts import LEAD, RAPPORTEUR, Demo, Row, demo_parts, read_demo_data
from jukwaa.records.models import Link

WRITTEN = ("summary", "what_worked", "what_changed", "how_it_links")
LINKS = {"supersedes": Link.Relation.SUPERSEDES, "adapted_from": Link.Relation.ADAPTED_FROM}

HELPLINE, OF_THE_HELPLINE = "A helpline in West Africa (made up for this demo)", "member of a made-up helpline"


@demo_parts.register(30)
def fill_library(demo: Demo) -> None:
    """From public pages, with a case study and an adaptation that are made up and say so."""
    demo.say("Adding public pages to the library ...")
    shelf = write_the_library(coalition=demo.coalition, rapporteur=demo.rapporteur)
    people = (demo.people[title] for title in (OF_THE_HELPLINE, LEAD, RAPPORTEUR))
    make_up(library=shelf, cast=Cast(demo.organisations[HELPLINE], *people))
    publish_the_library(shelf)
    demo.records |= shelf.items


@cache
def source_in(language: str) -> str:
    return str(read_demo_data("jukwaa.library", "source.toml")[language])


def rows() -> Iterator[Row]:
    """One of each file in turn: what is next to each other comes from different parts of the world."""
    folder = files("jukwaa.library").joinpath("data", "demo", "items")
    names = sorted(file.name for file in folder.iterdir())
    turns = zip_longest(*(read_demo_data("jukwaa.library", f"items/{name}")["item"] for name in names))
    return (row for turn in turns for row in turn if row is not None)


def write_the_library(*, coalition: Coalition, rapporteur: Person) -> "Shelf":
    """All as drafts. The rapporteur writes down what others did: no organisation says it here itself."""
    shelf = Shelf(coalition, rapporteur)
    written = sorted(rows(), key=lambda row: "translates" in row)  # an original comes before its translations
    for row in written:
        if "translates" in row:
            shelf.translate(row)
        else:
            shelf.share(row)
    for row in written:
        shelf.link(row)
    return shelf


def publish_the_library(shelf: "Shelf") -> None:
    """The last first, so that the front page begins with the first of each file."""
    for row in reversed(list(rows())):
        if "translates" in row:
            shelf.publish(row["translates"])  # an original before its translation
        shelf.publish(row["key"])


@dataclass
class Shelf:
    coalition: Coalition
    actor: Person
    organisation: Organisation | None = None
    items: dict[str, Item] = field(default_factory=dict)

    def share(self, row: Row) -> Item:
        item = share_item(
            actor=self.actor,
            coalition=self.coalition,
            organisation=self.organisation,
            kind=row["kind"],
            title=row["title"],
            language=row.get("language", "en"),
            countries=row.get("countries", []),
            areas=list(AreaOfWork.objects.filter(coalition=self.coalition, name__in=row["areas"])),
            **{name: row[name] for name in WRITTEN if name in row},
        )
        changes = {"details": row.get("details", {})}
        item = change_item(actor=self.actor, item=item, changes=changes, from_version=item.version)
        self.items[row["key"]] = item
        return item

    def translate(self, row: Row) -> None:
        self.items[row["key"]] = translate_item(
            actor=self.actor,
            original=self.items[row["translates"]],
            language=row["language"],
            title=row["title"],
            details=row["details"],
            **{name: row[name] for name in WRITTEN if name in row},
        )

    def link(self, row: Row) -> None:
        item = self.items[row["key"]]
        for url in row["sources"]:
            add_web_link(actor=self.actor, item=item, url=url, title=source_in(item.language))
        for name, relation in LINKS.items():
            if name in row:
                other = self.items[row[name]]
                link_records(
                    actor=self.actor, from_record=item, to_record=other, relation=relation, version=other.version
                )

    def publish(self, key: str) -> Item:
        self.items[key] = publish_item(actor=self.actor, item=self.items[key])
        return self.items[key]


@dataclass(frozen=True)
class Cast:
    helpline: Organisation
    author: Person
    lead: Person
    reader: Person


def make_up(*, library: Shelf, cast: Cast) -> None:
    said = read_demo_data("jukwaa.library", "made-up.toml")
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
