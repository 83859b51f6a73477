"""Which of the kinds that were heard in a sentence stand."""

from dataclasses import dataclass, replace

from jukwaa.intake.reader.cue import FAIR, STRONG, WEAK
from jukwaa.intake.reader.lexicon import split_words

MAX_CLAIMS_PER_SENTENCE = 3


@dataclass(slots=True)
class Claim:
    """A kind, how strongly it speaks, why, and who did it."""

    kind: str
    strength: int
    why: str
    actors: tuple[str, ...] = ()
    place: int = 0
    marker: bool = False
    due: str = ""
    words: str = ""  # what would enter, where that is not the whole sentence: the cell of a table
    status: str = ""  # of an action, as written
    group: str = ""  # the organisation of somebody who came, as written
    is_chair: bool = False


# Each line: a kind yields to these, where they speak at least as strongly as said here.
OVERRULING_CLAIMS_BY_KIND: dict[str, tuple[tuple[str, int], ...]] = {
    "observation": tuple(
        (kind, WEAK)
        for kind in split_words(
            "attendee new_member topic report announcement offer request proposal decision commitment "
            "interest recommendation next_meeting"
        )
    ),
    "report": (
        ("decision", FAIR),
        ("proposal", FAIR),
        ("announcement", FAIR),
        ("next_meeting", FAIR),
        ("attendee", FAIR),
        ("new_member", FAIR),
        ("request", STRONG),
        ("interest", FAIR),
        ("topic", STRONG),
    ),
    "recommendation": (
        ("decision", FAIR),
        ("proposal", FAIR),
        ("request", FAIR),
        ("commitment", FAIR),
        ("next_meeting", FAIR),
    ),
    "proposal": (("decision", STRONG),),
    "request": (("commitment", STRONG),),
    "offer": (("commitment", STRONG),),
    "interest": (
        ("offer", FAIR),
        ("decision", STRONG),
        ("commitment", STRONG),
        ("proposal", STRONG),
        ("request", STRONG),
    ),
    "announcement": (("next_meeting", STRONG), ("decision", STRONG), ("commitment", STRONG), ("offer", STRONG)),
    "commitment": (("next_meeting", FAIR),),
    "attendee": (("topic", FAIR), ("announcement", FAIR), ("next_meeting", FAIR)),
    "topic": (("next_meeting", STRONG),),
}
# A weak claim of these kinds falls before anything fair.
# A mark such as "Action:" says what the line is; only these may be true besides.
CLAIM_KINDS_KEPT_BESIDE_ACTION_LABEL = frozenset({"next_meeting", "new_member"})
EASILY_OVERRULED_CLAIM_KINDS = frozenset(
    {"topic", "announcement", "report", "commitment", "interest", "proposal", "decision", "recommendation", "request"}
)


def resolve_sentence_claims(claims: list[Claim]) -> list[Claim]:
    """The claims that stand, in the order of the sentence, one for each kind."""
    if any(claim.marker for claim in claims):
        claims = [claim for claim in claims if claim.marker or claim.kind in CLAIM_KINDS_KEPT_BESIDE_ACTION_LABEL]
    merged = _merge_claims_by_kind(claims)
    best = max((claim.strength for claim in merged.values()), default=0)
    standing = [claim for claim in merged.values() if not _is_claim_overruled(claim, merged, best)]
    standing.sort(key=lambda claim: (-claim.strength, claim.place))
    return sorted(standing[:MAX_CLAIMS_PER_SENTENCE], key=lambda claim: claim.place)


def _merge_claims_by_kind(claims: list[Claim]) -> dict[str, Claim]:
    merged: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: -claim.strength):
        known = merged.get(claim.kind)
        if known is None:
            merged[claim.kind] = replace(claim)
        else:
            known.actors = tuple(dict.fromkeys((*known.actors, *claim.actors)))
            known.place = min(known.place, claim.place)
    return merged


def _is_claim_overruled(claim: Claim, claims_by_kind: dict[str, Claim], best_strength: int) -> bool:
    if claim.strength == WEAK and best_strength > WEAK and claim.kind in EASILY_OVERRULED_CLAIM_KINDS:
        return True
    if claim.strength == STRONG:
        return False
    return any(
        other in claims_by_kind and claims_by_kind[other].strength >= least
        for other, least in OVERRULING_CLAIMS_BY_KIND.get(claim.kind, ())
    )
