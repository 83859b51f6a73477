"""News of applications, memberships, affiliations and roles."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Affiliation, Membership, Role
from jukwaa.updates.letters import News, Text
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


@notifications.register(("membership", "applied"))
def applied(activity: Activity) -> Iterator[News]:
    membership = _membership(activity)
    if membership is None or membership.standing != Membership.Standing.APPLIED:
        return

    def write() -> Text:
        return Text(
            _("%(who)s would like to join") % {"who": membership},
            (
                _("%(who)s has applied to join %(coalition)s. Whoever applies hopes for an answer within a week.")
                % {"who": membership, "coalition": membership.coalition},
                membership.motivation,
            ),
            reverse("coalitions:applications", args=[membership.coalition.slug]),
        )

    to = coordinators(membership.coalition)
    yield News(coalition=membership.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))


@notifications.register(("membership", "accepted"))
def accepted(activity: Activity) -> Iterator[News]:
    membership = _membership(activity)
    if membership is None:
        return

    def write() -> Text:
        return Text(
            _("Welcome: %(who)s is a member") % {"who": membership},
            (
                _("%(who)s is a member of %(coalition)s now. You can read what members read, and take part.")
                % {"who": membership, "coalition": membership.coalition},
            ),
            membership.coalition.get_absolute_url(),
        )

    to = [membership.applicant] if membership.applicant else _members(membership)
    yield News(coalition=membership.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))


@notifications.register(("membership", "declined"))
def declined(activity: Activity) -> Iterator[News]:
    membership = _membership(activity)
    if membership is None or membership.applicant is None:
        return

    def write() -> Text:
        return Text(
            _("An answer to your application"),
            (
                _("The coordinators of %(coalition)s have declined the application of %(who)s. They gave this reason:")
                % {"who": membership, "coalition": membership.coalition},
                membership.reason,
                _("You can apply again whenever you like."),
            ),
            membership.coalition.get_absolute_url(),
        )

    to = [membership.applicant]
    yield News(coalition=membership.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))


@notifications.register(("membership", "left"), ("membership", "ended"))
def left(activity: Activity) -> Iterator[News]:
    membership = _membership(activity)
    if membership is None:
        return

    def write() -> Text:
        reason = (membership.reason,) if membership.reason else ()
        return Text(
            _("The membership of %(who)s ends") % {"who": membership},
            (
                _("The membership of %(who)s in %(coalition)s ends. What was said and done stays in the record.")
                % {"who": membership, "coalition": membership.coalition},
                *reason,
            ),
            membership.coalition.get_absolute_url(),
        )

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

    def write() -> Text:
        names = {"person": affiliation.person, "organisation": organisation}
        return Text(
            _("Does %(person)s belong to %(organisation)s?") % names,
            (
                _("%(person)s says that they belong to %(organisation)s.") % names,
                _("Until somebody confirms it, they read and speak as themselves alone."),
            ),
            reverse("coalitions:confirmations", args=[organisation.coalition.slug]),
        )

    to = [*speakers(organisation), *coordinators(organisation.coalition)]
    but = actor_of(activity) | {affiliation.person_id}
    yield News(coalition=organisation.coalition, people=to, topic=Topic.CONCERNS, write=write, but=but)


@notifications.register(("affiliation", "confirmed"))
def confirmed(activity: Activity) -> Iterator[News]:
    affiliation = _affiliation(activity)
    if affiliation is None:
        return
    organisation = affiliation.organisation

    def write() -> Text:
        speaks = _("You may speak for it.") if affiliation.may_speak else _("You read what it reads.")
        return Text(
            _("You belong to %(organisation)s here") % {"organisation": organisation},
            (
                _("It was confirmed that you belong to %(organisation)s in %(coalition)s.")
                % {"organisation": organisation, "coalition": organisation.coalition},
                speaks,
            ),
            organisation.get_absolute_url(),
        )

    to = [affiliation.person]
    yield News(coalition=organisation.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))


@notifications.register(("role", "gave"), ("role", "handed-over"), ("role", "appointed"))
def role_given(activity: Activity) -> Iterator[News]:
    role = Role.objects.select_related("person", "coalition").filter(pk=activity.object_id).first()
    if role is None:
        return

    def write() -> Text:
        names = {"role": role.get_kind_display(), "coalition": role.coalition}
        return Text(
            _("You have a role: %(role)s") % names,
            (
                _("You were given a role in %(coalition)s: %(role)s.") % names,
                _("What waits for you stands on your desk. If you would rather not, tell a coordinator."),
            ),
            reverse("home:desk", args=[role.coalition.slug]),
        )

    to = [role.person]
    yield News(coalition=role.coalition, people=to, topic=Topic.CONCERNS, write=write, but=actor_of(activity))
