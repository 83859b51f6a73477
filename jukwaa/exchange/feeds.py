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
from django.db.models import OuterRef, Q, Subquery
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
from jukwaa.mail.headers import OPEN_LABELS
from jukwaa.meetings.models import BINDING, EntryKind
from jukwaa.records import index
from jukwaa.records.kinds import kinds_without_news
from jukwaa.records.models import Record, RecordQuerySet, Version
from jukwaa.search.narrowing import areas_of, narrowing
from jukwaa.updates.tokens import absolute
from jukwaa.updates.waiting import settled_until

SIZE = 50
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Listed:
    """A list that has a feed: its name for people, and the page that it is the feed of."""

    title: str | Promise
    url_name: str


LISTS: Mapping[str, Listed] = {
    "everything": Listed(gettext_lazy("All new records"), "home:front"),
    "library": Listed(gettext_lazy("Library"), "library:item_list"),
    "meetings": Listed(gettext_lazy("Meetings"), "meetings:meeting_list"),
    "agreed": Listed(gettext_lazy("Decisions and commitments"), "meetings:agreed"),
    "decisions": Listed(gettext_lazy("Register of decisions"), "meetings:decision_list"),
    "documents": Listed(gettext_lazy("Documents"), "records:document_list"),
}
SEARCH = "search"


@dataclass(frozen=True, kw_only=True)
class Feed:
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
        return tag(self.coalition.created_at, f"{whose}/{self.coalition.pk}/{self.name}?{self.query}")


class Atom(Atom1Feed):
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


def tag(day: datetime, of: str) -> str:
    """An identity that stays when addresses change (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{day:%Y-%m-%d}:{of}"


def write_feed(name: str, coalition: Coalition, viewer: Viewer, asked: QueryDict, path: str, *, own: bool) -> bytes:
    """In the language of the coalition: what stands in a feed must not change with who asks. Raises Http404."""
    with translation.override(coalition.language):
        feed, records = _found(name, coalition, viewer, asked, own=own)
        atom = Atom(
            title=_clean(_("%(coalition)s: %(list)s") % {"coalition": coalition.name, "list": feed.title}),
            link=absolute(feed.page),
            description="",
            language=coalition.language,
            author_name=_clean(coalition.name),
            feed_url=absolute(f"{path}?{feed.query}" if feed.query else path),
            feed_guid=feed.identity,
            since=coalition.created_at,
        )
        for record in records:
            record.coalition = coalition
            _add(atom, record)
        return atom.writeString("utf-8").encode()


def _found(
    name: str, coalition: Coalition, viewer: Viewer, asked: QueryDict, *, own: bool
) -> tuple[Feed, list[Record]]:
    if name == SEARCH:
        return _searched(coalition, viewer, asked, own=own)
    if name not in LISTS:
        raise Http404
    kind = asked.get("kind", "") if name == "library" else ""
    title, wanted = str(LISTS[name].title), _of_list(name)
    if kind:
        title, wanted = _of_kind(kind)
    page = reverse(LISTS[name].url_name, args=[coalition.slug])
    query = urlencode({"kind": kind}) if kind else ""
    page = f"{page}?{query}" if query else page
    records = settled(coalition, viewer).filter(wanted)
    return Feed(coalition=coalition, name=name, title=title, query=query, page=page, own=own), list(records[:SIZE])


def _of_list(name: str) -> Q:
    return {
        "everything": ~Q(kind__in=kinds_without_news()),
        "library": Q(kind__in=[kind.name for kind in kinds()]),
        "meetings": Q(kind="meeting"),
        "agreed": Q(kind__in=BINDING),
        "decisions": Q(kind=EntryKind.DECISION),
        "documents": Q(kind="document"),
    }[name]


def _of_kind(name: str) -> tuple[str, Q]:
    kind = next((kind for kind in kinds() if kind.name == name), None)
    if kind is None:
        raise Http404
    return str(kind.label), Q(kind=name)


def _searched(coalition: Coalition, viewer: Viewer, asked: QueryDict, *, own: bool) -> tuple[Feed, list[Record]]:
    """All words must be found. Asked twice: the index says which, the record says what of it may stand in a feed."""
    sought = narrowing(asked, areas_of(coalition))
    if not sought.query:
        raise Http404
    found = index.matching(coalition, viewer, sought.query, filters=sought.filters, most=SIZE * 2)
    records = settled(coalition, viewer).filter(pk__in=[record.pk for record in found])
    page = f"{reverse('search:search', args=[coalition.slug])}?{sought.address}"
    title = _("Search: %(words)s") % {"words": sought.query}
    feed = Feed(coalition=coalition, name=SEARCH, title=title, query=sought.address, page=page, own=own)
    return feed, list(records[:SIZE])


def settled(coalition: Coalition, viewer: Viewer) -> RecordQuerySet[Any]:
    """What may stand in a feed for this viewer, the newest first."""
    stands = Version.objects.filter(record=OuterRef("pk"), number=OuterRef("version")).values("at")[:1]
    published = Record.objects.visible_to(viewer).of(coalition).published()
    open_ones = published.filter(label__in=OPEN_LABELS, published_at__lte=settled_until())
    return open_ones.annotate(changed_at=Subquery(stands)).prefetch_related("areas", "authorships__capacity")


def _add(atom: Atom, record: Record) -> None:
    published = record.published_at
    changed = max(filter(None, (published, getattr(record, "changed_at", None))))
    areas = [(_clean(area.name), _clean(area.name)) for area in record.areas.all()]
    atom.add_item(
        title=_clean(record.title),
        link=absolute(record.get_absolute_url()),
        description=escape(_clean(record.summary)),
        author_name=_clean(_organisations(record)) or None,
        pubdate=published,
        updateddate=changed,
        unique_id=tag(record.created_at, f"record/{record.pk}"),
        language=record.language,
        terms=[(record.kind, str(record.kind_info.label)), *areas],
    )


def _organisations(record: Record) -> str:
    """For whom it was shared. Persons are not named in what goes out to other people's servers."""
    capacities = [authorship.capacity for authorship in record.authorships.all()]
    return ", ".join(dict.fromkeys(each.name for each in capacities if each and each.organisation_id))


def _clean(text: str) -> str:
    """Without what XML can't hold."""
    return NOT_IN_XML.sub("", text)
