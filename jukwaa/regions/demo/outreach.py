"""The outreach plan for Nairobi, 2011, by the ordinary actions; only time is lent to it.

The day lies in the past: the plan is made as if it lay ahead, and then its days are those of before 2011. What was not
answered is erased a year from today, so that the demo can be looked at.
"""

from datetime import date, timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Organisation
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.demo_parts import Demo, Row, demo_part_registry, read_demo_data
from jukwaa.regions.actions import outreach as actions
from jukwaa.regions.actions.invitation_answers import accept_invitation, decline_invitation_for_now
from jukwaa.regions.actions.prospects import (
    InvitationPurpose,
    ProspectFacts,
    add_prospect_acquaintance,
    create_prospect,
    mark_letter_sent,
)
from jukwaa.regions.milestone_templates import load_milestone_templates, subtract_months
from jukwaa.regions.models import Milestone, Outreach, Prospect
from jukwaa.regions.models.outreach import UNANSWERED_PROSPECT_RETENTION

DEMO_FORUM_LEAD_TIME = timedelta(days=800)  # farther than its first milestone lies before the day
DEMO_PROSPECT_RETENTION = timedelta(days=365)


@demo_part_registry.register(110)
def create_nairobi_plan(demo: Demo) -> None:
    demo.say("Creating an outreach plan for Nairobi ...")
    said = read_demo_data("jukwaa.regions", "outreach.toml")
    plan = _create_demo_plan(demo, said["plan"])
    for row in said["prospects"]:
        _create_demo_prospect(demo, plan, row)
    _backdate_plan(plan, date.fromisoformat(said["plan"]["day"]))


def _create_demo_plan(demo: Demo, demo_row: Row) -> Outreach:
    coalition, actor = demo.coalition, demo.rapporteur
    on = timezone.localdate() + DEMO_FORUM_LEAD_TIME
    told = {name: demo_row[name] for name in ("title", "summary", "country")}
    plan = actions.create_outreach(
        actor=actor,
        coalition=coalition,
        details=told | {"on": on, "forget_on": on + UNANSWERED_PROSPECT_RETENTION},
        areas_of_work=list(AreaOfWork.objects.filter(coalition=coalition, name__in=demo_row["areas"])),
        origin_record=Entry.objects.filter(coalition=coalition, text=demo_row["entry"]).first(),
    )
    plan.coalition = coalition
    questions = [actions.add_outreach_question(actor=actor, plan=plan, words=words) for words in demo_row["questions"]]
    meeting = Meeting.objects.filter(coalition=coalition, title=demo_row["answer"]).first()
    if meeting is not None:
        actions.link_question_answer(actor=actor, linked_question=questions[0], record=meeting)
    issue = Entry.objects.filter(coalition=coalition, text=demo_row["issue"]).first()
    if issue is not None:
        actions.link_issue_to_plan(actor=actor, plan=plan, record=issue)
    for each in demo_row["hosting"]:
        person, organisation = demo.speakers[each["who"]]
        actions.add_hosting_offer(actor=person, plan=plan, what=each["what"], organisation=organisation)
    return plan


def _create_demo_prospect(demo: Demo, plan: Outreach, demo_row: Row) -> None:
    person, own = _get_demo_speaker(demo, demo_row["who"])
    named = {
        name: demo_row[name] for name in ("name", "stakeholder_group", "role", "language", "why") if name in demo_row
    }
    prospect = create_prospect(
        actor=person,
        coalition=demo.coalition,
        facts=ProspectFacts(country=plan.country, **named),
        invitation_purpose=InvitationPurpose(outreach=plan),
        own_organisation=own,
    )
    if "sent_ago" not in demo_row:
        add_prospect_acquaintance(actor=demo.coordinator, prospect=prospect)
        return
    mark_letter_sent(actor=person, prospect=prospect)
    ago = timezone.localdate() - timedelta(days=demo_row["sent_ago"])
    Prospect.objects.filter(pk=prospect.pk).update(sent_on=ago)
    if "yes" in demo_row:
        accept_invitation(prospect=prospect, **demo_row["yes"])
    elif demo_row.get("not_now"):
        decline_invitation_for_now(prospect=prospect)


def _get_demo_speaker(demo: Demo, speaker_name: str) -> tuple[Person, Organisation | None]:
    return demo.speakers.get(speaker_name, (demo.rapporteur, None))


def _backdate_plan(plan: Outreach, plan_day: date) -> None:
    """Its milestones lie before its day, as they would have, and are done."""
    for step, milestone in zip(load_milestone_templates(), plan.milestones.order_by("due_on", "pk"), strict=True):
        due = subtract_months(plan_day, step.months_before)
        Milestone.objects.filter(pk=milestone.pk).update(due_on=due, done_on=due)
    Outreach.objects.filter(pk=plan.pk).update(on=plan_day, forget_on=timezone.localdate() + DEMO_PROSPECT_RETENTION)
