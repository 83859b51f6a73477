"""Forms: label, hint, error, field, in that order; errors are listed on top as links."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise


class Renderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class Form(forms.Form):
    """A form whose errors are whole sentences and whose ids are stable."""

    template_name_label = "components/label.html"
    CONDITIONAL_FIELDS: ClassVar[
        tuple[str, ...]
    ] = ()  # needed for one choice and not for another: their hints say when
    collects_personal_data: ClassVar[bool] = False  # a sentence below it leads to the privacy notice
    privacy_sentence: str | Promise = ""  # set by `core/privacy_link.py`
    privacy_url: str = ""
    submission_source: ClassVar[str] = "form"  # where quarantined words came from, for the lead
    asks_age: ClassVar[bool] = True  # whether what is written in it can become public: see `first_question.py`
    own_name_field: ClassVar[str] = ""  # in which people give their own name: they are not asked for it once more
    requires_name: ClassVar[bool] = False  # whoever has given no name is asked for it first, even if there are no words
    file_texts: Sequence[str] = ()  # read from the submitted files while the form was validated
    known_texts: Sequence[str] = ()  # put into the form by its page: not checked where they come back unchanged

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.widget.is_required and isinstance(field.widget, forms.Textarea | forms.TextInput):
                field.widget.attrs.setdefault("autocomplete", "off")

    def set_choices(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        field.choices = list(choices)

    def get_grouped_fields(
        self, groups: Sequence[tuple[Any, Sequence[str]]]
    ) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """For `components/parts.html`: heading, fields that are there, whether one of them is wrong."""
        there = [(heading, [name for name in names if name in self.fields]) for heading, names in groups]
        return [
            (heading, [self[name] for name in names], any(name in self.errors for name in names))
            for heading, names in there
            if names
        ]
