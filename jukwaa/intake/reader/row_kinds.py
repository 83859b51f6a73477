"""Tables of minutes with a column that says what each row is: "D" or "Decision", "A" or "Action", "I" for others."""

import re

KIND_COLUMN = "kind"
_PATTERNS_BY_KIND = {
    "decision": r"d|dec|déc|b|beschl(?:uss|uß)|d[eé]cisi(?:ons?|ón|ão)|decis(?:ões|iones)"
    r"|acuerdo|resolu(?:tions?|ción|ção)|besluit",
    "commitment": r"a|act|ap|ai|actions?(?: (?:items?|points?))?|acción|ação|tâche|tarea|tarefa|encaminhamento"
    r"|compromiss?o|tasks?|aufgabe|auftrag|to-?dos?|actie",
    "": r"i|info|informati(?:on|e)|información|informação|n|note|hinweis|discussi(?:on|ón)|discussão|point",
}
KIND_PATTERNS = {
    kind: re.compile(rf"\W*(?:{pattern})\W*$", re.IGNORECASE) for kind, pattern in _PATTERNS_BY_KIND.items()
}


def find_row_kind(kind_cell: str) -> str | None:
    """Return "decision", "commitment", nothing for information, or None where the cell does not tell."""
    return next((kind for kind, pattern in KIND_PATTERNS.items() if pattern.match(kind_cell)), None)
