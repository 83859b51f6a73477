"""What the page of an offer or a need shows to one viewer."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions.offers import has_left
from jukwaa.cooperation.models import Need, Offer
from jukwaa.records.models import State


@dataclass
class HelpPage:
    given: Offer | Need
    standing: Standing

    @property
    def is_offer(self) -> bool:
        return isinstance(self.given, Offer)

    @cached_property
    def areas(self) -> list[Any]:
        return list(self.given.areas.all())

    @cached_property
    def has_left(self) -> bool:
        """Whose it is was a member, and is none any more."""
        return self.given.organisation is not None and has_left(self.given.organisation)

    @cached_property
    def answers_for(self) -> bool:
        return policies.answers_for(self.standing, self.given)

    @property
    def may_edit(self) -> bool:
        return self.given.is_open_to_change and policies.changes_help(self.standing, self.given)

    @property
    def may_keep(self) -> bool:
        """Say that it is still true."""
        return self.given.state == State.PUBLISHED and policies.keeps_true(self.standing, self.given)

    @property
    def may_close(self) -> bool:
        published = self.given.state == State.PUBLISHED
        return published and not self.given.is_closed and (self.may_keep or self.standing.is_coordinator)
