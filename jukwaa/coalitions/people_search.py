"""People whom the words of a search in the directory find, each with what they are here today."""

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Lower

from jukwaa.accounts.models import Person
from jukwaa.coalitions import directory
from jukwaa.coalitions.models import Affiliation, ListEntry, Membership, Role
from jukwaa.coalitions.standing import Standing

MAX_PEOPLE_FOUND = 20


def search_people(viewer_standing: Standing, words: str) -> QuerySet[Person]:
    """Among those whose name this viewer may read. Who is on the mailing list is for coordinators to know.

    Each with `is_member` (on their own), `takes_part` (in an organisation or a role), `is_listed` and `was_here`.
    """
    coalition = viewer_standing.coalition
    memberships = Membership.objects.filter(person=OuterRef("pk"), coalition=coalition)
    roles = Role.objects.filter(person=OuterRef("pk"), coalition=coalition)
    ties = Affiliation.objects.filter(
        person=OuterRef("pk"), organisation__coalition=coalition, confirmed_on__isnull=False
    )
    entries = ListEntry.objects.filter(person=OuterRef("pk"), coalition=coalition, ends_on__isnull=True)
    return (
        directory.get_visible_people(viewer_standing)
        .filter(name__icontains=words)
        .annotate(
            is_member=Exists(memberships.active()),
            takes_part=Exists(ties.in_force()) | Exists(roles.in_force()),
            is_listed=Exists(entries) if viewer_standing.is_coordinator else Value(value=False),
            was_here=Exists(memberships.ever_belonged()) | Exists(ties) | Exists(roles),
        )
        .order_by(Lower("name"), "pk")
    )
