"""Where a text stands in the library once it is published: as which kind, and what is said of it there."""

import tomllib
from functools import cache
from importlib.resources import files

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.drafting.models import Edition, Placement, Revision, Text
from jukwaa.library.issue_fields import ISSUE_DATE_FIELD, ISSUER_FIELD, get_issuer_and_issue_date_fields
from jukwaa.library.schema import BOX_FIELDS, get_item_kind

MAX_SUMMARY_HEADINGS = 40


@cache
def load_library_kinds() -> dict[str, str]:
    """The kind of item by the form of a text, as `data/forms.toml` has it."""
    data = files("jukwaa.drafting").joinpath("data", "forms.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(data)["library_kinds"])


def build_item_summary(text: Text, revision: Revision) -> str:
    """What the first question of its kind is answered with: its summary, and what it is divided into."""
    headings = Placement.objects.at(text, revision.step).filter(kind=Placement.Kind.HEADING, level=1)
    names = [f"- {placement.wording.body}" for placement in headings[:MAX_SUMMARY_HEADINGS]]
    parts = [text.summary, *([_("Sections:") + "\n\n" + "\n".join(names)] if names else [])]
    return "\n\n".join(part for part in parts if part) or text.title


def build_issue_details(text: Text, edition: Edition, clause_kind: str) -> dict[str, str]:
    """Who issued it and when, for a kind that is dated by that: the latest edition counts."""
    issuer = text.owner.name if text.owner else text.coalition.name
    answers = {ISSUER_FIELD: issuer, ISSUE_DATE_FIELD: timezone.localdate(edition.at).isoformat()}
    return {field.name: answers[field.name] for field in get_issuer_and_issue_date_fields(clause_kind)}


def get_first_form_field(clause_kind: str) -> str:
    """The first that its short form asks for."""
    return next(box for box in BOX_FIELDS if box in get_item_kind(clause_kind).asks)
