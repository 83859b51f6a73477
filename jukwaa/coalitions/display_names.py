"""Display names of people, by viewer, and counts that identify nobody."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Capacity, Coalition, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.written_names import WrittenNames

MIN_SHOWN_PEOPLE_COUNT = 5
# The fields that `shown` looks at.
DISPLAYED_NAME_FIELDS = ("name", "name_is_public", "is_minor", "adult_contact", "erased_at", "former_in")
ORGANISATION_NAME_FIELDS = ("name", "acronym")  # visitors read these instead of the name of a person
# The fields of a capacity, and of its person, that pages need to show who spoke.
VOICE_CAPACITY_FIELDS = (
    *("coalition", "name", "stakeholder_group", "regional_group"),
    *(f"organisation__{name}" for name in ORGANISATION_NAME_FIELDS),
    *(f"person__{name}" for name in DISPLAYED_NAME_FIELDS),
)


def get_public_name(person: Person, viewer: Standing | Viewer | None) -> str:
    """The person's name if this viewer may read it, else nothing: say the role or the organisation instead.

    The world reads the names of those who chose it. Members read the names of the adults of their coalition. Who is
    under 18 is named to coordinators, the safeguarding lead, their adult contact and themselves. Who has left is named
    to themselves and the safeguarding lead.
    """
    if person.erased_at is not None:
        return ""
    standing = viewer if isinstance(viewer, Standing) else None
    who = viewer.viewer if isinstance(viewer, Standing) else viewer
    pk = who.pk if who is not None and who.is_authenticated else None
    if pk is not None and pk == person.pk:
        return person.name
    if has_former_status(person, standing.coalition.pk if standing else None):
        return person.name if standing and standing.is_safeguarding_lead else ""
    if pk is not None and pk == person.adult_contact_id:
        return person.name
    if person.is_minor:
        return person.name if standing and (standing.is_coordinator or standing.is_safeguarding_lead) else ""
    return person.name if person.name_is_public or (standing and standing.is_inside) else ""


def has_former_status(person: Person, coalition: int | None) -> bool:
    """Whether the person left this coalition and is not named in it; without a coalition, whether they left any."""
    return bool(person.former_in) if coalition is None else coalition in person.former_in


def get_display_name(
    named_subject: Person | Capacity, viewer: Standing | Viewer | None, written_names: WrittenNames | None = None
) -> str:
    """Always something to call them by: the name where it may be read, else the organisation, the role, "a person".

    A list of names without a standing, such as an email's, gives `written_names`, which are then read once.
    """
    if isinstance(named_subject, Capacity) and (named_subject.organisation_id or named_subject.person is None):
        if named_subject.person_id is not None or (isinstance(viewer, Standing) and viewer.is_inside):
            return named_subject.name
        written_names = written_names or _get_written_names(named_subject, viewer)
        return written_names.find_public_name(named_subject) or _("a participant")
    person = named_subject.person if isinstance(named_subject, Capacity) else named_subject
    assert person is not None  # noqa: S101 - for the type alone
    if name := get_public_name(person, viewer):
        return name
    if person.is_minor:
        return _("a participant under 18")
    known = viewer.coalition.pk if isinstance(viewer, Standing) else getattr(named_subject, "coalition_id", None)
    if has_former_status(person, known):
        return _("a former member") if isinstance(named_subject, Capacity) else _("a former representative")
    role = get_role_names_by_person(viewer).get(person.pk) if isinstance(viewer, Standing) else None
    return role or _("a person")


def _get_written_names(capacity: Capacity, viewer: Standing | Viewer | None) -> WrittenNames:
    """Return what has been read for this request already, if there is a request."""
    if not isinstance(viewer, Standing):
        return WrittenNames(capacity.coalition_id)
    known: WrittenNames = viewer.__dict__.setdefault("_written_names", WrittenNames(viewer.coalition.pk))
    return known


def get_applicant_name(person: Person, viewer_standing: Standing) -> str:
    """The name for those who decide whether this person may come in: also of somebody who has left before."""
    if has_former_status(person, viewer_standing.coalition.pk) and not person.is_minor:
        return person.name or _("a person")
    return get_display_name(person, viewer_standing)


def get_role_names_by_person(viewer_standing: Standing) -> dict[int, str]:
    """Who holds which role today, by person: one query a request, and only where a name is not shown."""
    known: dict[int, str] | None = viewer_standing.__dict__.get("_role_names")
    if known is None:
        in_force = Role.objects.in_force().filter(coalition=viewer_standing.coalition).order_by("-kind")
        known = {role.person_id: _("the %(role)s") % {"role": role.get_kind_display()} for role in in_force}
        viewer_standing.__dict__["_role_names"] = known
    return known


def find_organisation_names(people: QuerySet[Any] | Sequence[int], coalition: Coalition) -> dict[int, str]:
    """Return the organisation that each person acts for, by person: of several, the first by name."""
    ties = Affiliation.objects.confirmed().filter(person__in=people, organisation__coalition=coalition)
    return dict(ties.order_by("-organisation__name").values_list("person", "organisation__name"))


def format_people_count(count: int) -> str:
    """A count of individuals, which gives nobody away: from five on a number. Organisations are counted as they are."""
    if count == 0:
        # Translators: after a label and a colon, as in "Individual members: none".
        return pgettext("number of people", "none")
    return _("fewer than 5") if count < MIN_SHOWN_PEOPLE_COUNT else str(count)
