"""What stays in the record when somebody leaves: inputs and positions."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.departures import Contribution, contribution_registry
from jukwaa.coalitions.models import Coalition
from jukwaa.drafting.models import Input, Position


def _find_own_inputs(coalition: Coalition, person: Person) -> QuerySet[Input]:
    return Input.objects.filter(text__coalition=coalition, author=person)


contribution_registry.register(30)(
    Contribution(
        lambda n: ngettext("%(n)s input to a consultation", "%(n)s inputs to consultations", n), _find_own_inputs
    )
)


def _find_own_positions(coalition: Coalition, person: Person) -> QuerySet[Position]:
    return Position.objects.filter(call__text__coalition=coalition, person=person)


contribution_registry.register(40)(
    Contribution(lambda n: ngettext("%(n)s position on a text", "%(n)s positions on texts", n), _find_own_positions)
)
