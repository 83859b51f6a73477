"""The beginning of a coalition: the one act that no policy can guard, since nobody has a role yet."""

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.models import Coalition, Membership, Role


@action
def found_coalition(*, name: str, slug: str, coordinator: Person, forum: str = "") -> Coalition:
    """A coalition with its first coordinator, who takes a seat too. For the command line and the demo alone."""
    coalition = Coalition(name=name, slug=slug, forum=forum, language=coordinator.language)
    coalition.full_clean()
    coalition.save()
    today = timezone.localdate()
    Role.objects.create(coalition=coalition, person=coordinator, kind=Role.Kind.COORDINATOR, starts_on=today)
    Membership.objects.create(
        coalition=coalition, person=coordinator, standing=Membership.Standing.ACTIVE, starts_on=today
    )
    note(actor=coordinator, verb="founded", subject=coalition, coalition=coalition)
    return coalition
