"""One neutral tree, and four ways to hand it to people. What people wrote is data in all of them, never markup."""

from jukwaa.core.documents.outgoing.html import to_html
from jukwaa.core.documents.outgoing.pdf import NotTypesetError, Typeset, to_pdf
from jukwaa.core.documents.outgoing.text import to_text
from jukwaa.core.documents.outgoing.tree import (
    Block,
    Bullets,
    Document,
    Heading,
    Inline,
    Numbered,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
    plain,
)

__all__ = [
    "Block",
    "Bullets",
    "Document",
    "Heading",
    "Inline",
    "NotTypesetError",
    "Numbered",
    "PageBreak",
    "Paragraph",
    "Quote",
    "Run",
    "Table",
    "Typeset",
    "plain",
    "to_docx",
    "to_html",
    "to_pdf",
    "to_text",
]


def to_docx(document: Document) -> bytes:
    """The document as a Word file, the same bytes for the same document."""
    from jukwaa.core.documents.outgoing import word  # noqa: PLC0415 - python-docx takes 6 MB, and few processes need it

    return word.to_docx(document)
