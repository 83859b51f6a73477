"""Who works on a plan: named, given another part, gone; and who may lead one that nobody leads any more."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.plans import policies
from jukwaa.plans.actions.plan_access import lock_plan, lock_plan_for_lead
from jukwaa.plans.models import Claim, Plan, TeamMember

TeamRole = TeamMember.Role


@action
def add_team_member(*, actor: Person, plan: Plan, person: Person, role: str) -> TeamMember:
    """Somebody of the country joins the team, or does something else in it from now on.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_plan_for_lead(actor, plan)
    if not is_from_country(person, current):
        raise ActionRefused(
            _(
                "No organisation in %(country)s has confirmed %(name)s. Only people from the country can work on its"
                " plan."
            )
            % {"name": person, "country": current.where},
            "person",
        )
    there = TeamMember.objects.filter(plan=current, person=person, left_at__isnull=True).first()
    if there is not None and there.role == role:
        return there
    if there is not None:
        if there.role == TeamRole.LEADS:
            _check_lead_remains(current, there)
        there.role = role
        there.save(update_fields=["role"])
        record_activity(actor=actor, verb="changed-part", subject=there, coalition=current.coalition)
        return there
    member: TeamMember = TeamMember.objects.create(plan=current, person=person, role=role, named_by=actor)
    record_activity(actor=actor, verb="named", subject=member, coalition=current.coalition)
    return member


def is_from_country(person: Person, plan: Plan) -> bool:
    """Confirmed today in an organisation of the country, in this coalition's directory."""
    ties = Affiliation.objects.confirmed().filter(person=person)
    return ties.filter(organisation__coalition=plan.coalition_id, organisation__country=plan.country).exists()


@action
def leave_plan_team(*, actor: Person, team_member: TeamMember) -> TeamMember:
    """Somebody leaves by themselves, or is taken out by whoever leads. Left twice, they left once.

    Raises PermissionDenied, and ActionRefused where the others would be left without a lead.
    """
    plan = lock_plan(team_member.plan)
    current = TeamMember.objects.get(pk=team_member.pk)
    if current.left_at is not None:
        return current
    if actor.pk != current.person_id and not policies.can_lead_plan_team(ViewerContext(actor), plan):
        raise PermissionDenied(_("Only the plan lead can change the team."))
    if current.role == TeamRole.LEADS:
        _check_lead_remains(plan, current)
    current.left_at = timezone.now()
    current.save(update_fields=["left_at"])
    record_activity(actor=actor, verb="left", subject=current, coalition=plan.coalition)
    return current


def _check_lead_remains(plan: Plan, team_member: TeamMember) -> None:
    """Whoever is the last of all may go: then the plan sleeps. Raises ActionRefused."""
    others = TeamMember.objects.with_access().filter(plan=plan).exclude(pk=team_member.pk)
    if others.exists() and not others.filter(role=TeamRole.LEADS).exists():
        raise ActionRefused(_("The plan would have no lead. Make another team member the lead first."))


@action
def claim_inactive_plan(*, actor: Person, plan: Plan) -> Claim | TeamMember:
    """Ask to lead a plan that nobody leads any more. Whoever works on it leads it at once; others are confirmed first.

    Pressed twice, it is asked once. Raises PermissionDenied and ActionRefused.
    """
    current = lock_plan(plan)
    if not policies.can_claim_plan(ViewerContext(actor), current):
        raise PermissionDenied(
            _("Only people confirmed as representing the government of the country can ask to lead the plan.")
        )
    if policies.can_lead_plan_team(ViewerContext(actor), current):
        return TeamMember.objects.get(plan=current, person=actor, left_at__isnull=True)
    if not Plan.objects.without_lead().filter(pk=current.pk).exists():
        raise ActionRefused(_("This plan now has a lead. Ask the lead to add you to the team."))
    if policies.can_read(ViewerContext(actor), current):
        return _make_plan_lead(current, actor, acting_person=actor)
    claim, is_new = Claim.objects.get_or_create(plan=current, person=actor, answered_at=None)
    if is_new:
        record_activity(actor=actor, verb="asked-to-lead", subject=claim, coalition=current.coalition)
    return claim


@action
def answer_plan_claim(*, actor: Person, plan_claim: Claim, is_granted: bool) -> Claim:
    """A coordinator, and never who asks, says whether this is who leads it from now on. The first answer counts.

    Raises PermissionDenied and ActionRefused.
    """
    plan = lock_plan(plan_claim.plan)
    current = Claim.objects.get(pk=plan_claim.pk)
    if actor.pk == current.person_id or not policies.can_answer_claim(ViewerContext(actor), plan.coalition):
        raise PermissionDenied(
            _("Only coordinators can answer requests to lead a plan. They cannot answer their own requests.")
        )
    if current.answered_at is not None:
        return current
    if is_granted:
        _check_claim_still_valid(plan, current)
        _make_plan_lead(plan, current.person, acting_person=actor)
    current.answered_at, current.answered_by, current.is_granted = timezone.now(), actor, is_granted
    current.save(update_fields=["answered_at", "answered_by", "is_granted"])
    record_activity(actor=actor, verb="answered", subject=current, coalition=plan.coalition)
    return current


def _check_claim_still_valid(plan: Plan, plan_claim: Claim) -> None:
    """Between the question and the answer. Raises ActionRefused."""
    if not policies.can_claim_plan(ViewerContext(plan_claim.person), plan):
        raise ActionRefused(_("This person no longer represents the government of the country."))
    if not Plan.objects.without_lead().filter(pk=plan.pk).exists():
        raise ActionRefused(_("This plan now has a lead. Decline this request."))


def _make_plan_lead(plan: Plan, person: Person, *, acting_person: Person) -> TeamMember:
    member, _is_new = TeamMember.objects.update_or_create(
        plan=plan,
        person=person,
        left_at=None,
        defaults={"role": TeamRole.LEADS},
        create_defaults={"role": TeamRole.LEADS, "named_by": acting_person},
    )
    record_activity(actor=acting_person, verb="took-up", subject=member, coalition=plan.coalition)
    return member
