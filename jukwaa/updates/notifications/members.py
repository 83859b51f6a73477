"""News of applications, memberships, affiliations and roles."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Affiliation, Membership, Organisation, Role
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, defer_email_rendering, render_email
from jukwaa.updates.recipients import find_coalition_coordinators, find_organisation_representatives, get_actor_ids
from jukwaa.updates.registries import notifications


def _get_membership_of_activity(activity: Activity) -> Membership | None:
    rows = Membership.objects.select_related("organisation", "person", "applicant", "coalition")
    return rows.filter(pk=activity.object_id).first()


def _find_people_of_membership(membership: Membership) -> list[Person]:
    """Whose membership it is: the person, or those who speak for the organisation."""
    if membership.organisation is not None:
        return find_organisation_representatives(membership.organisation)
    return [membership.person] if membership.person else []


def _build_membership_context(membership: Membership) -> dict[str, object]:
    return {"who": membership, "coalition": membership.coalition}


@notifications.register(("membership", "applied"))
def notify_application_received(activity: Activity) -> Iterator[NotificationEmail]:
    membership = _get_membership_of_activity(activity)
    if membership is None or membership.standing != Membership.Standing.APPLIED:
        return
    path = reverse("coalitions:applications", args=[membership.coalition.slug])
    write = defer_email_rendering(
        "updates/email/applied.txt", path, **_build_membership_context(membership), motivation=membership.motivation
    )
    to = find_coalition_coordinators(membership.coalition)
    yield NotificationEmail(
        coalition=membership.coalition, people=to, topic=EmailTopic.CONCERNS, write=write, but=get_actor_ids(activity)
    )


@notifications.register(("membership", "accepted"))
def notify_application_accepted(activity: Activity) -> Iterator[NotificationEmail]:
    membership = _get_membership_of_activity(activity)
    if membership is None:
        return
    write = defer_email_rendering(
        "updates/email/accepted.txt", membership.coalition.get_absolute_url(), **_build_membership_context(membership)
    )
    to = [membership.applicant] if membership.applicant else _find_people_of_membership(membership)
    yield NotificationEmail(
        coalition=membership.coalition, people=to, topic=EmailTopic.CONCERNS, write=write, but=get_actor_ids(activity)
    )


@notifications.register(("membership", "declined"))
def notify_application_declined(activity: Activity) -> Iterator[NotificationEmail]:
    membership = _get_membership_of_activity(activity)
    if membership is None or membership.applicant is None:
        return
    path = membership.coalition.get_absolute_url()
    write = defer_email_rendering(
        "updates/email/declined.txt", path, **_build_membership_context(membership), reason=membership.reason
    )
    to = [membership.applicant]
    yield NotificationEmail(
        coalition=membership.coalition, people=to, topic=EmailTopic.CONCERNS, write=write, but=get_actor_ids(activity)
    )


@notifications.register(("membership", "left"), ("membership", "ended"))
def notify_member_left(activity: Activity) -> Iterator[NotificationEmail]:
    membership = _get_membership_of_activity(activity)
    if membership is None:
        return
    path = membership.coalition.get_absolute_url()
    write = defer_email_rendering(
        "updates/email/membership_ended.txt", path, **_build_membership_context(membership), reason=membership.reason
    )
    to = [*_find_people_of_membership(membership), *find_coalition_coordinators(membership.coalition)]
    yield NotificationEmail(
        coalition=membership.coalition, people=to, topic=EmailTopic.CONCERNS, write=write, but=get_actor_ids(activity)
    )


@notifications.register(("person", "took-out"))
def notify_person_left(activity: Activity) -> Iterator[NotificationEmail]:
    """Coordinators learn that somebody removed themselves, and which organisations have nobody left; not who it was."""
    coalition = activity.coalition
    if coalition is None or activity.actor_id != activity.object_id:
        return
    last_day = activity.at.astimezone(UTC).date() - timedelta(days=1)
    ended = Affiliation.objects.filter(
        person=activity.object_id, organisation__coalition=coalition, ends_on=last_day, confirmed_on__isnull=False
    )
    others = Affiliation.objects.in_force().filter(organisation=OuterRef("pk"), confirmed_on__isnull=False)
    left = Organisation.objects.of(coalition).filter(~Exists(others), pk__in=ended.values("organisation"))
    path = left[0].get_absolute_url() if len(left) == 1 else reverse("coalitions:directory", args=[coalition.slug])
    write = defer_email_rendering(
        "updates/email/person_left.txt", path, coalition=coalition, without_contact=list(left.order_by("name"))
    )
    to = find_coalition_coordinators(coalition)
    yield NotificationEmail(
        coalition=coalition, people=to, topic=EmailTopic.CONCERNS, write=write, but=get_actor_ids(activity)
    )


def _get_affiliation_of_activity(activity: Activity) -> Affiliation | None:
    rows = Affiliation.objects.select_related("person", "organisation__coalition")
    return rows.filter(pk=activity.object_id, ends_on__isnull=True).first()


@notifications.register(("affiliation", "affiliated"))
def notify_affiliation_requested(activity: Activity) -> Iterator[NotificationEmail]:
    affiliation = _get_affiliation_of_activity(activity)
    if affiliation is None or affiliation.confirmed_on is not None:
        return
    organisation = affiliation.organisation
    path = reverse("coalitions:confirmations", args=[organisation.coalition.slug])
    names = {"person": affiliation.person, "organisation": organisation}
    write = defer_email_rendering("updates/email/affiliated.txt", path, **names)
    to = [*find_organisation_representatives(organisation), *find_coalition_coordinators(organisation.coalition)]
    but = get_actor_ids(activity) | {affiliation.person_id}
    yield NotificationEmail(
        coalition=organisation.coalition, people=to, topic=EmailTopic.CONCERNS, write=write, but=but
    )


@notifications.register(("affiliation", "confirmed"), ("affiliation", "stopped-representing"))
def notify_affiliation_confirmed(activity: Activity) -> Iterator[NotificationEmail]:
    affiliation = _get_affiliation_of_activity(activity)
    if affiliation is None:
        return
    organisation = affiliation.organisation
    write = defer_email_rendering(
        "updates/email/affiliation_confirmed.txt",
        organisation.get_absolute_url(),
        organisation=organisation,
        coalition=organisation.coalition,
        may_speak=affiliation.may_speak,
    )
    to = [affiliation.person]
    yield NotificationEmail(
        coalition=organisation.coalition, people=to, topic=EmailTopic.CONCERNS, write=write, but=get_actor_ids(activity)
    )


@notifications.register(("role", "gave"), ("role", "handed-over"), ("role", "appointed"))
def notify_role_given(activity: Activity) -> Iterator[NotificationEmail]:
    role = Role.objects.select_related("person", "coalition").filter(pk=activity.object_id).first()
    if role is None:
        return

    def render_role_given_email() -> EmailText:
        path = reverse("home:desk", args=[role.coalition.slug])
        names = {"role": role.get_kind_display(), "coalition": role.coalition}
        return render_email("updates/email/role_given.txt", path, **names)

    to = [role.person]
    yield NotificationEmail(
        coalition=role.coalition,
        people=to,
        topic=EmailTopic.CONCERNS,
        write=render_role_given_email,
        but=get_actor_ids(activity),
    )
