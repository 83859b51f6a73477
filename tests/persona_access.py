"""Who reads what in the world of the access walk.

The rule is written here a second time, in plain Python and from DESIGN's words, so that the product's own rule
(`visible_to`, in SQL) is held against something that isn't itself.
"""

from itertools import product

from jukwaa.records.models import Label, Record, State
from tests.regions import outreach_canaries

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
LABELS_READABLE_BY_EMAIL = (Label.CLEAR, Label.GREEN)
# In place of a label: a document for named people that waits to be published. They read it, and no role does.
WAITING_FOR_NAMED = "waiting for named people"


def may_persona_read(persona: str, tlp_label: str, record_state: str) -> bool:
    """The rule, in words: DESIGN section 3, “Label” and “State”."""
    if tlp_label in outreach_canaries.PERSONAS_BY_TEXT:
        return persona in outreach_canaries.PERSONAS_BY_TEXT[tlp_label]
    if persona == "author":
        return record_state != State.HELD
    if tlp_label == WAITING_FOR_NAMED:
        return persona == "named person"
    by_state = {
        State.PUBLISHED: _may_read_published(persona, tlp_label),
        State.SUBMITTED: persona in {"editor", "rapporteur", "coordinator"} and tlp_label in LABELS_READABLE_BY_EMAIL,
        # Its lead, and the second reader: the person that the record names.
        State.SAFEGUARDING: persona in {"safeguarding lead", "named person"},
        State.HELD: persona == "safeguarding lead",
        State.WITHDRAWN: persona in {"coordinator", "safeguarding lead"} and tlp_label in LABELS_READABLE_BY_EMAIL,
    }
    return by_state.get(State(record_state), False)


def get_access_label(record: Record) -> str:
    """Return the label of a record, or WAITING_FOR_NAMED."""
    is_waiting = record.kind == "document" and record.state == State.SUBMITTED and record.label == Label.RED
    return WAITING_FOR_NAMED if is_waiting else record.label


def _may_read_published(persona: str, tlp_label: str) -> bool:
    return {
        Label.CLEAR: True,
        Label.GREEN: persona in SEATED_PERSONAS,
        Label.AMBER: persona in {"author's colleague", "member of a named organisation"},
        Label.STRICT: persona == "author's colleague",
        Label.RED: persona == "named person",
    }[Label(tlp_label)]


def find_personas_with_same_access() -> list[tuple[str, ...]]:
    """The personas in groups, of whom all read the same by this rule."""
    groups: dict[tuple[bool, ...], list[str]] = {}
    for persona in PERSONAS:
        of_each = (
            may_persona_read(persona, *each)
            for each in product([*Label, WAITING_FOR_NAMED, *outreach_canaries.PERSONAS_BY_TEXT], State)
        )
        groups.setdefault(tuple(of_each), []).append(persona)
    return [tuple(group) for group in groups.values()]
