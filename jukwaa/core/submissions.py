"""What a person submits, words and files, and the safeguarding check that each submission passes before anything else.

The check belongs to an app above, which registers it when it is ready. Start-up fails without one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from jukwaa.core.kept_files import KEPT_FILE_SUFFIX

# Values that our own pages put into forms. They are compared or parsed, and never stored as anybody's words.
MACHINE_FORM_FIELDS = frozenset(
    {"csrfmiddlewaretoken", "token", "version", "from_digest", "screened", "next", KEPT_FILE_SUFFIX}
)
# Fields whose values are parsed into something that is no text: what doesn't fit is an error, and is not stored.
WORDLESS_FIELD_TYPES = (
    forms.ChoiceField,
    forms.ModelChoiceField,
    forms.BooleanField,
    forms.IntegerField,
    forms.DateField,
    forms.TimeField,
    forms.DateTimeField,
    forms.UUIDField,
)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """`source` says what kind of form it came by; `texts` has one text for each field that takes words.

    `file_texts` are what was read in the files, one for each part that is checked by itself, such as a row of a table.
    """

    source: str
    texts: tuple[str, ...] = ()
    files: tuple[UploadedFile[Any], ...] = ()
    file_texts: tuple[str, ...] = ()


class SubmissionCheck(Protocol):
    def __call__(self, request: HttpRequest, submission: Submission) -> HttpResponse | None:
        """Return the response to send instead if the submission was quarantined, or None if it may go on."""


_registered_submission_checks: list[SubmissionCheck] = []


def register_submission_check(submission_check: SubmissionCheck) -> None:
    """Make `submission_check` the one that every submission passes. The last one registered counts."""
    _registered_submission_checks[:] = [submission_check]


def require_registered_check() -> None:
    """Raise ImproperlyConfigured if no app has registered a check."""
    if not _registered_submission_checks:
        raise ImproperlyConfigured(
            "No safeguarding check is registered: see jukwaa.core.submissions.register_submission_check."
        )


def check_submission(request: HttpRequest, form: forms.BaseForm | None = None) -> HttpResponse | None:
    """Pass all words and files of a POST through the safeguarding check.

    `form` tells which values are words; without one, all are taken for words.
    """
    return _run_submission_check(request, form, submitted_texts=tuple(_get_submitted_texts(request, form)))


def check_file_texts(request: HttpRequest, form: forms.BaseForm) -> HttpResponse | None:
    """Pass what the form has read in its files through the check, once the form has been validated."""
    file_texts = tuple(getattr(form, "file_texts", ()))
    return _run_submission_check(request, form, uploaded_texts=file_texts) if file_texts else None


def has_submitted_words(request: HttpRequest, form: forms.BaseForm | None) -> bool:
    """Return whether a POST holds anything that its sender has written, or a file."""
    return bool(request.FILES) or any(text.strip() for text in _get_submitted_texts(request, form))


def _run_submission_check(
    request: HttpRequest,
    form: forms.BaseForm | None,
    *,
    submitted_texts: tuple[str, ...] = (),
    uploaded_texts: tuple[str, ...] = (),
) -> HttpResponse | None:
    require_registered_check()
    source = str(getattr(form, "submission_source", "form"))
    files = tuple(file for name in request.FILES for file in request.FILES.getlist(name))
    return _registered_submission_checks[0](
        request, Submission(source=source, texts=submitted_texts, files=files, file_texts=uploaded_texts)
    )


def _get_submitted_texts(request: HttpRequest, form: forms.BaseForm | None) -> Iterator[str]:
    wordless = (
        {form.add_prefix(name) for name, field in form.fields.items() if _is_field_without_words(field)}
        if form
        else set()
    )
    known = {"", *map(_collapse_repeated_spaces, getattr(form, "known_texts", ()))}
    for name in request.POST:
        if name not in wordless and name.rpartition("-")[2] not in MACHINE_FORM_FIELDS:
            yield from (text for text in request.POST.getlist(name) if _collapse_repeated_spaces(text) not in known)


def _collapse_repeated_spaces(text: str) -> str:
    return " ".join(text.split())


def _is_field_without_words(field: forms.Field) -> bool:
    return isinstance(field, WORDLESS_FIELD_TYPES) or getattr(field, "is_signed", False)
