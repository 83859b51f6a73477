"""Files that people bring."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.documents.incoming import ATTACHABLE_KIND_KEYS
from jukwaa.core.documents.incoming.file_kinds import format_file_extensions
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE, DEFAULT_FILE_LIMITS
from jukwaa.core.forms import Form


class AttachmentForm(Form):
    submission_source = "attachment"

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        allow_empty_file=True,  # the inspection refuses it, with a better sentence
        error_messages={
            "required": _("Choose a file."),
            "max_length": _("Give the file a shorter name, with at most 200 characters."),
        },
    )

    def __init__(self, *args: object, taken_names: frozenset[str] = ATTACHABLE_KIND_KEYS, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("At most %(limit)s MB. File types: %(taken)s") % {
            "limit": DEFAULT_FILE_LIMITS.file // BYTES_PER_MEGABYTE,
            "taken": format_file_extensions(taken_names),
        }
