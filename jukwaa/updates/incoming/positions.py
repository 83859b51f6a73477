"""An answer to the mail of a call takes a position, for the one organisation that its writer may speak for.

In doubt nothing is taken: the writer is led to the page, where their words are not lost, since they have their mail.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards import screen
from jukwaa.drafting.actions import Stand, take_position
from jukwaa.drafting.models import Call, Clause
from jukwaa.drafting.notifications.calls import address_of
from jukwaa.drafting.positions import members_asked
from jukwaa.mail.models import ReplyAddress
from jukwaa.records.policies import can_read
from jukwaa.updates import tokens
from jukwaa.updates.incoming.answers import answer, in_language_of
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.incoming.owners import get_owner
from jukwaa.updates.incoming.stances import Said, stance_in
from jukwaa.updates.incoming.trust import is_trusted


def take_position_by_mail(came: Came, reply: ReplyAddress, call: Call) -> None:
    person = get_owner(reply)
    if person is None:
        return
    with in_language_of(came, call.text.coalition.language):
        if person.is_minor or not can_read(ViewerContext(person), call.text):
            answer(came, to=came.sender, subject=_("Your answer was not posted"), template="refused")
            return
        _take(came, person, call)


def _take(came: Came, person: Person, call: Call) -> None:
    said, organisations = stance_in(came.text), _speaks_for(person, call)
    if not is_trusted(came, came.sender):
        _lead_to_the_page(came, call, _("We can't be sure that this mail is from you."))
    elif said is None:
        _lead_to_the_page(came, call, _("We did not find in it what your organisation says."))
    elif len(organisations) != 1:
        _lead_to_the_page(came, call, _("It does not say for which organisation you speak."))
    elif screen(came.text):
        _lead_to_the_page(came, call, _("Words in it look as if somebody could be found by them."))
    else:
        _write(came, person, call, organisations[0], said)


def _write(came: Came, person: Person, call: Call, organisation: Organisation, said: Said) -> None:
    clause = Clause.objects.filter(text=call.text_id, number=said.clause).first() if said.clause else None
    reason = said.reason if clause or not said.clause else f"{said.clause}: {said.reason}"
    stand = Stand(said.stance, reason, clause)
    try:
        with transaction.atomic():
            position = take_position(actor=person, call=call, organisation=organisation, stand=stand)
    except ActionRefused as refused:
        _lead_to_the_page(came, call, str(refused))
    except PermissionDenied as denied:
        _lead_to_the_page(came, call, str(denied))
    else:
        answer(
            came,
            to=came.sender,
            subject=_("Your position is noted"),
            template="position_taken",
            organisation=organisation,
            stance=position.get_stance_display(),
            page=tokens.absolute(address_of(call)),
        )


def _speaks_for(person: Person, call: Call) -> list[Organisation]:
    own = Standing(person, call.text.coalition).speaks_for
    return list(members_asked(call).filter(pk__in=own)[:2])


def _lead_to_the_page(came: Came, call: Call, why: str) -> None:
    answer(
        came,
        to=came.sender,
        subject=_("Please take the position on the page"),
        template="position_not_taken",
        why=why,
        page=tokens.absolute(address_of(call)),
    )
