"""The two answers of an action that can't be done as it was asked: it is refused, or somebody else was faster."""

from typing import Any


class ActionRefused(Exception):  # noqa: N818 - an answer for a person, not a fault of the program
    """The message is a whole sentence for the person who asked; `field` names the form field that it is about."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class EditConflict(Exception):  # noqa: N818 - as above
    """Somebody else saved first. `current` is how the thing reads now; None if it has been removed.

    `base` is what the person had read, and `sentence` what to tell them, where an action knows more than that.
    """

    def __init__(self, current: Any, *, base: Any = None, sentence: str = "somebody else saved first") -> None:
        super().__init__(sentence)
        self.current, self.base = current, base
