"""Names on pages: `{% load people %}`."""

from django import template
from django.utils.safestring import SafeString

from jukwaa.accounts.models import Person
from jukwaa.coalitions.address_domains import describe_address_domain
from jukwaa.coalitions.display_names import (
    format_people_count,
    get_applicant_name,
    get_display_name,
    get_public_name,
    has_former_status,
)
from jukwaa.coalitions.linked_data import build_linked_coalition, build_linked_organisation
from jukwaa.coalitions.models import Capacity, Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.linked_data import render_linked_data

register = template.Library()

register.filter("fold", format_people_count)
register.filter("address_fact", describe_address_domain)  # for coordinators: they alone may read the address


@register.filter
def shown_to(subject: Person | Capacity | None, viewer: Standing | Viewer | None) -> str:
    """`{{ person|shown_to:standing }}`: the name where the viewer may read it, else the role or "a person"."""
    return get_display_name(subject, viewer) if subject else ""


@register.filter
def name_for(person: Person | None, viewer: Standing | Viewer | None) -> str:
    """`{{ person|name_for:standing|default:organisation }}`: the name, or nothing."""
    return get_public_name(person, viewer) if person else ""


@register.filter
def asker_name(person: Person | None, standing: Standing) -> str:
    """`{{ person|asker_name:standing }}`: as `shown_to`, and the name of somebody who left and asks to come back."""
    return get_applicant_name(person, standing) if person else ""


@register.filter
def unless_former(person: Person | None, standing: Standing) -> str:
    """`{{ member.person|unless_former:standing }}`: the name, where all who work together know each other by name."""
    return (
        (get_display_name(person, standing) if has_former_status(person, standing.coalition.pk) else str(person))
        if person
        else ""
    )


@register.filter
def former(person: Person | None, standing: Standing) -> bool:
    """`{% if person|former:standing %}`: whether they left the coalition and are not named in it any longer."""
    return person is not None and has_former_status(person, standing.coalition.pk)


@register.filter
def names(person: str, organisation: str) -> bool:
    """`{% if not name|names:capacity.name %}`: whether a person is called after their organisation."""
    return organisation.casefold() in person.casefold()


@register.simple_tag
def linked_organisation(organisation: Organisation) -> SafeString:
    """The organisation for machines, as data in its page."""
    return render_linked_data(build_linked_organisation(organisation))


@register.simple_tag
def linked_coalition(coalition: Coalition) -> SafeString:
    return render_linked_data(build_linked_coalition(coalition))
