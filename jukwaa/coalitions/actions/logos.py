"""Logos of organisations."""

from dataclasses import asdict

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.logos import LogoImage
from jukwaa.coalitions.models import Organisation, OrganisationLogo
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.transactions import lock_row


@action
def set_logo(*, actor: Person, organisation: Organisation, logo: LogoImage) -> Organisation:
    """Show this logo on the page of the organisation, in place of any earlier one. Raises PermissionDenied."""
    current = _lock_editable_organisation(actor, organisation)
    values = asdict(logo)
    OrganisationLogo.objects.update_or_create(organisation=current, defaults={"image": values.pop("png"), **values})
    record_activity(actor=actor, verb="changed", subject=current, coalition=current.coalition)
    return current


@action
def remove_logo(*, actor: Person, organisation: Organisation) -> Organisation:
    """Remove the logo of the organisation; one that is gone already changes nothing. Raises PermissionDenied."""
    current = _lock_editable_organisation(actor, organisation)
    deleted, _rows = OrganisationLogo.objects.filter(organisation=current).delete()
    if deleted:
        record_activity(actor=actor, verb="changed", subject=current, coalition=current.coalition)
    return current


def _lock_editable_organisation(actor: Person, organisation: Organisation) -> Organisation:
    if organisation.merged_into_id or not policies.can_change_organisation(ViewerContext(actor), organisation):
        raise PermissionDenied
    return lock_row(organisation)
