"""Following a brief: who received it, what they asked, and what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.drafting.models import Edition
from jukwaa.library.actions import add_item_use
from jukwaa.library.models import Item
from jukwaa.records.models import Record, State
from jukwaa.records.policies import can_read
from jukwaa.regions import policies
from jukwaa.regions.models import BriefQuestion, BriefUse, Delivery


@dataclass(frozen=True)
class DeliveryFacts:
    """Who received it: a kind of policy maker, and an organisation of the directory or a body in words."""

    to: str
    length: str
    how: str
    on: date
    organisation: Organisation | None = None
    body: str = ""


@action
def deliver_brief(
    *,
    actor: Person,
    edition: Edition,
    delivered: DeliveryFacts,
    organisation: Organisation | None = None,
    token: UUID | None = None,
) -> Delivery:
    """Write down that it was handed over, in a capacity. The same form sent twice says it once.

    Raises PermissionDenied.
    """
    text = edition.text
    if not policies.can_deliver_brief(ViewerContext(actor), text) or text.state != State.PUBLISHED:
        raise PermissionDenied(_("Only members can record the delivery of a published brief."))
    if token is not None and (there := Delivery.objects.filter(token=token, by=actor).first()):
        return there
    capacity = create_capacity(coalition=text.coalition, person=actor, organisation=organisation)
    fields: dict[str, Any] = {**vars(delivered)}
    delivery = Delivery.objects.create(edition=edition, capacity=capacity, by=actor, token=token, **fields)
    record_activity(actor=actor, verb="delivered", subject=delivery, coalition=text.coalition, capacity=capacity)
    return delivery


@action
def remove_delivery(*, actor: Person, delivery: Delivery) -> None:
    """It was written down by mistake: it goes, with what was asked. What came of it stays. Raises PermissionDenied."""
    coalition = delivery.edition.text.coalition
    if delivery.by_id != actor.pk and not Standing(actor, coalition).is_coordinator:
        raise PermissionDenied(_("Only the person who recorded this delivery, or a coordinator, can remove it."))
    record_activity(actor=actor, verb="took-back", subject=delivery, coalition=coalition)
    delivery.delete()


@action
def record_brief_question(
    *, actor: Person, delivery: Delivery, words: str, asked_on: date, token: UUID | None = None
) -> BriefQuestion:
    """Write down what those who received it asked. Raises PermissionDenied."""
    if not policies.can_follow_up_delivery(ViewerContext(actor), delivery):
        raise PermissionDenied(
            _("Only the person who recorded this delivery, and the drafters of the brief, can record a question.")
        )
    if token is not None and (there := BriefQuestion.objects.filter(token=token, by=actor).first()):
        return there
    question = BriefQuestion.objects.create(delivery=delivery, words=words, asked_on=asked_on, by=actor, token=token)
    record_activity(actor=actor, verb="asked", subject=question, coalition=delivery.edition.text.coalition)
    return question


@action
def record_brief_answer(
    *, actor: Person, brief_question: BriefQuestion, answer_text: str, organisation: Organisation | None = None
) -> BriefQuestion:
    """Write down what they were answered.

    Raises PermissionDenied, and ActionRefused where it was answered meanwhile.
    """
    delivery = brief_question.delivery
    coalition = delivery.edition.text.coalition
    if not policies.can_follow_up_delivery(ViewerContext(actor), delivery):
        raise PermissionDenied(
            _("Only the person who recorded this delivery, and the drafters of the brief, can record an answer.")
        )
    current = lock_row(brief_question)
    if current.answer == answer_text:
        return current
    if current.answer:
        raise ActionRefused(
            _("This question has already been answered: “%(answer)s”") % {"answer": current.answer}, "answer"
        )
    current.answer, current.answered_at = answer_text, timezone.now()
    current.answered_by = create_capacity(coalition=coalition, person=actor, organisation=organisation)
    current.save()
    record_activity(actor=actor, verb="answered", subject=current, coalition=coalition, capacity=current.answered_by)
    return current


@dataclass(frozen=True)
class BriefUseEvidence:
    """What shows that it was used: a page on the web, or a record here; and after which delivery, if one knows."""

    url: str = ""
    record: Record | None = None
    delivery: Delivery | None = None


@action
def record_brief_use(
    *,
    actor: Person,
    edition: Edition,
    shown: BriefUseEvidence,
    year: int,
    country: str = "",
    how: str = "",
    result: str = "",
    organisation: Organisation | None = None,
    token: UUID | None = None,
) -> BriefUse:
    """Say that the brief was used, as the library says it of its item, with what shows it.

    Raises PermissionDenied, and ActionRefused without evidence, or where the brief stands in the library no more.
    """
    if not (shown.url or shown.record):
        raise ActionRefused(_("Enter evidence: a web page or a record on this site."), "url")
    if shown.record is not None and not can_read(ViewerContext(actor), shown.record):
        raise PermissionDenied
    item = Item.objects.visible_to(actor).filter(pk=edition.item_id or 0, state=State.PUBLISHED).first()
    if item is None:
        raise ActionRefused(_("Publish the brief in the library again first. Until then, no one can see the outcome."))
    item.coalition = edition.text.coalition
    use = add_item_use(
        actor=actor,
        item=item,
        year=year,
        country=country,
        how=how,
        result=result,
        organisation=organisation,
        token=token,
    )
    found, _new = BriefUse.objects.get_or_create(
        use=use,
        defaults={
            "edition": edition,
            "url": shown.url,
            "record_id": shown.record.pk if shown.record else None,
            "delivery": shown.delivery,
        },
    )
    return found
