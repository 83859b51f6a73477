"""What mail one gets, and which of the held mails are meant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.forms import Form
from jukwaa.updates.models import Topic


class ChoicesForm(Form):
    """One coalition's topics, each a box."""

    wanted = forms.MultipleChoiceField(
        label=_("Mail that you get"), choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple()
    )

    def __init__(self, *args: Any, coalition: Coalition, wanted: set[str], **kwargs: Any) -> None:
        super().__init__(*args, prefix=coalition.slug, initial={"wanted": sorted(wanted)}, **kwargs)
        self.coalition = coalition
        self.fields["wanted"].label = coalition.name


class LettersForm(Form):
    """The ids of held mails, ticked."""

    letters = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": _("Tick at least one mail.")})

    def __init__(self, *args: Any, offered: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters = self.fields["letters"]
        assert isinstance(letters, forms.TypedMultipleChoiceField)  # noqa: S101 - for the type alone
        letters.choices = [(pk, str(pk)) for pk in offered]
