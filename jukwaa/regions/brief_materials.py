"""What was chosen for a brief, read from the record: its words, where they are from, and of which region they speak."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.models import Figure, JointWork
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.library.exported_records import get_sharing_organisation_names, load_records_as_subclasses
from jukwaa.library.models import Item
from jukwaa.library.templatetags.library import in_words
from jukwaa.meetings.models import BINDING_ENTRY_KINDS, Entry, EntryKind
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import UN_REGIONAL_GROUPS
from jukwaa.records.models import Label, Record, RecordQuerySet, State
from jukwaa.regions.brief_clauses import BriefMaterial, BriefMaterialKind, CoverageFigures, QuotedVoice
from jukwaa.regions.coverage import load_coverage
from jukwaa.regions.measures import MEASURE_BY_NAME
from jukwaa.regions.models import Voice
from jukwaa.regions.models.observations import OBSERVATION_KIND
from jukwaa.regions.observation_issues import describe_observation_voice, format_voice_speaker, load_current_voices
from jukwaa.regions.participation_counts import CoverageFilter

MATERIAL_SORT_BY_KIND = {
    OBSERVATION_KIND: BriefMaterialKind.OBSERVATION,
    "law-or-policy": BriefMaterialKind.LAW,
    "research": BriefMaterialKind.RESEARCH,
}
PROPOSED_ENTRY_KINDS = (EntryKind.PROPOSAL, EntryKind.RECOMMENDATION)


def load_chosen_records(viewer: Viewer, coalition: Coalition, record_ids: Iterable[int]) -> list[Record]:
    """Those of these that are published here and that the viewer may read, each once, in the order given."""
    order = list(dict.fromkeys(record_ids))
    found = find_readable_records(viewer, coalition).in_bulk(order)
    rows = [found[number] for number in order if number in found]
    for row in rows:
        row.coalition = coalition
    return rows


def find_readable_records(viewer: Viewer, coalition: Coalition) -> RecordQuerySet[Record]:
    return Record.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)


def load_brief_materials(records: Sequence[Record]) -> list[BriefMaterial]:
    """A fixed number of queries, however many there are."""
    rows = load_records_as_subclasses(records)
    prefetch_related_objects(rows, "authorships__capacity")
    entries = [row for row in rows if isinstance(row, Entry)]
    prefetch_related_objects(entries, "meeting", "part", "speakers")
    works = [row for row in rows if isinstance(row, JointWork)]
    figures = Figure.objects.filter(outcome__work__in=works, stands=True).select_related("outcome")
    shown: dict[int, list[Figure]] = {}
    for figure in figures.order_by("outcome", "on"):
        shown.setdefault(figure.outcome.work_id, []).append(figure)
    said = load_current_voices([row for row in rows if row.kind == OBSERVATION_KIND])
    return [_build_brief_material(row, shown.get(row.pk, []), said.get(row.pk, [])) for row in rows]


def _build_brief_material(
    record: Record, indicator_figures: list[Figure], observation_voices: list[Voice]
) -> BriefMaterial:
    told: dict[str, Any] = {"record": record.pk, "language": record.language}
    told |= {"groups": _find_regional_groups_of_record(record), "title": get_quote_title(record)}
    if isinstance(record, Entry):
        said = {"text": record.text}
        return BriefMaterial(**told, sort=_get_entry_material_kind(record), says=said)
    if isinstance(record, Item):
        sort = MATERIAL_SORT_BY_KIND.get(record.kind, BriefMaterialKind.PRACTICE)
        with_words = [
            QuotedVoice(describe_observation_voice(voice), voice.words, voice.part)
            for voice in observation_voices
            if voice.words
        ]
        without = [
            QuotedVoice(format_voice_speaker(voice), "", voice.part) for voice in observation_voices if not voice.words
        ]
        return BriefMaterial(**told, sort=sort, says=_collect_item_answers(record), voices=with_words, seen_too=without)
    if isinstance(record, JointWork):
        rows = [
            (
                figure.outcome.indicator or figure.outcome.what,
                _format_indicator_figure(figure),
                format_long_date(figure.on),
                figure.source,
            )
            for figure in indicator_figures
        ]
        return BriefMaterial(**told, sort=BriefMaterialKind.WORK, rows=rows)
    return BriefMaterial(**told, sort=BriefMaterialKind.SAID, says={"text": record.summary})


def _can_show_meeting_title(minutes_entry: Entry) -> bool:
    """Whoever reads the entry reads what its meeting is called: else it is told without that."""
    meeting = minutes_entry.meeting
    return meeting.state == State.PUBLISHED and meeting.label in (Label.CLEAR, minutes_entry.label)


def _get_entry_material_kind(minutes_entry: Entry) -> BriefMaterialKind:
    if minutes_entry.kind in BINDING_ENTRY_KINDS:
        return BriefMaterialKind.AGREED
    return BriefMaterialKind.PROPOSED if minutes_entry.kind in PROPOSED_ENTRY_KINDS else BriefMaterialKind.SAID


def _collect_item_answers(item: Item) -> dict[str, str]:
    """Of an observation what is seen, and its answers; of whatever else is shared, what worked and what it needs."""
    details = item.details
    if item.kind == OBSERVATION_KIND:
        answers = {field.name: join_with_separator(in_words((field, answer))) for field, answer in item.answers}
        return {**answers, "seen": item.what_worked or item.summary, "known_by": item.what_changed}
    return {
        "worked": item.what_worked,
        "changed": item.what_changed,
        "conditions": _convert_answer_to_text(details.get("conditions")),
        "failed": _convert_answer_to_text(details.get("what_did_not_work")),
    }


def _convert_answer_to_text(field_answer: Any) -> str:
    return field_answer if isinstance(field_answer, str) else ""


def get_quote_title(record: Record) -> str:
    """What it is called where it is quoted. An entry is its own text in short, so that its meeting names it."""
    if not isinstance(record, Entry):
        return record.title
    return record.meeting.title if _can_show_meeting_title(record) else str(record.kind_info.label)


def format_source_reference(record: Record) -> str:
    """Who shared it, and when: organisations by name, and never a person. Of an entry, the day of its meeting."""
    if isinstance(record, Entry) and _can_show_meeting_title(record) and record.meeting.starts_on:
        return format_long_date(record.meeting.starts_on)
    who = join_with_separator(get_sharing_organisation_names(record), ";") or record.coalition.name
    return f"{who}, {format_long_date(record.published_at.date())}" if record.published_at else who


def _find_regional_groups_of_record(record: Record) -> tuple[str, ...]:
    """Of the countries that it is about, else of who shared or said it; nobody's under the Chatham House Rule."""
    about: set[str] = {COUNTRIES_BY_CODE[code].group for code in record.countries if code in COUNTRIES_BY_CODE}
    if not about and isinstance(record, Entry):
        about = set() if record.is_chatham else {speaker.regional_group for speaker in record.speakers.all()}
    elif not about:
        capacities = [author.capacity for author in record.authorships.all()]
        about = {capacity.regional_group for capacity in capacities if capacity and capacity.organisation_id}
    return tuple(group for group in UN_REGIONAL_GROUPS if group in about)


def _format_indicator_figure(indicator_figure: Figure) -> str:
    value = f"{indicator_figure.value.normalize():f}"
    return f"{value} {indicator_figure.outcome.unit}".strip()


def load_coverage_figures(coalition: Coalition, measure_names: Iterable[str]) -> CoverageFigures | None:
    """Measures of coverage as everybody may read them, whoever puts the brief together: organisations today."""
    found = load_coverage(Standing(AnonymousUser(), coalition), CoverageFilter())
    rows = [
        (str(MEASURE_BY_NAME[name].label), str(found.of[name].organisations))
        for name in dict.fromkeys(measure_names)
        if name in MEASURE_BY_NAME
    ]
    address = f"{settings.SITE_URL}{reverse('regions:coverage', args=[coalition.slug])}"
    return CoverageFigures(format_long_date(timezone.localdate()), address, rows) if rows else None
