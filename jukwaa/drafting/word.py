"""Texts as Word documents: the draft of a consultation, to be sent back, and what two revisions differ in."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.core.dates import written
from jukwaa.core.documents.outgoing import (
    Block,
    By,
    Document,
    PageBreak,
    Paragraph,
    Piece,
    State,
    to_marked_docx,
    to_tracked_docx,
)
from jukwaa.core.documents.outgoing.pieces import TABLE
from jukwaa.drafting import comparing
from jukwaa.drafting.comparing import Row
from jukwaa.drafting.models import Consultation, Placement, Revision, Text
from jukwaa.drafting.models.texts import content_of
from jukwaa.drafting.resting import shown_at
from jukwaa.places.languages import direction

MARK = "_jukwaa_"  # how the name of each bookmark of ours begins; Word keeps such names out of its lists
CLAUSE = "c"  # then, before its number, a clause
FRONT = "f"  # or a paragraph of the page before the text


def marks_of(consultation: Consultation) -> dict[str, str]:
    """What a file says of itself, so that it is known again. The digest tells it from one of another place."""
    return {
        "jukwaa-consultation": str(consultation.pk),
        "jukwaa-revision": str(consultation.revision.number),
        "jukwaa-digest": digest_of_revision(consultation.revision),
    }


def digest_of_revision(revision: Revision) -> str:
    content = content_of(list(Placement.objects.at(revision.text, revision.step)))
    return hashlib.blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()


def consulted_docx(consultation: Consultation) -> bytes:
    """The revision that is asked about, each clause under its mark, behind a page on how to send it back."""
    text, revision = consultation.text, consultation.revision
    pieces = [
        Piece(f"[{p.clause.number}]", state, state, mark=f"{MARK}{CLAUSE}{p.clause.number}")
        for p in shown_at(text, revision)
        for state in [State(p.kind, p.level, p.wording.body)]
    ]
    document = _document(text, _name(revision), [*_how_to_return(consultation), PageBreak()])
    return to_marked_docx(document, pieces, properties=marks_of(consultation), front=f"{MARK}{FRONT}")


def compared_docx(text: Text, earlier: Revision, later: Revision) -> bytes:
    """What was changed from one revision to another, as tracked changes."""
    before, after = _clauses(text, earlier), _clauses(text, later)
    subtitle = _("Changes from %(earlier)s to %(later)s") % {"earlier": _name(earlier), "later": _name(later)}
    by = By(_name(later), later.at.strftime("%Y-%m-%dT00:00:00Z"))
    return to_tracked_docx(_document(text, subtitle, []), pieces_of(comparing.compare(before, after)), by)


def pieces_of(rows: Iterable[Row]) -> Iterator[Piece]:
    """The clauses of both revisions, in reading order; one that moved stands in both its places."""
    for row in rows:
        label = f"[{row.number}]"
        before, after = _state(row.before), _state(row.after)
        is_move = row.fate in {"away", "moved"} and before == after and before is not None and before.kind != TABLE
        yield Piece(
            label,
            None if row.fate == "moved" else before,
            None if row.fate == "away" else after,
            move=f"move{row.number}" if is_move else "",
        )


def _state(clause: comparing.Piece | None) -> State | None:
    return State(clause.kind, clause.level, clause.body) if clause else None


def _clauses(text: Text, revision: Revision) -> list[comparing.Piece]:
    standing = shown_at(text, revision)
    return [comparing.Piece(p.clause.number, p.wording.body, p.kind, p.level) for p in standing]


def name_of_file(text: Text, *words: str) -> str:
    return f"{', '.join([text.title[:120], *words])}.docx"


def _document(text: Text, subtitle: str, blocks: Sequence[Block]) -> Document:
    language = text.language or "en"
    return Document(
        title=text.title,
        blocks=blocks,
        language=language,
        direction=direction(language),
        label=text.label,
        subtitle=subtitle,
        masthead=text.coalition.name,
    )


def _how_to_return(consultation: Consultation) -> list[Block]:
    """Three sentences, in the language of the text where this place speaks it, else in the reader's."""
    text = consultation.text
    spoken = {code for code, _said in settings.LANGUAGES}
    with translation.override(text.language if text.language in spoken else get_language()):
        path = reverse("drafting:returned_new", args=[text.coalition.slug, text.pk, consultation.pk])
        return [
            Paragraph(_("Edit the text or add comments. Do not change the numbers in brackets.")),
            Paragraph(
                _(
                    "Each change and each comment will become an input on its clause. The names that Word "
                    "saves with them will be removed unless you choose to keep them."
                )
            ),
            Paragraph(
                _(
                    "Return the file by %(day)s on this page. You can check your inputs there before they "
                    "are added: %(page)s"
                )
                % {
                    "day": written(consultation.closes_at.date()),
                    "page": f"{settings.SITE_URL}{path}",
                }
            ),
        ]


def _name(revision: Revision) -> str:
    return revision.name or _("Revision %(number)s") % {"number": revision.number}
