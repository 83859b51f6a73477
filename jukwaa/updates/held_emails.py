"""Emails that wait for approval: what they are, and which will still be written about a record."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, Min, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.display_names import get_public_name
from jukwaa.coalitions.models import Activity, Affiliation, Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.mail.actions import drop_unsent_emails
from jukwaa.mail.delivery_checks import find_outdated_email_ids
from jukwaa.records.models import Record
from jukwaa.updates.letters import APPROVAL_VERB, is_mail_held, must_wait_for_approval
from jukwaa.updates.models import Letter, ToldUntil
from jukwaa.updates.models.telling import LetterQuerySet
from jukwaa.updates.recipients import find_coalition_coordinators
from jukwaa.updates.registries import notifications

FIRST_EMAILS, OTHER_EMAILS = "first", "other"  # what have no batch
VERBS_NOTIFIED_AT_TIMES = frozenset({"published", "changed", "restored"})  # not of every record, or of every change
MAX_EMAIL_GROUPS = 50
MAX_PENDING_ACTIVITIES = 20
COALITION_PREFIX_PATTERN = re.compile(r"^\[[^\]]*\] ")


@dataclass(frozen=True)
class EmailGroup:
    """Emails that tell several people the same, such as the invitation to one meeting.

    `first_number` of the readers get their first email before it: see `count_first_emails`.
    """

    key: str
    heading: str
    number: int
    first_number: int

    @property
    def sent_number(self) -> int:
        return self.number + self.first_number


def list_email_groups(held_letters: LetterQuerySet, language: str) -> list[EmailGroup]:
    """Return the groups of waiting emails, the latest first. Each has the subject of one of its emails as heading."""
    rows = held_letters.order_by().values("batch", "is_first")
    example = Coalesce(Min("pk", filter=Q(language=language)), Min("pk"))
    found = list(
        rows.annotate(
            number=Count("pk"),
            first_number=Count("person", distinct=True, filter=_build_first_email_condition()),
            example=example,
            last=Max("pk"),
        ).order_by("-last")[:MAX_EMAIL_GROUPS]
    )
    examples = Letter.objects.filter(pk__in=[row["example"] for row in found])
    subjects = dict(examples.values_list("pk", "message__subject"))
    return [
        EmailGroup(
            key=_get_group_key(row["batch"], is_first=row["is_first"]),
            heading=_describe_group(row["batch"], subjects.get(row["example"], ""), is_first=row["is_first"]),
            number=row["number"],
            first_number=row["first_number"],
        )
        for row in found
    ]


def find_unsendable_emails(held_letters: LetterQuerySet, coalition: Coalition) -> tuple[set[int], set[int]]:
    """Return the ids of the emails that are outdated, and of those to people who get none, which approval deletes."""
    is_refused = _build_refused_email_condition(coalition)
    rows = dict(held_letters.order_by().annotate(is_refused=is_refused).values_list("pk", "is_refused"))
    outdated = find_outdated_email_ids(list(rows)) if rows else set[int]()
    return outdated, {pk for pk, is_refused in rows.items() if is_refused} - outdated


def count_emails_to_approve(coalition: Coalition) -> int:
    """Return how many emails wait, without those to people who get none, in one query.

    Outdated emails are not left out: they are dropped every hour.
    """
    return Letter.objects.held(coalition).exclude(_build_refused_email_condition(coalition)).count()


def _build_refused_email_condition(coalition: Coalition) -> Exists:
    refusing = Affiliation.objects.refusing_email().filter(organisation__coalition=coalition, person=OuterRef("person"))
    return Exists(refusing)


def explain_refused_emails(number: int) -> str:
    return ngettext(
        "We will not send 1 email, because this person gets no emails according to an imported list.",
        "We will not send %(n)d emails, because these people get no emails according to imported lists.",
        number,
    ) % {"n": number}


def count_first_emails(held_letters: LetterQuerySet) -> int:
    """Return how many first emails, which are not among these emails, are sent together with them."""
    return held_letters.order_by().filter(_build_first_email_condition()).values("person").distinct().count()


def _build_first_email_condition() -> Q:
    first = Letter.objects.filter(message__held=True, is_first=True, person=OuterRef("person"))
    return Q(Exists(first), is_first=False, person__told_at=None, person__last_login=None)


def drop_outdated_held_emails() -> None:
    """Drop waiting emails that nobody may be sent any more, such as those that ask for input after the deadline."""
    held = list(Letter.objects.filter(message__held=True).values_list("pk", flat=True))
    if outdated := find_outdated_email_ids(held):
        drop_unsent_emails(outdated)


def _get_group_key(batch: str, *, is_first: bool) -> str:
    return batch or (FIRST_EMAILS if is_first else OTHER_EMAILS)


def _describe_group(batch: str, subject: str, *, is_first: bool) -> str:
    if batch:
        return COALITION_PREFIX_PATTERN.sub("", subject)
    return _("First emails to people who were added to the directory") if is_first else _("Other emails")


def filter_email_group(held_letters: LetterQuerySet, group_key: str) -> LetterQuerySet:
    """Return the emails of a group; none without its key, which is no text that anybody enters."""
    if not group_key.isprintable() or not group_key:
        return held_letters.none()
    if group_key in {FIRST_EMAILS, OTHER_EMAILS}:
        return held_letters.filter(batch="", is_first=group_key == FIRST_EMAILS)
    return held_letters.filter(batch=group_key)


def filter_emails_about(held_letters: LetterQuerySet, record: Record) -> LetterQuerySet:
    """Return the emails about a record. Those to people who may not read it only name it."""
    named = Letter.names.through.objects.filter(record=record.pk).values("letter")
    return held_letters.filter(Q(record=record.pk) | Q(record=None, pk__in=named))


@dataclass(frozen=True)
class WaitingEmails:
    """The emails about a record that wait for approval. Without a number, they have not been written yet.

    `approvers` are the names of those who can approve them, for readers who cannot.
    """

    record: Record
    number: int
    may_approve: bool
    approvers: tuple[str, ...] = ()


def list_approver_names(viewer_standing: Standing) -> list[str]:
    """Return the names of the coordinators, as the viewer may read them."""
    people = find_coalition_coordinators(viewer_standing.coalition)
    return sorted(name for person in people if (name := get_public_name(person, viewer_standing)))


def find_waiting_emails(
    record: Record, record_parts: Iterable[Model], viewer_standing: Standing, *, sending_since: datetime | None = None
) -> WaitingEmails | None:
    """Return the emails that wait, for those who send emails about records; None if there are none.

    `sending_since` says of emails that no activity tells of when somebody sent them: they will be written soon.
    """
    coalition = viewer_standing.coalition
    may_approve = viewer_standing.is_coordinator
    if not is_mail_held(coalition) or not (may_approve or viewer_standing.is_rapporteur):
        return None
    pending = _find_pending_activities(record, record_parts)
    number, is_pending = _count_waiting_emails(record, pending)
    is_being_sent = sending_since is not None and must_wait_for_approval(coalition, record, sending_since)
    if not number and not is_being_sent and not (is_pending and any(map(_has_recipients, pending))):
        return None
    approvers = () if may_approve else tuple(list_approver_names(viewer_standing))
    return WaitingEmails(record, number, may_approve, approvers)


def _count_waiting_emails(record: Record, pending: QuerySet[Activity]) -> tuple[int, bool]:
    """Return how many emails wait, and whether something was done that nobody has been told of: one query."""
    held = filter_emails_about(Letter.objects.filter(coalition=OuterRef("pk"), message__held=True), record)
    number = held.order_by().values("coalition").annotate(number=Count("pk")).values("number")
    rows = Coalition.objects.filter(pk=record.coalition_id)
    count, is_pending = rows.values_list(Coalesce(Subquery(number), 0), Exists(pending))[0]
    return int(count), bool(is_pending)


def _find_pending_activities(record: Record, record_parts: Iterable[Model]) -> QuerySet[Activity]:
    """Return what nobody has been told of yet, and what has not been approved."""
    about = _build_notified_condition(record.kind, record.pk)
    for part in record_parts:
        kind = getattr(part, "kind", "") or str(part._meta.model_name)  # noqa: SLF001 - public by Django's word
        about |= _build_notified_condition(kind, part.pk)
    last_told = ToldUntil.objects.order_by("-activity_id").values("activity_id")[:1]
    approvals = Activity.objects.filter(
        kind=record.kind, object_id=record.pk, verb=APPROVAL_VERB, at__gte=OuterRef("at")
    )
    rows = Activity.objects.filter(
        about,
        ~Exists(approvals),
        coalition=record.coalition_id,
        told__isnull=True,
        pk__gt=Coalesce(Subquery(last_told), 0),
    )
    return rows.select_related("coalition", "actor").order_by("-pk")[:MAX_PENDING_ACTIVITIES]


def _build_notified_condition(kind: str, pk: int) -> Q:
    """Return the condition that an activity about this is of those that people are told of."""
    return Q(kind=kind, object_id=pk, verb__in=[verb for of_kind, verb in notifications if of_kind == kind])


def _has_recipients(activity: Activity) -> bool:
    """Whether anybody will be told. Most of what is notified is done to tell people."""
    if activity.verb not in VERBS_NOTIFIED_AT_TIMES:
        return True
    notification = notifications.get((activity.kind, activity.verb))
    emails = notification(activity) if notification else ()
    return any(person.pk not in email.but for email in emails for person in email.people)
