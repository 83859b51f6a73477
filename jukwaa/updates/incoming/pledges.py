"""An answer to the mail that asks one to take part is a pledge, for the one organisation its writer may speak for.

In doubt nothing is taken: the writer is led to the page, where their words are not lost, since they have their mail.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards import screen
from jukwaa.events.actions import Promise, pledge
from jukwaa.events.models import Occurrence
from jukwaa.mail.models import ReplyAddress
from jukwaa.records.policies import can_read
from jukwaa.updates import tokens
from jukwaa.updates.incoming.answers import answer, in_language_of
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.incoming.owners import get_owner
from jukwaa.updates.incoming.promises import promise_in
from jukwaa.updates.incoming.trust import is_trusted


def take_pledge(came: Came, reply: ReplyAddress, occurrence: Occurrence, token: UUID) -> None:
    coalition = occurrence.event.coalition
    person = get_owner(reply)
    if person is None:
        return
    with in_language_of(came, coalition.language):
        if person.is_minor or not can_read(ViewerContext(person), occurrence.event):
            answer(came, to=came.sender, subject=_("Your answer was not posted"), template="refused")
            return
        _take(came, person, occurrence, token)


def _take(came: Came, person: Person, occurrence: Occurrence, token: UUID) -> None:
    promise, organisations = promise_in(came.text), _speaks_for(person, occurrence)
    if not is_trusted(came, came.sender):
        _lead_to_the_page(came, occurrence, _("We can't be sure that this mail is from you."))
    elif promise is None:
        _lead_to_the_page(came, occurrence, _("We did not find in it what your organisation will do."))
    elif len(organisations) != 1:
        _lead_to_the_page(came, occurrence, _("It does not say for which organisation you speak."))
    elif screen(came.text):
        _lead_to_the_page(came, occurrence, _("Words in it look as if somebody could be found by them."))
    else:
        _write(came, person, occurrence, organisations[0], promise, token)


def _write(
    came: Came, person: Person, occurrence: Occurrence, organisation: Organisation, promise: Promise, token: UUID
) -> None:
    try:
        with transaction.atomic():
            pledge(actor=person, occurrence=occurrence, organisation=organisation, promise=promise, token=token)
    except (ActionRefused, PermissionDenied) as refused:
        _lead_to_the_page(came, occurrence, str(refused))
    else:
        answer(
            came,
            to=came.sender,
            subject=_("Your pledge is noted"),
            template="pledge_taken",
            organisation=organisation,
            activity=promise.activity,
            page=tokens.absolute(occurrence.get_absolute_url()),
        )


def _speaks_for(person: Person, occurrence: Occurrence) -> list[Organisation]:
    own = Standing(person, occurrence.event.coalition).speaks_for
    return list(Organisation.objects.filter(pk__in=own, merged_into=None)[:2])


def _lead_to_the_page(came: Came, occurrence: Occurrence, why: str) -> None:
    event = occurrence.event
    page = reverse("events:pledge_new", args=[event.coalition.slug, event.pk, occurrence.pk])
    answer(
        came,
        to=came.sender,
        subject=_("Please pledge on the page"),
        template="pledge_not_taken",
        why=why,
        page=tokens.absolute(page),
    )
