"""The demo coalition is built of parts. Each feature registers its own in its `demo.py`, by the order they run in.

Parts build on one another: what one of them makes and others need is in `Demo`.
"""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from django.db.models import Max

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import OrganisationFacts, add_affiliation, add_membership, add_organisation
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core.registry import Registry
from jukwaa.records.models import Record

COORDINATOR, RAPPORTEUR, LEAD_ROLE = "coordinator", "rapporteur", "safeguarding lead"
COMPANY_ROLE = "representative of a company"

type Row = dict[str, Any]
type WriteLine = Callable[[str], None]


@dataclass
class Demo:
    """The coalition that is built, and what the parts have made so far."""

    coalition: Coalition
    people: dict[str, Person]  # by the title that the terminal shows
    organisations: dict[str, Organisation]  # by name
    say: WriteLine
    speakers: dict[str, tuple[Person, Organisation]] = field(default_factory=dict)  # by the name of the organisation
    records: dict[str, Record] = field(default_factory=dict)  # items by their key in the data, minutes by their text

    @property
    def coordinator(self) -> Person:
        return self.people[COORDINATOR]

    @property
    def rapporteur(self) -> Person:
        return self.people[RAPPORTEUR]

    def add_demo_representative(self, demo_row: Row, person: Person) -> None:
        """Add a member organisation that is made up, and a person who speaks for it."""
        organisation = add_organisation(
            actor=self.coordinator, coalition=self.coalition, organisation_facts=OrganisationFacts(**demo_row)
        )
        add_membership(actor=self.coordinator, coalition=self.coalition, organisation=organisation)
        add_affiliation(actor=self.coordinator, person=person, organisation=organisation, may_speak=True)
        self.speakers[demo_row["name"]] = person, organisation


type DemoPart = Callable[[Demo], None]
demo_part_registry: Registry[int, DemoPart] = Registry("parts of the demo")
factual_demo_parts: set[DemoPart] = set()  # their records come from public sources; all others are marked as examples


@dataclass(frozen=True)
class DemoTask:
    """Something to try in the demo: what to do, what to watch for, where it begins, and as whom."""

    name: str
    description: str
    path: str
    person: str = ""  # the title of a person of the demo; empty for a visitor


demo_task_registry: Registry[int, Callable[[Coalition], DemoTask]] = Registry("things to try in the demo")


@contextmanager
def mark_records_as_examples() -> Iterator[None]:
    """Mark each record that is added within as made up: pages show “Example” beside its kind."""
    latest = Record.objects.aggregate(latest=Max("pk"))["latest"] or 0
    yield
    Record.objects.filter(pk__gt=latest).update(is_example=True)


def mark_part_as_factual(part: DemoPart) -> DemoPart:
    """A part whose records are real, with their sources; what it makes up itself, it marks."""
    factual_demo_parts.add(part)
    return part


def build_demo_parts(demo: Demo) -> None:
    """Build all parts in their order."""
    for _order, part in sorted(demo_part_registry.items()):
        with nullcontext() if part in factual_demo_parts else mark_records_as_examples():
            part(demo)


def build_demo_address(title: str) -> str:
    """An address that can't exist: the top-level domain is reserved for examples."""
    return f"{title.lower().replace(' ', '-')}@demo.example"


def read_demo_data(app_label: str, file_name: str) -> Row:
    """Return a data file of an app: `data/demo/NAME` in its folder."""
    return tomllib.loads(files(app_label).joinpath("data", "demo", file_name).read_text(encoding="utf-8"))
