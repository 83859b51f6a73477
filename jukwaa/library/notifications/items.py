"""News of how an item travels: to those who wrote it that it was used, to those who built on it that it changed."""

from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.library.models import Item, Use
from jukwaa.library.schema import kinds
from jukwaa.records.models import Authorship, Link, Record, State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email
from jukwaa.updates.recipients import get_actor_ids, group_people_by_visible_name
from jukwaa.updates.registries import notifications

ITEM_CHANGE_VERBS = ("changed", "restored")
ITEM_CHANGE_EVENTS = [(kind.name, verb) for kind in kinds() for verb in ITEM_CHANGE_VERBS]


@notifications.register(("use", "used"))
def notify_item_used(activity: Activity) -> Iterator[NotificationEmail]:
    """To those who wrote it, with the name that each of them may read."""
    uses = Use.objects.select_related("item__coalition", "capacity__person")
    use = uses.filter(pk=activity.object_id).first()
    if use is None:
        return
    readers = group_people_by_visible_name(use.capacity, _get_record_authors(use.item_id), use.item.coalition)
    for who, people in readers.items():
        yield NotificationEmail(
            coalition=use.item.coalition,
            people=people,
            topic=EmailTopic.TRAVELS,
            write=partial(_render_use_email, use, who),
            record=use.item,
            but=get_actor_ids(activity),
        )


def _render_use_email(use: Use, reader_role: str) -> EmailText:
    path = reverse("library:item_travels", args=[use.item.coalition.slug, use.item_id])
    return render_email("library/email/used.txt", path, who=reader_role, title=use.item.title, use=use)


@notifications.register(*ITEM_CHANGE_EVENTS)
def notify_item_changed(activity: Activity) -> Iterator[NotificationEmail]:
    """To those who used, adapted or translated it. Of changes that come together, the last is told."""
    item = Item.objects.select_related("coalition").filter(pk=activity.object_id, state=State.PUBLISHED).first()
    if item is None or _has_later_change(activity):
        return
    links = Link.objects.filter(to_record=item.pk, relation=Link.Relation.TRANSLATES)
    translators: set[int] = set()
    for link in links.select_related("from_record__coalition"):
        people = _get_record_authors(link.from_record_id)
        translators |= {person.pk for person in people}
        yield _build_item_email(
            activity, item, people, link.from_record, partial(_render_original_changed_email, item, link.from_record)
        )
    built = _find_people_who_used_item(item)
    yield _build_item_email(
        activity,
        item,
        built,
        item,
        partial(_render_item_changed_email, item),
        excluded_person_ids=frozenset(translators),
    )


def _has_later_change(activity: Activity) -> bool:
    later = Activity.objects.filter(kind=activity.kind, object_id=activity.object_id, verb__in=ITEM_CHANGE_VERBS)
    return later.filter(pk__gt=activity.pk).exists()


def _build_item_email(
    activity: Activity,
    item: Item,
    people: list[Person],
    record: Record,
    write_email: partial[EmailText],
    excluded_person_ids: frozenset[int] = frozenset(),
) -> NotificationEmail:
    return NotificationEmail(
        coalition=item.coalition,
        people=people,
        topic=EmailTopic.TRAVELS,
        write=write_email,
        record=record,
        but=excluded_person_ids | get_actor_ids(activity),
    )


def _find_people_who_used_item(item: Item) -> list[Person]:
    """Those who said that they used it, and those who wrote what was adapted from it."""
    users = [use.author for use in item.uses.select_related("author")]
    adapted = Link.objects.filter(to_record=item.pk, relation=Link.Relation.ADAPTED_FROM).values("from_record")
    writers = Authorship.objects.filter(record__in=adapted).select_related("person")
    return list(dict.fromkeys([*users, *(row.person for row in writers)]))


def _get_record_authors(record: int) -> list[Person]:
    return [row.person for row in Authorship.objects.filter(record=record).select_related("person")]


def _render_item_changed_email(item: Item) -> EmailText:
    compared = f"?old={item.version - 1}&new={item.version}#changes"
    path = reverse("records:history", args=[item.coalition.slug, item.pk]) + compared
    return render_email("library/email/changed.txt", path, title=item.title)


def _render_original_changed_email(item: Item, translation: Record) -> EmailText:
    path = reverse("library:translation_changes", args=[translation.coalition.slug, translation.pk])
    return render_email("library/email/original_changed.txt", path, title=item.title, translation=translation.title)
