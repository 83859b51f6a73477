"""How a person may be called before whom, and counts that give nobody away."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing

FEW = 5
NAMED_BY = ("name", "name_is_public", "is_minor", "adult_contact", "erased_at")  # the fields that `shown` looks at


def public_name(person: Person, viewer: Standing | Viewer | None) -> str:
    """The person's name if this viewer may read it, else nothing: say the role or the organisation instead.

    The world reads the names of those who chose it. Members read the names of the adults of their coalition. Who is
    under 18 is named to coordinators, the safeguarding lead, their adult contact and themselves.
    """
    if person.erased_at is not None:
        return ""
    who = viewer.viewer if isinstance(viewer, Standing) else viewer
    if who is not None and who.is_authenticated and who.pk in {person.pk, person.adult_contact_id}:
        return person.name
    standing = viewer if isinstance(viewer, Standing) else None
    if person.is_minor:
        return person.name if standing and (standing.is_coordinator or standing.is_safeguarding_lead) else ""
    if person.name_is_public or (standing and standing.is_inside):
        return person.name
    return ""


def shown(subject: Person | Capacity, viewer: Standing | Viewer | None) -> str:
    """Always something to call them by: the name where it may be read, else the organisation, the role, "a person"."""
    if isinstance(subject, Capacity):
        if subject.organisation_id or subject.person is None:
            return subject.name
        return shown(subject.person, viewer)
    if name := public_name(subject, viewer):
        return name
    role = role_names(viewer).get(subject.pk) if isinstance(viewer, Standing) else None
    return role or _("a person")


def role_names(standing: Standing) -> dict[int, str]:
    """Who holds which role today, by person: one query a request, and only where a name is not shown."""
    known: dict[int, str] | None = standing.__dict__.get("_role_names")
    if known is None:
        in_force = Role.objects.in_force().filter(coalition=standing.coalition).order_by("-kind")
        known = {role.person_id: _("the %(role)s") % {"role": role.get_kind_display()} for role in in_force}
        standing.__dict__["_role_names"] = known
    return known


def fold(count: int) -> str:
    """A count of individuals, which gives nobody away: from five on a number. Organisations are counted as they are."""
    if count == 0:
        return _("none")
    return _("fewer than five") if count < FEW else str(count)
