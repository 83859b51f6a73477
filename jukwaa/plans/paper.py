"""A plan as it is handed on: a paper for the minister, and tables to take along. Its label stands on all of it."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.exporting import Row
from jukwaa.core.dates import written, written_shortly
from jukwaa.core.documents.outgoing import Block, Bullets, Document, Heading, Inline, Paragraph, Run, Table
from jukwaa.library.told import STRICTNESS, address_of
from jukwaa.places.languages import direction
from jukwaa.plans.models import Assessment
from jukwaa.plans.progress import Point
from jukwaa.plans.reading import Part, PlanPage
from jukwaa.records.models import Label, Record, State


def document_of(shown: PlanPage) -> Document:
    """In the language of the page."""
    plan, language = shown.plan, get_language() or "en"
    meta: list[tuple[str, Inline]] = [
        (_("Country"), plan.where),
        (_("Framework"), plan.over.with_edition),
        (_("As of"), written(timezone.localdate())),
        (_("Audience"), _("people to whom the team gives it")),
    ]
    return Document(
        title=plan.title,
        blocks=list(_blocks(shown)),
        language=language,
        direction=direction(language),
        label=plan.label,
        meta=meta,
        masthead=plan.where,
    )


def _blocks(shown: PlanPage) -> Iterator[Block]:
    if shown.plan.is_example:
        yield Paragraph([Run(_("This is an example. It is not the plan of a country."), strong=True)])
    yield Heading(1, _("Current status"))
    counts = [[str(state.label), str(number)] for state, number in shown.counts]
    yield Table([_("Status"), _("Capabilities")], counts, row_headers=True)
    yield from _since(shown)
    yield Heading(1, _("What is in place"))
    yield _listed(shown, "done", _("No capabilities yet."))
    yield Heading(1, _("What is under way"))
    yield _listed(shown, "under-way", _("No capabilities at the moment."))
    yield Heading(1, _("What is needed"))
    yield _listed(shown, "needed", _("No needs identified."))
    yield from _steps(shown)
    yield from _all(shown)


def _since(shown: PlanPage) -> Iterator[Block]:
    """From the last baseline to today."""
    named = [point for point in shown.progress if point.name]
    if not named:
        return
    first, last = named[-1], shown.progress[-1]
    yield Heading(1, _("Change since the baseline"))
    yield Paragraph(_("%(name)s, %(day)s") % {"name": first.name, "day": written(first.day)})
    rows: list[list[Inline]] = [[label, str(before), str(now)] for label, before, now in told_beside(first, last)]
    yield Table([_("Capabilities"), written(first.day), _("today")], rows, row_headers=True)


def told_beside(first: Point, last: Point) -> list[tuple[str, int, int]]:
    return [
        (_("in place"), first.done, last.done),
        (_("under way"), first.under_way, last.under_way),
        (_("needed"), first.needed, last.needed),
        (_("not assessed"), first.unknown, last.unknown),
    ]


def _listed(shown: PlanPage, meaning: str, otherwise: str) -> Block:
    parts = [part for part in shown.parts if part.state.meaning == meaning]
    return Bullets([_in_words(part) for part in parts]) if parts else Paragraph(otherwise)


def _in_words(part: Part) -> Inline:
    runs = [Run(str(part.capability.label), strong=True)]
    if part.said and part.said.words:
        runs += [Run(": "), *_theirs(part.said.words)]
    return runs


def _theirs(words: str) -> list[Run]:
    """What the team wrote, which may run the other way than what stands around it."""
    return [Run(words, apart=True)] if words else []


def _rests(shown: PlanPage, part: Part) -> list[Run]:
    """What the team wrote, then the records."""
    runs = _theirs(part.said.evidence if part.said else "")
    for record in _for_paper(shown, part.records):
        runs += [Run("; ")] if runs else []
        runs.append(Run(record.title, link=address_of(record), apart=True, language=record.language))
    return runs


def _for_paper(shown: PlanPage, records: list[Record]) -> list[Record]:
    """Without those for fewer than the label of the paper says, and those that are withdrawn or not published yet."""
    open_to_all = STRICTNESS[: STRICTNESS.index(Label(shown.plan.label)) + 1]
    return [record for record in records if record.label in open_to_all and record.state == State.PUBLISHED]


def _steps(shown: PlanPage) -> Iterator[Block]:
    yield Heading(1, _("Next steps"))
    if not shown.steps:
        yield Paragraph(_("No next steps recorded."))
        return
    rows: list[list[Inline]] = [
        [
            written_shortly(said.due_on) if said.due_on else _("no due date"),
            [Run(f"{part.capability.label}: "), *_theirs(said.next_step)],
            _theirs(said.body),
            _theirs(said.cost),
        ]
        for part in shown.steps
        if (said := part.said)
    ]
    yield Table([_("Due date"), _("Step"), _("Responsible body"), _("Cost")], rows)


def _all(shown: PlanPage) -> Iterator[Block]:
    yield Heading(1, _("All capabilities"))
    for named, parts in shown.groups:
        yield Heading(2, named)
        rows: list[list[Inline]] = [
            [
                f"{part.number}. {part.capability.label}",
                str(part.state.label),
                _rests(shown, part),
            ]
            for part in parts
        ]
        yield Table([_("Capability"), _("Status"), _("Evidence")], rows, row_headers=True)
    if shown.left:
        yield Heading(2, _("From the previous edition, without a match"))
        yield Bullets([[Run(label, strong=True), Run(": "), *_theirs(each.words)] for label, each in shown.left])


def sheets(shown: PlanPage) -> dict[str, Iterable[Row]]:
    """What stands, and what was said before; each row under its label."""
    return {_("Plan"): table(shown), _("History"): _history(shown)}


def table(shown: PlanPage) -> Iterator[Row]:
    yield _heads()
    for part in shown.parts:
        name = f"{part.number}. {part.capability.label}"
        yield [shown.plan.label, name, str(part.state.label), *(_cells(shown, part.said) if part.said else [""] * 8)]
    for name, said in shown.left:
        yield [shown.plan.label, name, said.state, *_cells(shown, said)]


def _history(shown: PlanPage) -> Iterator[Row]:
    yield _heads()
    over = shown.plan.over
    for said in reversed(shown.assessments):
        yield [shown.plan.label, said.capability, str(over.state(said.state).label), *_cells(shown, said)]


def _heads() -> Row:
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


def _cells(shown: PlanPage, said: Assessment) -> Row:
    due = said.due_on.isoformat() if said.due_on else ""
    day = timezone.localdate(said.at).isoformat()
    records = "; ".join(record.title for record in _for_paper(shown, shown.shown_by(said)))
    return [said.words, said.evidence, records, said.body, said.next_step, due, said.cost, day]
