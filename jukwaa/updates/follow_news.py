"""Find the news about what a person follows, through their own read rule, at the time of sending."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.places.countries import get_regional_group
from jukwaa.records.kinds import list_kinds_without_news
from jukwaa.records.meeting_days import annotate_meeting_day
from jukwaa.records.models import NEWEST_RECORD_FIRST, Comment, Record, RecordQuerySet, State, Version
from jukwaa.search.saved_search_news import find_results_published_since
from jukwaa.updates.models import Follow, Letter, Seen
from jukwaa.updates.models.following import FOLLOW_TARGET_FIELDS

MAX_NEWS_RECORDS = (
    1_000  # of what is new in a coalition since the last time: whoever brings an archive fills no mailbox
)


@dataclass(frozen=True)
class NewsTimeSpan:
    """After one time, and up to another."""

    since: datetime
    until: datetime

    def q(self, column_name: str) -> Q:
        return Q(**{f"{column_name}__gt": self.since, f"{column_name}__lte": self.until})


@dataclass(frozen=True)
class NewsLine:
    """A record with what happened to it; nothing is said of one that is new."""

    record: Record
    happened: str = ""


@dataclass(frozen=True)
class NewsGroup:
    followed: Follow
    lines: list[NewsLine]


def find_followed_news(person: Person, coalition: Coalition, time_span: NewsTimeSpan) -> list[NewsGroup]:
    """By what is followed, the closest first. A record stands where it is found first, and nowhere else."""
    follows = sorted(find_person_follows(person, coalition), key=lambda follow: FOLLOW_TARGET_FIELDS.index(follow.what))
    new = list(_find_new_records(person, coalition, time_span)[:MAX_NEWS_RECORDS]) if follows else []
    known = {line.record.pk: line for line in _find_changed_records(person, coalition, time_span)} if follows else {}
    groups, named = [], set[int]()
    for follow in follows:
        fits = _build_follow_matcher(follow, person)
        lines = [NewsLine(record) for record in new if was_published_after(record, follow.since) and fits(record)]
        lines += [known[follow.record_id]] if follow.record_id in known else []
        lines = [line for line in lines if line.record.pk not in named]
        named |= {line.record.pk for line in lines}
        if lines:
            groups.append(NewsGroup(follow, lines))
    return groups


def was_published_after(record: Record, published_after: datetime) -> bool:
    return record.published_at is not None and record.published_at > published_after


def find_person_follows(person: Person, coalition: Coalition) -> QuerySet[Follow]:
    follows = Follow.objects.filter(person=person, coalition=coalition)
    return follows.select_related("area", "organisation", "search").order_by("pk")


def _filter_readable_records(person: Person, coalition: Coalition) -> RecordQuerySet[Record]:
    """What may stand in a mail to this person."""
    readable = Record.objects.visible_to(person).of(coalition)
    return readable.filter(state=State.PUBLISHED, label__in=LABELS_READABLE_BY_EMAIL)


def _find_new_records(person: Person, coalition: Coalition, time_span: NewsTimeSpan) -> RecordQuerySet[Record]:
    """Published in this span by others, and named in no mail to this person yet."""
    letters = Letter.objects.filter(person=person)
    told = letters.filter(record=OuterRef("pk"))
    named = Letter.names.through.objects.filter(letter__person=person, record=OuterRef("pk"))
    new = _filter_readable_records(person, coalition).filter(time_span.q("published_at"), ~Exists(told), ~Exists(named))
    new = new.exclude(authorships__person=person).order_by(*NEWEST_RECORD_FIRST)
    return new.prefetch_related("areas", "authorships__capacity")


def _find_changed_records(person: Person, coalition: Coalition, time_span: NewsTimeSpan) -> Iterable[NewsLine]:
    """Records that this person follows and that others changed, or talked about where no mail told of it."""
    of_record = {"record": OuterRef("pk")}
    changes = Version.objects.filter(time_span.q("at"), number__gt=1, **of_record).exclude(author=person)
    comments = Comment.objects.filter(time_span.q("at"), hidden_at=None, **of_record).readable_by(person)
    comments = comments.exclude(author=person)
    told = Letter.objects.filter(person=person, message__created_at__gt=time_span.since, **of_record)
    followed = _filter_readable_records(person, coalition).filter(
        Exists(Follow.objects.filter(person=person, **of_record))
    )
    followed = followed.filter(published_at__lte=time_span.since)
    moved_on = followed.annotate(has_changed=Exists(changes), was_talked_about=Exists(comments) & ~Exists(told))
    for record in moved_on.filter(Q(has_changed=True) | Q(was_talked_about=True)).order_by("pk"):
        yield NewsLine(record, _("changed") if record.has_changed else _("new comments"))


def _build_follow_matcher(follow: Follow, person: Person) -> Callable[[Record], bool]:
    """Whether a new record is what this person follows."""
    if follow.kind:
        return lambda record: record.kind == follow.kind
    if follow.record_id:
        return lambda record: record.pk == follow.record_id
    if follow.search is not None:
        found = {record.pk for record in find_results_published_since(follow.search, person, follow.since)}
        return lambda record: record.pk in found
    by: Callable[[Record], bool] = {
        "region": _build_region_matcher,
        "area": _build_area_matcher,
        "organisation": _build_organisation_matcher,
    }[follow.what](follow)
    return lambda record: record.kind_info.is_news and by(record)


def _build_region_matcher(follow: Follow) -> Callable[[Record], bool]:
    return lambda record: any(get_regional_group(code) == follow.region for code in record.countries)


def _build_area_matcher(follow: Follow) -> Callable[[Record], bool]:
    return lambda record: any(area.pk == follow.area_id for area in record.areas.all())


def _build_organisation_matcher(follow: Follow) -> Callable[[Record], bool]:
    def is_shared_by_organisation(record: Record) -> bool:
        capacities = [authorship.capacity for authorship in record.authorships.all()]
        return any(each is not None and each.organisation_id == follow.organisation_id for each in capacities)

    return is_shared_by_organisation


class FollowingContext:
    """For pages: what their reader follows in a coalition, asked once and only by a page that has a button for it."""

    def __init__(self, viewer: Viewer, coalition: Coalition) -> None:
        self.viewer, self.coalition = viewer, coalition

    @cached_property
    def keys(self) -> set[str]:
        """Of each thing its sort and its number or name, as `record:12`."""
        if not self.viewer.is_authenticated:
            return set()
        follows = Follow.objects.filter(person=self.viewer, coalition=self.coalition)
        return {f"{follow.what}:{follow.value}" for follow in follows}


DEFAULT_NEWS_SPAN = timedelta(days=7)  # what is new to somebody who never said what they have seen


def get_news_seen_until(person: Person, coalition: Coalition) -> tuple[datetime, bool]:
    """Up to when a person has seen what is new, and whether they said so themselves."""
    seen = Seen.objects.filter(person=person, coalition=coalition).first()
    return (seen.until, True) if seen else (timezone.now() - DEFAULT_NEWS_SPAN, False)


def find_records_published_since(person: Person, coalition: Coalition, since: datetime) -> RecordQuerySet[Record]:
    """Everything that this person may read and that was published after this time."""
    visible = Record.objects.visible_to(person).of(coalition)
    news = visible.published().filter(published_at__gt=since).exclude(kind__in=list_kinds_without_news())
    return annotate_meeting_day(news)
