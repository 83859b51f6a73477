"""Publishing an edition."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.actions import EditionDetails
from jukwaa.drafting.forms.agreement import build_text_field
from jukwaa.drafting.models import Edition

CHANGE_SUBSTANTIVE, CHANGE_CORRECTION = "substance", "mended"


class EditionForm(ScreenedForm):
    """The first edition asks for less: there is nothing yet that could be mended. So does one that a call agreed to."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("errata", "without_call")
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("errata", "without_call")

    change = forms.ChoiceField(label=_("Type of change"), widget=forms.RadioSelect)
    errata = build_text_field(
        _("Changes since the previous version"),
        help_text=_("Shown at the top of the new version and in its files. Required for corrections."),
    )
    without_call = build_text_field(
        _("Reason for publishing without a consensus call"),
        help_text=_(
            "Only needed if members have not agreed to this revision in a consensus call. We will publish the reason"
            " with the text."
        ),
    )
    capacity = forms.ChoiceField(label=_("Who do you represent?"), required=False)

    def __init__(
        self,
        *args: Any,
        viewer_standing: Standing,
        last_edition: Edition | None,
        has_agreement: bool = False,
        **kwargs: Any,
    ) -> None:
        offered = build_capacity_choices(viewer_standing)
        self.offered = {choice.value: choice.organisation for choice in offered}
        kwargs["initial"] = {"change": CHANGE_SUBSTANTIVE, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if has_agreement and not self.is_bound:  # once sent it stays: the text may have changed meanwhile
            del self.fields["without_call"]
        elif not has_agreement:
            self.fields["without_call"].help_text = _(
                "Required, because members have not agreed to this revision in a consensus call. We will publish the"
                " reason with the text."
            )
        if last_edition is None:
            del self.fields["change"], self.fields["errata"]
        else:
            numbers = {"next": f"{last_edition.major + 1}.0", "minor": f"{last_edition.major}.{last_edition.minor + 1}"}
            self.set_choices(
                "change",
                [
                    (CHANGE_SUBSTANTIVE, _("Version %(next)s: the substance has changed") % numbers),
                    (
                        CHANGE_CORRECTION,
                        _("Version %(minor)s: corrections only, with no change of substance") % numbers,
                    ),
                ],
            )
        if len(offered) == 1 or last_edition is not None:  # nothing to choose, or it stands in the library already
            del self.fields["capacity"]
        else:
            self.set_choices("capacity", [(choice.value, choice.label) for choice in offered])

    @property
    def organisation(self) -> Organisation | None:
        return self.offered.get(self.cleaned_data.get("capacity", ""))

    def build_edition_details(
        self, *, revision_number: int | None = None, leaves_out_changes: bool = False
    ) -> EditionDetails:
        said = self.cleaned_data
        return EditionDetails(
            is_minor=said.get("change") == CHANGE_CORRECTION,
            errata=said.get("errata", "").strip(),
            without_call=said["without_call"].strip(),
            revision_number=revision_number,
            leaves_out_changes=leaves_out_changes,
        )
