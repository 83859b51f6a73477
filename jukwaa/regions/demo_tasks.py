"""What there is to try with regions in the demo."""

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.records.demo_parts import COORDINATOR, DemoTask, demo_task_registry


@demo_task_registry.register(30)
def build_region_letter_task(coalition: Coalition) -> DemoTask:
    return DemoTask(
        name=_("Turn a gap into a letter"),
        description=_(
            "Choose a region where the coalition has no members, and prepare an invitation letter to an"
            " organisation there."
        ),
        path=reverse("regions:coverage", args=[coalition.slug]),
        person=COORDINATOR,
    )
