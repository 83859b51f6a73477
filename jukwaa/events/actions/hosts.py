"""Who holds an event in a country."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Organisation
from jukwaa.core.refusals import ActionRefused
from jukwaa.events.actions.dates import lock_changeable_event
from jukwaa.events.models import Host, Occurrence
from jukwaa.places.countries import COUNTRIES_BY_CODE


@action
def add_occurrence_host(
    *,
    actor: Person,
    occurrence: Occurrence,
    country: str,
    name: str,
    website: str = "",
    organisation: Organisation | None = None,
) -> Host:
    """Adding who is there changes nothing. Raises PermissionDenied and ActionRefused."""
    event = lock_changeable_event(actor, occurrence.event)
    if country not in COUNTRIES_BY_CODE:
        raise ActionRefused(_("Choose the country of the host."), "country")
    told = {"website": website, "organisation": organisation}
    host, new = Host.objects.get_or_create(occurrence=occurrence, country=country, name=name, defaults=told)
    if new:
        record_activity(actor=actor, verb="added", subject=host, coalition=event.coalition)
    return host


@action
def remove_occurrence_host(*, actor: Person, host: Host) -> None:
    """Raises PermissionDenied."""
    event = lock_changeable_event(actor, host.occurrence.event)
    record_activity(actor=actor, verb="removed", subject=host, coalition=event.coalition)
    host.delete()
