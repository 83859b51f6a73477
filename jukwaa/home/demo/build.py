"""Builds the demo through the ordinary actions: what a coordinator and a rapporteur would do, step by step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import (
    OrganisationFacts,
    add_affiliation,
    add_area,
    add_coalition_name,
    add_membership,
    add_organisation,
    add_scheme,
    change_coalition,
    give_role,
)
from jukwaa.coalitions.actions.founding import found_coalition
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.home.demo.briefs import prepare_a_brief
from jukwaa.home.demo.events import announce_the_day
from jukwaa.home.demo.help import offer_and_ask
from jukwaa.home.demo.library import Shelf, publish_the_library, read, write_the_library
from jukwaa.home.demo.made_up import Cast, make_up
from jukwaa.home.demo.meetings import write_down
from jukwaa.home.demo.observations import observe_the_regions
from jukwaa.home.demo.outreach import plan_for_nairobi
from jukwaa.home.demo.plans import plan_for_an_example
from jukwaa.home.demo.reading import read_the_report
from jukwaa.home.demo.texts import Table, draft_the_texts
from jukwaa.home.demo.work import work_together
from jukwaa.updates.actions import release_mail

SLUG = "child-online-safety"
COORDINATOR, RAPPORTEUR, LEAD = "coordinator", "rapporteur", "safeguarding lead"
PLANNER = "planner of an example island state"
HELPLINE, OF_THE_HELPLINE = "A helpline in West Africa (made up for this demo)", "member of a made-up helpline"

type Say = Callable[[str], None]


def address(title: str) -> str:
    """An address that can't exist: the top-level domain is reserved for examples."""
    return f"{title.lower().replace(' ', '-')}@demo.example"


def personas() -> Iterator[tuple[str, Person]]:
    """Those who can be tried out, with the title that the terminal shows."""
    for row in read("coalition.toml")["people"]:
        yield row["title"], Person.objects.get(email=address(row["title"]))


def build(*, say: Say) -> Coalition:
    """Make the demo coalition, and say each step as it is done."""
    maker = _Maker(read("coalition.toml"))
    say("Founding the coalition ...")
    maker.found()
    say("Entering the organisations that public records name ...")
    maker.enter_organisations()
    maker.seat_people()
    say("Reading the report of Sharm El Sheikh, sentence by sentence ...")
    read_the_report(coalition=maker.coalition, rapporteur=maker.person(RAPPORTEUR), coordinator=maker.coordinator)
    say("Writing down the later meetings ...")
    for row in maker.facts["meetings"]:
        write_down(row, coalition=maker.coalition, rapporteur=maker.person(RAPPORTEUR))
    say("Filling the library from public pages ...")
    library = write_the_library(coalition=maker.coalition, rapporteur=maker.person(RAPPORTEUR))
    make_up(library=library, cast=maker.cast())
    publish_the_library(library)
    say("Drafting texts, one in each stage ...")
    table = maker.table(library)
    draft_the_texts(table)
    say("Offering help, and asking for it ...")
    offer_and_ask(table)
    say("Writing down what regions observe ...")
    observe_the_regions(table, maker.cast())
    say("Preparing a brief for policy makers ...")
    prepare_a_brief(table)
    say("Agreeing on joint work, and following it ...")
    work_together(table)
    say("Announcing Safer Internet Day ...")
    announce_the_day(table)
    say("Opening the workspace of an example plan ...")
    plan_for_an_example(table, maker.person(PLANNER))
    say("Planning for Nairobi ...")
    plan_for_nairobi(table)
    release_mail(actor=maker.coordinator, coalition=maker.coalition)
    return maker.coalition


@dataclass
class _Maker:
    facts: dict[str, Any]
    organisations: dict[str, Organisation] = field(default_factory=dict)

    @cached_property
    def coordinator(self) -> Person:
        return self.person(COORDINATOR)

    @cached_property
    def coalition(self) -> Coalition:
        facts = self.facts
        return found_coalition(name=facts["name"], slug=SLUG, coordinator=self.coordinator, forum=facts["forum"])

    def person(self, title: str) -> Person:
        name = next(row["name"] for row in self.facts["people"] if row["title"] == title)
        there = Person.objects.with_address(address(title)).first()
        return there or Person.objects.create_user(address(title), name=name, name_is_public=True)

    def cast(self) -> Cast:
        author, lead, reader = (self.person(title) for title in (OF_THE_HELPLINE, LEAD, RAPPORTEUR))
        return Cast(self.organisations[HELPLINE], author, lead, reader)

    def table(self, library: Shelf) -> Table:
        """Those who draft and speak, with organisations that are made up for it."""
        table = Table(self.coalition, self.coordinator, self.person(RAPPORTEUR), library)
        helpline = self.organisations[HELPLINE]
        add_membership(actor=self.coordinator, coalition=self.coalition, organisation=helpline)
        table.speakers[HELPLINE] = self.person(OF_THE_HELPLINE), helpline
        for number, row in enumerate(read("texts.toml")["organisations"], 1):
            name = f"A member of staff of {row['name'][0].lower()}{row['name'][1:]}"
            table.seat(row, Person.objects.create_user(address(f"speaker {number}"), name=name))
        return table

    def found(self) -> None:
        facts, actor, coalition = self.facts, self.coordinator, self.coalition
        changes = {
            "about": facts["about"].strip(),
            "objectives": "\n".join(facts["objectives"]),
            "founded": facts["founded"],
        }
        change_coalition(actor=actor, coalition=coalition, changes=changes)
        for row in facts["names"]:
            add_coalition_name(actor=actor, coalition=coalition, **row)
        for name in facts["areas"]:
            add_area(actor=actor, coalition=coalition, name=name)
        add_scheme(actor=actor, coalition=coalition, scheme="itu-cop")

    def enter_organisations(self) -> None:
        for row in self.facts["organisations"]:
            row = dict(row)  # noqa: PLW2901 - `member` is not a fact of the directory
            since = row.pop("member", None)
            organisation = add_organisation(
                actor=self.coordinator, coalition=self.coalition, facts=OrganisationFacts(**row)
            )
            self.organisations[row["name"]] = organisation
            if since is not None:
                starts_on = date.fromisoformat(since) if since else None
                add_membership(
                    actor=self.coordinator, coalition=self.coalition, organisation=organisation, starts_on=starts_on
                )

    def seat_people(self) -> None:
        actor, coalition = self.coordinator, self.coalition
        for row in self.facts["people"]:
            person = self.person(row["title"])
            if row.get("seat"):
                add_membership(actor=actor, coalition=coalition, person=person)
            for kind in row.get("roles", []):
                give_role(actor=actor, coalition=coalition, person=person, kind=kind)
            if "organisation" in row:
                add_affiliation(
                    actor=self.coordinator,
                    person=person,
                    organisation=self.organisations[row["organisation"]],
                    may_speak=row["may_speak"],
                )
