"""What national plans put on a desk: next steps that are due, for their team; who asks to lead one, for a coordinator.

No word of a plan stands here, but the name of a capability as its framework has it.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Item, Row, Waits, teller
from jukwaa.library.schema import framework_or_gone
from jukwaa.plans.models import Assessment, Claim, Plan, TeamMember
from jukwaa.plans.policies import opens

SOON = timedelta(days=14)


def plans(standing: Standing) -> Iterator[Waits]:
    if standing.affiliations:
        yield from _steps(standing)
    if standing.is_coordinator:
        yield from _claims(standing)


def _steps(standing: Standing) -> Iterator[Waits]:
    """Due within two weeks, in plans that this person writes in or leads."""
    seats = TeamMember.objects.with_access().filter(plan=OuterRef("plan"), person=standing.viewer.pk)
    due = Assessment.objects.standing().filter(
        Exists(seats.exclude(role=TeamMember.Role.READS)),
        plan__in=Plan.objects.of(standing.coalition).living(),
        due_on__lte=timezone.localdate() + SOON,
        next_step__gt="",
    )
    stands = Concat("plan__framework", Value(" "), "state")
    yield Waits(due.order_by("due_on"), _tell_steps, of="plan", title="capability", more=stands, due="due_on")


@teller
def _tell_steps(standing: Standing, row: Row) -> Item | None:
    framework, state = row.more.split()
    over = framework_or_gone(framework)
    capability = next((part for part in over.capabilities if part.value == row.title), None)
    if capability is None or over.state(state).meaning == "done":
        return None
    number = row.title.rpartition("/")[2]
    return Item(
        due=row.due,
        deed=_("Next step in a national plan: %(capability)s") % {"capability": capability.label},
        why=_("Your team wrote down what is to be done by then. Say how it stands."),
        url=reverse("plans:capability_detail", args=[standing.coalition.slug, row.of, number]),
    )


def _claims(standing: Standing) -> Iterator[Waits]:
    waiting = Claim.objects.filter(plan__coalition=standing.coalition, answered_at=None)
    yield Waits(waiting.exclude(person=standing.viewer.pk), _tell_claims, counted_by="plan__coalition")


@teller
def _tell_claims(standing: Standing, row: Row) -> Item:
    deed = ngettext(
        "Answer somebody who asks to lead a national plan",
        "Answer %(n)s who ask to lead a national plan",
        row.number,
    )
    return Item(
        deed=deed % {"n": row.number},
        why=_("Nobody leads it any more. You see who asks, and nothing of the plan."),
        url=reverse("plans:claim_list", args=[standing.coalition.slug]),
    )


def has_to_do_with_plans(standing: Standing) -> bool:
    """Reads one, or may open one."""
    return kept(standing.coalition, f"has-plans-{standing.viewer.pk}", lambda: _has_to_do(standing))


def _has_to_do(standing: Standing) -> bool:
    """Whoever belongs to no organisation costs no query."""
    if not standing.affiliations:
        return False
    return bool(opens(standing)) or Plan.objects.visible_to(standing.viewer).of(standing.coalition).exists()
