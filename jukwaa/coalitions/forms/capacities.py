"""In which capacity somebody speaks, where a form asks it in a field `capacity`."""

from collections.abc import Sequence

from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import Organisation
from jukwaa.core.forms import Form


def set_capacity_choices(form: Form, offered: Sequence[CapacityChoice]) -> None:
    """Nothing is asked where there is one."""
    if len(offered) == 1:
        del form.fields["capacity"]
    else:
        form.set_choices("capacity", [(choice.value, choice.label) for choice in offered])


def get_chosen_organisation(form: Form, offered: Sequence[CapacityChoice]) -> Organisation | None:
    """For whom they speak; None is on their own."""
    value = form.cleaned_data.get("capacity")
    return next((choice for choice in offered if choice.value == value), offered[0]).organisation
