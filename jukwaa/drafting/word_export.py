"""Texts as Word documents: the draft of a consultation, to be sent back, and what two revisions differ in."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.core.documents.outgoing import (
    Block,
    ChangeAuthor,
    ChangedPiece,
    Document,
    PageBreak,
    Paragraph,
    PieceState,
    to_marked_docx,
    to_tracked_docx,
)
from jukwaa.core.documents.outgoing.pieces import TABLE_KIND
from jukwaa.drafting import comparison
from jukwaa.drafting.closing_times import format_closing_time
from jukwaa.drafting.comparison import ComparisonRow
from jukwaa.drafting.models import Consultation, Placement, Revision, Text
from jukwaa.drafting.models.texts import serialize_text_placements
from jukwaa.drafting.unreadable_sources import get_visible_clauses
from jukwaa.places.languages import get_text_direction

BOOKMARK_PREFIX = "_jukwaa_"  # how the name of each bookmark of ours begins; Word keeps such names out of its lists
CLAUSE_BOOKMARK_PREFIX = "c"  # then, before its number, a clause
FRONT_PAGE_BOOKMARK = "f"  # or a paragraph of the page before the text


def build_file_properties(consultation: Consultation) -> dict[str, str]:
    """What a file says of itself, so that it is known again. The digest tells it from one of another place."""
    return {
        "jukwaa-consultation": str(consultation.pk),
        "jukwaa-revision": str(consultation.revision.number),
        "jukwaa-digest": get_revision_digest(consultation.revision),
    }


def get_revision_digest(revision: Revision) -> str:
    content = serialize_text_placements(list(Placement.objects.at(revision.text, revision.step)))
    return hashlib.blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()


def build_consultation_docx(consultation: Consultation) -> bytes:
    """The revision that is asked about, each clause under its mark, behind a page on how to send it back."""
    text, revision = consultation.text, consultation.revision
    pieces = [
        ChangedPiece(
            f"[{p.clause.label}]", state, state, mark=f"{BOOKMARK_PREFIX}{CLAUSE_BOOKMARK_PREFIX}{p.clause.number}"
        )
        for p in get_visible_clauses(text, revision)
        for state in [PieceState(p.kind, p.level, p.wording.body)]
    ]
    document = _build_clauses_document(
        text, _get_revision_name(revision), [*_build_return_instructions(consultation), PageBreak()]
    )
    return to_marked_docx(
        document,
        pieces,
        document_properties=build_file_properties(consultation),
        front_matter=f"{BOOKMARK_PREFIX}{FRONT_PAGE_BOOKMARK}",
    )


def build_comparison_docx(text: Text, earlier_revision: Revision, later_revision: Revision) -> bytes:
    """What was changed from one revision to another, as tracked changes."""
    before, after = _load_clause_states(text, earlier_revision), _load_clause_states(text, later_revision)
    subtitle = _("Changes from %(earlier)s to %(later)s") % {
        "earlier": _get_revision_name(earlier_revision),
        "later": _get_revision_name(later_revision),
    }
    by = ChangeAuthor(_get_revision_name(later_revision), later_revision.at.strftime("%Y-%m-%dT00:00:00Z"))
    return to_tracked_docx(
        _build_clauses_document(text, subtitle, []),
        iter_tracked_clauses(comparison.compare_clause_states(before, after)),
        by,
    )


def iter_tracked_clauses(comparison_rows: Iterable[ComparisonRow]) -> Iterator[ChangedPiece]:
    """The clauses of both revisions, in reading order; one that moved stands in both its places."""
    for row in comparison_rows:
        label = f"[{row.label}]"
        before, after = _build_piece_state(row.before), _build_piece_state(row.after)
        is_move = row.fate in {"away", "moved"} and before == after and before is not None and before.kind != TABLE_KIND
        yield ChangedPiece(
            label,
            None if row.fate == "moved" else before,
            None if row.fate == "away" else after,
            move=f"move{row.number}" if is_move else "",
        )


def _build_piece_state(clause: comparison.ClauseState | None) -> PieceState | None:
    return PieceState(clause.kind, clause.level, clause.body) if clause else None


def _load_clause_states(text: Text, revision: Revision) -> list[comparison.ClauseState]:
    standing = get_visible_clauses(text, revision)
    return [
        comparison.ClauseState(p.clause.number, p.wording.body, p.kind, p.level, p.clause.own_number) for p in standing
    ]


def build_word_file_name(text: Text, *words: str) -> str:
    return f"{', '.join([text.title[:120], *words])}.docx"


def _build_clauses_document(text: Text, document_subtitle: str, document_blocks: Sequence[Block]) -> Document:
    language = text.language or "en"
    return Document(
        title=text.title,
        blocks=document_blocks,
        language=language,
        direction=get_text_direction(language),
        label=text.label,
        subtitle=document_subtitle,
        masthead=text.coalition.name,
    )


def _build_return_instructions(consultation: Consultation) -> list[Block]:
    """Three sentences, in the language of the text where this place speaks it, else in the reader's."""
    text = consultation.text
    spoken = {code for code, _said in settings.LANGUAGES}
    with translation.override(text.language if text.language in spoken else get_language()):
        path = reverse("drafting:returned_new", args=[text.coalition.slug, text.pk, consultation.pk])
        return [
            Paragraph(_("Edit the text or add comments. Do not change the numbers in brackets.")),
            Paragraph(
                _(
                    "Each change and each comment will become an input on its clause. Word saves a name with each of"
                    " them. We will remove the names unless you choose to keep them."
                )
            ),
            Paragraph(
                _("You can check your inputs before they are added. Return the file by %(day)s on this page: %(page)s")
                % {
                    "day": format_closing_time(consultation.closes_at),
                    "page": f"{settings.SITE_URL}{path}",
                }
            ),
        ]


def _get_revision_name(revision: Revision) -> str:
    return revision.name or _("Revision %(number)s") % {"number": revision.number}
