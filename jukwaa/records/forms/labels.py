"""What is made of a record is read by no more people than that."""

from django import forms
from django.utils.translation import gettext as _

from jukwaa.records.models import Label, Record


def validate_label_choice(form: forms.Form, source_record: Record | None) -> None:
    """Part of the form's own `clean`: the label that was chosen, beside that of what it is made of."""
    label = form.cleaned_data.get("label")
    if source_record is not None and label and is_label_more_open(label, source_record.label):
        form.add_error(
            "label",
            _("Choose %(label)s or a stricter label. This record was created from records that have fewer readers.")
            % {"label": source_record.label},
        )


def is_label_more_open(label: str, other_label: str) -> bool:
    """Whether the first label is read by more people than the second."""
    labels = list(Label)
    return labels.index(Label(label)) < labels.index(Label(other_label))
