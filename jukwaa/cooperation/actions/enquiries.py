"""A question to an organisation that knows, its answer, and what becomes of the answer."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions.offers import has_left_coalition
from jukwaa.cooperation.models import Enquiry, Need
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.library.actions import RecordReaders, share_item
from jukwaa.library.models import Item
from jukwaa.records.actions.links import get_or_create_link
from jukwaa.records.models import Label, Link, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.records.policies import can_read

DEFAULT_ITEM_KIND = "good-practice"  # what it is called in the library at first; its author can choose another


@dataclass(frozen=True, kw_only=True)
class EnquiryAnswer:
    text: str
    may_be_shared: bool


@action
def ask_expert(
    *, actor: Person, need: Need, organisation: Organisation, question: str, token: UUID | None = None
) -> Enquiry:
    """Ask an organisation. The same form sent twice asks once. Raises PermissionDenied and ActionRefused."""
    if not policies.can_ask_expert(ViewerContext(actor), need):
        raise PermissionDenied(_("Only people who represent the organisation with this need can ask questions."))
    if token is not None and (there := Enquiry.objects.filter(token=token, need=need).first()):
        return there
    if need.state != State.PUBLISHED or need.is_closed:
        raise ActionRefused(_("This need is closed. Reopen it to ask questions."))
    if has_left_coalition(organisation):
        raise ActionRefused(_("%(name)s has left the coalition.") % {"name": organisation.name})
    if organisation.pk == need.organisation_id:
        raise ActionRefused(_("This is your own organisation. Choose another organisation."))
    _refuse_unreadable_need(need, organisation)
    capacity = create_capacity(coalition=need.coalition, person=actor, organisation=need.organisation)
    enquiry = Enquiry.objects.create(
        need=need, organisation=organisation, question=question, person=actor, capacity=capacity, token=token
    )
    record_activity(actor=actor, verb="asked", subject=enquiry, coalition=need.coalition)
    return enquiry


@action
def answer_enquiry(*, actor: Person, enquiry: Enquiry, enquiry_answer: EnquiryAnswer) -> Enquiry:
    """Answer it, and say whether others may read it. It is answered once. Raises PermissionDenied and ActionRefused."""
    current = lock_row(enquiry)
    if not policies.can_answer_enquiry(ViewerContext(actor), current):
        raise PermissionDenied(_("Only people who represent the organisation that was asked can answer."))
    _refuse_withdrawn_need(current.need)
    if current.answered_at is not None:
        raise ActionRefused(
            _("A colleague has already answered. Their answer is above. Your text is still in the form.")
        )
    coalition = current.need.coalition
    capacity = create_capacity(coalition=coalition, person=actor, organisation=current.organisation)
    current.answer, current.may_be_shared = enquiry_answer.text, enquiry_answer.may_be_shared
    current.answered_by, current.answered_as, current.answered_at = actor, capacity, timezone.now()
    current.save()
    record_activity(actor=actor, verb="answered", subject=current, coalition=coalition)
    return current


@action
def create_item_from_answer(*, actor: Person, enquiry: Enquiry) -> Item:
    """Begin an item of the library with an answer that may be shared: a draft, for its author to tell more. Once.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_row(enquiry)
    if not policies.can_create_item_from_answer(ViewerContext(actor), current):
        raise PermissionDenied(
            _("Only people who represent the organisation that asked or answered can create a library item.")
        )
    if current.answered_at is None or not current.may_be_shared:
        raise ActionRefused(_("The organisation that answered has not allowed others to read this answer."))
    need = current.need
    _refuse_withdrawn_need(need)
    if need.label not in LABELS_OPEN_TO_ROLES:
        raise ActionRefused(
            _(
                "Only a few people can read this need. Add the answer to the library yourself and choose who "
                "may read it."
            )
        )
    if current.item_id is not None:
        return Item.objects.get(pk=current.item_id)
    answers = policies.can_answer_enquiry(ViewerContext(actor), current)
    item = share_item(
        actor=actor,
        coalition=need.coalition,
        kind=DEFAULT_ITEM_KIND,
        title=current.question[:250],
        organisation=current.organisation if answers else need.organisation,
        areas=list(need.areas.all()),
        readers=RecordReaders(need.label),
        what_worked=current.answer,
        language=need.language,
        countries=need.countries,
    )
    get_or_create_link(item, need, Link.Relation.ANSWERS)
    current.item = item
    current.save(update_fields=["item"])
    return item


def _refuse_unreadable_need(need: Need, organisation: Organisation) -> None:
    """It would never see the question. Raises ActionRefused."""
    speaking = Affiliation.objects.confirmed().filter(organisation=organisation, may_speak=True)
    if need.label == Label.CLEAR or any(
        can_read(ViewerContext(row.person), need) for row in speaking.select_related("person")
    ):
        return
    raise ActionRefused(
        _(
            "No one who represents %(name)s can read this need, so your question would not reach them. "
            "Ask another organisation."
        )
        % {"name": organisation.name}
    )


def _refuse_withdrawn_need(need: Need) -> None:
    """Raises ActionRefused."""
    if need.state != State.PUBLISHED:
        raise ActionRefused(_("This record has been withdrawn and can no longer be changed."))
