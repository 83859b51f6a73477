"""Atom feeds (RFC 4287) of the lists of a coalition, and of searches.

What was published waits as mail does (`updates/waiting.py`): a feed reader keeps its copy, whatever is withdrawn later.
Above TLP:GREEN nothing stands in any of them, since most feed readers are somebody else's servers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.xmlutils import SimplerXMLGenerator

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.library.schema import kinds
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.meetings.models import BINDING_ENTRY_KINDS, EntryKind
from jukwaa.records import index
from jukwaa.records.kinds import list_kinds_without_news
from jukwaa.records.models import Record, RecordQuerySet, Version
from jukwaa.search.search_requests import load_areas_of_work, parse_search_request
from jukwaa.updates.email_links import build_absolute_url
from jukwaa.updates.publication_delay import WAITING_PERIOD, get_publication_delay_cutoff

MAX_FEED_ENTRIES = 50
INVALID_XML_CHARACTER_PATTERN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class FeedList:
    """A list that has a feed: its name for people, and the page that it is the feed of."""

    title: str | Promise
    url_name: str


FEED_LISTS: Mapping[str, FeedList] = {
    "everything": FeedList(gettext_lazy("All new records"), "home:front"),
    "library": FeedList(gettext_lazy("Library"), "library:item_list"),
    "meetings": FeedList(gettext_lazy("Meetings"), "meetings:meeting_list"),
    "agreed": FeedList(gettext_lazy("Decisions and commitments"), "meetings:agreed"),
    "decisions": FeedList(gettext_lazy("Register of decisions"), "meetings:decision_list"),
    "documents": FeedList(gettext_lazy("Documents"), "records:document_list"),
}
SEARCH_FEED_NAME = "search"


@dataclass(frozen=True, kw_only=True)
class RecordFeed:
    """One feed: whose list it is, what of it, and by which address it was asked for."""

    coalition: Coalition
    name: str
    title: str
    query: str  # what the address of the page has beside its path, normalised
    page: str
    own: bool = False  # of somebody with a secret address

    @property
    def identity(self) -> str:
        whose = "own-feed" if self.own else "feed"
        return build_tag_uri(self.coalition.created_at, f"{whose}/{self.coalition.pk}/{self.name}?{self.query}")


class CoalitionAtomFeed(Atom1Feed):
    """With the language of each entry, and with categories that have a name for people."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": item["description"] or None})
        for term, label in item["terms"]:
            handler.addQuickElement("category", "", {"term": term, "label": label})

    def latest_post_date(self) -> datetime:
        """Of an empty feed, a time that stays the same: it has not changed each time somebody asks."""
        latest: datetime = super().latest_post_date() if self.items else self.feed["since"]
        return latest


