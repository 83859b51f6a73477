"""What the desk answers when something can't be done as it was asked."""

from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.intake.models import Reading


class Refused(ActionRefused):
    """The message is a whole sentence for the person who asked; `field` names where in a form it belongs."""


class StaleDecision(EditConflict):
    """Somebody else decided this meanwhile. `current` is how it stands now."""


class Closed(Exception):  # noqa: N818 - it names what the reading is
    """The reading takes no decisions: it was given up, its document was withdrawn, or it is not read yet."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.state)
        self.reading = reading
