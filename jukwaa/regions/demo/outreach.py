"""The outreach plan for Nairobi, 2011, by the ordinary actions; only time is lent to it.

The day lies in the past: the plan is made as if it lay ahead, and then its days are those of before 2011. What was not
answered is erased a year from today, so that the demo can be looked at.
"""

from datetime import date, timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Organisation
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.demo_parts import Demo, Row, demo_parts, read_demo_data
from jukwaa.regions.actions import outreach as actions
from jukwaa.regions.actions.answering import say_not_now, say_yes
from jukwaa.regions.actions.prospects import Facts, WhatFor, know_somebody, put_forward, say_sent
from jukwaa.regions.milestones import months_before, steps
from jukwaa.regions.models import Milestone, Outreach, Prospect
from jukwaa.regions.models.outreach import KEPT_AFTER

AHEAD = timedelta(days=800)  # farther than its first milestone lies before the day
LOOKED_AT = timedelta(days=365)


@demo_parts.register(110)
def plan_for_nairobi(demo: Demo) -> None:
    demo.say("Creating an outreach plan for Nairobi ...")
    said = read_demo_data("jukwaa.regions", "outreach.toml")
    plan = _begin(demo, said["plan"])
    for row in said["prospects"]:
        _write_to(demo, plan, row)
    _lend_time(plan, date.fromisoformat(said["plan"]["day"]))


def _begin(demo: Demo, row: Row) -> Outreach:
    coalition, actor = demo.coalition, demo.rapporteur
    on = timezone.localdate() + AHEAD
    told = {name: row[name] for name in ("title", "summary", "country")}
    plan = actions.begin_outreach(
        actor=actor,
        coalition=coalition,
        told=told | {"on": on, "forget_on": on + KEPT_AFTER},
        areas=list(AreaOfWork.objects.filter(coalition=coalition, name__in=row["areas"])),
        began_as=Entry.objects.filter(coalition=coalition, text=row["entry"]).first(),
    )
    plan.coalition = coalition
    questions = [actions.ask_question(actor=actor, plan=plan, words=words) for words in row["questions"]]
    meeting = Meeting.objects.filter(coalition=coalition, title=row["answer"]).first()
    if meeting is not None:
        actions.answer_question(actor=actor, question=questions[0], record=meeting)
    issue = Entry.objects.filter(coalition=coalition, text=row["issue"]).first()
    if issue is not None:
        actions.link_issue(actor=actor, plan=plan, record=issue)
    for each in row["hosting"]:
        person, organisation = demo.speakers[each["who"]]
        actions.offer_to_host(actor=person, plan=plan, what=each["what"], organisation=organisation)
    return plan


def _write_to(demo: Demo, plan: Outreach, row: Row) -> None:
    person, own = _who(demo, row["who"])
    named = {name: row[name] for name in ("name", "stakeholder_group", "role", "language", "why") if name in row}
    prospect = put_forward(
        actor=person,
        coalition=demo.coalition,
        facts=Facts(country=plan.country, **named),
        what_for=WhatFor(outreach=plan),
        own=own,
    )
    if "sent_ago" not in row:
        know_somebody(actor=demo.coordinator, prospect=prospect)
        return
    say_sent(actor=person, prospect=prospect)
    ago = timezone.localdate() - timedelta(days=row["sent_ago"])
    Prospect.objects.filter(pk=prospect.pk).update(sent_on=ago)
    if "yes" in row:
        say_yes(prospect=prospect, **row["yes"])
    elif row.get("not_now"):
        say_not_now(prospect=prospect)


def _who(demo: Demo, name: str) -> tuple[Person, Organisation | None]:
    return demo.speakers.get(name, (demo.rapporteur, None))


def _lend_time(plan: Outreach, day: date) -> None:
    """Its milestones lie before its day, as they would have, and are done."""
    for step, milestone in zip(steps(), plan.milestones.order_by("due_on", "pk"), strict=True):
        due = months_before(day, step.months_before)
        Milestone.objects.filter(pk=milestone.pk).update(due_on=due, done_on=due)
    Outreach.objects.filter(pk=plan.pk).update(on=day, forget_on=timezone.localdate() + LOOKED_AT)
