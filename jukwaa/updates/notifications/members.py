"""News of applications, memberships, affiliations and roles."""

from collections.abc import Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Affiliation, Membership, Role
from jukwaa.updates.letters import News, Text, email, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, coordinators, speakers
from jukwaa.updates.registries import notifications


def _membership(activity: Activity) -> Membership | None:
    rows = Membership.objects.select_related("organisation", "person", "applicant", "coalition")
    return rows.filter(pk=activity.object_id).first()


def _members(membership: Membership) -> list[Person]:
    """Whose membership it is: the person, or those who speak for the organisation."""
    if membership.organisation is not None:
        return speakers(membership.organisation)
    return [membership.person] if membership.person else []


def _facts(membership: Membership) -> dict[str, object]:
    return {"who": membership, "coalition": membership.coalition}


@notifications.register(("membership", "applied"))
def applied(activity: Activity) -> Iterator[News]:
    membership = _membership(activity)
    if membership is None or membership.standing != Membership.Standing.APPLIED:
        return
    path = reverse("coalitions:applications", args=[membership.coalition.slug])
    write = email("updates/email/applied.txt", path, **_facts(membership), motivation=membership.motivation)
    to = coordinators(membership.coalition)
    yield News(coalition=membership.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))


@notifications.register(("membership", "accepted"))
def accepted(activity: Activity) -> Iterator[News]:
    membership = _membership(activity)
    if membership is None:
        return
    write = email("updates/email/accepted.txt", membership.coalition.get_absolute_url(), **_facts(membership))
    to = [membership.applicant] if membership.applicant else _members(membership)
    yield News(coalition=membership.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))


@notifications.register(("membership", "declined"))
def declined(activity: Activity) -> Iterator[News]:
    membership = _membership(activity)
    if membership is None or membership.applicant is None:
        return
    path = membership.coalition.get_absolute_url()
    write = email("updates/email/declined.txt", path, **_facts(membership), reason=membership.reason)
    to = [membership.applicant]
    yield News(coalition=membership.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))


@notifications.register(("membership", "left"), ("membership", "ended"))
def left(activity: Activity) -> Iterator[News]:
    membership = _membership(activity)
    if membership is None:
        return
    path = membership.coalition.get_absolute_url()
    write = email("updates/email/membership_ended.txt", path, **_facts(membership), reason=membership.reason)
    to = [*_members(membership), *coordinators(membership.coalition)]
    yield News(coalition=membership.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))


def _affiliation(activity: Activity) -> Affiliation | None:
    rows = Affiliation.objects.select_related("person", "organisation__coalition")
    return rows.filter(pk=activity.object_id, ends_on__isnull=True).first()


@notifications.register(("affiliation", "affiliated"))
def affiliated(activity: Activity) -> Iterator[News]:
    affiliation = _affiliation(activity)
    if affiliation is None or affiliation.confirmed_on is not None:
        return
    organisation = affiliation.organisation
    path = reverse("coalitions:confirmations", args=[organisation.coalition.slug])
    names = {"person": affiliation.person, "organisation": organisation}
    write = email("updates/email/affiliated.txt", path, **names)
    to = [*speakers(organisation), *coordinators(organisation.coalition)]
    but = actor_of(activity) | {affiliation.person_id}
    yield News(coalition=organisation.coalition, people=to, topic=Topic.CONCERNS, write=write, but=but)


@notifications.register(("affiliation", "confirmed"))
def confirmed(activity: Activity) -> Iterator[News]:
    affiliation = _affiliation(activity)
    if affiliation is None:
        return
    organisation = affiliation.organisation
    write = email(
        "updates/email/affiliation_confirmed.txt",
        organisation.get_absolute_url(),
        organisation=organisation,
        coalition=organisation.coalition,
        may_speak=affiliation.may_speak,
    )
    to = [affiliation.person]
    yield News(coalition=organisation.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))


@notifications.register(("role", "gave"), ("role", "handed-over"), ("role", "appointed"))
def role_given(activity: Activity) -> Iterator[News]:
    role = Role.objects.select_related("person", "coalition").filter(pk=activity.object_id).first()
    if role is None:
        return

    def write() -> Text:
        path = reverse("home:desk", args=[role.coalition.slug])
        names = {"role": role.get_kind_display(), "coalition": role.coalition}
        return render_email("updates/email/role_given.txt", path, **names)

    to = [role.person]
    yield News(coalition=role.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))
