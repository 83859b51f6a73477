"""Beginning a text, telling more of it, opening it to its readers, and inviting others to draft it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.drafting import policies
from jukwaa.drafting.actions.clauses import TEXT_WITHDRAWN_MESSAGE, ClauseDraft, add_clauses
from jukwaa.drafting.models import TEXT_KIND, Text
from jukwaa.library.actions.readers import RecordReaders, limit_readers_to_original, set_record_readers
from jukwaa.records.actions import begin_record, change_record, link_records, publish_record
from jukwaa.records.models import Authorship, Link, Record, State


class TextFields(TypedDict, total=False):
    summary: str
    language: str
    countries: list[str]


@dataclass(frozen=True)
class TextStart:
    """What a text begins with: its clauses, and the record that it began as or is adapted from, if there is one."""

    clauses: Sequence[ClauseDraft] = ()
    record: Record | None = None
    relation: Link.Relation = Link.Relation.BEGAN_AS


@action
def begin_text(
    *,
    actor: Person,
    coalition: Coalition,
    title: str,
    form: str,
    beginning: TextStart | None = None,
    organisation: Organisation | None = None,
    owner: Organisation | None = None,
    areas: Iterable[AreaOfWork] = (),
    readers: RecordReaders | None = None,
    token: UUID | None = None,
    **named: Unpack[TextFields],
) -> Text:
    """Begin a text as a draft of the actor's. The same form sent twice begins one.

    `owner` is the member whose text it is, where it is not the coalition's own. Raises PermissionDenied.
    """
    if not policies.can_begin_text(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only members can draft texts. You can apply to join."))
    if owner is not None and owner.pk not in Standing(actor, coalition).speaks_for:
        raise PermissionDenied(
            _("You can start a text for an organisation once it has confirmed that you represent it.")
        )
    if token is not None and (there := Text.objects.visible_to(actor).filter(token=token).first()):
        return there
    readers, beginning = readers or RecordReaders(), beginning or TextStart()
    capacity = create_capacity(coalition=coalition, person=actor, organisation=organisation)
    words: dict[str, Any] = {"language": coalition.language, "token": token, **named}
    text = Text(coalition=coalition, kind=TEXT_KIND, title=title, form=form, owner=owner, label=readers.label, **words)
    begin_record(actor=actor, record=text, capacity=capacity)
    text.areas.set(areas)
    set_record_readers(actor=actor, record=text, readers=readers)
    if beginning.record is not None:
        adapts = beginning.relation == Link.Relation.ADAPTED_FROM
        link_records(
            actor=actor,
            source_record=text,
            to_record=beginning.record,
            relation=beginning.relation,
            source_version=beginning.record.version if adapts else None,
        )
    if beginning.clauses:
        add_clauses(actor=actor, text=text, clause_drafts=beginning.clauses)
    return text


@action
def change_text(
    *,
    actor: Person,
    text: Text,
    changed_fields: dict[str, Any],
    from_version: int,
    areas_of_work: Iterable[AreaOfWork] | None = None,
    readers: RecordReaders | None = None,
) -> Text:
    """Save what is said about the text: its title, its summary, who may read it.

    Where fewer may read it than before, so it is with what stands in the library of it. Raises PermissionDenied,
    EditConflict, and ActionRefused for the title, the form or the readers of a decision.
    """
    if text.is_decision and (readers is not None or changed_fields.keys() & {"title", "form", "label"}):
        raise ActionRefused(_("You cannot change the title, the type or the readers of a proposed decision."))
    if readers is not None:
        changed_fields = {**changed_fields, "label": readers.label}
    changed = change_record(actor=actor, record=text, changes=changed_fields, from_version=from_version)
    if areas_of_work is not None:
        changed.areas.set(areas_of_work)
    if readers is not None:
        set_record_readers(actor=actor, record=changed, readers=readers)
        for item in changed.get_dependent_records():
            limit_readers_to_original(actor=actor, record=item, original_record=changed)
    return changed


@action
def open_text_to_readers(*, actor: Person, text: Text) -> Text:
    """Let those whom its label names read its revisions. Raises PermissionDenied."""
    if not policies.can_draft_text(ViewerContext(actor), text):
        raise PermissionDenied
    if lock_row(text).state == State.WITHDRAWN:
        raise PermissionDenied(TEXT_WITHDRAWN_MESSAGE)
    return publish_record(actor=actor, record=text, is_trusted=True)


@action
def invite_text_drafter(*, actor: Person, text: Text, person: Person) -> Authorship:
    """Somebody of the coalition drafts along. Inviting who drafts already changes nothing. Raises PermissionDenied."""
    if not policies.can_invite_drafter(ViewerContext(actor), text):
        raise PermissionDenied
    if not Standing(person, text.coalition).is_inside:
        raise PermissionDenied(_("Only members of the coalition can be drafters."))
    drafter, new = Authorship.objects.get_or_create(record_id=text.pk, person=person)
    if new:
        record_activity(actor=actor, verb="invited-drafter", subject=text, coalition=text.coalition)
    return drafter
