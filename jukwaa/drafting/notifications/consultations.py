"""News of consultations: that somebody is asked, a nudge, and that inputs came.

One that begins at once is told by its activity, one that begins later by the clock: under the same name, so that nobody
hears of it twice.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import Activity, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.drafting.closing_times import format_closing_time
from jukwaa.drafting.consultation_audience import (
    describe_consultation_audience,
    find_consultation_respondents,
    find_individual_members,
    find_invited_organisations,
    find_organisations_without_input,
    get_consulting_party_name,
)
from jukwaa.drafting.models import Consultation, Input
from jukwaa.drafting.models import Text as Drafted
from jukwaa.drafting.policies import can_give_input
from jukwaa.drafting.unreadable_sources import get_visible_clauses
from jukwaa.drafting.word_export import build_consultation_docx, build_word_file_name
from jukwaa.mail.actions import FileToAttach
from jukwaa.mail.delivery_checks import delivery_checks, outdated_email_explanations
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.mail.models import Message
from jukwaa.records.models import State
from jukwaa.updates.models import EmailTopic, Follow
from jukwaa.updates.notification_emails import (
    EmailText,
    NotificationEmail,
    ReplyOption,
    defer_email_rendering,
    get_default_email_capacity,
    render_email,
)
from jukwaa.updates.recipients import (
    find_coalition_coordinators,
    find_news_subscribers,
    find_organisation_representatives,
    get_actor_ids,
)
from jukwaa.updates.registries import notifications

WORD_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_ATTACHMENT_BYTES = 2_000_000
OPENING_EMAIL_KEY = "consultation-opened"
MAX_TEXT_EXTRACT_LENGTH = 12_000  # characters of the text in the email that announces a consultation


def _get_consultation_of_activity(activity: Activity) -> Consultation | None:
    rows = Consultation.objects.select_related("text__coalition", "text__owner").filter(text__state=State.PUBLISHED)
    return rows.filter(pk=activity.object_id).first()


@notifications.register(("consultation", "opened"))
def notify_consultation_opened(activity: Activity) -> Iterator[NotificationEmail]:
    """One that begins later is told by the clock, on its day."""
    consultation = _get_consultation_of_activity(activity)
    if consultation is not None and consultation.is_open:
        yield from build_opening_news(consultation)


@notifications.register(("consultation", "nudged"))
def notify_reminder_sent(activity: Activity) -> Iterator[NotificationEmail]:
    consultation = _get_consultation_of_activity(activity)
    if consultation is not None and consultation.is_open:
        yield build_reminder_news(consultation)


@notifications.register(("input", "gave"))
def notify_input_given(activity: Activity) -> Iterator[NotificationEmail]:
    """To the drafters, once a day however many came: two hundred mails would be read by nobody."""
    rows = Input.objects.select_related("consultation", "text__coalition", "text__owner")
    given = rows.filter(pk=activity.object_id).exclude(disposition=Input.Answer.WITHDRAWN).first()
    if given is None or given.hidden_at:
        return
    text, consultation = given.text, given.consultation
    path = reverse("drafting:input_list", args=[text.coalition.slug, consultation.pk]) + "?answered=no"
    write = defer_email_rendering("drafting/email/inputs_came.txt", path, title=text.title)
    yield NotificationEmail(
        coalition=text.coalition,
        people=find_text_drafters(text),
        topic=EmailTopic.COMMENTS,
        write=write,
        record=text,
        once=f"inputs:{consultation.pk}:{activity.at:%Y-%m-%d}",
        but=get_actor_ids(activity),
    )


def build_opening_news(consultation: Consultation) -> Iterator[NotificationEmail]:
    """To those who are asked; then to those who follow what is new, and to the list."""
    text, file = consultation.text, _build_word_file(consultation)
    asked = find_consultation_respondents(
        consultation, find_invited_organisations(consultation)
    ) + find_individual_members(consultation)
    news = partial(
        NotificationEmail,
        coalition=text.coalition,
        write=_render_once_per_language(partial(_write_opening_email, consultation, is_attached=file is not None)),
        record=text,
        answer=build_input_reply_option(consultation),
        attachment=file,
        once=f"{OPENING_EMAIL_KEY}:{consultation.pk}",
    )
    but = get_consultation_opener_ids(consultation)
    yield news(people=asked, topic=EmailTopic.CONCERNS, but=but)
    following = Follow.objects.filter(record=text.pk).select_related("person")
    others = [*find_news_subscribers(text.coalition), *(follow.person for follow in following)]
    but |= {person.pk for person in asked}
    is_public = consultation.asks == Consultation.Asks.PUBLIC
    yield news(people=others, topic=EmailTopic.NEWS, but=but, to_list=is_public)


@outdated_email_explanations.register("closed consultations")
def explain_emails_of_closed_consultations(number: int) -> str:
    return ngettext(
        "1 email is not sent, because the consultation has closed.",
        "%(n)d emails are not sent, because the consultation has closed.",
        number,
    ) % {"n": number}


@delivery_checks.register("closed consultations")
def find_emails_of_closed_consultations(message_ids: Collection[int]) -> set[int]:
    """Return the emails that ask for input to a consultation that has closed while they waited."""
    keys = Message.objects.filter(pk__in=message_ids, key__startswith=f"{OPENING_EMAIL_KEY}:").values_list("pk", "key")
    consultation_by_email = {pk: int(key.split(":")[1]) for pk, key in keys}
    over = Consultation.objects.filter(pk__in=consultation_by_email.values(), closes_at__lte=timezone.now())
    closed = set(over.values_list("pk", flat=True))
    return {email for email, consultation in consultation_by_email.items() if consultation in closed}


def _build_word_file(consultation: Consultation) -> FileToAttach | None:
    """The draft as a Word file; none where it would be too large for many mailboxes."""
    with translation.override(consultation.text.language):
        name = build_word_file_name(
            consultation.text, _("revision %(number)s") % {"number": consultation.revision.number}
        )
        data = build_consultation_docx(consultation)
    key = f"consultation:{consultation.pk}:{consultation.revision_id}"
    return FileToAttach(key, name, WORD_MEDIA_TYPE, data) if len(data) <= MAX_ATTACHMENT_BYTES else None


def _write_opening_email(consultation: Consultation, *, is_attached: bool) -> EmailText:
    more = {
        "consultation": consultation,
        "extract": extract_consultation_text(consultation),
        "is_attached": is_attached,
    }
    return render_email(
        "drafting/email/consultation_opened.txt",
        get_consultation_address(consultation),
        **get_consultation_email_context(consultation),
        **more,
    )


@dataclass(frozen=True)
class TextExtract:
    """The text, or its beginning, as an email shows it."""

    words: str
    is_truncated: bool


def extract_consultation_text(consultation: Consultation) -> TextExtract:
    """Return the clauses with their numbers, so that the email is enough to respond. None is cut."""
    clauses = [
        f"{placement.clause.label}. {placement.wording.body}"
        for placement in get_visible_clauses(consultation.text, consultation.revision)
    ]
    kept, length = 0, 0
    for clause in clauses:
        length += len(clause)
        if kept and length > MAX_TEXT_EXTRACT_LENGTH:
            break
        kept += 1
    return TextExtract("\n\n".join(clauses[:kept]), is_truncated=kept < len(clauses))


def _render_once_per_language(write_email: Callable[[], EmailText]) -> Callable[[], EmailText]:
    """Write an email that is the same for all its readers once for each of their languages."""
    texts: dict[str, EmailText] = {}

    def write_or_reuse() -> EmailText:
        language = get_language() or ""
        if language not in texts:
            texts[language] = write_email()
        return texts[language]

    return write_or_reuse


def build_reminder_news(consultation: Consultation) -> NotificationEmail:
    """What those who ask send to the organisations of which they have heard nothing."""

    def write_email() -> EmailText:
        return render_email(
            "drafting/email/consultation_nudge.txt",
            get_consultation_address(consultation),
            **get_consultation_email_context(consultation),
        )

    return NotificationEmail(
        coalition=consultation.text.coalition,
        people=find_consultation_respondents(consultation, find_organisations_without_input(consultation)),
        topic=EmailTopic.CONCERNS,
        write=write_email,
        record=consultation.text,
        answer=build_input_reply_option(consultation),
        but=get_consultation_opener_ids(consultation),
    )


def find_text_drafters(text: Drafted) -> list[Person]:
    """Whoever writes the text, and whoever speaks for the member whose text it is; a coordinator if there is nobody."""
    authors = [row.person for row in text.authorships.select_related("person")]
    owner: Organisation | None = text.owner
    return [*authors, *(find_organisation_representatives(owner) if owner else [])] or find_coalition_coordinators(
        text.coalition
    )


def get_consultation_opener_ids(consultation: Consultation) -> frozenset[int]:
    return frozenset({consultation.by_id} if consultation.by_id else ())


def get_consultation_address(consultation: Consultation) -> str:
    return reverse("drafting:consultation_detail", args=[consultation.text.coalition.slug, consultation.pk])


def get_consultation_email_context(consultation: Consultation) -> dict[str, str]:
    """In the language of the reader."""
    text = consultation.text
    day = format_closing_time(consultation.closes_at)
    return {
        "who": get_consulting_party_name(text),
        "whom": describe_consultation_audience(consultation),
        "title": text.title,
        "day": day,
    }


def build_input_reply_option(consultation: Consultation) -> ReplyOption:
    """An answer to the mail is an input."""
    return ReplyOption(
        f"consultation:{consultation.pk}",
        capacity_of=lambda person: get_email_input_capacity(person, consultation),
        template="drafting/email/input_by_mail.txt",
    )


def get_email_input_capacity(person: Person, consultation: Consultation) -> CapacityChoice | None:
    """In which capacity an input by mail would speak; None where none is taken. Whoever is asked may be no member."""
    text = consultation.text
    if (
        text.label not in LABELS_READABLE_BY_EMAIL
        or person.is_minor
        or not can_give_input(ViewerContext(person), consultation)
    ):
        return None
    return get_default_email_capacity(person, text.coalition)
