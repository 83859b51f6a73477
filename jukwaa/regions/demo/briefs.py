"""A brief of the demo, in preparation: practices of the library, what was decided in 2009, what regions observe."""

from jukwaa.drafting import actions as drafting
from jukwaa.drafting.models import Clause, Placement
from jukwaa.home.demo.library import read
from jukwaa.home.demo.texts import Table
from jukwaa.library.models import Item
from jukwaa.meetings.models import Entry, EntryKind
from jukwaa.records.models import State
from jukwaa.regions import actions
from jukwaa.regions.actions import Asked
from jukwaa.regions.models.observations import OBSERVATION

MOST_DECISIONS = 3
ISSUE = 2  # the clause below the first heading


def prepare_a_brief(table: Table) -> None:
    said = read("briefs.toml")
    asked = Asked(
        title=said["title"],
        language="en",
        records=[*(table.library.items[key].pk for key in said["records"]), *_observed(table), *_decided(table)],
        measures=said["measures"],
        addressed_to=said["addressed_to"],
        summary=said["summary"],
    )
    text = actions.make_brief(actor=table.rapporteur, coalition=table.coalition, asked=asked)
    text.coalition = table.coalition
    clause = Clause.objects.get(text=text, number=ISSUE)
    clause.text = text
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    drafting.write_clause(actor=table.rapporteur, clause=clause, body=said["issue"], from_digest=digest)
    drafting.name_revision(actor=table.rapporteur, text=text, name="Draft 1")
    drafting.open_text(actor=table.rapporteur, text=text)


def _observed(table: Table) -> list[int]:
    rows = Item.objects.filter(coalition=table.coalition, kind=OBSERVATION, state=State.PUBLISHED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _decided(table: Table) -> list[int]:
    decided = Entry.objects.filter(
        coalition=table.coalition, kind=EntryKind.DECISION, state=State.PUBLISHED, meeting__starts_on__year=2009
    )
    return list(decided.order_by("position", "pk").values_list("pk", flat=True)[:MOST_DECISIONS])
