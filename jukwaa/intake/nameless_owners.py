"""Commitments of several owners under the Chatham House Rule: no owner is kept, so they are one entry."""

from collections.abc import Iterable

from jukwaa.intake.models import DeskKind, ReadingPart, Suggestion


def join_nameless_owners(
    suggestions: Iterable[Suggestion], merged: dict[int, list[Suggestion]], parts: Iterable[ReadingPart]
) -> list[Suggestion]:
    """Return the suggestions to enter. `merged` gains, behind the first of each commitment, those of the other owners.

    These are the only ones in `merged` that were kept by a person.
    """
    closed = [part for part in parts if part.chatham]
    firsts: dict[tuple[int, str], Suggestion] = {}
    left = []
    for suggestion in suggestions:
        is_nameless = any(part.contains_sentence(suggestion.sentence.number) for part in closed)
        if suggestion.kind == DeskKind.COMMITMENT and is_nameless:
            first = firsts.setdefault((suggestion.start, suggestion.text), suggestion)
            if first is not suggestion:
                merged.setdefault(first.pk, []).extend([suggestion, *merged.get(suggestion.pk, [])])
                continue
        left.append(suggestion)
    return left
