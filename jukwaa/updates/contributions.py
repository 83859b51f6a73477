"""What stays in the record when somebody leaves: posts to the mailing list, which carry a name as text."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.departures import Contribution, contribution_registry, has_unique_name
from jukwaa.coalitions.models import Coalition
from jukwaa.updates.models import ListPost


def _find_own_posts(coalition: Coalition, person: Person) -> QuerySet[ListPost]:
    theirs = Q(person=person)
    if has_unique_name(coalition, person):
        theirs |= Q(person__isnull=True, sender__iexact=person.name)
    return ListPost.objects.filter(theirs, coalition=coalition)


def _hide_post_sender(coalition: Coalition, person: Person) -> None:
    _find_own_posts(coalition, person).update(sender=_("a former member"))


contribution_registry.register(150)(
    Contribution(
        lambda n: ngettext("%(n)s post to the mailing list", "%(n)s posts to the mailing list", n),
        _find_own_posts,
        hide=_hide_post_sender,
    )
)
