"""For each address of logos, what the walks fill in; and what is open to visitors: see `tests/rows.py`."""

from typing import Any

from jukwaa.coalitions.models import Organisation, OrganisationLogo
from tests.row_builders import Rows
from tests.world import World


def list_organisation_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": pk} for pk in Organisation.objects.filter(coalition=world.coalition).values_list("pk", flat=True)]


def list_logo_rows(world: World) -> list[dict[str, Any]]:
    organisation = Organisation.objects.filter(coalition=world.coalition, merged_into=None).order_by("pk")[0]
    values = {"image": b"\x89PNG", "width": 1, "height": 1, "fingerprint": "0123456789abcdef"}
    logo, _new = OrganisationLogo.objects.get_or_create(organisation=organisation, defaults=values)
    return [{"pk": organisation.pk, "fingerprint": logo.fingerprint}]


ROWS_BY_ROUTE: dict[str, Rows] = {
    "coalitions:logo_change": list_organisation_rows,
    "coalitions:logo_remove": list_organisation_rows,
    "coalitions:logo_image": list_logo_rows,
}
PUBLIC_ROUTES = {
    "coalitions:contact": "journalists and others outside the coalition ask for it",
    "coalitions:logo_image": "it is part of the public page of an organisation",
}
