from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form
from jukwaa.search.models import LONGEST_NAME


class NameForm(Form):
    name = forms.CharField(
        label=_("Name of this search"),
        help_text=_("You alone see it."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give it a name that you will know it by.")},
    )
