"""Names on pages: `{% load people %}`."""

from django import template

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.names import fold, public_name, shown
from jukwaa.coalitions.standing import Standing

register = template.Library()

register.filter("fold", fold)


@register.filter
def shown_to(subject: Person | Capacity | None, viewer: Standing | Viewer | None) -> str:
    """`{{ person|shown_to:standing }}`: the name where the viewer may read it, else the role or "a person"."""
    return shown(subject, viewer) if subject else ""


@register.filter
def name_for(person: Person | None, viewer: Standing | Viewer | None) -> str:
    """`{{ person|name_for:standing|default:organisation }}`: the name, or nothing."""
    return public_name(person, viewer) if person else ""


@register.filter
def names(person: str, organisation: str) -> bool:
    """`{% if not name|names:capacity.name %}`: whether a person is called after their organisation."""
    return organisation.casefold() in person.casefold()
