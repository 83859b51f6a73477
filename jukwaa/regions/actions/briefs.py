"""Making a brief out of records, shaping its two lengths, and beginning it in another language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.drafting.actions import ClauseCitation, ClauseDraft, TextStart, begin_text, cite_records_as_evidence
from jukwaa.drafting.actions.clauses import lock_text_for_edit
from jukwaa.drafting.models import Clause, Evidence, Placement, Text
from jukwaa.drafting.policies import can_draft_text
from jukwaa.drafting.text_templates import load_text_templates
from jukwaa.drafting.unreadable_sources import get_visible_clauses
from jukwaa.library.actions.readers import RecordReaders, copy_record_audience
from jukwaa.records.actions import get_or_create_link
from jukwaa.records.models import Link, Record
from jukwaa.records.policies import can_read
from jukwaa.regions.brief_clauses import plan_brief_clauses
from jukwaa.regions.brief_materials import load_brief_materials, load_chosen_records, load_coverage_figures
from jukwaa.regions.briefs import get_shape_at_step
from jukwaa.regions.models import BriefShape, BriefTranslation
from jukwaa.regions.models.briefs import BRIEF_TEXT_FORM
from jukwaa.regions.page_fitting import PlannedClause

MAX_BRIEF_RECORDS = 200


@dataclass(frozen=True)
class BriefRequest:
    """What a brief is made of, and for whom. `measures` are names of what coverage counts."""

    title: str
    language: str
    records: Sequence[int] = ()
    measures: Sequence[str] = ()
    addressed_to: Sequence[str] = ()
    summary: str = ""
    readers: RecordReaders = field(default_factory=RecordReaders)


@action
def create_brief(
    *,
    actor: Person,
    coalition: Coalition,
    brief_request: BriefRequest,
    organisation: Organisation | None = None,
    token: UUID | None = None,
) -> Text:
    """Begin a brief as a draft of the actor's: its skeleton, filled with the words of the records that were chosen.

    The same form sent twice makes one. Raises PermissionDenied, and ActionRefused where not all readers of the brief
    may read what was chosen.
    """
    if token is not None and (there := Text.objects.visible_to(actor).filter(token=token).first()):
        return there
    if sentence := describe_too_many_records(brief_request.records):
        raise ActionRefused(sentence)
    records = load_chosen_records(actor, coalition, brief_request.records)
    with override(brief_request.language):
        figures = load_coverage_figures(coalition, brief_request.measures)
        planned = plan_brief_clauses(
            load_text_templates()[BRIEF_TEXT_FORM].parts,
            load_brief_materials(records),
            language=brief_request.language,
            coverage_figures=figures,
            summary_text=brief_request.summary,
        )
    text = begin_text(
        actor=actor,
        coalition=coalition,
        title=brief_request.title,
        form=BRIEF_TEXT_FORM,
        beginning=TextStart([ClauseDraft(each.body, each.kind, each.level) for each in planned]),
        organisation=organisation,
        readers=brief_request.readers,
        token=token,
        language=brief_request.language,
        summary=brief_request.summary,
    )
    text.refresh_from_db(fields=["step"])
    clauses = list(Clause.objects.filter(text=text.pk).order_by("number"))
    _cite_records_of_clauses(actor, text, clauses, planned, records)
    short = [clause.number for clause, each in zip(clauses, planned, strict=True) if each.short]
    BriefShape.objects.create(
        text=text, step=text.step, addressed_to=list(brief_request.addressed_to), short=short, by=actor
    )
    return text


def describe_too_many_records(record_ids: Sequence[int]) -> str:
    """Return the sentence that asks to leave some out, or nothing if they are few enough."""
    number = len(set(record_ids))
    if number <= MAX_BRIEF_RECORDS:
        return ""
    sentence = _("A brief can have at most %(most)s records, and you chose %(n)s. Remove some of them.")
    return sentence % {"most": MAX_BRIEF_RECORDS, "n": number}


def _cite_records_of_clauses(
    actor: Person, text: Text, brief_clauses: list[Clause], planned_clauses: list[PlannedClause], records: list[Record]
) -> None:
    by_number = {record.pk: record for record in records}
    rows = [
        ClauseCitation(clause, by_number[record], each.quoted, part)
        for clause, each in zip(brief_clauses, planned_clauses, strict=True)
        for record in each.rests_on
        for part in each.parts or ("",)
    ]
    try:
        cite_records_as_evidence(actor=actor, text=text, clause_citations=rows)
    except ActionRefused as refused:
        raise ActionRefused(str(refused), "label") from refused


@action
def set_brief_shape(
    *, actor: Person, text: Text, addressed_to: Iterable[str], short: Iterable[int], from_step: int
) -> BriefShape:
    """Say to whom it is addressed, and what stands in its short version. What was published stays as it was.

    `from_step` is that of the shape that the actor saw. Raises PermissionDenied, ActionRefused, and EditConflict.
    """
    current = lock_text_for_edit(actor, text, counts_as_edit=False)
    last = BriefShape.objects.filter(text=current).first()
    seen = last.step if last else 0
    wanted = list(addressed_to), sorted(set(short))
    if last is not None and (last.addressed_to, last.short) == wanted:
        return last
    if seen != from_step:
        raise EditConflict(get_shape_at_step(current, current.step))
    current.step += 1
    current.save(update_fields=["step"])
    shape = BriefShape.objects.create(
        text=current, step=current.step, addressed_to=wanted[0], short=wanted[1], by=actor
    )
    record_activity(actor=actor, verb="shaped", subject=current, coalition=text.coalition)
    return shape


@action
def translate_brief(*, actor: Person, original: Text, language: str, title: str, token: UUID | None = None) -> Text:
    """Begin a brief in another language as a draft: the clauses of the original to be said anew, with their evidence.

    The same form sent twice makes one. Raises PermissionDenied, and ActionRefused where there is one in that language.
    """
    if not can_draft_text(ViewerContext(actor), original) and not can_read(ViewerContext(actor), original):
        raise PermissionDenied
    if token is not None and (there := Text.objects.visible_to(actor).filter(token=token).first()):
        return there
    lock_row(original)  # of two who begin the same language at once, the second is told
    _check_language_available(original, language)
    revision = original.get_latest_revision()
    if revision is None:
        raise ActionRefused(_("Create a revision of the original first. A translation is always made from a revision."))
    standing = get_visible_clauses(original, revision)
    text = begin_text(
        actor=actor,
        coalition=original.coalition,
        title=title,
        form=BRIEF_TEXT_FORM,
        beginning=TextStart([ClauseDraft(p.wording.body, p.kind, p.level, origin=p.clause) for p in standing]),
        readers=RecordReaders(label=original.label),
        token=token,
        language=language,
    )
    copy_record_audience(original, text)
    text.refresh_from_db(fields=["step"])
    text.coalition = original.coalition
    text.areas.set(original.areas.all())
    _copy_brief_evidence_and_shape(actor, original, text, standing, revision.step)
    BriefTranslation.objects.create(text=text, original=original, step=revision.step)
    get_or_create_link(text, original, Link.Relation.TRANSLATES, source_version=original.version)
    return text


def _check_language_available(original_text: Text, language: str) -> None:
    if BriefTranslation.objects.filter(text=original_text.pk).exists():
        raise ActionRefused(_("This brief is a translation. Translate the original brief instead."))
    there = BriefTranslation.objects.filter(original=original_text.pk, text__language=language)
    if original_text.language == language or there.exists():
        raise ActionRefused(
            _(
                "There is already a translation into this language. Choose another language, or continue "
                "with that translation."
            ),
            "language",
        )


def _copy_brief_evidence_and_shape(
    actor: Person, original_text: Text, text: Text, standing_placements: list[Placement], text_step: int
) -> None:
    """Evidence and shape, at the clauses that came of those of the original. What was lost is left behind."""
    made = dict(
        zip(
            [p.clause_id for p in standing_placements],
            Clause.objects.filter(text=text.pk).order_by("number"),
            strict=True,
        )
    )
    evidence = Evidence.objects.filter(clause__in=made, taken_back=False).select_related("record")
    readable = {
        record.pk for record in load_chosen_records(actor, text.coalition, [each.record_id for each in evidence])
    }
    rows = [
        ClauseCitation(made[each.clause_id], each.record, each.quoted, each.part)
        for each in evidence
        if each.record_id in readable
    ]
    cite_records_as_evidence(actor=actor, text=text, clause_citations=rows)
    shape = BriefShape.objects.filter(text=original_text, step__lte=text_step).first()
    if shape is not None:
        numbers = {p.clause.number: made[p.clause_id].number for p in standing_placements}
        short = [numbers[number] for number in shape.short if number in numbers]
        BriefShape.objects.create(text=text, step=text.step, addressed_to=shape.addressed_to, short=short, by=actor)


@action
def confirm_brief_translation(*, actor: Person, brief_translation: BriefTranslation) -> BriefTranslation:
    """It says what the latest revision of the original says. Raises PermissionDenied."""
    if not can_draft_text(ViewerContext(actor), brief_translation.text):
        raise PermissionDenied
    current = lock_row(brief_translation)
    revision = current.original.get_latest_revision()
    if revision is not None and revision.step > current.step:
        current.step = revision.step
        current.save(update_fields=["step"])
        record_activity(
            actor=actor,
            verb="confirmed-translation",
            subject=brief_translation.text,
            coalition=brief_translation.text.coalition,
        )
    return current


def describe_omitted_records(chosen_count: int, found_count: int) -> str:
    """For the page: how many of what was chosen is not there for its chooser. Empty where all is."""
    gone = chosen_count - found_count
    return (
        ngettext(
            "You can no longer read %(n)s of the chosen records. It has been left out.",
            "You can no longer read %(n)s of the chosen records. They have been left out.",
            gone,
        )
        % {"n": gone}
        if gone
        else ""
    )
