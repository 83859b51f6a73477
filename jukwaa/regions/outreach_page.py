"""A plan, as its page shows it to one reader: each part is read once."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, Q

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import Link, Record, State
from jukwaa.records.provenance import LinkedRecord, get_cached_linked_records
from jukwaa.regions import policies
from jukwaa.regions.letters import get_letter_languages
from jukwaa.regions.models import OUTREACH_PLAN_KIND, Acquaintance, Hosting, Milestone, Outreach, Prospect, Question


@dataclass
class OutreachPage:
    outreach: Outreach
    standing: Standing

    @cached_property
    def may_shape(self) -> bool:
        return self.outreach.is_open_to_change and policies.can_edit_outreach(self.standing, self.outreach)

    @cached_property
    def milestones(self) -> list[Milestone]:
        return list(self.outreach.milestones.select_related("organisation"))

    @cached_property
    def hostings(self) -> list[Hosting]:
        return list(self.outreach.hostings.select_related("organisation"))

    @cached_property
    def questions(self) -> list[Question]:
        """Each with the record that answers it, where this reader may read it."""
        readable = Record.objects.visible_to(self.standing.viewer).filter(state=State.PUBLISHED, pk=OuterRef("answer"))
        rows: list[Question] = list(self.outreach.questions.select_related("answer").annotate(is_open=Exists(readable)))
        for row in rows:
            if row.answer is not None and getattr(row, "is_open", False):
                row.answer.coalition = self.standing.coalition
            else:
                row.answer = None
        return rows

    @property
    def issues(self) -> list[LinkedRecord]:
        return self._find_records_by_relation(Link.Relation.CITES)

    @property
    def began_as(self) -> list[LinkedRecord]:
        return self._find_records_by_relation(Link.Relation.BEGAN_AS)

    @property
    def meetings(self) -> list[LinkedRecord]:
        return self._find_records_by_relation(Link.Relation.RELATES_TO)

    def _find_records_by_relation(self, relation: Link.Relation) -> list[LinkedRecord]:
        found = get_cached_linked_records(self.outreach, self.standing)
        return [tie for tie in found if tie.points and tie.relation == relation]

    @cached_property
    def prospects(self) -> list[tuple[str, list[Prospect]]]:
        """Those whom this reader may see, by stakeholder group, in alphabetical order of both."""
        rows = Prospect.objects.visible_to(self.standing.viewer).filter(outreach=self.outreach)
        groups: dict[str, list[Prospect]] = defaultdict(list)
        known = Prefetch("acquaintances", Acquaintance.objects.select_related("person"))
        for row in rows.select_related("introducer").prefetch_related(known):
            groups[str(row.get_stakeholder_group_display())].append(row)
        return sorted(groups.items())

    @property
    def languages(self) -> list[str]:
        """Those of the place in which there is a letter."""
        return get_letter_languages(self.outreach.country)

    @property
    def may_invite(self) -> bool:
        return self.outreach.state == State.PUBLISHED and policies.can_invite_prospects(
            self.standing, self.standing.coalition
        )


FARTHEST_FORUM_FIRST_ORDER = ("-on", "-pk")


def get_outreach_plan_page(
    viewer: Viewer, coalition: Coalition, page_cursor: PageCursor, regional_group: RegionalGroup | None = None
) -> KeysetPage[Outreach]:
    """The one that is farthest ahead comes first; with a group, those for it and for a country of it."""
    rows = Outreach.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, kind=OUTREACH_PLAN_KIND)
    if regional_group is not None:
        rows = rows.filter(
            Q(region=regional_group)
            | Q(country__in=[code for code, each in COUNTRIES_BY_CODE.items() if each.group == regional_group])
        )
    return get_page(rows, FARTHEST_FORUM_FIRST_ORDER, page_cursor)
