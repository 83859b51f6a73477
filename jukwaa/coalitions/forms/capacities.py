"""In which capacity somebody speaks, where a form asks it in a field `capacity`."""

from collections.abc import Sequence

from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import Organisation
from jukwaa.core.forms import Form


def set_capacity_choices(form: Form, capacity_choices: Sequence[CapacityChoice]) -> None:
    """Nothing is asked where there is one."""
    if len(capacity_choices) == 1:
        del form.fields["capacity"]
    else:
        form.set_choices("capacity", [(choice.value, choice.label) for choice in capacity_choices])


def get_chosen_organisation(form: Form, capacity_choices: Sequence[CapacityChoice]) -> Organisation | None:
    """For whom they speak; None is on their own."""
    value = form.cleaned_data.get("capacity")
    return next((choice for choice in capacity_choices if choice.value == value), capacity_choices[0]).organisation
