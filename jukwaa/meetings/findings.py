"""The key findings of a year, and the records of that year from which they are chosen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.models import Deliverable, Figure
from jukwaa.library.models import Use
from jukwaa.meetings.models import Entry, EntryKind, FindingSource, KeyFinding, Meeting
from jukwaa.records.models import Record, State

MAX_FINDING_SOURCES = 100  # records of one group
REGIONAL_OBSERVATION_KIND = "regional-observation"  # a kind of the library


@dataclass(frozen=True)
class FindingSourceGroup:
    """Records of a year to choose from. `key` names the group in the form."""

    key: str
    title: str | Promise
    records: list[Record]


@dataclass(frozen=True)
class ShownFinding:
    finding: KeyFinding
    sources: list[Record]


def find_source_groups(viewer: Viewer, coalition: Coalition, year: int) -> list[FindingSourceGroup]:
    """Return what the viewer may read of the year: decisions, practices used, observations, outcomes of joint work."""
    groups = [
        FindingSourceGroup(
            "decisions", _("Decisions"), _find_entries_to_cite(viewer, coalition, year, EntryKind.DECISION)
        ),
        FindingSourceGroup("practices", _("Practices used"), _find_practices_to_cite(viewer, coalition, year)),
        FindingSourceGroup("observations", _("Observations"), _find_observations_to_cite(viewer, coalition, year)),
        FindingSourceGroup("outcomes", _("Outcomes of joint work"), _find_joint_work_to_cite(viewer, coalition, year)),
    ]
    return [group for group in groups if group.records]


def _find_readable_records(viewer: Viewer, coalition: Coalition) -> QuerySet[Record]:
    return Record.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED).select_related("coalition")


def _find_entries_to_cite(viewer: Viewer, coalition: Coalition, year: int, entry_kind: EntryKind) -> list[Record]:
    meetings = Meeting.objects.visible_to(viewer).filter(state=State.PUBLISHED, starts_on__year=year)
    entries = Entry.objects.visible_to(viewer).of(coalition).filter(kind=entry_kind, state=State.PUBLISHED)
    entries = entries.filter(meetings.exists_for("meeting")).select_related("coalition")
    return list(entries.order_by("meeting__order_day", "position", "pk")[:MAX_FINDING_SOURCES])


def _find_practices_to_cite(viewer: Viewer, coalition: Coalition, year: int) -> list[Record]:
    uses = Use.objects.visible_to(viewer).filter(item=OuterRef("pk"), year=year)
    return list(
        _find_readable_records(viewer, coalition).filter(Exists(uses)).order_by("title", "pk")[:MAX_FINDING_SOURCES]
    )


def _find_observations_to_cite(viewer: Viewer, coalition: Coalition, year: int) -> list[Record]:
    of_library = _find_readable_records(viewer, coalition).filter(
        kind=REGIONAL_OBSERVATION_KIND, published_at__year=year
    )
    made = _find_entries_to_cite(viewer, coalition, year, EntryKind.OBSERVATION)
    return [*made, *of_library.order_by("published_at", "pk")[:MAX_FINDING_SOURCES]]


def _find_joint_work_to_cite(viewer: Viewer, coalition: Coalition, year: int) -> list[Record]:
    """Return joint work with a deliverable, or with a figure of that year."""
    figures = Figure.objects.filter(outcome__work=OuterRef("pk"), on__year=year, stands=True)
    delivered = Deliverable.objects.filter(work=OuterRef("pk"), delivered_on__year=year)
    works = _find_readable_records(viewer, coalition).filter(
        Q(Exists(figures)) | Q(Exists(delivered)), kind="joint-work"
    )
    return list(works.order_by("title", "pk")[:MAX_FINDING_SOURCES])


def find_key_findings(viewer: Viewer, coalition: Coalition, year: int) -> QuerySet[KeyFinding]:
    """Return the published ones, and the viewer's own drafts."""
    rows = KeyFinding.objects.visible_to(viewer).of(coalition).filter(year=year)
    return rows.filter(state__in=(State.DRAFT, State.PUBLISHED)).select_related("coalition").order_by("pk")


def find_finding_years(viewer: Viewer, coalition: Coalition) -> list[int]:
    rows = KeyFinding.objects.visible_to(viewer).of(coalition).filter(state__in=(State.DRAFT, State.PUBLISHED))
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)


def build_shown_findings(viewer: Viewer, findings: Iterable[KeyFinding]) -> Iterator[ShownFinding]:
    """Yield each finding with the sources that the viewer may read today."""
    findings = list(findings)
    rows = FindingSource.objects.filter(finding__in=findings).values_list("finding", "record")
    readable = Record.objects.visible_to(viewer).filter(state=State.PUBLISHED).select_related("coalition")
    records = readable.in_bulk([record for _finding, record in rows])
    for finding in findings:
        numbers = [record for of_finding, record in rows if of_finding == finding.pk]
        yield ShownFinding(finding, [records[number] for number in numbers if number in records])
