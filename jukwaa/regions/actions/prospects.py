"""Putting somebody forward who could be invited, and what the introducer says of the letter.

A refusal is a sentence for whoever asked, and names the field of the form that it belongs to.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.erased_identities import is_blocked_address
from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import AreaOfWork, Coalition, Membership, Organisation
from jukwaa.coalitions.organisation_matching import find_organisation_matches
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows
from jukwaa.places.countries import get_regional_group
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.models import State as RecordState
from jukwaa.regions import policies
from jukwaa.regions.answer_links import save_answer_link
from jukwaa.regions.models import Acquaintance, Outreach, Prospect
from jukwaa.regions.suppression import (
    build_address_digest,
    build_lookup_digests,
    fold_name_spelling,
    get_known_names,
    is_do_not_contact,
)

ProspectState = Prospect.State
CONTACT_DETAIL_PATTERN = re.compile(r"\S@\S|https?://\S|(?:\+|\b00)\d[\d\s()./-]{5,}\d|\b\d(?:[\s()./-]?\d){8,}\b")


@dataclass(frozen=True, kw_only=True)
class ProspectFacts:
    """What is written down of a prospect. `role` is whom the letter is for, such as: head of the helpline."""

    name: str
    role: str
    country: str = ""
    stakeholder_group: str = StakeholderGroup.UNKNOWN
    language: str = "en"
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class InvitationPurpose:
    """A plan; or a gap, which is an area of work and a regional group."""

    outreach: Outreach | None = None
    area: AreaOfWork | None = None
    region: str = ""


@action
def create_prospect(
    *,
    actor: Person,
    coalition: Coalition,
    facts: ProspectFacts,
    invitation_purpose: InvitationPurpose,
    own_organisation: Organisation | None = None,
    token: UUID | None = None,
) -> Prospect:
    """Note somebody whom the actor will write to. The same form sent twice notes it once, and so does the same name.

    `own_organisation` is the organisation that the actor writes for. Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_invite_prospects(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only members aged 18 or over can invite organisations."))
    if token is not None and (sent := Prospect.objects.visible_to(actor).filter(token=token).first()):
        return sent
    facts = replace(facts, name=_collapse_name_whitespace(facts.name), role=_collapse_name_whitespace(facts.role))
    for field, sentence in find_contact_detail_errors(asdict(facts)).items():
        raise ActionRefused(sentence, field)
    _check_plan_open(invitation_purpose.outreach)
    known = _find_organisation_in_directory(coalition, facts)
    if known is not None and has_active_membership(known):
        raise ActionRefused(
            _("This organisation is already a member. Its page in the directory shows who represents it."), "name"
        )
    country = facts.country or (known.country if known else "")
    if there := _find_existing_prospect(actor, coalition, facts.name, known, country):
        return there
    _check_prospect_region(invitation_purpose, known, country)
    noted = Prospect.objects.create(
        coalition=coalition,
        outreach=invitation_purpose.outreach,
        area=invitation_purpose.area,
        region=invitation_purpose.region,
        name=facts.name,
        folded=fold_name_spelling(facts.name),
        country=country,
        stakeholder_group=facts.stakeholder_group,
        role=facts.role,
        organisation=known,
        introducer=actor,
        capacity=create_capacity(coalition=coalition, person=actor, organisation=own_organisation),
        language=facts.language,
        why=facts.why,
        token=token,
    )
    save_answer_link(noted)
    record_activity(actor=actor, verb="noted", subject=noted, coalition=coalition)
    return noted


def _collapse_name_whitespace(words: str) -> str:
    """They stand in the subject of a mail."""
    return " ".join(words.split())


def _check_prospect_region(
    invitation_purpose: InvitationPurpose, known_organisation: Organisation | None, country: str
) -> None:
    """The letter says that nobody from a region works on it. What an organisation says of itself goes first."""
    group = known_organisation.regional_group if known_organisation is not None else RegionalGroup.UNKNOWN
    if group == RegionalGroup.UNKNOWN:
        group = get_regional_group(country)
    if invitation_purpose.region and group not in (invitation_purpose.region, RegionalGroup.UNKNOWN):
        raise ActionRefused(
            _("This country is not in the region of this invitation. Choose a country in that region."), "country"
        )


def _find_organisation_in_directory(coalition: Coalition, prospect_facts: ProspectFacts) -> Organisation | None:
    """The one that goes by this name, and lies in this country as far as both are known."""
    exact = [
        match.organisation_id for match in find_organisation_matches(coalition, prospect_facts.name) if match.is_exact
    ]
    found = Organisation.objects.filter(pk__in=exact)
    if prospect_facts.country:
        found = found.filter(country__in=["", prospect_facts.country])
    return found.first() if found.count() == 1 else None


def has_active_membership(organisation: Organisation) -> bool:
    return Membership.objects.active().filter(organisation=organisation).exists()


def _find_existing_prospect(
    actor: Person, coalition: Coalition, organisation_name: str, known_organisation: Organisation | None, country: str
) -> Prospect | None:
    """The one that is noted already, if the actor sees it.

    Else the same is said whether somebody writes to it or it asked never to be written to. Raises ActionRefused.
    """
    same = Prospect.objects.of(coalition).filter(folded=fold_name_spelling(organisation_name), country=country)
    if seen := same.visible_to(actor).first():
        return seen
    if same.exists() or is_do_not_contact(
        coalition, build_lookup_digests(get_known_names(organisation_name, known_organisation), country)
    ):
        raise ActionRefused(get_not_invitable_message(), "name")
    return None


def get_not_invitable_message() -> str:
    return _(
        "You cannot invite this organisation now. It may already be in contact with someone, or it "
        "may have asked us not to contact it. We cannot say which. Nothing has been saved."
    )


def find_contact_detail_errors(contact_details: Mapping[str, Any]) -> dict[str, str]:
    """Of the fields in which an address or a number stands, the sentence that asks to leave it out."""
    sentences = {
        "name": _("Enter only the name, without an address or a phone number."),
        "role": _(
            "Enter only the role of the recipient. Keep their name, address and phone number in your own records."
        ),
        "why": _(
            "Remove addresses and phone numbers. You send the letter from your own email, so the recipient can reply"
            " to you."
        ),
    }
    return {
        field: sentence
        for field, sentence in sentences.items()
        if CONTACT_DETAIL_PATTERN.search(str(contact_details.get(field) or ""))
    }


def _check_plan_open(outreach_plan: Outreach | None) -> None:
    if outreach_plan is None:
        return
    if outreach_plan.state != RecordState.PUBLISHED:
        raise ActionRefused(_("This plan has been withdrawn, so no more letters can be sent for it."))
    if outreach_plan.forget_on < timezone.localdate():
        raise ActionRefused(
            _(
                "This plan has ended and its unanswered invitations have been deleted. You cannot send new"
                " invitations for it."
            )
        )


def get_letter_refusal_reason(prospect: Prospect) -> str:
    """Why no letter goes to it now: a sentence, or nothing."""
    if prospect.organisation is not None and has_active_membership(prospect.organisation):
        return _("This organisation is now a member, so no letter is needed.")
    if is_do_not_contact(
        prospect.coalition,
        build_lookup_digests(get_known_names(prospect.name, prospect.organisation), prospect.country),
    ):
        return _(
            "This organisation has asked us not to contact it. Please also delete its address from your own contacts."
        )
    if not prospect.is_open:
        return _("This invitation has been answered or closed, so you cannot send another letter.")
    try:
        _check_plan_open(prospect.outreach)
    except ActionRefused as refused:
        return str(refused)
    return ""


def is_do_not_contact_address(prospect: Prospect) -> bool:
    """The owner of this address asked never to be written to, or to be taken out: for those who run the coalition."""
    address = prospect.contact_address
    if not address:
        return False
    asked = is_do_not_contact(prospect.coalition, [build_address_digest(address)])
    return asked or is_blocked_address(address, prospect.coalition_id)


@action
def mark_letter_sent(*, actor: Person, prospect: Prospect) -> Prospect:
    """The letter is on its way. Said twice, the first day stays. Raises PermissionDenied and ActionRefused."""
    if not policies.can_send_letter(ViewerContext(actor), prospect):
        raise PermissionDenied(_("Only the introducer can mark the letter as sent."))
    current = lock_prospect(prospect)
    if current.state in (ProspectState.SENT, ProspectState.REMINDED):
        return current
    if reason := get_letter_refusal_reason(current):
        raise ActionRefused(reason)
    current.state, current.sent_on = ProspectState.SENT, timezone.localdate()
    current.save(update_fields=["state", "sent_on"])
    save_answer_link(current)
    record_activity(actor=actor, verb="sent", subject=current, coalition=current.coalition)
    return current


@action
def add_prospect_acquaintance(*, actor: Person, prospect: Prospect) -> Acquaintance:
    """Raises PermissionDenied."""
    if not policies.can_see_prospect(ViewerContext(actor), prospect):
        raise PermissionDenied
    row, is_new = Acquaintance.objects.get_or_create(prospect=prospect, person=actor)
    if is_new:
        record_activity(actor=actor, verb="knows-somebody", subject=prospect, coalition=prospect.coalition)
    return row


@action
def reassign_prospect(*, actor: Person, prospect: Prospect, new_acquaintance: Acquaintance) -> Prospect:
    """Another who knows somebody there writes instead, from the beginning.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_manage_prospect(ViewerContext(actor), prospect) or new_acquaintance.prospect_id != prospect.pk:
        raise PermissionDenied(
            _("Only the introducer, the coordinators and the chair can ask another person to write the letter.")
        )
    current = lock_prospect(prospect)
    if current.introducer_id == new_acquaintance.person_id:
        return current
    if current.sent_on is not None:
        raise ActionRefused(_("The letter has already been sent, so no one else can take it over."))
    if current.answered_on is not None:
        raise ActionRefused(_("This invitation has already been answered, so no one else can take it over."))
    if not policies.can_invite_prospects(ViewerContext(new_acquaintance.person), current.coalition):
        raise ActionRefused(_("This person can no longer invite organisations. Choose another person."))
    before, standing = current.capacity, Standing(new_acquaintance.person, current.coalition)
    organisation = next(iter(standing.organisations), None)
    current.capacity = create_capacity(
        coalition=current.coalition, person=new_acquaintance.person, organisation=organisation
    )
    current.introducer, current.state = new_acquaintance.person, ProspectState.NOTED
    current.save(update_fields=["introducer", "capacity", "state"])
    before.delete()
    record_activity(actor=actor, verb="handed-over", subject=current, coalition=current.coalition)
    return current


@action
def erase_prospect(*, actor: Person, prospect: Prospect) -> None:
    """Nothing is to come of it any more: gone at once. Raises PermissionDenied."""
    if not policies.can_manage_prospect(ViewerContext(actor), prospect):
        raise PermissionDenied(_("Only the introducer, the coordinators and the chair can delete this invitation."))
    record_activity(actor=actor, verb="erased", subject=prospect, coalition=prospect.coalition)
    prospect.erase()


@action
def mark_prospect_contacted(*, actor: Person, prospect: Prospect) -> Prospect:
    """Somebody who runs the coalition has written to whoever said yes. Raises PermissionDenied and ActionRefused."""
    if not policies.can_contact_prospect(ViewerContext(actor), prospect):
        raise PermissionDenied(
            _("Only coordinators and the chair can write to contacts who have agreed to be contacted.")
        )
    current = lock_prospect(prospect)
    if not current.has_said_yes:
        raise ActionRefused(_("This contact has not said yes. Do not write to them."))
    if is_do_not_contact_address(current):
        raise ActionRefused(
            _("Delete this invitation. The owner of this email address has asked us not to contact them.")
        )
    if current.written_on is None:
        current.written_on = timezone.localdate()
        current.save(update_fields=["written_on"])
        record_activity(actor=actor, verb="wrote", subject=current, coalition=current.coalition)
    return current


def lock_prospect(prospect: Prospect) -> Prospect:
    """As it stands now, held until the transaction ends. Raises ActionRefused where it was erased meanwhile."""
    rows = Prospect.objects.select_related("coalition", "outreach", "organisation", "introducer", "capacity")
    current = lock_rows(rows.filter(pk=prospect.pk)).first()
    if current is None:
        raise ActionRefused(_("This invitation has been deleted."))
    return current
