"""What hangs on the outreach plans of the world, and those who could be invited: see `tests/world.py`."""

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.records.models import Label, State
from jukwaa.regions.models import Acquaintance, Hosting, Milestone, Outreach, Prospect, Question
from jukwaa.regions.suppression import fold_name_spelling
from tests.factories import CapacityFactory, OutreachFactory

FACTORY_BY_KIND = {"outreach-plan": OutreachFactory}
# Who reads a prospect, in words: whoever introduces or wrote the plan, and those who run the coalition. The contact of
# whoever said yes to somebody else's letter is not for the author of the plan.
PROSPECT, CONTACT = "prospect", "contact"
PERSONAS_BY_TEXT = {PROSPECT: {"author", "coordinator"}, CONTACT: {"coordinator", "member"}}
NOTED, YES, NAMED, OPEN_TO_ALL = "canarynotedback", "canaryyesback", "canarycontactback", "canarygapback"


def add_plan_canaries(record, canary, capacity) -> None:
    """Add the parts of a plan. All its readers can read them, except the prospects."""
    if not isinstance(record, Outreach):
        return
    day = record.on
    own = capacity.person.affiliations.get().organisation
    Question.objects.create(outreach=record, words=f"What is {canary}?")
    Milestone.objects.create(outreach=record, title=f"Until then {canary}", due_on=day, organisation=own)
    Hosting.objects.create(outreach=record, what=f"A room for {canary}", organisation=own, by=capacity.person)


def add_prospect_canaries(world) -> None:
    """Add prospects: one for a public plan, one for a gap, and one who said yes to a member's letter."""
    author, member = world.people["author"], world.people["member"]
    plan = Outreach.objects.get(pk=world.records["outreach-plan", str(Label.CLEAR), str(State.PUBLISHED)].pk)
    area = AreaOfWork.objects.filter(coalition=world.coalition).first()
    first = _create_canary_prospect(world, NOTED, author, outreach=plan)
    _create_canary_prospect(world, OPEN_TO_ALL, author, area=area, region="african")
    contact = {"contact_name": NAMED, "contact_address": f"{NAMED}@example.org"}
    said = {"state": "yes", "answered_on": plan.on, **contact}
    _create_canary_prospect(world, YES, member, area=area, region="african", **said)
    Acquaintance.objects.create(prospect=first, person=world.people["coordinator"])
    for word in (NOTED, OPEN_TO_ALL):
        world.canaries[word] = (PROSPECT, "")
    for word in (YES, NAMED):
        world.canaries[word] = (CONTACT, "")


def _create_canary_prospect(world, canary, introducer, **more) -> Prospect:
    return Prospect.objects.create(
        coalition=world.coalition,
        name=f"A helpline of {canary}",
        folded=fold_name_spelling(canary),
        country="KE",
        role=f"Head of {canary}",
        why=f"Since {canary} is missing",
        introducer=introducer,
        capacity=CapacityFactory(coalition=world.coalition, person=introducer),
        **more,
    )
