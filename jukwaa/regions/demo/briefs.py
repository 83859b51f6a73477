"""A brief of the demo, in preparation: practices of the library, what was decided in 2009, what regions observe."""

from jukwaa.drafting import actions as drafting
from jukwaa.drafting.models import Clause, Placement
from jukwaa.library.models import Item
from jukwaa.meetings.models import Entry, EntryKind
from jukwaa.records.demo_parts import Demo, demo_part_registry, read_demo_data
from jukwaa.records.models import State
from jukwaa.regions import actions
from jukwaa.regions.actions import BriefRequest
from jukwaa.regions.models.observations import OBSERVATION_KIND

MAX_DEMO_DECISIONS = 3
ISSUE_CLAUSE_NUMBER = 2  # the clause below the first heading


@demo_part_registry.register(70)
def create_brief_demo(demo: Demo) -> None:
    demo.say("Preparing a brief for policy makers ...")
    said = read_demo_data("jukwaa.regions", "briefs.toml")
    asked = BriefRequest(
        title=said["title"],
        language="en",
        records=[
            *(demo.records[key].pk for key in said["records"]),
            *_find_observation_ids(demo),
            *_find_decision_ids(demo),
        ],
        measures=said["measures"],
        addressed_to=said["addressed_to"],
        summary=said["summary"],
    )
    text = actions.create_brief(actor=demo.rapporteur, coalition=demo.coalition, brief_request=asked)
    text.coalition = demo.coalition
    clause = Clause.objects.get(text=text, number=ISSUE_CLAUSE_NUMBER)
    clause.text = text
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    drafting.write_clause_body(actor=demo.rapporteur, clause=clause, clause_body=said["issue"], from_digest=digest)
    drafting.create_named_revision(actor=demo.rapporteur, text=text, revision_name="Draft 1")
    drafting.open_text_to_readers(actor=demo.rapporteur, text=text)


def _find_observation_ids(demo: Demo) -> list[int]:
    rows = Item.objects.filter(coalition=demo.coalition, kind=OBSERVATION_KIND, state=State.PUBLISHED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _find_decision_ids(demo: Demo) -> list[int]:
    decided = Entry.objects.filter(
        coalition=demo.coalition, kind=EntryKind.DECISION, state=State.PUBLISHED, meeting__starts_on__year=2009
    )
    return list(decided.order_by("position", "pk").values_list("pk", flat=True)[:MAX_DEMO_DECISIONS])
