"""Texts as Word documents: the draft of a consultation, to be sent back, and what two revisions differ in."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

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
from jukwaa.drafting.models import Consultation, Placement, Revision, Text
from jukwaa.drafting.models.texts import content_of
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
        for p in Placement.objects.at(text, revision.step)
        for state in [State(p.kind, p.level, p.wording.body)]
    ]
    document = _document(text, _name(revision), [*_how_to_return(consultation), PageBreak()])
    return to_marked_docx(document, pieces, properties=marks_of(consultation), front=f"{MARK}{FRONT}")


def compared_docx(text: Text, earlier: Revision, later: Revision) -> bytes:
    """What was changed from one revision to another, as tracked changes."""
    before = list(Placement.objects.at(text, earlier.step))
    after = list(Placement.objects.at(text, later.step))
    subtitle = _("%(earlier)s, changed to %(later)s") % {"earlier": _name(earlier), "later": _name(later)}
    by = By(_name(later), later.at.strftime("%Y-%m-%dT00:00:00Z"))
    return to_tracked_docx(_document(text, subtitle, []), pieces_between(before, after), by)


def pieces_between(before: Sequence[Placement], after: Sequence[Placement]) -> Iterator[Piece]:
    """The clauses of both, in reading order; one that moved stands in both its places."""

    def state(placement: Placement) -> State:
        return State(placement.kind, placement.level, placement.wording.body)

    old = {p.clause_id: p for p in before}
    new = {p.clause_id: p for p in after}
    places = {p.clause_id: at for at, p in enumerate(before)}
    common = [p.clause_id for p in after if p.clause_id in old]
    steady = {common[at] for at in steady_in([places[clause] for clause in common])}
    moves = {clause for clause in common if clause not in steady and state(old[clause]) == state(new[clause])}

    def one(placement: Placement, *, gone: bool, there: bool) -> Piece:
        clause = placement.clause_id
        was, now = state(old[clause]) if gone else None, state(new[clause]) if there else None
        alike = clause in moves and placement.kind != Placement.Kind.TABLE and not (gone and there)
        label = f"[{placement.clause.number}]"
        return Piece(label, was, now, move=f"move{placement.clause.number}" if alike else "")

    waiting = iter(before)
    for placement in after:
        if placement.clause_id in steady:
            for left in waiting:
                if left.clause_id == placement.clause_id:
                    break
                yield one(left, gone=True, there=False)
        yield one(placement, gone=placement.clause_id in steady, there=True)
    yield from (one(left, gone=True, there=False) for left in waiting)


def steady_in(order: Sequence[int]) -> list[int]:
    """Where the longest run of rising numbers stands: what is not in it has moved."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for at, number in enumerate(order):
        length = bisect_left(tails, number)
        back.append(ends[length - 1] if length else -1)
        tails[length:] = [number] if length == len(tails) else [number, *tails[length + 1 :]]
        ends[length:] = [at] if length == len(ends) else [at, *ends[length + 1 :]]
    run, at = [], ends[-1] if ends else -1
    while at >= 0:
        run.append(at)
        at = back[at]
    return run[::-1]


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
            Paragraph(
                _("Change the words or write comments beside them, and leave the numbers in brackets as they are.")
            ),
            Paragraph(
                _(
                    "Each change and each comment becomes an input at its clause; the names that Word writes beside "
                    "them are left out unless you want them kept."
                )
            ),
            Paragraph(
                _("Send the file back until %(day)s, on this page, which shows what becomes of it first: %(page)s")
                % {
                    "day": date_format(consultation.closes_at.date(), "j F Y"),
                    "page": f"{settings.SITE_URL}{path}",
                }
            ),
        ]


def _name(revision: Revision) -> str:
    return revision.name or _("Revision %(number)s") % {"number": revision.number}
