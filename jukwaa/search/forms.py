from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form
from jukwaa.search.models import MAX_SEARCH_NAME_LENGTH


class SearchNameForm(Form):
    name = forms.CharField(
        label=_("Name of this search"),
        help_text=_("Only you can see this name."),
        max_length=MAX_SEARCH_NAME_LENGTH,
        error_messages={"required": _("Enter a name for this search.")},
    )
