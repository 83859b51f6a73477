"""The record of an organisation as a document, for its minister, board or lawyer: see `organisation_history`."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.core.dates import format_long_date, format_short_date
from jukwaa.core.documents.outgoing import Block, Document, DocumentTable, Heading, Inline, InlineRun, Paragraph
from jukwaa.places.languages import get_text_direction
from jukwaa.records.organisation_history import HistorySection, OrganisationHistory, RecordLine

MAX_QUOTED_WORDS_LENGTH = 2_000  # characters of one line; the rest is at its address


def build_organisation_document(history: OrganisationHistory) -> Document:
    organisation, coalition = history.query.organisation, history.query.coalition
    language = get_language() or "en"
    return Document(
        title=_("Record of %(name)s") % {"name": organisation.name},
        blocks=list(_build_history_blocks(history)),
        language=language,
        direction=get_text_direction(language),
        label=history.label,
        subtitle=_("in %(coalition)s") % {"coalition": coalition.name},
        meta=_build_history_facts(history),
        masthead=coalition.name,
        masthead_note=coalition.forum,
    )


def build_file_name(history: OrganisationHistory, file_extension: str) -> str:
    facts = {"name": history.query.organisation.name, "day": timezone.localdate().isoformat(), "ending": file_extension}
    if history.is_own:
        return _("%(name)s, record for representatives, %(day)s.%(ending)s") % facts
    return _("%(name)s, public record, %(day)s.%(ending)s") % facts


def build_history_url(history: OrganisationHistory) -> str:
    name = "records:organisation_record_own" if history.is_own else "records:organisation_record"
    return reverse(name, args=[history.query.coalition.slug, history.query.organisation.pk])


def _build_history_facts(history: OrganisationHistory) -> list[tuple[str, Inline]]:
    address = f"{settings.SITE_URL}{build_history_url(history)}"
    facts: list[tuple[str, Inline]] = [
        (_("Version"), _("for representatives of the organisation") if history.is_own else _("public")),
        (_("As of"), format_long_date(timezone.localdate())),
        (_("Page"), [InlineRun(address, link=address)]),
    ]
    if period := history.period:
        first, last = period
        facts.insert(2, (_("Period"), f"{first.when} – {last.when}"))  # noqa: RUF001 - from one to the other
    return facts


def _build_history_blocks(history: OrganisationHistory) -> Iterator[Block]:
    yield Paragraph(describe_history_version(history))
    if history.is_cut:
        yield Paragraph(_("Only the newest 500 entries of each type are included."))
    if not history.sections:
        yield Paragraph(_("This version contains no entries."))
    for part in history.sections:
        yield Heading(1, str(part.section.label))
        is_open = part.section == HistorySection.OPEN
        headers = [_("Due") if is_open else _("Date"), _("Entry"), _("Source")]
        headers += [_("Label")] if history.is_own else []
        yield DocumentTable(
            headers, [list(_build_record_row(line, history, is_link_open=is_open)) for line in part.lines]
        )


def describe_history_version(history: OrganisationHistory) -> str:
    if history.is_own:
        return _(
            "This document lists the statements, commitments, pledges, signatures and offers of this organisation in"
            " the coalition, the requests made to it, and its open items. It includes everything that the"
            " organisation's representatives can read. The label of each entry shows who can read it."
        )
    return _("Public statements, promises, signatures, offers and responses of this organisation in the coalition.")


def _build_record_row(record_line: RecordLine, history: OrganisationHistory, *, is_link_open: bool) -> Iterator[Inline]:
    yield _format_due_date(record_line) if is_link_open else _format_line_day(record_line)
    yield _build_entry_runs(record_line, is_link_open=is_link_open)
    yield _build_source_runs(record_line)
    if history.is_own:
        yield record_line.label


def _format_due_date(record_line: RecordLine) -> str:
    return format_short_date(record_line.due) if record_line.due else _("no due date")


def _format_line_day(record_line: RecordLine) -> str:
    """With a short month: the column is narrow."""
    return (
        format_short_date(record_line.day) if record_line.day and record_line.precision == "day" else record_line.when
    )


def _build_entry_runs(record_line: RecordLine, *, is_link_open: bool) -> list[InlineRun]:
    runs = [
        InlineRun(f"{record_line.what}\n"),
        InlineRun(record_line.title, strong=True, language=record_line.language),
    ]
    if record_line.words:
        words = record_line.words[:MAX_QUOTED_WORDS_LENGTH] + (
            "…" if len(record_line.words) > MAX_QUOTED_WORDS_LENGTH else ""
        )
        runs += [InlineRun("\n"), InlineRun(words, language=record_line.language)]
    if facts := list(_iter_line_facts(record_line, is_link_open=is_link_open)):
        runs.append(InlineRun("\n" + " · ".join(facts), emphasis=True))
    return runs


def _iter_line_facts(record_line: RecordLine, *, is_link_open: bool) -> Iterator[str]:
    if record_line.status:
        yield _("Status: %(status)s") % {"status": record_line.status}
    if is_link_open:
        yield _("Since: %(day)s") % {"day": record_line.when}
    elif record_line.due:
        yield _("Due: %(day)s") % {"day": format_short_date(record_line.due)}


def _build_source_runs(record_line: RecordLine) -> list[InlineRun]:
    """Where it was said, as a link to the very place, and the documents that it was made from.

    What was said in no other place has its address, which can be read on paper too.
    """
    address = f"{settings.SITE_URL}{record_line.url}"
    runs = [InlineRun(record_line.source or address, link=address)]
    for title, url in record_line.documents:
        runs += [InlineRun("\n"), InlineRun(title, link=f"{settings.SITE_URL}{url}")]
    return runs
