"""Organisations and places for machines, in the vocabulary of schema.org."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core.linked_data import build_linked_thing, drop_empty_values
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.regions import StakeholderGroup

SCHEMA_TYPE_BY_STAKEHOLDER_GROUP = {
    StakeholderGroup.GOVERNMENT: "GovernmentOrganization",
    StakeholderGroup.CIVIL_SOCIETY: "NGO",
}


def build_linked_organisation(organisation: Organisation) -> dict[str, Any]:
    """Return what the directory says of an organisation. It needs `with_standing` and the names and areas loaded."""
    names = [organisation.acronym, *(each.name for each in organisation.names.all())]
    is_member = getattr(organisation, "is_member", False)
    return build_linked_thing(
        SCHEMA_TYPE_BY_STAKEHOLDER_GROUP.get(StakeholderGroup(organisation.stakeholder_group), "Organization"),
        organisation.get_absolute_url(),
        name=organisation.name,
        alternateName=[name for name in dict.fromkeys(names) if name and name != organisation.name],
        description=organisation.about,
        sameAs=organisation.website,
        address=build_linked_address("", organisation.country),
        knowsAbout=[area.name for area in organisation.areas.all()],
        logo=_build_logo_url(organisation),
        memberOf=build_linked_coalition_reference(organisation.coalition) if is_member else {},
    )


def _build_logo_url(organisation: Organisation) -> str:
    logo = getattr(organisation, "logo", None)
    if logo is None:
        return ""
    path = reverse("coalitions:logo_image", args=[organisation.coalition.slug, organisation.pk, logo.fingerprint])
    return f"{settings.SITE_URL}{path}"


def build_linked_coalition(coalition: Coalition) -> dict[str, Any]:
    addresses = {"general": coalition.contact_address, "press": coalition.press_address}
    return build_linked_thing(
        "Organization",
        coalition.get_absolute_url(),
        name=coalition.name,
        description=coalition.about,
        contactPoint=[
            {"@type": "ContactPoint", "contactType": subject, "email": address}
            for subject, address in addresses.items()
            if address
        ],
    )


def build_linked_coalition_reference(coalition: Coalition) -> dict[str, Any]:
    """Return the coalition as others name it: by its name and its address."""
    whole = build_linked_coalition(coalition)
    return {name: whole[name] for name in ("@type", "@id", "name", "url")}


def build_linked_address(place_code: str, country: str) -> dict[str, Any]:
    """Return a postal address; empty if neither the place nor the country is known."""
    known = drop_empty_values(
        {"addressLocality": place_code, "addressCountry": country if country in COUNTRIES_BY_CODE else ""}
    )
    return {"@type": "PostalAddress", **known} if known else {}


def build_linked_place(place_code: str, country: str) -> dict[str, Any]:
    address = build_linked_address(place_code, country)
    return (
        {"@type": "Place", "name": place_code or get_country_name(country, "en"), "address": address} if address else {}
    )
