"""From a plan to the coalition: the forms of needs and of the library, with a sentence on what will be seen."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.cooperation.forms.offers import NewHelpForm
from jukwaa.core.forms import Form
from jukwaa.library.forms import ShareForm


class SharingConsentForm(Form):
    """Its box stands below everything else that the form beside it asks."""

    CONSENT_TEXTS: ClassVar[tuple[Any, Any]]  # to what, and what will be seen

    consent = forms.BooleanField(
        error_messages={"required": _("Tick the box once you have read what others will see.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label, self.fields["consent"].help_text = self.CONSENT_TEXTS

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        return [*super().parts, ("", [self["consent"]], "consent" in self.errors)]  # type: ignore[misc]  # of the form beside


class PlanNeedForm(SharingConsentForm, NewHelpForm):
    """What stands in the plan goes into none of its fields: it is published at once."""

    CONSENT_TEXTS = (
        _("We agree that people outside our plan team can see this need"),
        _(
            "The readers you chose above will see what you wrote here, and that your organisation is asking for"
            " help. They will not see anything else in the plan, or that the plan exists."
        ),
    )


class PlanPracticeForm(SharingConsentForm, ShareForm):
    """What the team wrote stands in its boxes already: it becomes a draft that its writer alone sees."""

    CONSENT_TEXTS = (
        _("We agree that people outside our plan team can see this text"),
        _(
            "This creates a draft in the library that only you can see until you publish it. After that, the readers"
            " you chose above can see what you wrote here, but nothing else from the plan."
        ),
    )
