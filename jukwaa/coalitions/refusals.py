"""What an action answers when it can't be done as it was asked."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition, Organisation


class Refused(Exception):  # noqa: N818 - it names what happened to the wish
    """The message is a whole sentence for the person who asked; `field` names where in the form it belongs."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


def refuse_to_begin_later(starts_on: date | None) -> None:
    """Since when somebody belongs is a thing of the past, or of today. Raises Refused."""
    if starts_on and starts_on > timezone.localdate():
        raise Refused(_("This day is still to come. Choose today or an earlier day."), "starts_on")


class StaleOrganisation(Exception):  # noqa: N818 - it names what the writer's copy is
    """The organisation has moved on, or was merged away, since the writer loaded it. `current` is how it reads now."""

    def __init__(self, current: Organisation) -> None:
        super().__init__(f"version {current.version} is newer")
        self.current = current


class StaleSettings(Exception):  # noqa: N818 - it names what the writer's copy is
    """The settings have moved on since the writer loaded them. `current` is how the coalition reads now."""

    def __init__(self, current: Coalition) -> None:
        super().__init__("the settings have changed since")
        self.current = current
