"""A request in the demo: somebody who is named in a record asks for her name to be removed."""

from django.contrib.auth.models import AnonymousUser

from jukwaa.privacy.actions import Asked, ask_for_redaction
from jukwaa.records.demo_parts import Demo, demo_parts
from jukwaa.records.models import Record


@demo_parts.register(105)
def ask_for_a_name_to_be_removed(demo: Demo) -> None:
    demo.say("Asking for a name to be removed ...")
    readable = Record.objects.visible_to(AnonymousUser()).of(demo.coalition)
    ask_for_redaction(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        asked=Asked(
            name="A former press officer",
            words="I no longer work in this field. Please remove my name from this record.",
            record=readable.order_by("pk").first(),
        ),
    )
