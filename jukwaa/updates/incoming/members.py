"""Applying and leaving by mail. From can be forged, so both are confirmed by a link that goes to that address."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.models import Affiliation, Coalition, Membership
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.updates.incoming.addresses import AddressHandler, address_handlers
from jukwaa.updates.incoming.answers import answer, ask_to_confirm, in_language_of
from jukwaa.updates.incoming.applying import read_application
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.models import PendingMail

LONGEST = 5000
Standing = Membership.Standing


def ask_to_join(came: Came, coalition: Coalition) -> None:
    with in_language_of(came, coalition.language):
        asked = read_application(came.text, came.subject)
        person = Person.objects.with_address(came.sender).first()
        if not asked.organisation and person is not None and _own(coalition, person) is not None:
            answer(
                came,
                to=came.sender,
                subject=_("You have already applied"),
                template="updates/email/known.txt",
                coalition=coalition,
            )
            return
        pending = PendingMail.objects.create(
            kind=PendingMail.Kind.APPLY,
            coalition=coalition,
            address=came.sender,
            name=came.sender_name,
            organisation=asked.organisation,
            country=asked.country,
            stakeholder_group=asked.group,
            position=asked.position,
            text=(asked.text or came.subject)[:LONGEST],
            language=came.language,
        )
        ask_to_confirm(
            came, pending, subject=_("Please confirm that you want to join %(name)s") % {"name": coalition.name}
        )


def ask_to_leave(came: Came, coalition: Coalition) -> None:
    with in_language_of(came, coalition.language):
        person = Person.objects.with_address(came.sender).first()
        membership = _membership(coalition, person) if person else None
        if person is None or membership is None:
            subject = _("No membership to end")
            answer(
                came,
                to=came.sender,
                subject=subject,
                template="updates/email/nothing_to_leave.txt",
                coalition=coalition,
            )
            return
        pending = PendingMail.objects.create(
            kind=PendingMail.Kind.LEAVE,
            coalition=coalition,
            address=came.sender,
            person=person,
            membership=membership,
        )
        ask_to_confirm(
            came, pending, subject=_("Please confirm that you want to leave %(name)s") % {"name": coalition.name}
        )


def _own(coalition: Coalition, person: Person) -> Membership | None:
    rows = Membership.objects.filter(coalition=coalition, person=person)
    return rows.filter(standing__in=[Standing.APPLIED, Standing.ACTIVE]).first()


def _membership(coalition: Coalition, person: Person) -> Membership | None:
    """One's own, or that of the one organisation for which one may speak: the page says which before it ends."""
    if own := _own(coalition, person):
        return own
    speaking = Affiliation.objects.confirmed().filter(person=person, may_speak=True)
    rows = Membership.objects.active().filter(coalition=coalition, organisation__in=speaking.values("organisation"))
    memberships = [row for row in rows[:2] if policies.can_end_membership(ViewerContext(person), row)]
    return memberships[0] if len(memberships) == 1 else None


address_handlers.register("join")(
    AddressHandler(take=ask_to_join, explanation="updates/email/explained_join.txt", is_for_members=True)
)
address_handlers.register("leave")(
    AddressHandler(take=ask_to_leave, explanation="updates/email/explained_leave.txt", is_for_members=True)
)
