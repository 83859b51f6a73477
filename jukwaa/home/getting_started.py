"""From an empty installation to a living coalition: what is still missing, in the order that serves best.

A step that is done says what there is. Nothing is asked for that is not used at once.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import SetupStep, setup_step_registry


def get_setup_steps(coalition: Coalition, coordinator: Person) -> list[SetupStep]:
    steps = [build(coalition) for _order, build in sorted(setup_step_registry.items())]
    return steps if coordinator.name else [_build_name_step(), *steps]


def _build_name_step() -> SetupStep:
    """It is gone once it is done: who gave a name need not be told so."""
    return SetupStep(
        title=_("Enter your name"),
        explanation=_(
            "Members will see your name beside your contributions. The public will see only your role, unless you"
            " agree to show your name."
        ),
        url=reverse("accounts:settings"),
        minutes=1,
    )
