"""What a coordinator decided for a whole column: what its words mean, and whether days come before months."""

from collections.abc import Mapping
from typing import Any

from jukwaa.places.text_folding import fold_text

EMPTY_CELL_ANSWER = "-"  # the word means nothing that is imported
DAY_FIRST, MONTH_FIRST = "day", "month"
DATE_ORDER_KEY = "date-order"
OTHER_TEXTS = "other-texts"  # no key of a text: those have no hyphen
COMBINE, SKIP, NEW = "combine", "skip", "new"
WITHOUT_PERSON, NO_INVITATION = "no-person", "no-invitation"  # what becomes of the contact person in a row
END, KEEP = "end", "keep"  # a membership that the directory has, and the file says has ended

type Decisions = Mapping[str, Mapping[str, str]]

# {"country": {"congo": "CD"}, "stakeholder_group": {"other-texts": "-"}, "since": {"date-order": "day"},
# "rows": {"repeated": "combine", "similar": "new", "struck": "left", "colour-red": "skip", "says-observer": "observer",
# "standing": "observer", "departure": "end", "person-left": "no-person"}}
NO_DECISIONS: Decisions = {}


def build_decision_key(text: str) -> str:
    """The same for all ways of writing a word: a decision about "INGO" holds for "ingo" too."""
    return fold_text(text) or text.strip()


def find_column_decision(import_decisions: Decisions, field: str, text: str) -> str | None:
    """What this text means in this column: a code, EMPTY, or None if nobody has decided."""
    return import_decisions.get(field, {}).get(build_decision_key(text)) if text else None


def get_date_order(import_decisions: Decisions, field: str) -> str:
    return import_decisions.get(field, {}).get(DATE_ORDER_KEY, "")


def get_row_decision(import_decisions: Decisions, question_key: str) -> str:
    """Return what was decided for all rows, such as COMBINE for `repeated` ones; nothing if each is answered alone."""
    return import_decisions.get("rows", {}).get(question_key, "")


def merge_import_decisions(old_decisions: Decisions, new_decisions: Decisions) -> dict[str, dict[str, Any]]:
    """Both, of which the new ones win. An empty answer takes a decision back."""
    merged = {field: dict(found) for field, found in old_decisions.items()}
    for field, found in new_decisions.items():
        merged.setdefault(field, {}).update(found)
    return {field: {key: value for key, value in found.items() if value} for field, found in merged.items()}
