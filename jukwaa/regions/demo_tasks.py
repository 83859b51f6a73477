"""What there is to try with regions in the demo."""

from django.urls import reverse

from jukwaa.coalitions.models import Coalition
from jukwaa.records.demo_parts import COORDINATOR, DemoTask, demo_task_registry


@demo_task_registry.register(30)
def build_region_letter_task(coalition: Coalition) -> DemoTask:
    return DemoTask(
        name="Turn a gap into a letter",
        description="Choose a region where the coalition has no members, and prepare an invitation letter to an"
        " organisation there.",
        path=reverse("regions:coverage", args=[coalition.slug]),
        person=COORDINATOR,
    )
