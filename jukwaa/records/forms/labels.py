"""What is made of a record is read by no more people than that."""

from django import forms
from django.utils.translation import gettext as _

from jukwaa.records.models import Label, Record


def refuse_to_open(form: forms.Form, made_of: Record | None) -> None:
    """Part of the form's own `clean`: the label that was chosen, beside that of what it is made of."""
    label = form.cleaned_data.get("label")
    if made_of is not None and label and opens(label, made_of.label):
        form.add_error(
            "label",
            _("Choose at most %(label)s: the records this was made from have fewer readers.")
            % {"label": made_of.label},
        )


def opens(label: str, other: str) -> bool:
    """Whether the first label is read by more people than the second."""
    labels = list(Label)
    return labels.index(Label(label)) < labels.index(Label(other))
