"""Applying and leaving by mail. From can be forged, so both are confirmed by a link that goes to that address."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.models import Affiliation, Coalition, Membership
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.updates.incoming.addresses import AddressHandler, address_handler_registry
from jukwaa.updates.incoming.application_parsing import parse_application_email
from jukwaa.updates.incoming.automatic_replies import (
    override_sender_language,
    send_automatic_answer,
    send_confirmation_link,
)
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.models import PendingMail

MAX_TEXT_LENGTH = 5000
MembershipStanding = Membership.Standing


def handle_join_email(inbound_email: InboundEmail, coalition: Coalition) -> None:
    with override_sender_language(inbound_email, coalition.language):
        asked = parse_application_email(inbound_email.text, inbound_email.subject)
        person = Person.objects.with_address(inbound_email.sender).first()
        if not asked.organisation and person is not None and _get_own_membership(coalition, person) is not None:
            send_automatic_answer(
                inbound_email,
                to_address=inbound_email.sender,
                subject=_("You have already applied"),
                template="updates/email/known.txt",
                coalition=coalition,
            )
            return
        pending = PendingMail.objects.create(
            kind=PendingMail.Kind.APPLY,
            coalition=coalition,
            address=inbound_email.sender,
            name=inbound_email.sender_name,
            organisation=asked.organisation,
            country=asked.country,
            stakeholder_group=asked.group,
            position=asked.position,
            text=(asked.text or inbound_email.subject)[:MAX_TEXT_LENGTH],
            language=inbound_email.language,
        )
        send_confirmation_link(
            inbound_email,
            pending,
            email_subject=_("Please confirm that you want to join %(name)s") % {"name": coalition.name},
        )


def handle_leave_email(inbound_email: InboundEmail, coalition: Coalition) -> None:
    with override_sender_language(inbound_email, coalition.language):
        person = Person.objects.with_address(inbound_email.sender).first()
        membership = _find_membership_to_end(coalition, person) if person else None
        if person is None or membership is None:
            subject = _("No membership to end")
            send_automatic_answer(
                inbound_email,
                to_address=inbound_email.sender,
                subject=subject,
                template="updates/email/nothing_to_leave.txt",
                coalition=coalition,
            )
            return
        pending = PendingMail.objects.create(
            kind=PendingMail.Kind.LEAVE,
            coalition=coalition,
            address=inbound_email.sender,
            person=person,
            membership=membership,
        )
        send_confirmation_link(
            inbound_email,
            pending,
            email_subject=_("Please confirm that you want to leave %(name)s") % {"name": coalition.name},
        )


def _get_own_membership(coalition: Coalition, person: Person) -> Membership | None:
    rows = Membership.objects.filter(coalition=coalition, person=person)
    return rows.filter(standing__in=[MembershipStanding.APPLIED, MembershipStanding.ACTIVE]).first()


def _find_membership_to_end(coalition: Coalition, person: Person) -> Membership | None:
    """One's own, or that of the one organisation for which one may speak: the page says which before it ends."""
    if own := _get_own_membership(coalition, person):
        return own
    speaking = Affiliation.objects.confirmed().filter(person=person, may_speak=True)
    rows = Membership.objects.active().filter(coalition=coalition, organisation__in=speaking.values("organisation"))
    memberships = [row for row in rows[:2] if policies.can_end_membership(ViewerContext(person), row)]
    return memberships[0] if len(memberships) == 1 else None


address_handler_registry.register("join")(
    AddressHandler(take=handle_join_email, explanation="updates/email/explained_join.txt", is_for_members=True)
)
address_handler_registry.register("leave")(
    AddressHandler(take=handle_leave_email, explanation="updates/email/explained_leave.txt", is_for_members=True)
)
