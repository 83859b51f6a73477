"""News for whoever gave an input: how it was answered and why, and what became of the words that it is about."""

from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.drafting.models import Disposition, Input, Revision
from jukwaa.records.models import Record
from jukwaa.updates.letters import News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of
from jukwaa.updates.registries import notifications

MOST = 10  # inputs that one mail tells of by themselves


@notifications.register(("disposition", "answered"))
def answered(activity: Activity) -> Iterator[News]:
    """To its author. Where several of theirs were answered together, one mail tells of all."""
    rows = Disposition.objects.select_related("input__author", "input__text__coalition", "input__clause")
    disposition = rows.filter(pk=activity.object_id).first()
    author = disposition.input.author if disposition else None
    if disposition is None or author is None:
        return
    given = disposition.input
    together = rows.filter(by=disposition.by, at=disposition.at, input__author=author, input__text=given.text)
    answers = list(together.order_by("pk"))
    if answers[-1] != disposition:
        return
    yield News(
        coalition=given.text.coalition,
        people=[author],
        topic=Topic.CONCERNS,
        write=partial(_answered, answers),
        record=given.text,
        but=actor_of(activity),
    )


def _answered(answers: list[Disposition]) -> Text:
    names = {"title": answers[0].input.text.title, "answers": answers[:MOST], "reason": answers[0].reason}
    return render_email("drafting/email/input_answered.txt", _page(answers[0].input), **names)


@notifications.register(("revision", "named"))
def revision_named(activity: Activity) -> Iterator[News]:
    """To those whose input is credited in it, or stands otherwise than before: one mail for all of one's inputs."""
    revision = Revision.objects.select_related("text__coalition").filter(pk=activity.object_id).first()
    if revision is None:
        return
    touched = Input.objects.filter(text=revision.text_id, hidden_at__isnull=True, author__isnull=False)
    touched = touched.select_related("author", "clause", "now_at")
    by_author: dict[int, list[Input]] = {}
    followed = touched.filter(followed_to=revision.pk).exclude(disposition=Input.Answer.WITHDRAWN)
    for given in (*touched.filter(credited_in=revision.pk), *followed.exclude(credited_in=revision.pk)):
        by_author.setdefault(given.author_id or 0, []).append(given)
    record = Record.objects.select_related("coalition").get(pk=revision.text_id)
    for inputs in by_author.values():
        author = inputs[0].author
        if author is not None:
            yield News(
                coalition=record.coalition,
                people=[author],
                topic=Topic.CONCERNS,
                write=partial(_went_on, record, revision, inputs),
                record=record,
                but=actor_of(activity),
            )


def _went_on(record: Record, revision: Revision, inputs: list[Input]) -> Text:
    whole = reverse("drafting:text_detail", args=[record.coalition.slug, record.pk])
    path = _page(inputs[0]) if len(inputs) == 1 else whole
    names = {"title": record.title, "number": revision.number, "revision": revision, "inputs": inputs[:MOST]}
    return render_email("drafting/email/revision_named.txt", path, **names)


def _page(given: Input) -> str:
    return reverse("drafting:input_detail", args=[given.text.coalition.slug, given.pk])
