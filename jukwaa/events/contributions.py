"""What stays in the record when somebody leaves: pledges."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.departures import Contribution, contribution_registry
from jukwaa.coalitions.models import Coalition
from jukwaa.events.models import Pledge


def _find_own_pledges(coalition: Coalition, person: Person) -> QuerySet[Pledge]:
    return Pledge.objects.filter(occurrence__event__coalition=coalition, person=person)


contribution_registry.register(80)(
    Contribution(lambda n: ngettext("%(n)s pledge", "%(n)s pledges", n), _find_own_pledges)
)
