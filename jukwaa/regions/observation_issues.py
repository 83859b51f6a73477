"""Issues, and what each region observes of them, side by side. Nothing here counts one region against another."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils.text import slugify
from django.utils.translation import gettext as _

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.library.exported_records import ResponseText
from jukwaa.library.item_languages import TRANSLATES_RELATION
from jukwaa.library.models import Item
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import Label, Link, Record, State
from jukwaa.regions.models import Voice
from jukwaa.regions.models.observations import OBSERVATION_KIND, VoiceQuerySet
from jukwaa.regions.speaker_origins import get_regional_groups

NAMED_READER_LABELS = (Label.AMBER, Label.STRICT, Label.RED)  # whom they name is asked for record by record


class ObservationRow(NamedTuple):
    """One published observation; `original` is what it translates."""

    pk: int
    original: int | None
    language: str
    countries: list[str]
    issue: str | None


@dataclass
class ObservationIssue:
    """`slug` stands in its address: names that differ in case, spaces and marks are one issue."""

    slug: str
    name: str
    language: str
    numbers: list[int] = field(default_factory=list)  # of the observations, in the reader's language where there is one
    countries: list[str] = field(default_factory=list)

    @property
    def regions(self) -> list[RegionalGroup]:
        return get_regional_groups(self.countries)


def build_issue_slug(issue_text: str) -> str:
    return slugify(issue_text, allow_unicode=True)


def find_observations(viewer: Viewer, coalition: Coalition) -> QuerySet[Item]:
    return Item.objects.visible_to(viewer).of(coalition).filter(kind=OBSERVATION_KIND, state=State.PUBLISHED)


def load_observation_issues(
    viewer: Viewer, coalition: Coalition, language: str, area_of_work: AreaOfWork | None = None
) -> list[ObservationIssue]:
    """By name. Made anew only when something was written."""
    name = f"issues-{viewer.pk or 'visitor'}-{language}-{area_of_work.pk if area_of_work else ''}"
    return get_or_build_cached(
        coalition, name, lambda: _build_observation_issues(viewer, coalition, language, area_of_work)
    )


def get_observation_issue(
    issue_slug: str, viewer: Viewer, coalition: Coalition, language: str
) -> ObservationIssue | None:
    return next(
        (issue for issue in load_observation_issues(viewer, coalition, language) if issue.slug == issue_slug), None
    )


def _build_observation_issues(
    viewer: Viewer, coalition: Coalition, language: str, area_of_work: AreaOfWork | None
) -> list[ObservationIssue]:
    rows = _load_observation_rows(viewer, coalition, area_of_work)
    found: dict[str, ObservationIssue] = {}
    for original, shown in _pair_observations_with_translations(rows, language):
        slug = build_issue_slug(original.issue or "")
        if not slug:
            continue
        issue = found.setdefault(slug, ObservationIssue(slug, original.issue or "", original.language))
        issue.numbers.append(shown.pk)
        issue.countries += original.countries
    return sorted(found.values(), key=lambda issue: issue.slug)


def _load_observation_rows(
    viewer: Viewer, coalition: Coalition, area_of_work: AreaOfWork | None
) -> list[ObservationRow]:
    rows = find_observations(viewer, coalition)
    if area_of_work is not None:
        rows = rows.filter(areas=area_of_work)
    translated = Link.objects.filter(from_record=OuterRef("pk"), relation=TRANSLATES_RELATION).values("to_record")[:1]
    told = rows.order_by("published_at", "pk").annotate(original=Subquery(translated), issue=KT("details__issue"))
    return list(map(ObservationRow._make, told.values_list("pk", "original", "language", "countries", "issue")))


def _pair_observations_with_translations(
    observation_rows: Sequence[ObservationRow], language: str
) -> Iterator[tuple[ObservationRow, ObservationRow]]:
    """Each observation once: as it was written first, and as this reader reads it."""
    there = {row.pk for row in observation_rows}
    theirs = {
        row.original: row
        for row in observation_rows
        if row.original in there and is_in_language(row.language, language)
    }
    for row in observation_rows:
        if row.original not in there:
            yield row, row if is_in_language(row.language, language) else theirs.get(row.pk, row)


def is_in_language(language_tag: str, language: str) -> bool:
    return language_tag == language or language_tag.startswith(f"{language}-")


@dataclass
class VoiceHistory:
    """What one organisation, or one person on their own, says to an observation, with what they said before."""

    voice: Voice
    earlier: list[Voice]


def group_voices_by_speaker(voices: Iterable[Voice]) -> list[VoiceHistory]:
    """In the order in which they spoke first; what was said before is with what stands."""
    of: dict[tuple[int | None, int], list[Voice]] = {}
    for voice in voices:
        whose = (voice.organisation_id, 0 if voice.organisation_id else voice.author_id)
        of.setdefault(whose, []).append(voice)
    return [
        VoiceHistory(voice, [each for each in said if not each.stands][::-1])
        for said in of.values()
        for voice in said
        if voice.stands
    ]


def has_responded(choice: CapacityChoice, standing: Standing, said: Iterable[VoiceHistory]) -> bool:
    """In this capacity: the organisation, whoever spoke for it, or this person on their own."""
    if choice.organisation:
        return any(each.voice.organisation_id == choice.organisation.pk for each in said)
    return any(not each.voice.organisation_id and each.voice.author_id == standing.viewer.pk for each in said)


def find_current_voices(observation_ids: Iterable[int]) -> VoiceQuerySet:
    rows = Voice.objects.filter(item__in=list(observation_ids)).select_related("author", "capacity__person")
    return rows.order_by("at", "pk")


@dataclass
class ObservationWithVoices:
    """One observation beside others on its issue, with what others of its region say to it."""

    item: Item
    voices: list[VoiceHistory]

    @cached_property
    def regions(self) -> list[RegionalGroup]:
        return get_regional_groups(self.item.countries)

    @property
    def voice_counts(self) -> list[tuple[str, int]]:
        """How many say what: those that nobody says are not told."""
        numbers = Counter(each.voice.says for each in self.voices)
        return [(says, numbers[says]) for says in Voice.Says.values if numbers[says]]

    @property
    def differing(self) -> list[Voice]:
        return [each.voice for each in self.voices if each.voice.says == Voice.Says.DIFFERS]


def group_observations_by_region(
    issue: ObservationIssue, viewer: Viewer, coalition: Coalition
) -> list[tuple[str, list[ObservationWithVoices]]]:
    """By region, in the order of the groups; what is seen in two regions stands in both."""
    rows = find_observations(viewer, coalition).filter(pk__in=issue.numbers).prefetch_related("authorships__capacity")
    items = {item.pk: item for item in rows}
    for item in items.values():
        item.coalition = coalition
    originals = find_original_observation_ids(items)
    said: dict[int, list[Voice]] = {}
    for voice in find_current_voices(originals.values()).visible_to(viewer):
        said.setdefault(voice.item_id, []).append(voice)
    seen = [
        ObservationWithVoices(items[pk], group_voices_by_speaker(said.get(originals[pk], [])))
        for pk in issue.numbers
        if pk in items
    ]
    by_region = [(str(region.label), [each for each in seen if region in each.regions]) for region in issue.regions]
    nowhere = [each for each in seen if not each.regions]
    return [*by_region, *([("", nowhere)] if nowhere else [])]


def find_original_observation_ids(record_ids: Iterable[int]) -> dict[int, int]:
    """What each of these translates, or itself: there others speak."""
    record_ids = list(record_ids)
    links = Link.objects.filter(from_record__in=record_ids, relation=TRANSLATES_RELATION)
    return {**{pk: pk for pk in record_ids}, **dict(links.values_list("from_record", "to_record"))}


def load_current_voices(observations: Sequence[Record]) -> dict[int, list[Voice]]:
    """What stands of others of the region, as it goes along with these elsewhere; to a translation, what was said to
    its original, where that is read by no fewer.
    """
    originals = find_original_observation_ids(row.pk for row in observations)
    voices: dict[int, list[Voice]] = {}
    for_everyone = find_current_voices(originals.values()).readable_by(AnonymousUser()).select_related("item")
    for voice in for_everyone if originals else ():
        if voice.stands:
            voices.setdefault(voice.item_id, []).append(voice)
    found = {row.pk: voices.get(originals[row.pk], []) for row in observations}
    return {row.pk: [each for each in found[row.pk] if _can_voice_accompany_record(each, row)] for row in observations}


def _can_voice_accompany_record(observation_voice: Voice, record: Record) -> bool:
    if observation_voice.item_id == record.pk:
        return True
    is_as_open = observation_voice.item.label in (Label.CLEAR, record.label) and record.label not in NAMED_READER_LABELS
    return is_as_open and observation_voice.item.state == State.PUBLISHED


def format_voice_speaker(observation_voice: Voice) -> str:
    """The organisation; a person on their own is named to nobody."""
    return observation_voice.capacity.name if observation_voice.organisation_id else _("A member")


def describe_observation_voice(observation_voice: Voice) -> str:
    if observation_voice.says == Voice.Says.DIFFERS:
        return _("%(who)s sees it differently") % {"who": format_voice_speaker(observation_voice)}
    if observation_voice.says == Voice.Says.ADDS:
        return _("%(who)s adds to this") % {"who": format_voice_speaker(observation_voice)}
    return _("%(who)s confirms this") % {"who": format_voice_speaker(observation_voice)}


def load_voice_responses(observations: Sequence[Record]) -> dict[int, list[ResponseText]]:
    """For files of the library: whoever may read an observation may read what others say to it."""
    return {
        pk: [ResponseText(describe_observation_voice(voice), voice.words) for voice in voices]
        for pk, voices in load_current_voices(observations).items()
    }
