"""The safeguarding check of every submission: what may be a disclosure or abuse material is quarantined, not stored."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Membership, Role
from jukwaa.core.submissions import Submission
from jukwaa.records.models import Held
from jukwaa.records.quarantine_store import get_quarantine_reason, quarantine_if_suspect

SCREENED_SAMPLE_BYTES = 64 * 1024  # bytes at the start of a file that the check looks at


def quarantine_submission(request: HttpRequest, submission: Submission) -> HttpResponse | None:
    """Quarantine what may be a disclosure or abuse material, and answer with the page that names helplines.

    Where nobody's safeguarding lead could be told, nothing is kept; the person reads where to find help all the same.
    """
    suspect = [text for text in submission.file_texts if get_quarantine_reason(text)]
    text = "\n\n".join((*submission.texts, *suspect))
    pieces = (text, *submission.texts, *suspect)  # a quotation mark in one field must not hide what the next one says
    why = next(filter(None, map(get_quarantine_reason, pieces)), None) or _find_file_quarantine_reason(submission.files)
    if why is None:
        return None
    coalition = _get_submission_coalition(request)
    if coalition is None:
        return _redirect_full_page(request, redirect("home:help"))
    if not _quarantine_words_and_files(request, coalition, submission, text, why):
        return None
    return _redirect_full_page(request, redirect("records:not_taken", coalition.slug))


def _find_file_quarantine_reason(files: Iterable[UploadedFile[Any]]) -> Held.Why | None:
    """By name, or by how a file begins."""
    reasons = (
        get_quarantine_reason("", file.name or "", _read_uploaded_bytes(file, SCREENED_SAMPLE_BYTES)) for file in files
    )
    return next(filter(None, reasons), None)


def _quarantine_words_and_files(
    request: HttpRequest, coalition: Coalition, submission: Submission, text: str, quarantine_reason: Held.Why
) -> bool:
    """Keep the words with the first file, and each further file by itself: none is stored anywhere else.

    False if the safeguarding lead has found all of it harmless before.
    """
    person = request.user if isinstance(request.user, Person) else None
    source = Held.Door(submission.source)
    files = [(file.name or "", _read_uploaded_bytes(file)) for file in submission.files] or [("", b"")]
    kept = []
    for at, (name, data) in enumerate(files):
        words = "" if at else text
        kept.append(
            quarantine_if_suspect(
                coalition=coalition,
                door=source,
                text=words,
                file_name=name,
                data=data,
                person=person,
                quarantine_reason=quarantine_reason,
            )
        )
    return any(kept)


def _read_uploaded_bytes(file: UploadedFile[Any], max_bytes: int = -1) -> bytes:
    file.seek(0)
    data = file.read(max_bytes)
    file.seek(0)
    return bytes(data)


def _get_submission_coalition(request: HttpRequest) -> Coalition | None:
    """The coalition of the page, or else the first one in which this person has a seat or a role."""
    coalition: Coalition | None = getattr(request, "coalition", None)
    if coalition is None and isinstance(request.user, Person):
        seats = Membership.objects.seats_of(request.user).values("coalition")
        roles = Role.objects.held_by(request.user).values("coalition")
        coalition = Coalition.objects.filter(Q(pk__in=seats) | Q(pk__in=roles)).order_by("pk").first()
    return coalition


def _redirect_full_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Htmx follows a redirect inside the page; this leaves the page."""
    return HttpResponseClientRedirect(response["Location"]) if getattr(request, "htmx", False) else response
