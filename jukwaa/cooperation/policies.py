"""Who may do what where organisations work together. When it may be done is the action's affair."""

from jukwaa.coalitions.models import Affiliation, Coalition, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation.models import Consent, Deliverable, Enquiry, JointWork, Match, MatchSide, Need, Offer, Party
from jukwaa.records.policies import can_change_record, can_read, is_author


def can_offer_help(viewer: ViewerContext, organisation: Organisation) -> bool:
    """Offer or ask for help in its name."""
    return organisation.pk in viewer.standing(organisation).speaks_for


def can_record_help_for_others(viewer: ViewerContext, coalition: Coalition) -> bool:
    """What a source says that somebody offers or needs."""
    return viewer.standing(coalition).is_rapporteur


def represents_help_owner(viewer: ViewerContext, help_record: Offer | Need) -> bool:
    """Speaks for whose it is."""
    return (
        help_record.organisation_id is not None
        and help_record.organisation_id in viewer.standing(help_record).speaks_for
    )


def can_change_help(viewer: ViewerContext, help_record: Offer | Need) -> bool:
    return represents_help_owner(viewer, help_record) or can_change_record(viewer, help_record)


def can_confirm_help(viewer: ViewerContext, help_record: Offer | Need) -> bool:
    """Say that it is still true, or no longer: whose it is; for what nobody of the directory answers, a coordinator."""
    return represents_help_owner(viewer, help_record) or (
        help_record.organisation_id is None and viewer.standing(help_record).is_coordinator
    )


def get_represented_sides(viewer: ViewerContext, match: Match) -> list[MatchSide]:
    """For which sides of it this viewer speaks."""
    return [side for side in MatchSide if represents_help_owner(viewer, match.side(side))]


def can_propose_match(viewer: ViewerContext, match: Match) -> bool:
    """Bring both together: who speaks for either, or a coordinator; and reads both."""
    speaks = bool(get_represented_sides(viewer, match)) or viewer.standing(match.need).is_coordinator
    return speaks and can_read(viewer, match.offer) and can_read(viewer, match.need)


def can_give_consent(viewer: ViewerContext, consent: Consent) -> bool:
    """Nobody consents for others: no role does."""
    return represents_help_owner(viewer, consent.match.side(MatchSide(consent.side)))


def can_update_match(viewer: ViewerContext, match: Match) -> bool:
    """Say how it stands: either side; a coordinator may say that nothing comes of what waits."""
    return bool(get_represented_sides(viewer, match)) or viewer.standing(match.need).is_coordinator


def can_see_contacts(viewer: ViewerContext, match: Match) -> bool:
    """Both sides, and only while the consent of both stands."""
    return has_both_consents(match) and bool(get_represented_sides(viewer, match))


def has_both_consents(match: Match) -> bool:
    standing = {consent.side for consent in match.consents.all() if consent.withdrawn_at is None}
    return standing == set(MatchSide.values)


def can_ask_expert(viewer: ViewerContext, need: Need) -> bool:
    """Whoever speaks for the organisation that needs it."""
    return represents_help_owner(viewer, need)


def can_answer_enquiry(viewer: ViewerContext, enquiry: Enquiry) -> bool:
    """Whoever speaks for the organisation that is asked."""
    return enquiry.organisation_id in viewer.standing(enquiry.need).speaks_for


def can_create_item_from_answer(viewer: ViewerContext, enquiry: Enquiry) -> bool:
    """Make an item of the library of an answer that may be shared: who asked, and who answered."""
    speaks_for = viewer.standing(enquiry.need).speaks_for
    return enquiry.organisation_id in speaks_for or enquiry.need.organisation_id in speaks_for


