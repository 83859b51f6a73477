"""Find the recipients of notifications and reminders."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Activity, Affiliation, Capacity, Coalition, Membership, Organisation, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.updates.models import EmailTopic, MailChoice
from jukwaa.updates.models.telling import DEFAULT_EMAIL_TOPICS


def get_actor_ids(activity: Activity) -> frozenset[int]:
    """Return the number of the person who acted, who needs no notification."""
    return frozenset({activity.actor_id} if activity.actor_id else ())


def find_role_holders(coalition: Coalition, role_kind: str) -> list[Person]:
    held = Role.objects.in_force().filter(coalition=coalition, kind=role_kind).select_related("person")
    return [role.person for role in held]


def find_coalition_coordinators(coalition: Coalition) -> list[Person]:
    return find_role_holders(coalition, Role.Kind.COORDINATOR)


def find_news_subscribers(coalition: Coalition) -> list[Person]:
    """Members hear of what is new only if they chose to."""
    chosen = MailChoice.objects.filter(coalition=coalition, topic=EmailTopic.NEWS, wanted=True).select_related("person")
    return [choice.person for choice in chosen]


def find_organisation_representatives(organisation: Organisation) -> list[Person]:
    """Return the people who are confirmed, and may represent the organisation."""
    return find_representatives_of_any([organisation.pk])


def find_representatives_of_any(organisations: Iterable[Organisation] | Iterable[int]) -> list[Person]:
    """Everybody who may speak for one of these today, once."""
    rows = Affiliation.objects.confirmed().filter(organisation__in=organisations, may_speak=True)
    return list({row.person_id: row.person for row in rows.select_related("person")}.values())


def find_people_with_seat(coalition: Coalition) -> list[Person]:
    """Return everybody who has a seat today, each once."""
    active = Membership.objects.active().filter(coalition=coalition)
    own = active.filter(person__isnull=False).select_related("person__adult_contact")
    organisations = active.filter(organisation__isnull=False).values("organisation")
    people = {row.person.pk: row.person for row in own if row.person is not None}
    confirmed = Affiliation.objects.confirmed().filter(organisation__in=organisations)
    for row in confirmed.select_related("person__adult_contact").order_by("pk"):
        people.setdefault(row.person_id, row.person)
    return list(people.values())


def filter_people_with_seat(coalition: Coalition) -> QuerySet[Person]:
    """Return the same people as `find_members`, to be counted without reading 2,000 of them."""
    active = Membership.objects.active().filter(coalition=coalition)
    organisations = active.filter(organisation__isnull=False).values("organisation")
    own = active.filter(person__isnull=False).values("person")
    through = Affiliation.objects.confirmed().filter(organisation__in=organisations).values("person")
    return Person.objects.filter(Q(pk__in=own) | Q(pk__in=through))


def count_members_wanting(coalition: Coalition, mail_topic: str) -> int:
    """Return how many members get email of this topic: as `find_notification_readers`, for what all may read."""
    chosen = MailChoice.objects.filter(person=OuterRef("pk"), coalition=coalition, topic=mail_topic)
    wants = (
        ~Exists(chosen.filter(wanted=False))
        if mail_topic in DEFAULT_EMAIL_TOPICS
        else Exists(chosen.filter(wanted=True))
    )
    refuses = Affiliation.objects.refusing_email().filter(person=OuterRef("pk"), organisation__coalition=coalition)
    return _filter_reachable_members(coalition).filter(wants, ~Exists(refuses)).count()


def count_refusing_members(coalition: Coalition) -> dict[str, int]:
    """Return how many members get no emails according to an imported list, by their objection: one query."""
    refusing = Affiliation.objects.refusing_email().filter(organisation__coalition=coalition)
    rows = refusing.filter(person__in=_filter_reachable_members(coalition).values("pk"))
    objections: dict[int, str] = {}
    for pk, objection in rows.order_by().values_list("person", "no_invitations"):
        objections[pk] = Affiliation.choose_objection(objections.get(pk, ""), objection)
    return dict(Counter(objections.values()))


def _filter_reachable_members(coalition: Coalition) -> QuerySet[Person]:
    has_address = Q(is_minor=False, email__gt="") | Q(is_minor=True, adult_contact__email__gt="")
    return filter_people_with_seat(coalition).filter(has_address, is_active=True, erased_at=None)


def group_people_by_visible_name(
    capacity: Capacity, people: Iterable[Person], coalition: Coalition
) -> dict[str, list[Person]]:
    """These people by the name of somebody that each of them may read."""
    readers: dict[str, list[Person]] = {}
    for person in people:
        readers.setdefault(get_display_name(capacity, Standing(person, coalition)), []).append(person)
    return readers
