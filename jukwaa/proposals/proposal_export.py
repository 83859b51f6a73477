"""A proposal as data in the layout of its form: what a submission keeps, and the files that can be downloaded."""

import json
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.proposals.proposal_page import DisplayedAnswer, ProposalPage, RuleCheckRow


def build_proposal_data(proposal_page: ProposalPage) -> dict[str, Any]:
    """Return the proposal with its fields in the form's own order, without the rules on gender and age.

    All of it can be written as JSON.
    """
    call, proposal = proposal_page.call, proposal_page.proposal
    return {
        "title": proposal.title,
        "call": {"name": call.name, "title": call.title, "forum": call.forum, "edition": call.edition},
        "call_version": proposal.call_number,
        "proposal_version": proposal.version,
        "fields": [_build_field_data(section.title, row) for section in proposal_page.sections for row in section.rows],
        "rules": [
            _build_rule_data(row)
            for row in (*proposal_page.binding_checks, *proposal_page.preferred_checks)
            if not row.is_private
        ],
        "not_known": list(proposal_page.report.unknown),
    }


def _build_field_data(section_title: str, displayed_answer: DisplayedAnswer) -> dict[str, Any]:
    problems = [each.message for each in displayed_answer.problems if each.result.rule.check == "limit"]
    return {
        "section": section_title,
        "name": displayed_answer.field.name,
        "label": displayed_answer.field.label,
        "answer": displayed_answer.text,
        "length": displayed_answer.count,
        "limit": displayed_answer.shown.limit,
        "late": displayed_answer.is_late,
        "problems": problems,
    }


def _build_rule_data(check_row: RuleCheckRow) -> dict[str, str]:
    verdict = check_row.result.verdict
    return {
        "name": check_row.result.rule.name,
        "outcome": verdict.outcome.value,
        "text": check_row.text or check_row.message,
    }


def render_proposal_json(proposal_data: dict[str, Any]) -> str:
    return json.dumps(proposal_data, ensure_ascii=False, indent=2)


def render_proposal_text(proposal_data: dict[str, Any]) -> str:
    """Return the fields in the form's own order. A limit that is not met stands beside its field, and cuts nothing."""
    facts = [f"{label}: {value}" for label, value in proposal_data.get("submission", [])]
    parts, section = (
        [proposal_data["title"], proposal_data["call"]["title"], *(["\n".join(facts)] if facts else [])],
        "",
    )
    for field in proposal_data["fields"]:
        if field["section"] and field["section"] != section:
            section = field["section"]
            parts.append(f"== {section} ==")
        notes = [*field["problems"], *([_("Late: changed after the deadline.")] if field["late"] else [])]
        parts.append("\n".join([f"## {field['label']}", *(f"[{note}]" for note in notes), field["answer"]]))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"
