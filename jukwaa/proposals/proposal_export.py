"""A proposal as data in the layout of its form: what a submission keeps, and the files that can be downloaded."""

import json
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.proposals.proposal_page import CheckRow, DisplayedAnswer, ProposalPage


def build_proposal_data(shown: ProposalPage) -> dict[str, Any]:
    """Return the proposal with its fields in the form's own order, without the rules on gender and age.

    All of it can be written as JSON.
    """
    call, proposal = shown.call, shown.proposal
    return {
        "title": proposal.title,
        "call": {"name": call.name, "title": call.title, "forum": call.forum, "edition": call.edition},
        "call_version": proposal.call_number,
        "proposal_version": proposal.version,
        "fields": [_build_field_data(section.title, row) for section in shown.sections for row in section.rows],
        "rules": [_build_rule_data(row) for row in (*shown.binding, *shown.liked) if not row.is_private],
        "not_known": list(shown.report.unknown),
    }


def _build_field_data(section: str, row: DisplayedAnswer) -> dict[str, Any]:
    problems = [each.message for each in row.problems if each.result.rule.check == "limit"]
    return {
        "section": section,
        "name": row.field.name,
        "label": row.field.label,
        "answer": row.text,
        "length": row.count,
        "limit": row.shown.limit,
        "late": row.is_late,
        "problems": problems,
    }


def _build_rule_data(row: CheckRow) -> dict[str, str]:
    verdict = row.result.verdict
    return {"name": row.result.rule.name, "outcome": verdict.outcome.value, "text": row.text or row.message}


def render_proposal_json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def render_proposal_text(document: dict[str, Any]) -> str:
    """Return the fields in the form's own order. A limit that is not met stands beside its field, and cuts nothing."""
    facts = [f"{label}: {value}" for label, value in document.get("submission", [])]
    parts, section = [document["title"], document["call"]["title"], *(["\n".join(facts)] if facts else [])], ""
    for field in document["fields"]:
        if field["section"] and field["section"] != section:
            section = field["section"]
            parts.append(f"== {section} ==")
        notes = [*field["problems"], *([_("Late: changed after the deadline.")] if field["late"] else [])]
        parts.append("\n".join([f"## {field['label']}", *(f"[{note}]" for note in notes), field["answer"]]))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"
