"""What the pages of offers, needs and matches show to one viewer."""

from dataclasses import dataclass
from functools import cached_property

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation import policies
from jukwaa.cooperation.experts import ExpertSuggestion, get_suggested_experts
from jukwaa.cooperation.models import Consent, Enquiry, Match, MatchSide, Need, Offer, Step
from jukwaa.cooperation.suggestions import SuggestedHelp, get_help_suggestions
from jukwaa.records.models import State


@dataclass
class HelpPage:
    given: Offer | Need
    standing: Standing

    @cached_property
    def areas(self) -> dict[int, str]:
        """Names by number."""
        lines = (getattr(self.given, "area_lines", None) or "").splitlines()  # read with it
        parts = sorted((line.partition(" ") for line in lines), key=lambda part: part[2])
        return {int(pk): name for pk, _space, name in parts}

    @property
    def has_left(self) -> bool:
        """Whose it is was a member, and is none any more: read with it."""
        return bool(getattr(self.given, "has_left", False))

    @cached_property
    def may_answer_for_help(self) -> bool:
        return policies.represents_help_owner(self.standing, self.given)

    @cached_property
    def suggested(self) -> list[SuggestedHelp]:
        is_open = self.given.state == State.PUBLISHED and not self.given.is_closed and not self.has_left
        return get_help_suggestions(self.given, self.areas, self.standing) if is_open else []

    @cached_property
    def may_match_help(self) -> bool:
        return self.may_answer_for_help or self.standing.is_coordinator

    @cached_property
    def _related_rows(self) -> tuple[list[Match], list[Enquiry]]:
        """What hangs on it that this viewer may read: asked for anew only when something was written."""
        key = f"hanging-{self.given.pk}-{self.standing.viewer.pk}"
        return get_or_build_cached(self.given.coalition, key, self._load_related_rows)

    def _load_related_rows(self) -> tuple[list[Match], list[Enquiry]]:
        given, viewer = self.given, self.standing.viewer
        asks = isinstance(given, Need) and given.about.asks_experts and getattr(given, "is_asked_about", True)
        matches = Match.objects.visible_to(viewer).filter(**{given.SIDE: given.pk})
        matches = matches.select_related("offer__organisation", "need__organisation")
        enquiries = Enquiry.objects.visible_to(viewer).filter(need=given.pk).select_related("organisation")
        return list(matches) if getattr(given, "is_met", True) else [], list(enquiries) if asks else []

    @property
    def matches(self) -> list[Match]:
        return self._related_rows[0]

    @property
    def enquiries(self) -> list[Enquiry]:
        return self._related_rows[1]

    @cached_property
    def experts(self) -> list[ExpertSuggestion]:
        """Who is shown as knowing it, for those who may ask them and for the coordinator."""
        given = self.given
        if not isinstance(given, Need) or not given.about.asks_experts or given.is_closed or not self.may_match_help:
            return []
        return get_suggested_experts(given, self.areas, self.standing)

    @property
    def may_edit(self) -> bool:
        return self.given.is_open_to_change and policies.can_change_help(self.standing, self.given)

    @property
    def may_keep_help_open(self) -> bool:
        """Say that it is still true."""
        return self.given.state == State.PUBLISHED and policies.can_confirm_help(self.standing, self.given)

    @property
    def may_close_help(self) -> bool:
        published = self.given.state == State.PUBLISHED
        return published and not self.given.is_closed and (self.may_keep_help_open or self.standing.is_coordinator)


@dataclass(frozen=True)
class MatchContact:
    """Who is introduced, and how to reach them. Made only for whoever `policies.sees_contacts` says."""

    name: str
    email: str
    reach: str
    organisation: str


def get_match_contact(match: Match, match_side: MatchSide) -> MatchContact:
    """Whom the side chose for it, else whoever consented for it; of whoever no longer speaks for it, nothing.

    Of somebody under 18 it is the adult whom they named.
    """
    given = match.side(match_side)
    organisation = given.organisation.name if given.organisation else ""
    consented = next(each for each in match.consents.all() if each.side == match_side and each.withdrawn_at is None)
    chosen = [person for person in (given.contact, consented.person) if person is not None]
    speaking = Affiliation.objects.confirmed().filter(organisation=given.organisation_id, may_speak=True)
    today = set(speaking.filter(person__in=chosen, person__is_active=True).values_list("person", flat=True))
    person = next((each for each in chosen if each.pk in today), None)
    if person is None:
        return MatchContact("", "", "", organisation)
    reach = given.reach if person == given.contact or given.contact is None else ""
    named = person.adult_contact if person.is_minor and person.adult_contact else person
    return MatchContact(named.name, named.email or "", reach, organisation)


@dataclass
class MatchPage:
    match: Match
    standing: Standing

    @cached_property
    def sides(self) -> list[MatchSide]:
        return policies.get_represented_sides(self.standing, self.match)

    @cached_property
    def consents(self) -> list[tuple[MatchSide, Offer | Need, Consent | None, bool]]:
        """For each side: its record, the consent that stands, and whether this viewer speaks for it."""
        standing = {each.side: each for each in self.match.consents.all() if each.withdrawn_at is None}
        return [(side, self.match.side(side), standing.get(side), side in self.sides) for side in MatchSide]

    @cached_property
    def contacts(self) -> list[MatchContact]:
        """Those of the other side; of both, for whoever speaks for both."""
        if not policies.can_see_contacts(self.standing, self.match):
            return []
        return [
            get_match_contact(self.match, side)
            for side in MatchSide
            if len(self.sides) == len(MatchSide) or side not in self.sides
        ]

    @cached_property
    def steps(self) -> list[Step]:
        """All of them for both sides and the coordinator; for others, what was said once they had agreed."""
        told = list(self.match.steps.all())
        if self.sides or self.standing.is_coordinator:
            return told
        return [step for step in told if step.state in Match.FOR_ALL_READERS]

    @property
    def may_begin_joint_work(self) -> bool:
        """Both sides agreed: what follows may be set down as joint work, by either side or a rapporteur."""
        agreed = self.match.state in (Match.State.AGREED, Match.State.UNDER_WAY)
        return agreed and (bool(self.sides) or self.standing.is_rapporteur) and self.match.need.state == State.PUBLISHED
