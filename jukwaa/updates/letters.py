"""From a piece of news to a mail: whole sentences in the reader's language, and nothing above TLP:GREEN in them.

While nobody has released a coalition's mail, all of it waits to be seen. Three kinds don't wait: what a person asked
for by mail a moment ago, what goes to the safeguarding lead, or says that there is none, and who works on a national
plan: a coordinator shall read neither the first nor the last, and the second can't wait.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import Choice, capacity_choices
from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.bidi import isolate_if_rtl
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.mail import actions as mail
from jukwaa.mail.headers import OPEN_LABELS, one_click_unsubscribe
from jukwaa.records import policies
from jukwaa.records.models import Record
from jukwaa.updates import tokens
from jukwaa.updates.models import Letter, MailChoice, Topic

SCOPE = "coalition:"


@dataclass(frozen=True)
class Text:
    """What a mail says: a subject, paragraphs, and the page that it leads to (a path)."""

    subject: str
    body: str
    path: str


def render_email(template: str, path: str, **context: object) -> Text:
    """Write an email from its template, in the language of today: its first line is the subject."""
    subject, _blank, body = render_to_string(template, context).removesuffix("\n").partition("\n\n")
    return Text(subject, body, path)


def email(template: str, path: str, **context: object) -> Callable[[], Text]:
    """Return how an email is written once the language of its reader is known: nothing in `context` is in one yet."""
    return partial(render_email, template, path, **context)


@dataclass(frozen=True)
class Answer:
    """What an answer by mail is taken for, where it is no comment: `subject` is that of its reply address, as `call:7`.

    `capacity_of` says in which capacity it would speak, and None of those whose answer is not taken; the template says
    how to answer, to the others. Without them everybody who gets the mail can answer it, and its text says how.
    """

    subject: str
    capacity_of: Callable[[Person], Choice | None] | None = None
    template: str = ""


@dataclass(frozen=True, kw_only=True)
class News:
    """Something to tell. `write` is called in the language and the time zone of each reader.

    `at_once` means that it is never held.
    """

    coalition: Coalition
    people: Iterable[Person]
    topic: Topic
    write: Callable[[], Text]
    write_to: Callable[[Person], Text] | None = None  # where each reader's email has links of their own
    record: Record | None = None
    may_answer: bool = False  # with a comment
    answer: Answer | None = None
    once: str = ""  # what is told twice under this name, whoever tells it, is sent to each reader once
    at_once: bool = False
    calendar: Callable[[str], str] | None = None  # from the address of a reader to an iCalendar file with a METHOD
    to_list: bool = False  # and to the mailing list, if the whole world may read it
    but: frozenset[int] = field(default_factory=frozenset)  # who did it needs no telling


def scope_of(coalition: Coalition) -> str:
    """The name under which this coalition's mail waits to be seen."""
    return f"{SCOPE}{coalition.pk}"


def is_held(coalition: Coalition) -> bool:
    return coalition.mail_released_at is None


def send_news(news: News, *, key: str) -> int:
    """One mail for each person who wants it and may see what it is about. Told twice under one key, it is sent once."""
    readers = {key_for(news, key, person): person for person in find_readers(news)}
    queued = mail.find_queued(readers)  # by a worker that was killed before it had written all of them
    for email_key, person in readers.items():
        if email_key not in queued:
            send_letter(news, person, key=email_key)
    if news.to_list and news.record is not None:
        _post_to_list(news, news.record, key=f"{news.once or key}:list")
    return len(readers)


def key_for(news: News, key: str, person: Person) -> str:
    """Return the key of the email to one person."""
    return f"{news.once or key}:{person.pk}"


def find_readers(news: News) -> list[Person]:
    """Return who wants this email and may see what it is about."""
    people = {person.pk: person for person in news.people if person.pk not in news.but and address_of(person)}
    wanted = MailChoice.objects.wanting(people.values(), news.coalition, news.topic)
    found = [people[pk] for pk in sorted(wanted)]
    # What everybody may read is asked for once, and not once for each person.
    if not found or news.record is None or _is_public(news.record):
        return found
    return [person for person in found if policies.can_read(ViewerContext(person), news.record)]


def _is_public(record: Record) -> bool:
    return Record.objects.visible_to(AnonymousUser()).filter(pk=record.pk).exists()


def address_of(person: Person) -> str:
    """Where mail for a person goes: for somebody under 18, to the adult whom they named."""
    if not person.is_active or person.erased_at:
        return ""
    return _reader_of(person).email or ""


def language_of(person: Person) -> str:
    return _reader_of(person).language


def _reader_of(person: Person) -> Person:
    return person.adult_contact if person.is_minor and person.adult_contact else person


