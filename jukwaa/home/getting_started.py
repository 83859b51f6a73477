"""From an empty installation to a living coalition: what is still missing, in the order that serves best.

A step that is done says what there is. Nothing is asked for that is not used at once.
"""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import SetupStep, setup_step_registry


def get_setup_steps(coalition: Coalition) -> list[SetupStep]:
    return [build(coalition) for _order, build in sorted(setup_step_registry.items())]
