"""News of consultations: that somebody is asked, a nudge, and that inputs came.

One that begins at once is told by its activity, one that begins later by the clock: under the same name, so that nobody
hears of it twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.translation import get_language

from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import Choice
from jukwaa.coalitions.models import Activity, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import written
from jukwaa.drafting.asked import (
    asked_organisations,
    members_on_their_own,
    people_who_answer,
    silent_organisations,
    who_asks,
    whom,
)
from jukwaa.drafting.models import Consultation, Input
from jukwaa.drafting.models import Text as Drafted
from jukwaa.drafting.policies import can_give_input
from jukwaa.drafting.resting import shown_at
from jukwaa.mail.headers import OPEN_LABELS
from jukwaa.records.models import State
from jukwaa.updates.letters import Answer, News, Text, capacity_by_mail, email, render_email
from jukwaa.updates.models import Follow, Topic
from jukwaa.updates.recipients import actor_of, coordinators, followers, speakers
from jukwaa.updates.registries import notifications

LONGEST_EXTRACT = 12_000  # characters of the text in the email that announces a consultation


def _consultation(activity: Activity) -> Consultation | None:
    rows = Consultation.objects.select_related("text__coalition", "text__owner").filter(text__state=State.PUBLISHED)
    return rows.filter(pk=activity.object_id).first()


@notifications.register(("consultation", "opened"))
def opened(activity: Activity) -> Iterator[News]:
    """One that begins later is told by the clock, on its day."""
    consultation = _consultation(activity)
    if consultation is not None and consultation.is_open:
        yield from beginning(consultation)


@notifications.register(("consultation", "nudged"))
def nudged(activity: Activity) -> Iterator[News]:
    consultation = _consultation(activity)
    if consultation is not None and consultation.is_open:
        yield nudge(consultation)


@notifications.register(("input", "gave"))
def gave(activity: Activity) -> Iterator[News]:
    """To the drafters, once a day however many came: two hundred mails would be read by nobody."""
    rows = Input.objects.select_related("consultation", "text__coalition", "text__owner")
    given = rows.filter(pk=activity.object_id).exclude(disposition=Input.Answer.WITHDRAWN).first()
    if given is None or given.hidden_at:
        return
    text, consultation = given.text, given.consultation
    path = reverse("drafting:input_list", args=[text.coalition.slug, consultation.pk]) + "?answered=no"
    write = email("drafting/email/inputs_came.txt", path, title=text.title)
    yield News(
        coalition=text.coalition,
        people=drafters(text),
        topic=Topic.COMMENTS,
        write=write,
        record=text,
        once=f"inputs:{consultation.pk}:{activity.at:%Y-%m-%d}",
        but=actor_of(activity),
    )


def beginning(consultation: Consultation) -> Iterator[News]:
    """To those who are asked; then to those who follow what is new, and to the list."""
    text = consultation.text
    asked = people_who_answer(consultation, asked_organisations(consultation)) + members_on_their_own(consultation)
    news = partial(
        News,
        coalition=text.coalition,
        write=_once_per_language(partial(_beginning, consultation)),
        record=text,
        answer=input_by_mail(consultation),
        once=f"consultation-opened:{consultation.pk}",
    )
    but = who_opened(consultation)
    yield news(people=asked, topic=Topic.CONCERNS, but=but)
    following = Follow.objects.filter(record=text.pk).select_related("person")
    others = [*followers(text.coalition), *(follow.person for follow in following)]
    but |= {person.pk for person in asked}
    is_public = consultation.asks == Consultation.Asks.PUBLIC
    yield news(people=others, topic=Topic.NEWS, but=but, to_list=is_public)


def _beginning(consultation: Consultation) -> Text:
    more = {"consultation": consultation, "extract": extract_text(consultation)}
    return render_email(
        "drafting/email/consultation_opened.txt", page_of(consultation), **names_of(consultation), **more
    )


@dataclass(frozen=True)
class Extract:
    """The text, or its beginning, as an email shows it."""

    words: str
    is_cut: bool


def extract_text(consultation: Consultation) -> Extract:
    """Return the clauses with their numbers, so that the email is enough to respond. None is cut."""
    clauses = [
        f"{placement.clause.number}. {placement.wording.body}"
        for placement in shown_at(consultation.text, consultation.revision)
    ]
    kept, length = 0, 0
    for clause in clauses:
        length += len(clause)
        if kept and length > LONGEST_EXTRACT:
            break
        kept += 1
    return Extract("\n\n".join(clauses[:kept]), is_cut=kept < len(clauses))


def _once_per_language(write: Callable[[], Text]) -> Callable[[], Text]:
    """Write an email that is the same for all its readers once for each of their languages."""
    texts: dict[str, Text] = {}

    def write_or_reuse() -> Text:
        language = get_language() or ""
        if language not in texts:
            texts[language] = write()
        return texts[language]

    return write_or_reuse


def nudge(consultation: Consultation) -> News:
    """What those who ask send to the organisations of which they have heard nothing."""

    def write() -> Text:
        return render_email("drafting/email/consultation_nudge.txt", page_of(consultation), **names_of(consultation))

    return News(
        coalition=consultation.text.coalition,
        people=people_who_answer(consultation, silent_organisations(consultation)),
        topic=Topic.CONCERNS,
        write=write,
        record=consultation.text,
        answer=input_by_mail(consultation),
        but=who_opened(consultation),
    )


def drafters(text: Drafted) -> list[Person]:
    """Whoever writes the text, and whoever speaks for the member whose text it is; a coordinator if there is nobody."""
    authors = [row.person for row in text.authorships.select_related("person")]
    owner: Organisation | None = text.owner
    return [*authors, *(speakers(owner) if owner else [])] or coordinators(text.coalition)


def who_opened(consultation: Consultation) -> frozenset[int]:
    return frozenset({consultation.by_id} if consultation.by_id else ())


def page_of(consultation: Consultation) -> str:
    return reverse("drafting:consultation_detail", args=[consultation.text.coalition.slug, consultation.pk])


def names_of(consultation: Consultation) -> dict[str, str]:
    """In the language of the reader."""
    text = consultation.text
    day = written(consultation.closes_at.date())
    return {"who": who_asks(text), "whom": whom(consultation), "title": text.title, "day": day}


def input_by_mail(consultation: Consultation) -> Answer:
    """An answer to the mail is an input."""
    return Answer(
        f"consultation:{consultation.pk}",
        capacity_of=lambda person: capacity_of_input(person, consultation),
        template="drafting/email/input_by_mail.txt",
    )


def capacity_of_input(person: Person, consultation: Consultation) -> Choice | None:
    """In which capacity an input by mail would speak; None where none is taken. Whoever is asked may be no member."""
    text = consultation.text
    if text.label not in OPEN_LABELS or person.is_minor or not can_give_input(ViewerContext(person), consultation):
        return None
    return capacity_by_mail(person, text.coalition)