def can_begin_work(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Whoever speaks for an organisation; a rapporteur may write down what others agree on, and signs nothing."""
    standing = viewer.standing(coalition)
    return standing.is_rapporteur or bool(standing.speaks_for)


def get_own_parties(viewer: ViewerContext, joint_work: JointWork) -> list[Party]:
    """Those that the viewer speaks for today, and that have not left."""
    speaks_for = viewer.standing(joint_work).speaks_for
    if not speaks_for:
        return []
    return list(joint_work.parties.filter(organisation__in=speaks_for, left_at__isnull=True).select_related("capacity"))


def is_work_editor(viewer: ViewerContext, joint_work: JointWork, own_parties: list[Party] | None = None) -> bool:
    """Writes the charter, and says who takes part: whoever speaks for a party, began it, or keeps the record here.

    `own` is what `own_parties` gave, where a page has asked already; so below.
    """
    return (
        viewer.standing(joint_work).is_rapporteur
        or bool(_load_own_parties(viewer, joint_work, own_parties))
        or _is_active_author(viewer, joint_work)
    )


def _is_active_author(viewer: ViewerContext, joint_work: JointWork) -> bool:
    """Whoever began it, while they may speak for somebody here, and unless that party has left."""
    speaks_for = viewer.standing(joint_work).speaks_for
    if not speaks_for or not is_author(viewer, joint_work):
        return False
    return not joint_work.parties.filter(organisation__in=speaks_for, left_at__isnull=False).exists()


def can_edit_work(viewer: ViewerContext, joint_work: JointWork) -> bool:
    return can_read(viewer, joint_work) and is_work_editor(viewer, joint_work)


def can_act_for_party(viewer: ViewerContext, party: Party) -> bool:
    """Sign for a party, or take it out: nobody does that for an organisation that has not confirmed them."""
    return party.organisation_id in viewer.standing(party.work).speaks_for and can_read(viewer, party.work)


def has_ever_represented_party(viewer: ViewerContext, party: Party) -> bool:
    """Once, and perhaps no longer: they know that it was asked, and may be told why they can't sign."""
    once = Affiliation.objects.filter(person=viewer.viewer.pk, organisation=party.organisation_id, may_speak=True)
    return once.exists()


def can_report_deliverable(viewer: ViewerContext, deliverable: Deliverable) -> bool:
    """Whoever speaks for the party that delivers it; for what all deliver together, or whose party left, for any."""
    return can_read(viewer, deliverable.work) and is_deliverable_reporter(viewer, deliverable)


def is_deliverable_reporter(
    viewer: ViewerContext, deliverable: Deliverable, own_parties: list[Party] | None = None
) -> bool:
    own_parties = _load_own_parties(viewer, deliverable.work, own_parties)
    party = deliverable.party
    if party is None or party.left_at is not None:
        return bool(own_parties)
    return any(each.pk == party.pk for each in own_parties)


def can_add_updates(viewer: ViewerContext, joint_work: JointWork) -> bool:
    """Give figures and updates, and link what came of it: whoever speaks for a party."""
    return can_read(viewer, joint_work) and bool(get_own_parties(viewer, joint_work))


def can_add_updates_for_party(viewer: ViewerContext, party: Party) -> bool:
    """Give an update in the name of this party."""
    return can_read(viewer, party.work) and any(each.pk == party.pk for each in get_own_parties(viewer, party.work))


def can_end_work(viewer: ViewerContext, joint_work: JointWork) -> bool:
    return can_read(viewer, joint_work) and (
        viewer.standing(joint_work).is_coordinator or bool(get_own_parties(viewer, joint_work))
    )


def are_overdue_parties_shown(
    viewer: ViewerContext, joint_work: JointWork, own_parties: list[Party] | None = None
) -> bool:
    """That somebody was asked and has not answered is seen by the parties and the coordinator, not by the world."""
    return viewer.standing(joint_work).is_coordinator or bool(_load_own_parties(viewer, joint_work, own_parties))


def _load_own_parties(viewer: ViewerContext, joint_work: JointWork, own_parties: list[Party] | None) -> list[Party]:
    return get_own_parties(viewer, joint_work) if own_parties is None else own_parties
