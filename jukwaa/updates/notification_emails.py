"""Build emails from notifications: in the reader's language, and with nothing above TLP:GREEN in them.

While nobody has released a coalition's mail, all of it waits to be seen. Three kinds don't wait: what a person asked
for by mail a moment ago, what goes to the safeguarding lead, or says that there is none, and who works on a national
plan: a coordinator shall read neither the first nor the last, and the second can't wait.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import CapacityChoice, build_capacity_choices
from jukwaa.coalitions.models import Activity, Coalition, Membership
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.bidi import isolate_text_if_rtl
from jukwaa.mail import actions as mail
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL, build_unsubscribe_headers
from jukwaa.records import policies
from jukwaa.records.models import Record
from jukwaa.updates import email_links
from jukwaa.updates.letters import (
    get_mail_address,
    get_mail_language,
    get_mail_zone,
    is_mail_held,
    must_wait_for_approval,
    queue_letter,
)
from jukwaa.updates.models import EmailTopic, MailChoice
from jukwaa.updates.welcome_emails import release_first_email, send_welcome_email


@dataclass(frozen=True)
class EmailText:
    """What a mail says: a subject, paragraphs, and the page that it leads to (a path)."""

    subject: str
    body: str
    path: str


def render_email(template: str, path: str, **context: object) -> EmailText:
    """Write an email from its template, in the language of today: its first line is the subject."""
    subject, _blank, body = render_to_string(template, context).removesuffix("\n").partition("\n\n")
    return EmailText(subject, body, path)


def defer_email_rendering(template: str, path: str, **context: object) -> Callable[[], EmailText]:
    """Return how an email is written once the language of its reader is known: nothing in `context` is in one yet."""
    return partial(render_email, template, path, **context)


@dataclass(frozen=True)
class ReplyOption:
    """What an answer by mail is taken for, where it is no comment: `subject` is that of its reply address, as `call:7`.

    `capacity_of` says in which capacity it would speak, and None of those whose answer is not taken; the template says
    how to answer, to the others. Without them everybody who gets the mail can answer it, and its text says how.
    """

    subject: str
    capacity_of: Callable[[Person], CapacityChoice | None] | None = None
    template: str = ""


@dataclass(frozen=True, kw_only=True)
class NotificationEmail:
    """Something to tell. `write` is called in the language and the time zone of each reader.

    `at_once` means that it is never held.
    """

    coalition: Coalition
    people: Iterable[Person]
    topic: EmailTopic
    write: Callable[[], EmailText]
    write_to: Callable[[Person], EmailText] | None = None  # where each reader's email has links of their own
    record: Record | None = None
    names: tuple[Record, ...] = ()  # records in it that its readers may not be able to open
    may_answer: bool = False  # with a comment
    answer: ReplyOption | None = None
    once: str = ""  # what is told twice under this name, whoever tells it, is sent to each reader once
    at_once: bool = False
    is_required: bool = False  # the law or safety asks for it: also to those who refuse, according to an imported list
    calendar: Callable[[str], str] | None = None  # from the address of a reader to an iCalendar file with a METHOD
    attachment: mail.FileToAttach | None = None
    to_list: bool = False  # and to the mailing list, if the whole world may read it
    but: frozenset[int] = field(default_factory=frozenset)  # who did it needs no telling


def send_notification(
    notification_email: NotificationEmail,
    *,
    key: str,
    activity: Activity | None = None,
    caused_at: datetime | None = None,
) -> int:
    """One mail for each person who wants it and may see what it is about. Told twice under one key, it is sent once.

    `caused_at` is when somebody did what it tells of, if that was no activity: the approval of that time holds for it.
    An email to the person who caused it needs no approval.
    """
    author_pk = activity.actor_id if activity else None
    is_held = _is_held(notification_email, activity.at if activity else caused_at)
    readers = {
        build_email_key(notification_email, key, person): person
        for person in find_notification_readers(notification_email)
    }
    queued = mail.find_queued_email_keys(readers)  # by a worker that was killed before it had written all of them
    for email_key, person in readers.items():
        if email_key not in queued:
            must_wait = is_held and person.pk != author_pk
            send_notification_to_person(notification_email, person, key=email_key, activity=activity, is_held=must_wait)
    if notification_email.to_list and notification_email.record is not None:
        _post_to_mailing_list(
            notification_email,
            notification_email.record,
            email_key=f"{notification_email.once or key}:list",
            activity=activity,
            is_held=is_held,
        )
    return len(readers)


def _is_held(notification_email: NotificationEmail, caused_at: datetime | None) -> bool:
    if notification_email.at_once:
        return False
    about = notification_email.record or next(iter(notification_email.names), None)
    return must_wait_for_approval(notification_email.coalition, about, caused_at)


def build_email_key(notification_email: NotificationEmail, email_key: str, person: Person) -> str:
    """Return the key of the email to one person."""
    return f"{notification_email.once or email_key}:{person.pk}"


def find_notification_readers(notification_email: NotificationEmail) -> list[Person]:
    """Return who wants this email and may see what it is about."""
    people = {
        person.pk: person
        for person in notification_email.people
        if person.pk not in notification_email.but and get_mail_address(person)
    }
    wanted = MailChoice.objects.find_wanting_person_ids(
        people.values(),
        notification_email.coalition,
        notification_email.topic,
        is_required=notification_email.is_required,
    )
    found = [people[pk] for pk in sorted(wanted)]
    # What everybody may read is asked for once, and not once for each person.
    if not found or notification_email.record is None or _is_public_record(notification_email.record):
        return found
    return [person for person in found if policies.can_read(ViewerContext(person), notification_email.record)]


def _is_public_record(record: Record) -> bool:
    return Record.objects.visible_to(AnonymousUser()).filter(pk=record.pk).exists()


def send_notification_to_person(
    notification_email: NotificationEmail, person: Person, *, key: str, is_held: bool, activity: Activity | None = None
) -> None:
    """Queue the email to one person, held if it waits to be seen."""
    coalition = notification_email.coalition
    is_approved_early = is_mail_held(coalition) and not (is_held or notification_email.at_once)
    if is_approved_early and not person.has_been_informed:
        release_first_email(person, coalition)
    with translation.override(get_mail_language(person, coalition)):
        text, reply, choice = render_notification_for_person(notification_email, person)
        ends = email_links.build_email_link(
            email_links.UNSUBSCRIBE_PURPOSE,
            "updates:unsubscribe",
            person=person.pk,
            coalition=coalition.pk,
            topic=str(notification_email.topic),
        )
        context = {
            "text": text,
            "coalition": coalition,
            "ends": ends,
            "link": email_links.build_absolute_url(text.path),
        }
        context |= {"choice": choice, "choices": email_links.build_absolute_url(reverse("updates:mail_settings"))}
        context["how_to_answer"] = notification_email.answer.template if notification_email.answer else ""
        queue_notification_letter(
            coalition=coalition,
            person=person,
            record=notification_email.record,
            names=notification_email.names,
            to=get_mail_address(person),
            key=key,
            subject=f"[{isolate_text_if_rtl(coalition.name[:60])}] {text.subject}",
            body=render_to_string("updates/email/news.txt", context).strip() + "\n",
            reply=mail.ReplyThread(reply, owner=f"person:{person.pk}") if reply else None,
            headers=build_unsubscribe_headers(ends),
            held=is_held,
            batch=_get_batch(key),
            calendar=_build_calendar_attachment(notification_email, person),
            attachment=notification_email.attachment if _is_record_readable_by_email(notification_email) else None,
            activity=activity,
        )


def _build_calendar_attachment(notification_email: NotificationEmail, person: Person) -> str:
    """Above TLP:GREEN, there is none: it would say when and where."""
    return (
        notification_email.calendar(get_mail_address(person))
        if notification_email.calendar and _is_record_readable_by_email(notification_email)
        else ""
    )


def _is_record_readable_by_email(notification_email: NotificationEmail) -> bool:
    return notification_email.record is None or notification_email.record.label in LABELS_READABLE_BY_EMAIL


def render_notification_for_person(
    notification_email: NotificationEmail, person: Person
) -> tuple[EmailText, str, CapacityChoice | None]:
    """Return what the email says in the language of today, what a reply is about, and in which capacity it speaks."""
    text = render_notification_text(notification_email, person)
    return text, *_get_reply_subject_and_capacity(notification_email, person)


def render_notification_text(notification_email: NotificationEmail, person: Person) -> EmailText:
    """Return what the email says to this person in the language of today, for its sender to read before it is sent."""
    with timezone.override(get_mail_zone(person, notification_email.coalition)):
        write = (
            partial(notification_email.write_to, person) if notification_email.write_to else notification_email.write
        )
        if notification_email.record is None:
            return write()
        return _render_email_by_record_label(notification_email.record, write)


def _get_reply_subject_and_capacity(
    notification_email: NotificationEmail, person: Person
) -> tuple[str, CapacityChoice | None]:
    """What a reply is about, if one is taken, and in which capacity it would speak."""
    record, answer = notification_email.record, notification_email.answer
    if person.is_minor or (record is not None and record.label not in LABELS_READABLE_BY_EMAIL):
        return "", None
    if answer is not None and answer.capacity_of is None:
        return answer.subject, None
    if answer is not None and answer.capacity_of is not None:
        choice = answer.capacity_of(person)
        return (answer.subject if choice else ""), choice
    choice = (
        get_email_comment_capacity(person, record) if notification_email.may_answer and record is not None else None
    )
    return (f"record:{record.pk}" if record is not None and choice else ""), choice


def _render_email_by_record_label(record: Record, write_email: Callable[[], EmailText]) -> EmailText:
    """Above TLP:GREEN nothing of a record stands in a mail, but that it is there."""
    if record.label in LABELS_READABLE_BY_EMAIL:
        return write_email()
    return render_email("updates/email/above_green.txt", write_email().path)


def _post_to_mailing_list(
    notification_email: NotificationEmail, record: Record, *, email_key: str, activity: Activity | None, is_held: bool
) -> None:
    """The list goes on as before, and hears what is new. Being on it is not membership: it gets what is TLP:CLEAR."""
    coalition = notification_email.coalition
    if not coalition.list_address or not _is_public_record(record):
        return
    with translation.override(coalition.language):
        text = notification_email.write()
        context = {"text": text, "coalition": coalition, "link": email_links.build_absolute_url(text.path)}
        queue_notification_letter(
            coalition=coalition,
            person=None,
            record=record,
            to=coalition.list_address,
            key=email_key,
            subject=text.subject,
            body=render_to_string("updates/email/list.txt", context).strip() + "\n",
            held=is_held,
            batch=_get_batch(email_key),
            activity=activity,
        )


def _get_batch(email_key: str) -> str:
    """Return what the keys of the emails to all readers of a notification have in common."""
    return email_key.rpartition(":")[0][:200]


def get_email_comment_capacity(person: Person, record: Record) -> CapacityChoice | None:
    """In which capacity a comment by mail would speak; None where comments by mail are not taken."""
    if (
        record.label not in LABELS_READABLE_BY_EMAIL
        or person.is_minor
        or not policies.can_comment(ViewerContext(person), record)
    ):
        return None
    return get_default_email_capacity(person, record.coalition)


def get_default_email_capacity(person: Person, coalition: Coalition) -> CapacityChoice:
    """A seat of one's own, or doubt between organisations, means on one's own: nobody speaks for one by accident."""
    choices = build_capacity_choices(Standing(person, coalition))
    own = Membership.objects.active().filter(coalition=coalition, person=person).exists()
    through = [choice for choice in choices if choice.organisation is not None]
    return through[0] if len(through) == 1 and not own else choices[-1]


def queue_notification_letter(*, person: Person | None, coalition: Coalition, **letter: Any) -> datetime | None:
    """Queue a letter as `queue_letter` does. People whom others have entered get their first email before it."""
    if person is not None and not person.has_been_informed:
        send_welcome_email(person)
    return queue_letter(person=person, coalition=coalition, **letter)
