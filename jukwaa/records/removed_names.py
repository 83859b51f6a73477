"""Names that were removed from a record: kept as keyed digests, by which they are found again in an older backup.

Of each name the digest of its letters and their number are kept. After a restore, every run of words of that length in
the record is compared. What is found is written as in the backup, in clear, and is redacted as it was before.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from jukwaa.accounts.identity import compute_keyed_digest
from jukwaa.accounts.ledger import ProtectionStep
from jukwaa.accounts.protections import ProtectionTopic, record_protection_step
from jukwaa.records.models import Record
from jukwaa.records.redaction import UNSPACED_SCRIPT_RANGES, NameRedactor

NAMES_PER_BATCH = 500
# Letters that a regular expression takes for an "i" when it ignores case, and `casefold` does not.
DOTTED_I_REPLACEMENTS = {"\u0130": "i", "\u0131": "i"}
_WORD_CHARACTER, _UNSPACED_LETTER = re.compile(r"\w"), re.compile(f"[{UNSPACED_SCRIPT_RANGES}]")


@dataclass(frozen=True)
class RecordToCheck:
    """A record in which a restored backup may have brought names back, with the steps that removed them."""

    record: int
    steps: tuple[ProtectionStep, ...]


def log_removed_names(record: Record, removed_names: Iterable[str], *, includes_files: bool) -> None:
    """Keep that these names are removed from the record."""
    subject = get_record_digest(record)
    for name in removed_names:
        folded, _places = _fold_text_with_offsets(name)
        key = get_name_digest(subject, folded)
        record_protection_step(
            ProtectionTopic.REDACTION,
            subject,
            is_protected=True,
            protection_key=key,
            step_number=len(folded),
            includes_files=includes_files,
        )


def get_record_digest(record: Record) -> str:
    """Of the record itself: its number alone could be given again after a backup was restored."""
    return compute_keyed_digest("record", f"{record.pk} {record.created_at.astimezone(UTC).isoformat()}")


def get_name_digest(removed_subject: str, folded_name: str) -> str:
    """In one record, so that nobody sees that the same name was removed from two."""
    return compute_keyed_digest(f"removed-name.{removed_subject}", folded_name)


def find_records_to_check(protection_steps: Sequence[ProtectionStep]) -> list[RecordToCheck]:
    """Return the records that were last redacted before the latest of these steps, as far as they are there."""
    wanted: dict[str, list[ProtectionStep]] = {}
    for step in protection_steps:
        wanted.setdefault(step.subject, []).append(step)
    rows = Record.objects.only("pk", "created_at", "redacted_at").order_by("pk")
    found = ((record, wanted.get(get_record_digest(record), [])) for record in rows.iterator(NAMES_PER_BATCH))
    return [
        RecordToCheck(record.pk, tuple(lines))
        for record, lines in found
        if lines and _is_redaction_missing(record, lines)
    ]


def _is_redaction_missing(record: Record, protection_steps: Sequence[ProtectionStep]) -> bool:
    return record.redacted_at is None or any(step.at > record.redacted_at for step in protection_steps)


class NameFinder(NameRedactor):
    """Finds the removed names in whatever a redaction looks at, and counts none, so that nothing is changed."""

    def __init__(self, protection_steps: Iterable[ProtectionStep]) -> None:
        super().__init__(())
        self.found: set[str] = set()
        self._by_length: dict[int, dict[str, str]] = {}
        for step in protection_steps:
            self._by_length.setdefault(step.number, {})[step.key] = step.subject

    def count(self, value: Any) -> int:
        for text in _iter_nested_texts(value):
            self.found.update(find_removed_names(text, self._by_length))
        return 0


def _iter_nested_texts(nested_value: Any) -> Iterator[str]:
    if isinstance(nested_value, str):
        yield nested_value
    elif isinstance(nested_value, dict | list):
        for inner in nested_value.values() if isinstance(nested_value, dict) else nested_value:
            yield from _iter_nested_texts(inner)


def find_removed_names(text: str, names_by_length: Mapping[int, Mapping[str, str]]) -> Iterator[str]:
    """Return the names in a text, where they are words of their own. Given are digests by the length of the name."""
    folded, places = _fold_text_with_offsets(text)
    for length, subjects in names_by_length.items():
        subject = next(iter(subjects.values()))
        for start in range(len(folded) - length + 1):
            end = start + length
            is_alone = _is_name_start(folded, start) and _is_name_end(folded, end)
            if is_alone and get_name_digest(subject, folded[start:end]) in subjects:
                yield text[places[start] : places[end - 1] + 1]


def _is_name_start(text: str, character_index: int) -> bool:
    """As in the pattern of `Redactor`."""
    is_alone = (
        character_index == 0
        or not _WORD_CHARACTER.match(text[character_index - 1])
        or bool(_UNSPACED_LETTER.match(text[character_index]))
    )
    return is_alone and text[character_index] != " "


def _is_name_end(text: str, character_index: int) -> bool:
    is_alone = (
        character_index == len(text)
        or not _WORD_CHARACTER.match(text[character_index])
        or bool(_UNSPACED_LETTER.match(text[character_index - 1]))
    )
    return is_alone and text[character_index - 1] != " "


def _fold_text_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return the text without differences of case, each run of spaces as one, and where each letter of it stands."""
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if not letter.isspace():
            folded.append(_fold_name_letter(letter))
            places.append(place)
        elif folded and folded[-1] != " ":
            folded.append(" ")
            places.append(place)
    return "".join(folded), places


def _fold_name_letter(name_letter: str) -> str:
    """One letter for each, unlike `casefold` alone."""
    same = DOTTED_I_REPLACEMENTS.get(name_letter) or name_letter.casefold()
    return same if len(same) == 1 else name_letter.lower() if len(name_letter.lower()) == 1 else name_letter
