"""A charter as the one text that is signed: from plain values to lines, in the language of the work."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from jukwaa.cooperation.charters import CharterForm, CharterQuestion
from jukwaa.core.dates import format_long_date


@dataclass(frozen=True)
class NamedParty:
    """A party as the text names it."""

    pk: int
    name: str
    groups: Sequence[str]  # its stakeholder group, its regional group
    part: str
    must_sign: bool


def compute_charter_digest(text: str) -> str:
    """Whoever has the text can work it out with the tools of any computer: SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def render_charter_text(
    *,
    title: str,
    form: CharterForm,
    answers_by_question: Mapping[str, Any],
    parties: Sequence[NamedParty],
    language: str,
    part_number: int,
) -> str:
    """`part_number` is 0 for the first charter of a work, then the number of the amendment."""
    with translation.override(language if translation.check_for_language(language) else "en"):
        head = [title, _("Amendment %(n)s") % {"n": part_number} if part_number else _("Charter")]
        parts = [_render_charter_part(question, answers_by_question, parties, language) for question in form.questions]
        foot = _("This charter states what the parties intend. It is not a contract.")
        return "\n\n".join([*head, *filter(None, parts), foot]) + "\n"


def _render_charter_part(
    charter_question: CharterQuestion,
    answers_by_question: Mapping[str, Any],
    parties: Sequence[NamedParty],
    language: str,
) -> str:
    rows = {
        "parties": lambda: _render_party_lines(parties),
        "deliverables": lambda: _render_deliverable_lines(answers_by_question.get("deliverables", []), parties),
        "outcomes": lambda: _render_outcome_lines(answers_by_question.get("outcomes", [])),
    }
    said = (
        "\n".join(rows[charter_question.type]())
        if charter_question.type in rows
        else str(answers_by_question.get(charter_question.name, "")).strip()
    )
    return f"{charter_question.in_language(language)}\n{said}" if said else ""


def _render_party_lines(parties: Iterable[NamedParty]) -> list[str]:
    lines = []
    for party in parties:
        groups = f" ({', '.join(party.groups)})" if party.groups else ""
        part = f": {party.part}" if party.part else ""
        signs = "" if party.must_sign else " " + _("[signature optional]")
        lines.append(f"- {party.name}{groups}{part}{signs}")
    return lines


def _render_deliverable_lines(answer_rows: Iterable[Mapping[str, Any]], parties: Iterable[NamedParty]) -> list[str]:
    names = {party.pk: party.name for party in parties}
    lines = []
    for row in answer_rows:
        day = parse_date(row["on"])
        who = names.get(row.get("party") or 0) or _("all parties together")
        lines.append(f"- {format_long_date(day) if day else row['on']}: {row['what']} ({who})")
    return lines


def _render_outcome_lines(answer_rows: Iterable[Mapping[str, Any]]) -> list[str]:
    lines = []
    for row in answer_rows:
        unit = f" {row['unit']}" if row.get("unit") else ""
        told = [row["what"]]
        if row.get("indicator"):
            told.append(_("Indicator: %(indicator)s") % {"indicator": row["indicator"]})
        if row.get("baseline") is not None:
            told.append(_("Baseline: %(number)s") % {"number": row["baseline"]} + unit)
        if row.get("target") is not None:
            told.append(_("Target: %(number)s") % {"number": row["target"]} + unit)
        lines.append("- " + ". ".join(told))
    return lines
