"""Email in the demo: what was sent while it was built is released at the end."""

from jukwaa.records.demo_parts import Demo, demo_part_registry
from jukwaa.updates.actions import release_all_mail


@demo_part_registry.register(1000)
def release_demo_mail(demo: Demo) -> None:
    release_all_mail(actor=demo.coordinator, coalition=demo.coalition)
