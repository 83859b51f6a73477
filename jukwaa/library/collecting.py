"""What a collection holds for whoever opens it, and the document that it is printed as."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.documents.outgoing import Block, Document, Heading, Inline, Numbered, PageBreak, Run
from jukwaa.core.documents.outgoing.prose import prose_blocks
from jukwaa.core.keyset import Page, Place, page_at
from jukwaa.core.lists import in_a_row
from jukwaa.library.models import Collection, CollectionEntry
from jukwaa.library.told import (
    Told,
    address_of,
    fact_bullets,
    organisations_of,
    strictest,
    terms_runs,
    text_blocks,
    told,
)
from jukwaa.places.languages import direction
from jukwaa.records.models import NEWEST_FIRST, Record, State


def collections(viewer: Viewer, coalition: Coalition, place: Place) -> Page[Collection]:
    """What is published, the newest first."""
    listed = Collection.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
    return page_at(listed.prefetch_related("authorships__capacity"), NEWEST_FIRST, place)


def own_collections(viewer: Viewer, coalition: Coalition) -> list[Collection]:
    """What this person made, whatever became of it, but for what was withdrawn."""
    own = Collection.objects.visible_to(viewer).of(coalition).filter(authorships__person=viewer.pk)
    standing = own.exclude(state__in=[State.WITHDRAWN, State.HELD]).prefetch_related("authorships__capacity")
    return list(standing.order_by("-created_at", "-pk"))


def entries_of(collection: Collection, viewer: Viewer) -> list[CollectionEntry]:
    """Those whose record is published, and may be read by this viewer, in their order."""
    readable = Record.objects.visible_to(viewer).filter(state=State.PUBLISHED, coalition=collection.coalition_id)
    entries = CollectionEntry.objects.filter(readable.exists_for("record"), collection=collection.pk)
    rows = list(entries.select_related("record"))
    for row in rows:
        row.record.coalition = collection.coalition
    return rows


def left_out(collection: Collection, shown: int) -> int:
    """How many of its records the viewer doesn't find in it. For those who edit it."""
    return CollectionEntry.objects.filter(collection=collection.pk).count() - shown


def records_in(collection: Collection, viewer: Viewer) -> list[Told]:
    return told([entry.record for entry in entries_of(collection, viewer)], viewer)


def document_of(collection: Collection, chosen: list[Told]) -> Document:
    """The whole of it to read or to print, in its own language, under the strictest label of what stands in it."""
    with translation.override(collection.language):
        meta: list[tuple[str, Inline]] = [
            (_("Compiled by"), in_a_row(organisations_of(collection), ";")),
            (_("Address"), [Run(address_of(collection), link=address_of(collection))]),
        ]
        return Document(
            title=collection.title,
            subtitle=collection.summary,
            blocks=list(_blocks(collection, chosen)),
            language=collection.language,
            direction=direction(collection.language),
            label=strictest([collection, *(each.record for each in chosen)]),
            meta=[(term, value) for term, value in meta if value],
            masthead=_masthead(collection),
            masthead_note=collection.coalition.forum,
        )


def _masthead(collection: Collection) -> str:
    name = collection.coalition.name
    if collection.state == State.PUBLISHED:
        return name
    return _("Draft of a collection, not published: %(coalition)s") % {"coalition": name}


def _blocks(collection: Collection, chosen: list[Told]) -> Iterator[Block]:
    if collection.introduction:
        yield Heading(1, _("Introduction"))
        yield from prose_blocks(collection.introduction)
    if not chosen:
        return
    yield Heading(1, _("Contents"))
    yield Numbered([[Run(each.record.title, language=each.record.language)] for each in chosen])
    for each in chosen:
        yield Heading(1, each.record.title)
        yield fact_bullets(each.record)
        yield from text_blocks(each, collection.language)
    yield PageBreak()
    yield Heading(1, _("Sources and licences"))
    yield Numbered([terms_runs(each) for each in chosen])


def file_name(collection: Collection, ending: str) -> str:
    return f"{collection.title}.{ending}"
