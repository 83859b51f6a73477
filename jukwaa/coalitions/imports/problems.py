"""What is wrong with a cell or a row, and how it can be answered."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Self

CELL, VALUE, DATE_ORDER, SAME, REPEATED, SIMILAR = "cell", "value", "date-order", "same", "repeated", "similar"
LOOK, DEPARTURE, STANDING, PERSON, KNOWN_PERSON = "look", "departure", "standing", "person", "known-person"
SAME_MEMBER_PROBLEMS = frozenset({SAME, REPEATED, SIMILAR})


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A sentence for the coordinator. `kind` says what answers it.

    - `cell`: another text for this cell, one of `options` if there are any;
    - `value`: what `text` means wherever it stands in this column, preferably one of `options`;
    - `date-order`: whether the day or the month comes first in this column, or which of `options` this row means;
    - `same`: which of `options` (rows of the file, organisations of the directory) is the same organisation, if any;
      `repeated` if an earlier row surely is, and `similar` if the directory has a name that is only alike. Both can be
      answered for all rows at once.
    - `look`: whether and how rows are imported that are struck through or coloured; `text` is the key of the answer;
    - `departure`: whether the membership that the directory has ends on the day in the row;
    - `person`: whether the contact person is imported, and may be invited; `text` is the key of the answer;
    - `known-person`: whether somebody known, or in an earlier row, is the same person, and which address counts; `text`
      is the answer of `options` that is chosen already.
    """

    sentence: str
    field: str = ""
    kind: str = CELL
    text: str = ""
    options: tuple[str, ...] = ()
    suggestion: str = ""  # the answer of `options` that is chosen already

    def serialize(self) -> dict[str, Any]:
        return {**asdict(self), "options": list(self.options)}

    @classmethod
    def parse(cls, stored_problem: dict[str, Any]) -> Self:
        return cls(**{**stored_problem, "options": tuple(stored_problem.get("options", ()))})


class InvalidRowError(ValueError):
    """All that is wrong with a row: the message has each sentence on a line."""

    def __init__(self, *problems: RowProblem | str) -> None:
        self.problems = tuple(RowProblem(found) if isinstance(found, str) else found for found in problems)
        super().__init__(*(problem.sentence for problem in self.problems))

    def __str__(self) -> str:
        return "\n".join(" ".join(problem.sentence.split()) for problem in self.problems)


class RowProblems(list[RowProblem]):
    """What is wrong with a row: cell after cell is read, so that all of it can be corrected at once."""

    def note[T](self, parser: Callable[[], T], default_value: T) -> T:
        try:
            return parser()
        except InvalidRowError as error:
            self.extend(error.problems)
            return default_value

    def refuse(self) -> None:
        if self:
            raise InvalidRowError(*self)
