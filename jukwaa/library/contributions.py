"""What stays in the record when somebody leaves: uses and reviews."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.departures import Contribution, contribution_registry
from jukwaa.coalitions.models import Coalition
from jukwaa.library.models import Review, Use


def _find_own_uses(coalition: Coalition, person: Person) -> QuerySet[Use]:
    return Use.objects.filter(item__coalition=coalition, author=person)


contribution_registry.register(130)(
    Contribution(
        lambda n: ngettext("%(n)s report on the use of a record", "%(n)s reports on the use of records", n),
        _find_own_uses,
    )
)


def _find_own_reviews(coalition: Coalition, person: Person) -> QuerySet[Review]:
    return Review.objects.filter(item__coalition=coalition, decided_by=person)


contribution_registry.register(140)(
    Contribution(lambda n: ngettext("%(n)s review", "%(n)s reviews", n), _find_own_reviews)
)
