"""From a plan to the coalition: the forms of needs and of the library, with a sentence on what will be seen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.cooperation.forms.offers import NewHelpForm
from jukwaa.library.forms import ShareForm

AGREED = _("Tick the box once you have read what will be seen.")


class NeedOfPlanForm(NewHelpForm):
    """What stands in the plan goes into none of its fields: it is published at once."""

    consent = forms.BooleanField(
        label=_("We agree that this is seen outside our plan"),
        help_text=_(
            "Those whom you choose above see what is typed here, and that your organisation asks for it. They see"
            " nothing else of the plan, and not that there is one."
        ),
        error_messages={"required": AGREED},
    )

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        return [*super().parts, ("", [self["consent"]], "consent" in self.errors)]


class PracticeOfPlanForm(ShareForm):
    """What the team wrote stands in its boxes already: it becomes a draft that its writer alone sees."""

    consent = forms.BooleanField(
        label=_("We agree that this leaves our plan"),
        help_text=_(
            "It becomes a draft in the library, which you alone see until you publish it. Then those whom you choose"
            " above see what is typed here, and nothing else of the plan."
        ),
        error_messages={"required": AGREED},
    )

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        return [*super().parts, ("", [self["consent"]], "consent" in self.errors)]
