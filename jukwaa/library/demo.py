"""The library of the demo: what public pages say of real practices, each with its source."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.library.actions import change_item, publish_item, share_item, translate_item
from jukwaa.library.actions.web_links import add_web_link
from jukwaa.library.models import Item
from jukwaa.records.actions import link_records
from jukwaa.records.models import Link

WRITTEN = ("summary", "what_worked", "what_changed", "how_it_links")
LINKS = {"supersedes": Link.Relation.SUPERSEDES, "adapted_from": Link.Relation.ADAPTED_FROM}

type Row = dict[str, Any]


def read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("jukwaa.home.demo").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def source_in(language: str) -> str:
    return str(read("source.toml")[language])


def rows() -> Iterator[Row]:
    """One of each file in turn: what is next to each other comes from different parts of the world."""
    folder = files("jukwaa.home.demo").joinpath("data", "library")
    names = sorted(file.name for file in folder.iterdir())
    turns = zip_longest(*(read(f"library/{name}")["item"] for name in names))
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
