"""One neutral tree, and six ways to hand it to people. What people wrote is data in all of them, never markup."""

from collections.abc import Iterable, Mapping

from jukwaa.core.documents.outgoing.document_tree import (
    Block,
    BulletList,
    Document,
    DocumentQuote,
    DocumentTable,
    Heading,
    Inline,
    InlineRun,
    NumberedList,
    PageBreak,
    Paragraph,
    get_plain_text,
)
from jukwaa.core.documents.outgoing.html import to_html
from jukwaa.core.documents.outgoing.markdown import to_markdown
from jukwaa.core.documents.outgoing.pdf import TypesetPdf, TypesettingError, to_pdf
from jukwaa.core.documents.outgoing.pieces import ChangeAuthor, ChangedPiece, PieceState
from jukwaa.core.documents.outgoing.text import to_text


def to_docx(document: Document) -> bytes:
    """The document as a Word file, the same bytes for the same document."""
    from jukwaa.core.documents.outgoing import word  # noqa: PLC0415 - python-docx takes 6 MB, and few processes need it

    return word.to_docx(document)


def to_epub(document: Document) -> bytes:
    """The document as an EPUB, the same bytes for the same document."""
    from jukwaa.core.documents.outgoing import epub  # noqa: PLC0415 - lxml, for few processes

    return epub.to_epub(document)


def to_marked_docx(
    document: Document,
    changed_pieces: Iterable[ChangedPiece],
    *,
    document_properties: Mapping[str, str],
    front_matter: str,
) -> bytes:
    """A Word file whose pieces are found again when it comes back: `front_matter` begins the marks of what precedes."""
    from jukwaa.core.documents.outgoing import tracked_changes  # noqa: PLC0415 - as above

    return tracked_changes.to_marked_docx(
        document, changed_pieces, document_properties=document_properties, front_matter=front_matter
    )


def to_tracked_docx(document: Document, changed_pieces: Iterable[ChangedPiece], change_author: ChangeAuthor) -> bytes:
    """A Word file with tracked changes."""
    from jukwaa.core.documents.outgoing import tracked_changes  # noqa: PLC0415 - as above

    return tracked_changes.to_tracked_docx(document, changed_pieces, change_author)
