"""Email in the demo: what was sent while it was built is released at the end."""

from jukwaa.records.demo_parts import Demo, demo_parts
from jukwaa.updates.actions import release_mail


@demo_parts.register(1000)
def release(demo: Demo) -> None:
    release_mail(actor=demo.coordinator, coalition=demo.coalition)
