"""Sitemaps (https://www.sitemaps.org/protocol.html): the public pages of a coalition for search engines.

They list what the world may read, once it has waited as in feeds: search engines keep copies too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse

from jukwaa.coalitions.directory import get_visible_organisations
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.exchange.feeds import FEED_LISTS
from jukwaa.records.kinds import get_record_kind
from jukwaa.records.models import Label, Record, RecordQuerySet, Version
from jukwaa.updates.email_links import build_absolute_url
from jukwaa.updates.publication_delay import get_publication_delay_cutoff

MAX_SITEMAP_URLS = 20_000  # in one file; the protocol allows 50,000
SITEMAP_LIST_PAGES = (
    *dict.fromkeys(listed.url_name for listed in FEED_LISTS.values()),
    *("coalitions:directory", "coalitions:roles", "coalitions:contact", "events:calendar_list", "events:event_list"),
    *("drafting:text_list", "cooperation:overview", "library:collection_list"),
)


@dataclass(frozen=True)
class SitemapEntry:
    url: str
    changed_at: datetime | None = None


def count_sitemap_files(coalition: Coalition) -> int:
    """Return how many files a coalition needs. The first one has its lists and organisations too."""
    return max(-(-_find_public_records(coalition).count() // MAX_SITEMAP_URLS), 1)


def list_sitemap_entries(coalition: Coalition, page: int) -> list[SitemapEntry]:
    """Return the pages in one file of a coalition, numbered from 1."""
    entries = list(_build_list_page_entries(coalition)) if page == 1 else []
    return [*entries, *_build_record_entries(coalition, page)]


def _build_list_page_entries(coalition: Coalition) -> Iterator[SitemapEntry]:
    latest = _find_public_records(coalition).aggregate(latest=Max("published_at"))["latest"]
    yield SitemapEntry(build_absolute_url(coalition.get_absolute_url()), latest)
    names = (name for name in SITEMAP_LIST_PAGES if name != "home:front")
    yield from (SitemapEntry(build_absolute_url(reverse(name, args=[coalition.slug]))) for name in names)
    organisations = get_visible_organisations(Standing(AnonymousUser(), coalition)).filter(merged_into=None)
    for pk in organisations.order_by("pk").values_list("pk", flat=True):
        path = reverse_row_url("coalitions:organisation_detail", coalition.slug, pk)
        yield SitemapEntry(build_absolute_url(path))


def _build_record_entries(coalition: Coalition, page: int) -> Iterator[SitemapEntry]:
    stands = Version.objects.filter(record=OuterRef("pk"), number=OuterRef("version")).values("at")[:1]
    records = _find_public_records(coalition).annotate(changed_at=Subquery(stands)).order_by("pk")
    columns = records.values_list("kind", "pk", "published_at", "changed_at")
    for kind, pk, published_at, changed_at in columns[(page - 1) * MAX_SITEMAP_URLS : page * MAX_SITEMAP_URLS]:
        path = reverse_row_url(get_record_kind(kind).url_name, coalition.slug, pk)
        yield SitemapEntry(build_absolute_url(path), max(filter(None, (published_at, changed_at))))


def _find_public_records(coalition: Coalition) -> RecordQuerySet[Record]:
    public = Record.objects.visible_to(AnonymousUser()).of(coalition).filter(label=Label.CLEAR)
    return public.filter(published_at__lte=get_publication_delay_cutoff())
