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
    ReviewDecision,
    accept_item_review,
    add_item_use,
    assign_item_reviewer,
    change_item,
    decide_item_review,
    publish_item,
    send_for_review,
    share_item,
    translate_item,
)
from jukwaa.library.actions.web_links import add_web_link
from jukwaa.library.models import Item, Review
from jukwaa.records.actions import link_records
from jukwaa.records.demo_parts import (
    LEAD_ROLE,
    RAPPORTEUR,
    Demo,
    Row,
    demo_part_registry,
    mark_part_as_factual,
    mark_records_as_examples,
    read_demo_data,
)
from jukwaa.records.models import Link

DEMO_TEXT_FIELDS = ("summary", "what_worked", "what_changed", "how_it_links")
RELATION_BY_DEMO_KEY = {"supersedes": Link.Relation.SUPERSEDES, "adapted_from": Link.Relation.ADAPTED_FROM}

HELPLINE_NAME, HELPLINE_PERSON_TITLE = (
    "A helpline in West Africa (example)",
    "member of a made-up helpline",
)


@demo_part_registry.register(30)
@mark_part_as_factual
def create_library_demo(demo: Demo) -> None:
    """From public pages, with a case study and an adaptation that are made up and say so."""
    demo.say("Adding public pages to the library ...")
    shelf = create_demo_items(coalition=demo.coalition, rapporteur=demo.rapporteur)
    people = (demo.people[title] for title in (HELPLINE_PERSON_TITLE, LEAD_ROLE, RAPPORTEUR))
    with mark_records_as_examples():
        create_made_up_items(library=shelf, demo_people=DemoPeople(demo.organisations[HELPLINE_NAME], *people))
    publish_demo_items(shelf)
    demo.records |= shelf.items


@cache
def get_source_label(language: str) -> str:
    return str(read_demo_data("jukwaa.library", "source.toml")[language])


def load_item_rows() -> Iterator[Row]:
    """One of each file in turn: what is next to each other comes from different parts of the world."""
    folder = files("jukwaa.library").joinpath("data", "demo", "items")
    names = sorted(file.name for file in folder.iterdir())
    turns = zip_longest(*(read_demo_data("jukwaa.library", f"items/{name}")["item"] for name in names))
    return (row for turn in turns for row in turn if row is not None)


def create_demo_items(*, coalition: Coalition, rapporteur: Person) -> "DemoLibrary":
    """All as drafts. The rapporteur writes down what others did: no organisation says it here itself."""
    shelf = DemoLibrary(coalition, rapporteur)
    written = sorted(load_item_rows(), key=lambda row: "translates" in row)  # an original comes before its translations
    for row in written:
        if "translates" in row:
            shelf.translate(row)
        else:
            shelf.share(row)
    for row in written:
        shelf.link(row)
    return shelf


def publish_demo_items(demo_library: "DemoLibrary") -> None:
    """The last first, so that the front page begins with the first of each file."""
    for row in reversed(list(load_item_rows())):
        if "translates" in row:
            demo_library.publish(row["translates"])  # an original before its translation
        demo_library.publish(row["key"])


@dataclass
class DemoLibrary:
    coalition: Coalition
    actor: Person
    organisation: Organisation | None = None
    items: dict[str, Item] = field(default_factory=dict)

    def share(self, demo_row: Row) -> Item:
        item = share_item(
            actor=self.actor,
            coalition=self.coalition,
            organisation=self.organisation,
            kind=demo_row["kind"],
            title=demo_row["title"],
            language=demo_row.get("language", "en"),
            countries=demo_row.get("countries", []),
            areas=list(AreaOfWork.objects.filter(coalition=self.coalition, name__in=demo_row["areas"])),
            **{name: demo_row[name] for name in DEMO_TEXT_FIELDS if name in demo_row},
        )
        changes = {"details": demo_row.get("details", {})}
        item = change_item(actor=self.actor, item=item, changes=changes, from_version=item.version)
        self.items[demo_row["key"]] = item
        return item

    def translate(self, demo_row: Row) -> None:
        self.items[demo_row["key"]] = translate_item(
            actor=self.actor,
            original=self.items[demo_row["translates"]],
            language=demo_row["language"],
            title=demo_row["title"],
            details=demo_row["details"],
            **{name: demo_row[name] for name in DEMO_TEXT_FIELDS if name in demo_row},
        )

    def link(self, demo_row: Row) -> None:
        item = self.items[demo_row["key"]]
        for url in demo_row["sources"]:
            add_web_link(actor=self.actor, item=item, url=url, title=get_source_label(item.language))
        for name, relation in RELATION_BY_DEMO_KEY.items():
            if name in demo_row:
                other = self.items[demo_row[name]]
                link_records(
                    actor=self.actor,
                    source_record=item,
                    to_record=other,
                    relation=relation,
                    source_version=other.version,
                )

    def publish(self, item_key: str) -> Item:
        self.items[item_key] = publish_item(actor=self.actor, item=self.items[item_key])
        return self.items[item_key]


@dataclass(frozen=True)
class DemoPeople:
    helpline: Organisation
    author: Person
    lead: Person
    reader: Person


def create_made_up_items(*, library: DemoLibrary, demo_people: DemoPeople) -> None:
    demo_data = read_demo_data("jukwaa.library", "made-up.toml")
    shelf = DemoLibrary(library.coalition, demo_people.author, demo_people.helpline)
    review_case_study(shelf.share({"key": "case-study", **demo_data["case_study"]}), demo_data["review"], demo_people)
    _create_demo_adaptation(shelf, demo_data, original=library.publish(demo_data["use"].pop("of")))


def review_case_study(item: Item, demo_data: dict[str, Any], demo_people: DemoPeople) -> None:
    """The way of every case study: its author declares, the lead asks somebody else, who reads it and decides."""
    asked = send_for_review(actor=demo_people.author, item=item, consent_text=demo_data["consent"])
    asked = assign_item_reviewer(actor=demo_people.lead, review=asked, reviewer=demo_people.reader)
    asked = accept_item_review(actor=demo_people.reader, review=asked)
    decision = ReviewDecision(outcome=Review.Outcome.PUBLISH, can_be_combined=False, reason=demo_data["reason"])
    decide_item_review(actor=demo_people.reader, review=asked, decision=decision)


def _create_demo_adaptation(demo_library: DemoLibrary, demo_data: dict[str, Any], *, original: Item) -> None:
    demo_library.share({"key": "adaptation", **demo_data["adaptation"]})
    add_item_use(
        actor=demo_library.actor,
        item=original,
        organisation=demo_library.organisation,
        adaptation=demo_library.publish("adaptation"),
        **demo_data["use"],
    )
