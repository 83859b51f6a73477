"""What a collection holds for whoever opens it, and the document that it is printed as."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.documents.outgoing import Block, Document, Heading, Inline, InlineRun, NumberedList, PageBreak
from jukwaa.core.documents.outgoing.prose import build_prose_blocks
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.library.exported_records import (
    ExportedRecord,
    build_fact_bullets,
    build_record_url,
    build_source_and_licence_runs,
    build_text_blocks,
    get_sharing_organisation_names,
    get_strictest_label,
    load_exported_records,
)
from jukwaa.library.models import Collection, CollectionEntry
from jukwaa.places.languages import get_text_direction
from jukwaa.records.models import NEWEST_RECORD_FIRST, Record, State


def list_published_collections(viewer: Viewer, coalition: Coalition, page_cursor: PageCursor) -> KeysetPage[Collection]:
    """What is published, the newest first."""
    listed = Collection.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
    return get_page(listed.prefetch_related("authorships__capacity"), NEWEST_RECORD_FIRST, page_cursor)


def load_own_collections(viewer: Viewer, coalition: Coalition) -> list[Collection]:
    """What this person made, whatever became of it, but for what was withdrawn."""
    own = Collection.objects.visible_to(viewer).of(coalition).filter(authorships__person=viewer.pk)
    standing = own.exclude(state__in=[State.WITHDRAWN, State.HELD]).prefetch_related("authorships__capacity")
    return list(standing.order_by("-created_at", "-pk"))


def load_readable_entries(collection: Collection, viewer: Viewer) -> list[CollectionEntry]:
    """Those whose record is published, and may be read by this viewer, in their order."""
    readable = Record.objects.visible_to(viewer).filter(state=State.PUBLISHED, coalition=collection.coalition_id)
    entries = CollectionEntry.objects.filter(readable.exists_for("record"), collection=collection.pk)
    rows = list(entries.select_related("record"))
    for row in rows:
        row.record.coalition = collection.coalition
    return rows


def count_unreadable_entries(collection: Collection, shown_count: int) -> int:
    """How many of its records the viewer doesn't find in it. For those who edit it."""
    return CollectionEntry.objects.filter(collection=collection.pk).count() - shown_count


def load_collection_records(collection: Collection, viewer: Viewer) -> list[ExportedRecord]:
    return load_exported_records([entry.record for entry in load_readable_entries(collection, viewer)], viewer)


def build_collection_document(collection: Collection, exported_records: list[ExportedRecord]) -> Document:
    """The whole of it to read or to print, in its own language, under the strictest label of what stands in it."""
    with translation.override(collection.language):
        meta: list[tuple[str, Inline]] = [
            (_("Compiled by"), join_with_separator(get_sharing_organisation_names(collection), ";")),
            (_("Address"), [InlineRun(build_record_url(collection), link=build_record_url(collection))]),
        ]
        return Document(
            title=collection.title,
            subtitle=collection.summary,
            blocks=list(_build_collection_blocks(collection, exported_records)),
            language=collection.language,
            direction=get_text_direction(collection.language),
            label=get_strictest_label([collection, *(each.record for each in exported_records)]),
            meta=[(term, value) for term, value in meta if value],
            masthead=_format_collection_masthead(collection),
            masthead_note=collection.coalition.forum,
        )


def _format_collection_masthead(collection: Collection) -> str:
    name = collection.coalition.name
    if collection.state == State.PUBLISHED:
        return name
    return _("Draft of a collection, not published: %(coalition)s") % {"coalition": name}


def _build_collection_blocks(collection: Collection, exported_records: list[ExportedRecord]) -> Iterator[Block]:
    if collection.introduction:
        yield Heading(1, pgettext("of a collection", "Introduction"))
        yield from build_prose_blocks(collection.introduction)
    if not exported_records:
        return
    yield Heading(1, _("Contents"))
    yield NumberedList([[InlineRun(each.record.title, language=each.record.language)] for each in exported_records])
    for each in exported_records:
        yield Heading(1, each.record.title)
        yield build_fact_bullets(each.record)
        yield from build_text_blocks(each, collection.language)
    yield PageBreak()
    yield Heading(1, _("Sources and licences"))
    yield NumberedList([build_source_and_licence_runs(each) for each in exported_records])
