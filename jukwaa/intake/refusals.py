"""What the desk answers when something can't be done as it was asked."""

from jukwaa.intake.models import Reading, Suggestion


class Refused(Exception):  # noqa: N818 - it names what happened to the wish
    """The message is a whole sentence for the person who asked; `field` names where in a form it belongs."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class StaleDecision(Exception):  # noqa: N818 - it names what the writer's copy is
    """Somebody else decided this meanwhile. `current` is how it stands now."""

    def __init__(self, current: Suggestion) -> None:
        super().__init__(f"version {current.version} is newer")
        self.current = current


class Closed(Exception):  # noqa: N818 - it names what the reading is
    """The reading takes no decisions: it was given up, its document was withdrawn, or it is not read yet."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.state)
        self.reading = reading
