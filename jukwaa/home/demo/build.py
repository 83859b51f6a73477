"""Builds the demo through the ordinary actions: what a coordinator and a rapporteur would do, step by step."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any

from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import (
    OrganisationFacts,
    add_affiliation,
    add_area_of_work,
    add_area_scheme,
    add_coalition_name,
    add_membership,
    add_organisation,
    assign_role,
    change_coalition,
)
from jukwaa.coalitions.actions.founding import create_coalition
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.records.demo_parts import COORDINATOR, Demo, WriteLine, build_demo_address, build_demo_parts

DEMO_COALITION_SLUG = "child-online-safety"


def list_demo_people() -> Iterator[tuple[str, Person]]:
    """Those who can be tried out, with the title that the terminal shows.

    Somebody who tried them out may have changed their address or deleted their account: they are left out.
    """
    for row in _load_demo_facts()["people"]:
        person = Person.objects.filter(email=build_demo_address(row["title"])).first()
        if person is not None:
            yield row["title"], person


def build_demo_coalition(*, write_line: WriteLine) -> Coalition:
    """Make the demo coalition with the parts of all features, and say each step as it is done."""
    autodiscover_modules("demo")
    builder = _DemoBuilder(_load_demo_facts())
    write_line("Founding the coalition ...")
    builder.found()
    write_line("Entering the organisations that public records name ...")
    builder.add_organisations()
    builder.add_demo_people()
    people = {row["title"]: builder.person(row["title"]) for row in builder.facts["people"]}
    demo = Demo(builder.coalition, people, builder.organisations, write_line)
    build_demo_parts(demo)
    return builder.coalition


def _load_demo_facts() -> dict[str, Any]:
    return tomllib.loads(files("jukwaa.home.demo").joinpath("data", "coalition.toml").read_text(encoding="utf-8"))


@dataclass
class _DemoBuilder:
    facts: dict[str, Any]
    organisations: dict[str, Organisation] = field(default_factory=dict)

    @cached_property
    def coordinator(self) -> Person:
        return self.person(COORDINATOR)

    @cached_property
    def coalition(self) -> Coalition:
        facts = self.facts
        return create_coalition(
            coalition_name=facts["name"],
            slug=DEMO_COALITION_SLUG,
            coordinator=self.coordinator,
            forum_slug=facts["forum"],
        )

    def person(self, title: str) -> Person:
        name = next(row["name"] for row in self.facts["people"] if row["title"] == title)
        there = Person.objects.with_address(build_demo_address(title)).first()
        return there or Person.objects.create_user(
            build_demo_address(title), name=name, name_is_public=True, adult_confirmed_at=timezone.now()
        )

    def found(self) -> None:
        facts, actor, coalition = self.facts, self.coordinator, self.coalition
        changes = {
            "about": facts["about"].strip(),
            "objectives": "\n".join(facts["objectives"]),
            "founded": facts["founded"],
        }
        change_coalition(actor=actor, coalition=coalition, changed_fields=changes)
        for row in facts["names"]:
            add_coalition_name(actor=actor, coalition=coalition, **row)
        for name in facts["areas"]:
            add_area_of_work(actor=actor, coalition=coalition, name=name)
        add_area_scheme(actor=actor, coalition=coalition, scheme_name="itu-cop")

    def add_organisations(self) -> None:
        for row in self.facts["organisations"]:
            row = dict(row)  # noqa: PLW2901 - `member` is not a fact of the directory
            since = row.pop("member", None)
            organisation = add_organisation(
                actor=self.coordinator, coalition=self.coalition, organisation_facts=OrganisationFacts(**row)
            )
            self.organisations[row["name"]] = organisation
            if since is not None:
                starts_on = date.fromisoformat(since) if since else None
                add_membership(
                    actor=self.coordinator, coalition=self.coalition, organisation=organisation, starts_on=starts_on
                )

    def add_demo_people(self) -> None:
        actor, coalition = self.coordinator, self.coalition
        yesterday = timezone.localdate() - timedelta(days=1)
        for row in self.facts["people"]:
            person = self.person(row["title"])
            if row.get("seat"):
                add_membership(actor=actor, coalition=coalition, person=person)
            for kind in row.get("roles", []):  # since yesterday, which it still is in some of their time zones
                assign_role(actor=actor, coalition=coalition, person=person, kind=kind, starts_on=yesterday)
            if "organisation" in row:
                add_affiliation(
                    actor=self.coordinator,
                    person=person,
                    organisation=self.organisations[row["organisation"]],
                    may_speak=row["may_speak"],
                )