def build_tag_uri(published_at: datetime, tag_subject: str) -> str:
    """An identity that stays when addresses change (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{published_at:%Y-%m-%d}:{tag_subject}"


def render_feed(
    feed_name: str, coalition: Coalition, viewer: Viewer, query_data: QueryDict, path: str, *, is_own_feed: bool
) -> bytes:
    """In the language of the coalition: what stands in a feed must not change with who asks. Raises Http404."""
    with translation.override(coalition.language):
        feed, records = _get_feed_and_records(feed_name, coalition, viewer, query_data, is_own_feed=is_own_feed)
        atom = CoalitionAtomFeed(
            title=_remove_invalid_characters(
                _("%(coalition)s: %(list)s") % {"coalition": coalition.name, "list": feed.title}
            ),
            link=build_absolute_url(feed.page),
            description="",
            subtitle=_("New records appear in this feed 30 minutes after they are published."),
            language=coalition.language,
            author_name=_remove_invalid_characters(coalition.name),
            feed_url=build_absolute_url(f"{path}?{feed.query}" if feed.query else path),
            feed_guid=feed.identity,
            since=coalition.created_at,
        )
        for record in records:
            record.coalition = coalition
            _add_feed_entry(atom, record)
        return atom.writeString("utf-8").encode()


def _get_feed_and_records(
    feed_name: str, coalition: Coalition, viewer: Viewer, query_data: QueryDict, *, is_own_feed: bool
) -> tuple[RecordFeed, list[Record]]:
    if feed_name == SEARCH_FEED_NAME:
        return _get_search_feed(coalition, viewer, query_data, is_own_feed=is_own_feed)
    if feed_name not in FEED_LISTS:
        raise Http404
    kind = query_data.get("kind", "") if feed_name == "library" else ""
    title, wanted = str(FEED_LISTS[feed_name].title), _build_feed_filter(feed_name)
    if kind:
        title, wanted = _get_kind_filter(kind)
    page = reverse(FEED_LISTS[feed_name].url_name, args=[coalition.slug])
    query = urlencode({"kind": kind}) if kind else ""
    page = f"{page}?{query}" if query else page
    records = find_records_ready_for_feed(coalition, viewer).filter(wanted)
    return RecordFeed(coalition=coalition, name=feed_name, title=title, query=query, page=page, own=is_own_feed), list(
        records[:MAX_FEED_ENTRIES]
    )


def _build_feed_filter(feed_name: str) -> Q:
    return {
        "everything": ~Q(kind__in=list_kinds_without_news()),
        "library": Q(kind__in=[kind.name for kind in kinds()]),
        "meetings": Q(kind="meeting"),
        "agreed": Q(kind__in=BINDING_ENTRY_KINDS),
        "decisions": Q(kind=EntryKind.DECISION),
        "documents": Q(kind="document"),
    }[feed_name]


def _get_kind_filter(feed_name: str) -> tuple[str, Q]:
    kind = next((kind for kind in kinds() if kind.name == feed_name), None)
    if kind is None:
        raise Http404
    return str(kind.label), Q(kind=feed_name)


def _get_search_feed(
    coalition: Coalition, viewer: Viewer, query_data: QueryDict, *, is_own_feed: bool
) -> tuple[RecordFeed, list[Record]]:
    """All words must be found. Asked twice: the index says which, the record says what of it may stand in a feed."""
    sought = parse_search_request(query_data, load_areas_of_work(coalition))
    if not sought.query:
        raise Http404
    found = index.find_matching_records(
        coalition, viewer, sought.query, filters=sought.filters, max_results=MAX_FEED_ENTRIES * 2
    )
    records = find_records_ready_for_feed(coalition, viewer).filter(pk__in=[record.pk for record in found])
    page = f"{reverse('search:search', args=[coalition.slug])}?{sought.address}"
    title = _("Search: %(words)s") % {"words": sought.query}
    feed = RecordFeed(
        coalition=coalition, name=SEARCH_FEED_NAME, title=title, query=sought.address, page=page, own=is_own_feed
    )
    return feed, list(records[:MAX_FEED_ENTRIES])


@dataclass(frozen=True)
class RecordsWaitingForFeed:
    """What was published so recently that it is in no feed yet."""

    count: int
    shown_by: datetime | None  # when the last of them will be in the feeds


def count_waiting_records(coalition: Coalition, viewer: Viewer) -> RecordsWaitingForFeed:
    waiting = _find_feed_records(coalition, viewer).filter(published_at__gt=get_publication_delay_cutoff())
    found = waiting.filter(_build_feed_filter("everything")).aggregate(count=Count("pk"), last=Max("published_at"))
    return RecordsWaitingForFeed(found["count"], found["last"] + WAITING_PERIOD if found["last"] else None)


def _find_feed_records(coalition: Coalition, viewer: Viewer) -> RecordQuerySet[Any]:
    return Record.objects.visible_to(viewer).of(coalition).published().filter(label__in=LABELS_READABLE_BY_EMAIL)


def find_records_ready_for_feed(coalition: Coalition, viewer: Viewer) -> RecordQuerySet[Any]:
    """What may stand in a feed for this viewer, the newest first."""
    stands = Version.objects.filter(record=OuterRef("pk"), number=OuterRef("version")).values("at")[:1]
    open_ones = _find_feed_records(coalition, viewer).filter(published_at__lte=get_publication_delay_cutoff())
    return open_ones.annotate(changed_at=Subquery(stands)).prefetch_related("areas", "authorships__capacity")


def _add_feed_entry(atom_feed: CoalitionAtomFeed, record: Record) -> None:
    published = record.published_at
    changed = max(filter(None, (published, getattr(record, "changed_at", None))))
    areas = [
        (_remove_invalid_characters(area.name), _remove_invalid_characters(area.name)) for area in record.areas.all()
    ]
    atom_feed.add_item(
        title=_remove_invalid_characters(record.title),
        link=build_absolute_url(record.get_absolute_url()),
        description=escape(
            _remove_invalid_characters("\n".join(filter(None, [record.summary, _describe_item_issue(record)])))
        ),
        author_name=_remove_invalid_characters(record.issuer or _get_organisation_names(record)) or None,
        pubdate=published,
        updateddate=changed,
        unique_id=build_tag_uri(record.created_at, f"record/{record.pk}"),
        language=record.language,
        terms=[(record.kind, str(record.kind_info.label)), *areas],
    )


def _describe_item_issue(record: Record) -> str:
    """Say of what was issued elsewhere by whom and when. The dates of an entry are those of its publication here."""
    if not record.is_issued:
        return ""
    issuer = record.issuer or _("issuer not known")
    shared_by = _get_organisation_names(record)
    facts = [_("Issued: %(date)s, %(name)s.") % {"date": record.issue_date, "name": issuer}]
    return " ".join([*facts, *([_("Shared by %(name)s.") % {"name": shared_by}] if shared_by else [])])


def _get_organisation_names(record: Record) -> str:
    """For whom it was shared. Persons are not named in what goes out to other people's servers."""
    capacities = [authorship.capacity for authorship in record.authorships.all()]
    return ", ".join(dict.fromkeys(each.name for each in capacities if each and each.organisation_id))


def _remove_invalid_characters(text: str) -> str:
    """Without what XML can't hold."""
    return INVALID_XML_CHARACTER_PATTERN.sub("", text)
