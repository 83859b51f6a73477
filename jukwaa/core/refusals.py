"""The two answers of an action that can't be done as it was asked: it is refused, or somebody else was faster."""

from typing import Any

from django.utils.translation import gettext as _


class ActionRefused(Exception):  # noqa: N818 - an answer for a person, not a fault of the program
    """The message is a whole sentence for the person who asked; `field` names the form field that it is about."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class EditConflict(Exception):  # noqa: N818 - as above
    """Somebody else saved first. `current` is how the thing reads now; None if it has been removed.

    `sentence` says more than that, where an action knows more.
    """

    def __init__(self, current: Any, *, sentence: str = "") -> None:
        super().__init__(sentence or _describe_edit_conflict(current))
        self.current = current


def _describe_edit_conflict(current_value: Any) -> str:
    if current_value is None:
        return _(
            "Another person has removed this entry since you opened the page. Copy your text if you still need it."
        )
    return _("Someone else has saved a change since you opened this page. Check the current version, then try again.")
