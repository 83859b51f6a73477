"""The door of a page: what may be a disclosure or abuse material gets a fixed answer, and goes no further."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import invalid, page
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.records.keeping import door_keeper
from jukwaa.records.models import Held


def at_the_door(
    request: HttpRequest, coalition: Coalition, door: str, *, text: str = "", name: str = "", data: bytes = b""
) -> HttpResponse | None:
    """The answer to give at once, or None to go on. Call it before validating, storing or showing anything."""
    person = request.user if isinstance(request.user, Person) else None
    held = door_keeper(coalition=coalition, door=Held.Door(door), text=text, name=name, data=data, person=person)
    return None if held is None else redirect("records:not_taken", coalition.slug)


def asked_first(
    request: HttpRequest, coalition: Coalition, form: ScreenedForm, template: str, context: dict[str, Any]
) -> HttpResponse | None:
    """What the page of a form answers before anything is done: the form, the door, or what is wrong. None is: go on."""
    if request.method == "GET":
        return page(request, template, context)
    if answer := at_the_door(request, coalition, Held.Door.FORM, text=form.people_text):
        return answer
    return None if form.is_valid() else invalid(request, template, context)
