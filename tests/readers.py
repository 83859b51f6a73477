"""Who reads what in the world of the access walk.

The rule is written here a second time, in plain Python and from DESIGN's words, so that the product's own rule
(`visible_to`, in SQL) is held against something that isn't itself.
"""

from itertools import product

from jukwaa.records.models import Label, State
from tests.regions import world_outreach

PERSONAS = (
    "visitor",
    "applicant",
    "member",
    "former member",
    "author",
    "author's colleague",
    "member of a named organisation",
    "named person",
    "editor",
    "rapporteur",
    "safeguarding lead",
    "coordinator",
    "member of another coalition",
)
SEATED_PERSONAS = {
    "member",
    "author",
    "author's colleague",
    "member of a named organisation",
    "editor",
    "rapporteur",
    "safeguarding lead",
    "coordinator",
}
OPEN_LABELS = (Label.CLEAR, Label.GREEN)


def may_persona_read(persona: str, label: str, state: str) -> bool:
    """The rule, in words: DESIGN section 3, “Label” and “State”."""
    if label in world_outreach.PERSONAS_BY_TEXT:
        return persona in world_outreach.PERSONAS_BY_TEXT[label]
    if persona == "author":
        return state != State.HELD
    by_state = {
        State.PUBLISHED: _may_read_published(persona, label),
        State.SUBMITTED: persona in {"editor", "rapporteur", "coordinator"} and label in OPEN_LABELS,
        # Its lead, and the second reader: the person that the record names.
        State.SAFEGUARDING: persona in {"safeguarding lead", "named person"},
        State.HELD: persona == "safeguarding lead",
        State.WITHDRAWN: persona in {"coordinator", "safeguarding lead"} and label in OPEN_LABELS,
    }
    return by_state.get(State(state), False)


def _may_read_published(persona: str, label: str) -> bool:
    return {
        Label.CLEAR: True,
        Label.GREEN: persona in SEATED_PERSONAS,
        Label.AMBER: persona in {"author's colleague", "member of a named organisation"},
        Label.STRICT: persona == "author's colleague",
        Label.RED: persona == "named person",
    }[Label(label)]


def find_personas_with_same_access() -> list[tuple[str, ...]]:
    """The personas in groups, of whom all read the same by this rule."""
    groups: dict[tuple[bool, ...], list[str]] = {}
    for persona in PERSONAS:
        of_each = (
            may_persona_read(persona, *each) for each in product([*Label, *world_outreach.PERSONAS_BY_TEXT], State)
        )
        groups.setdefault(tuple(of_each), []).append(persona)
    return [tuple(group) for group in groups.values()]
