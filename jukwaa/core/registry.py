"""What features bring to the machinery below them: each app registers its own, in modules that are found by name.

An app that offers something (emails, a calendar, a page of tasks) has a registry and knows no feature. A feature adds a
module with one of the names below to its folder. All of them are imported once, when every app is ready.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping

from django.utils.module_loading import autodiscover_modules

# The module of a feature, and what it registers.
AUTODISCOVERED_MODULES = (
    "record_kinds",  # kinds of record
    "calendar",  # sources of dates for the calendar
    "tasks_page",  # sources of tasks
    "personal_data",  # what each table keeps about people, and what is added to their download and erasure
    "navigation",  # tabs of the sections in the main menu
    "search_intents",  # pages that answer what people ask in the search field
    "search_results",  # what the search finds beside records
    "home_parts",  # what stands at the top of a coalition's home page
    "setup_steps",  # steps of setting up a coalition
    "contributions",  # what stays in the record when somebody leaves the coalition
    "responses",  # what others say to its records, for documents and archives
    "organisation_record",  # what an organisation said, promised, signed, offered and was asked
    "notifications",  # who is told of an activity
    "reminders",  # what is due
    "jobs",  # what the clock does
    "agenda_sources",  # what could be on the agenda of a meeting
    "meeting_people",  # who takes part in a meeting that is a session, and in which role
    "call_outcomes",  # what is done once the outcome of a call is declared
    "demo_tasks",  # what there is to try in the demo
    "inbound",  # what is done with email that comes in (jukwaa/updates/incoming/replies.py, addresses.py)
)


class Registry[Key: Hashable, Value](Mapping[Key, Value]):
    """What was registered, by key, in the order in which it came.

    Functions are registered with a decorator, other objects with a call:

        @notifications.register(("comment", "commented"))
        def commented(activity): ...

        kinds.register("offer")(Kind(name="offer", ...))
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._values: dict[Key, Value] = {}

    def register[Given](self, *keys: Key) -> Callable[[Given], Given]:
        """Return a decorator that registers under these keys. Raises ValueError if a key is taken."""

        def register_value(registered_value: Given) -> Given:
            for key in keys:
                if key in self._values and self._values[key] != registered_value:
                    raise ValueError(f"Two of the {self.name} are registered as {key!r}.")
                self._values[key] = registered_value  # type: ignore[assignment]  # what is given stays of its own, narrower type
            return registered_value

        return register_value

    def __getitem__(self, key: Key) -> Value:
        return self._values[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def import_registered_modules() -> None:
    """Import the modules in which features register, app by app."""
    autodiscover_modules(*AUTODISCOVERED_MODULES)
