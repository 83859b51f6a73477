"""Files stay chosen when a form comes back with errors: a browser would not send them a second time.

The store belongs to an app above, which registers it when it is ready; `form_view` calls it. In a form, the boxes
"Keep report.docx" below a file field name what is kept, under the field's name and `-kept`.
"""

from collections.abc import Iterator
from typing import Protocol

from django import forms
from django.http import HttpRequest

KEPT_FILE_SUFFIX = "kept"


class FileKeeper(Protocol):
    def restore_files(self, request: HttpRequest, form: forms.BaseForm) -> None:
        """Put the kept files that this POST names into the form, as if they had been chosen again."""

    def keep_files(self, request: HttpRequest, form: forms.BaseForm) -> None:
        """Keep the files of a form that comes back, and tell its fields which (`kept_files`)."""

    def forget_files(self, request: HttpRequest, form: forms.BaseForm) -> None:
        """Delete what was kept for a form that has done its work."""


_registered_keepers: list[FileKeeper] = []


def register_file_keeper(file_keeper: FileKeeper) -> None:
    """Make `file_keeper` the one that is called. The last one registered counts."""
    _registered_keepers[:] = [file_keeper]


def get_file_fields(form: forms.BaseForm) -> Iterator[tuple[str, str, forms.FileField]]:
    """Yield each file field: its name, the name in the POST, and the field."""
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField):
            yield name, form.add_prefix(name), field


def restore_kept_files(request: HttpRequest, form: forms.BaseForm | None) -> None:
    if form is not None and _registered_keepers and any(get_file_fields(form)):
        _registered_keepers[0].restore_files(request, form)


def keep_submitted_files(request: HttpRequest, form: forms.BaseForm | None) -> None:
    if form is not None and _registered_keepers and any(get_file_fields(form)):
        _registered_keepers[0].keep_files(request, form)


def forget_kept_files(request: HttpRequest, form: forms.BaseForm | None) -> None:
    if form is not None and _registered_keepers and any(get_file_fields(form)):
        _registered_keepers[0].forget_files(request, form)
