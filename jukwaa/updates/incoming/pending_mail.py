"""What somebody wrote by mail is done once they confirm it on the web; nothing of it was done before."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.erased_identities import unblock_returned_person
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import (
    OrganisationFacts,
    apply_as_individual,
    apply_as_organisation,
    end_membership,
    remove_person,
    withdraw_application,
)
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Coalition, Membership, Organisation
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry, lock_row
from jukwaa.places.regions import StakeholderGroup
from jukwaa.updates.incoming.replies import confirm_pending_reply
from jukwaa.updates.models import PendingMail


@action
def confirm_pending_mail(
    *,
    pending_mail: PendingMail,
    organisation: Organisation | OrganisationFacts | None = None,
    stakeholder_group: str = StakeholderGroup.UNKNOWN,
) -> PendingMail:
    """Do what the mail asked for. The link that led here proves that the mailbox is the writer's.

    `organisation` is the one that an application is for, and `stakeholder_group` that of whoever applies on their own,
    as its writer said on the page. Raises ActionRefused.
    """
    current = lock_row(pending_mail)
    if current.done_at is not None:
        raise ActionRefused(_("You have already confirmed this email."))
    if current.expires_at <= timezone.now():
        raise ActionRefused(
            _("This link expired after 2 weeks, and nothing was changed. Please send your email again.")
        )
    try:
        _perform_pending_request(current, organisation, stakeholder_group)
    except PermissionDenied as denied:
        raise ActionRefused(
            str(denied) or _("You no longer have permission to do what your email asked for. Nothing was changed.")
        ) from denied
    current.done_at, current.text = timezone.now(), ""
    current.save(update_fields=["done_at", "text"])
    return current


def _perform_pending_request(
    pending_mail: PendingMail, organisation: Organisation | OrganisationFacts | None, stakeholder_group: str
) -> None:
    if pending_mail.kind == PendingMail.Kind.APPLY and organisation is not None:
        apply_as_organisation(
            actor=_get_or_create_person(pending_mail),
            coalition=pending_mail.coalition,
            organisation=organisation,
            motivation=pending_mail.text,
            organisation_name=pending_mail.name,
            position=pending_mail.position,
        )
    elif pending_mail.kind == PendingMail.Kind.APPLY:
        apply_as_individual(
            actor=_get_or_create_person(pending_mail),
            coalition=pending_mail.coalition,
            application_text=pending_mail.text,
            person_name=pending_mail.name,
            country=pending_mail.country,
            stakeholder_group=stakeholder_group,
        )
    elif pending_mail.kind == PendingMail.Kind.LEAVE:
        _end_pending_membership(pending_mail)
    else:
        confirm_pending_reply(pending_mail)


def _get_or_create_person(pending_mail: PendingMail) -> Person:
    """Whoever has the address; somebody new becomes known here, as by signing in."""
    known: Person | None = Person.objects.with_address(pending_mail.address).first()
    if known is not None and (not known.is_active or known.erased_at):
        raise PermissionDenied
    person: Person = known or Person.objects.create_user(
        pending_mail.address, language=pending_mail.language or pending_mail.coalition.language, told_at=timezone.now()
    )
    unblock_returned_person(person)
    return person


def _end_pending_membership(pending_mail: PendingMail) -> None:
    membership, person = pending_mail.membership, pending_mail.person
    if membership is None or person is None:
        raise PermissionDenied
    if membership.standing == Membership.Standing.APPLIED:
        withdraw_application(actor=person, membership=membership)
    else:
        end_membership(actor=person, membership=membership)


@atomic_with_retry
def leave_by_email_link(*, coalition: Coalition, person: Person) -> None:
    """The wish of somebody whom others entered, by the link in their first mail. Raises ActionRefused.

    Whoever has signed in leaves on their own page: an old email may be in many hands.
    """
    if person.last_login is not None:
        raise ActionRefused(
            _(
                "You have signed in since we sent you this email. To leave the coalition, sign in and open your own"
                " page."
            )
        )
    remove_person(actor=person, coalition=coalition, person=person)
