"""What stays in the record when somebody leaves: records and comments."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.departures import Contribution, contribution_registry
from jukwaa.coalitions.models import Coalition
from jukwaa.records.models import Authorship, Comment


def _find_own_authorships(coalition: Coalition, person: Person) -> QuerySet[Authorship]:
    return Authorship.objects.filter(record__coalition=coalition, person=person)


contribution_registry.register(10)(
    Contribution(
        lambda n: ngettext("%(n)s record shared or written", "%(n)s records shared or written", n),
        _find_own_authorships,
    )
)


def _find_own_comments(coalition: Coalition, person: Person) -> QuerySet[Comment]:
    return Comment.objects.filter(record__coalition=coalition, author=person)


contribution_registry.register(20)(
    Contribution(lambda n: ngettext("%(n)s comment", "%(n)s comments", n), _find_own_comments)
)
