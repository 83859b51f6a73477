"""A plan as it is handed on: a paper for the minister, and tables to take along. Its label stands on all of it."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.directory_export import Row
from jukwaa.core.dates import format_long_date, format_short_date
from jukwaa.core.documents.outgoing import (
    Block,
    BulletList,
    Document,
    DocumentTable,
    Heading,
    Inline,
    InlineRun,
    Paragraph,
)
from jukwaa.library.exported_records import LABELS_BY_STRICTNESS, build_record_url
from jukwaa.places.languages import get_text_direction
from jukwaa.plans.models import Assessment
from jukwaa.plans.plan_page import CapabilityEntry, PlanPage
from jukwaa.plans.progress import ProgressPoint
from jukwaa.records.models import Label, Record, State


def build_plan_document(plan_page: PlanPage) -> Document:
    """In the language of the page."""
    plan, language = plan_page.plan, get_language() or "en"
    meta: list[tuple[str, Inline]] = [
        (_("Country"), plan.where),
        (_("Framework"), plan.over.with_edition),
        (_("As of"), format_long_date(timezone.localdate())),
        (pgettext("readers", "Audience"), _("people who receive this plan from the team")),
    ]
    return Document(
        title=plan.title,
        blocks=list(_build_plan_blocks(plan_page)),
        language=language,
        direction=get_text_direction(language),
        label=plan.label,
        meta=meta,
        masthead=plan.where,
    )


def _build_plan_blocks(plan_page: PlanPage) -> Iterator[Block]:
    if plan_page.plan.is_example:
        yield Paragraph([InlineRun(_("This is an example. It is not a real country's plan."), strong=True)])
    yield Heading(1, _("Current status"))
    counts = [[str(state.label), str(number)] for state, number in plan_page.counts]
    yield DocumentTable([_("Status"), _("Capabilities")], counts, row_headers=True)
    yield from _build_baseline_section(plan_page)
    yield Heading(1, _("What is in place"))
    yield _build_capability_list(plan_page, "done", _("No capabilities are in place yet."))
    yield Heading(1, _("What is under way"))
    yield _build_capability_list(plan_page, "under-way", _("No capabilities are being put in place at the moment."))
    yield Heading(1, _("What is needed"))
    yield _build_capability_list(plan_page, "needed", _("No needs identified."))
    yield from _build_next_steps(plan_page)
    yield from _build_capability_tables(plan_page)


def _build_baseline_section(plan_page: PlanPage) -> Iterator[Block]:
    """From the last baseline to today."""
    named = [point for point in plan_page.progress if point.name]
    if not named:
        return
    first, last = named[-1], plan_page.progress[-1]
    yield Heading(1, _("Change since the baseline"))
    yield Paragraph(_("%(name)s, %(day)s") % {"name": first.name, "day": format_long_date(first.day)})
    rows: list[list[Inline]] = [
        [label, str(before), str(now)] for label, before, now in compare_progress_points(first, last)
    ]
    yield DocumentTable([_("Capabilities"), format_long_date(first.day), _("today")], rows, row_headers=True)


def compare_progress_points(first_point: ProgressPoint, last_point: ProgressPoint) -> list[tuple[str, int, int]]:
    return [
        (_("in place"), first_point.done_count, last_point.done_count),
        (pgettext("part of a plan", "under way"), first_point.under_way_count, last_point.under_way_count),
        (_("needed"), first_point.needed_count, last_point.needed_count),
        (_("not assessed"), first_point.unknown_count, last_point.unknown_count),
    ]


def _build_capability_list(plan_page: PlanPage, state_meaning: str, empty_text: str) -> Block:
    parts = [part for part in plan_page.parts if part.state.meaning == state_meaning]
    return BulletList([_format_capability_entry(part) for part in parts]) if parts else Paragraph(empty_text)


def _format_capability_entry(capability_entry: CapabilityEntry) -> Inline:
    runs = [InlineRun(str(capability_entry.capability.label), strong=True)]
    if capability_entry.said and capability_entry.said.words:
        runs += [InlineRun(": "), *_isolate_bidi_runs(capability_entry.said.words)]
    return runs


def _isolate_bidi_runs(words: str) -> list[InlineRun]:
    """What the team wrote, which may run the other way than what stands around it."""
    return [InlineRun(words, apart=True)] if words else []


def _format_evidence_links(plan_page: PlanPage, capability_entry: CapabilityEntry) -> list[InlineRun]:
    """What the team wrote, then the records."""
    runs = _isolate_bidi_runs(capability_entry.said.evidence if capability_entry.said else "")
    for record in _filter_records_by_label(plan_page, capability_entry.records):
        runs += [InlineRun("; ")] if runs else []
        runs.append(InlineRun(record.title, link=build_record_url(record), apart=True, language=record.language))
    return runs


def _filter_records_by_label(plan_page: PlanPage, records: list[Record]) -> list[Record]:
    """Without those for fewer than the label of the paper says, and those that are withdrawn or not published yet."""
    open_to_all = LABELS_BY_STRICTNESS[: LABELS_BY_STRICTNESS.index(Label(plan_page.plan.label)) + 1]
    return [record for record in records if record.label in open_to_all and record.state == State.PUBLISHED]


def _build_next_steps(plan_page: PlanPage) -> Iterator[Block]:
    yield Heading(1, _("Next steps"))
    if not plan_page.steps:
        yield Paragraph(_("No next steps recorded."))
        return
    rows: list[list[Inline]] = [
        [
            format_short_date(said.due_on) if said.due_on else _("no due date"),
            [InlineRun(f"{part.capability.label}: "), *_isolate_bidi_runs(said.next_step)],
            _isolate_bidi_runs(said.body),
            _isolate_bidi_runs(said.cost),
        ]
        for part in plan_page.steps
        if (said := part.said)
    ]
    yield DocumentTable([_("Due date"), _("Step"), _("Responsible body"), _("Cost")], rows)


def _build_capability_tables(plan_page: PlanPage) -> Iterator[Block]:
    yield Heading(1, _("All capabilities"))
    for named, parts in plan_page.groups:
        yield Heading(2, named)
        rows: list[list[Inline]] = [
            [
                f"{part.number}. {part.capability.label}",
                str(part.state.label),
                _format_evidence_links(plan_page, part),
            ]
            for part in parts
        ]
        yield DocumentTable([_("Capability"), _("Status"), _("Evidence")], rows, row_headers=True)
    if plan_page.unmatched_assessments:
        yield Heading(2, _("Capabilities in the previous edition that have no match in the current edition"))
        yield BulletList(
            [
                [InlineRun(label, strong=True), InlineRun(": "), *_isolate_bidi_runs(each.words)]
                for label, each in plan_page.unmatched_assessments
            ]
        )


def build_plan_sheets(plan_page: PlanPage) -> dict[str, Iterable[Row]]:
    """What stands, and what was said before; each row under its label."""
    return {_("Plan"): build_status_table(plan_page), _("History"): _build_history_table(plan_page)}


def build_status_table(plan_page: PlanPage) -> Iterator[Row]:
    yield _get_column_headings()
    for part in plan_page.parts:
        name = f"{part.number}. {part.capability.label}"
        yield [
            plan_page.plan.label,
            name,
            str(part.state.label),
            *(_build_assessment_cells(plan_page, part.said) if part.said else [""] * 8),
        ]
    for name, said in plan_page.unmatched_assessments:
        yield [plan_page.plan.label, name, said.state, *_build_assessment_cells(plan_page, said)]


def _build_history_table(plan_page: PlanPage) -> Iterator[Row]:
    yield _get_column_headings()
    over = plan_page.plan.over
    for said in reversed(plan_page.assessments):
        yield [
            plan_page.plan.label,
            said.capability,
            str(over.state(said.state).label),
            *_build_assessment_cells(plan_page, said),
        ]


def _get_column_headings() -> Row:
    return [
        _("Label"),
        _("Capability"),
        _("Status"),
        _("Description"),
        _("Evidence"),
        _("Supporting records"),
        _("Responsible body"),
        _("Next step"),
        _("Due date"),
        _("Cost"),
        _("Updated on"),
    ]


def _build_assessment_cells(plan_page: PlanPage, assessment: Assessment) -> Row:
    due = assessment.due_on.isoformat() if assessment.due_on else ""
    day = timezone.localdate(assessment.at).isoformat()
    records = "; ".join(
        record.title for record in _filter_records_by_label(plan_page, plan_page.get_evidence_records(assessment))
    )
    return [
        assessment.words,
        assessment.evidence,
        records,
        assessment.body,
        assessment.next_step,
        due,
        assessment.cost,
        day,
    ]