def send_letter(news: News, person: Person, *, key: str) -> None:
    """Queue the email to one person, held if the coalition's mail waits to be seen."""
    coalition = news.coalition
    with translation.override(language_of(person)):
        text, reply, choice = write_letter(news, person)
        ends = tokens.link(
            tokens.UNSUBSCRIBE, "updates:unsubscribe", person=person.pk, coalition=coalition.pk, topic=str(news.topic)
        )
        context = {"text": text, "coalition": coalition, "ends": ends, "link": tokens.absolute(text.path)}
        context |= {"choice": choice, "choices": tokens.absolute(reverse("updates:mail_settings"))}
        context["how_to_answer"] = news.answer.template if news.answer else ""
        keep(
            coalition=coalition,
            person=person,
            record=news.record,
            to=address_of(person),
            key=key,
            subject=f"[{isolate_if_rtl(coalition.name[:60])}] {text.subject}",
            body=render_to_string("updates/email/news.txt", context).strip() + "\n",
            reply=mail.ReplyThread(reply, owner=f"person:{person.pk}") if reply else None,
            headers=one_click_unsubscribe(ends),
            held=is_held(coalition) and not news.at_once,
            calendar=_calendar_of(news, person),
        )


def _calendar_of(news: News, person: Person) -> str:
    """Above TLP:GREEN, there is none: it would say when and where."""
    is_open = news.record is None or news.record.label in OPEN_LABELS
    return news.calendar(address_of(person)) if news.calendar and is_open else ""


def write_letter(news: News, person: Person) -> tuple[Text, str, Choice | None]:
    """Return what the email says in the language of today, what a reply is about, and in which capacity it speaks."""
    with timezone.override(_reader_of(person).zone):
        write = partial(news.write_to, person) if news.write_to else news.write
        text = write() if news.record is None else _guarded(news.record, write)
    return text, *_reply_of(news, person)


def _reply_of(news: News, person: Person) -> tuple[str, Choice | None]:
    """What a reply is about, if one is taken, and in which capacity it would speak."""
    record, answer = news.record, news.answer
    if person.is_minor or (record is not None and record.label not in OPEN_LABELS):
        return "", None
    if answer is not None and answer.capacity_of is None:
        return answer.subject, None
    if answer is not None and answer.capacity_of is not None:
        choice = answer.capacity_of(person)
        return (answer.subject if choice else ""), choice
    choice = answering(person, record) if news.may_answer and record is not None else None
    return (f"record:{record.pk}" if record is not None and choice else ""), choice


def _guarded(record: Record, write: Callable[[], Text]) -> Text:
    """Above TLP:GREEN nothing of a record stands in a mail, but that it is there."""
    if record.label in OPEN_LABELS:
        return write()
    return render_email("updates/email/above_green.txt", write().path)


def _post_to_list(news: News, record: Record, *, key: str) -> None:
    """The list goes on as before, and hears what is new. Being on it is not membership: it gets what is TLP:CLEAR."""
    coalition = news.coalition
    if not coalition.list_address or not _is_public(record):
        return
    with translation.override(coalition.language):
        text = news.write()
        context = {"text": text, "coalition": coalition, "link": tokens.absolute(text.path)}
        keep(
            coalition=coalition,
            person=None,
            record=record,
            to=coalition.list_address,
            key=key,
            subject=text.subject,
            body=render_to_string("updates/email/list.txt", context).strip() + "\n",
            held=is_held(coalition) and not news.at_once,
        )


def answering(person: Person, record: Record) -> Choice | None:
    """In which capacity a comment by mail would speak; None where comments by mail are not taken."""
    if record.label not in OPEN_LABELS or person.is_minor or not policies.can_comment(ViewerContext(person), record):
        return None
    return capacity_by_mail(person, record.coalition)


def capacity_by_mail(person: Person, coalition: Coalition) -> Choice:
    """A seat of one's own, or doubt between organisations, means on one's own: nobody speaks for one by accident."""
    choices = capacity_choices(Standing(person, coalition))
    own = Membership.objects.active().filter(coalition=coalition, person=person).exists()
    through = [choice for choice in choices if choice.organisation is not None]
    return through[0] if len(through) == 1 and not own else choices[-1]


@atomic_with_retry
def keep(
    *,
    coalition: Coalition,
    person: Person | None,
    to: str,
    key: str,
    subject: str,
    body: str,
    held: bool,
    record: Record | None = None,
    names: Iterable[Record] = (),
    reply: mail.ReplyThread | None = None,
    headers: dict[str, str] | None = None,
    calendar: str = "",
    is_first: bool = False,
) -> datetime | None:
    """Queues a mail with its letter; says when it left our hands, or nothing while it is held.

    `record` is what it is about, and `names` those that a digest lists.
    """
    message = mail.queue(
        to=to,
        subject=subject,
        body=body,
        key=key,
        reply=reply,
        headers=headers,
        calendar=calendar,
        held=held,
        scope=scope_of(coalition),
    )
    letter, _is_new = Letter.objects.get_or_create(
        message=message,
        defaults={"coalition": coalition, "person": person, "record": record, "is_first": is_first},
    )
    letter.names.add(*names)
    return None if message.held else timezone.now()
