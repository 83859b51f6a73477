"""News for whoever gave an input: how it was answered and why, and what became of the words that it is about."""

from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.drafting.models import Disposition, Input, Revision
from jukwaa.records.models import Record
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email
from jukwaa.updates.recipients import get_actor_ids
from jukwaa.updates.registries import notifications

MAX_INPUTS_LISTED = 10  # inputs that one mail tells of by themselves


@notifications.register(("disposition", "answered"))
def notify_input_answered(activity: Activity) -> Iterator[NotificationEmail]:
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
    yield NotificationEmail(
        coalition=given.text.coalition,
        people=[author],
        topic=EmailTopic.CONCERNS,
        write=partial(_render_input_answered_email, answers),
        record=given.text,
        but=get_actor_ids(activity),
    )


def _render_input_answered_email(dispositions: list[Disposition]) -> EmailText:
    names = {
        "title": dispositions[0].input.text.title,
        "answers": dispositions[:MAX_INPUTS_LISTED],
        "reason": dispositions[0].reason,
    }
    return render_email("drafting/email/input_answered.txt", _get_input_address(dispositions[0].input), **names)


@notifications.register(("revision", "named"))
def notify_revision_named(activity: Activity) -> Iterator[NotificationEmail]:
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
            yield NotificationEmail(
                coalition=record.coalition,
                people=[author],
                topic=EmailTopic.CONCERNS,
                write=partial(_render_revision_named_email, record, revision, inputs),
                record=record,
                but=get_actor_ids(activity),
            )


def _render_revision_named_email(record: Record, revision: Revision, inputs: list[Input]) -> EmailText:
    whole = reverse("drafting:text_detail", args=[record.coalition.slug, record.pk])
    path = _get_input_address(inputs[0]) if len(inputs) == 1 else whole
    names = {
        "title": record.title,
        "number": revision.number,
        "revision": revision,
        "inputs": inputs[:MAX_INPUTS_LISTED],
    }
    return render_email("drafting/email/revision_named.txt", path, **names)


def _get_input_address(given_input: Input) -> str:
    return reverse("drafting:input_detail", args=[given_input.text.coalition.slug, given_input.pk])
