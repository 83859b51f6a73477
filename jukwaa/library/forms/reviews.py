"""Sending for review with a declaration, asking a second reader, and their decision."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions import directory
from jukwaa.coalitions.forms.people import PersonLookupField
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.library.actions.reviews import ReviewDecision, get_narrower_labels
from jukwaa.library.forms.readers import ReadersForm
from jukwaa.library.models import Review
from jukwaa.records.models import Label
from jukwaa.records.models.record import READERS_BY_LABEL

NOT_DECLARED_MESSAGE = _("Select this box if the statement is true. If it is not, change the text first.")


REVIEW_OUTCOME_CHOICES = [
    ("publish", pgettext_lazy("decision of a reviewer", "Publish")),
    ("revise", _("Return the text to the author and ask for the changes described below")),
    ("restrict", _("Publish the text to a smaller group of readers, which you choose below")),
    ("refuse", _("Do not publish the text")),
]


class DeclarationForm(ScreenedForm):
    """What whoever sends an item declares; each of the three is owed."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("consent",)

    nobody_recognised = forms.BooleanField(
        label=_("No child can be recognised, not even by people who live in the area."),
        error_messages={"required": NOT_DECLARED_MESSAGE},
    )
    consent = forms.CharField(
        label=_("Who agreed to sharing this, and how?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Do not name anyone. For example: “It describes only our own work, and the team agreed.”"),
        error_messages={"required": _("Enter who agreed, or why no agreement is needed.")},
    )
    may_share = forms.BooleanField(
        label=_("We are allowed to share this: it is our own, or its author agreed."),
        error_messages={"required": NOT_DECLARED_MESSAGE},
    )


class AssignReviewerForm(Form):
    who = PersonLookupField(label=_("Who should review this?"))

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, PersonLookupField)  # noqa: S101 - for the type alone
        who.among = directory.get_visible_people(standing)


class ReviewDecisionForm(ReadersForm):
    """The question, the outcome, the reason; and where it is restricted, who may read it."""

    can_be_combined = forms.TypedChoiceField(
        label=_("Could people who live in the area combine the details and identify someone?"),
        choices=[
            ("no", _("No. I tried to identify people as a local person would, and I could not.")),
            ("yes", _("Yes, or perhaps")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(),
        help_text=_("Each detail may be harmless alone. Consider them together: a place, an age, an illness, a date."),
        error_messages={"required": _("Answer this question. Software cannot answer it for you.")},
    )
    outcome = forms.ChoiceField(
        label=_("What is your decision?"),
        choices=REVIEW_OUTCOME_CHOICES,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose a decision.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "The author and the safeguarding lead will read this. Do not repeat any details that should be removed."
        ),
        error_messages={"required": _("Enter a reason, even if everything is in order.")},
    )

    field_order = ("can_be_combined", "outcome", "reason", "label", "organisations", "persons")

    def __init__(self, *args: Any, standing: Standing, review: Review, **kwargs: Any) -> None:
        self.standing, self.review = standing, review
        super().__init__(*args, **kwargs)
        self.author = Standing(review.sent_by, standing.coalition)
        self._set_label_choices(
            [
                each
                for each in get_narrower_labels(review.item.label)
                if each != Label.STRICT or self.author.organisations
            ]
        )

    def _set_label_choices(self, labels: list[Label]) -> None:
        """Fewer readers than it has; where there is nothing narrower, it can't be restricted."""
        label = self.fields["label"]
        label.required, label.initial, label.label = False, None, _("Readers")
        self.set_choices("label", [(each, format_lazy("{} ({})", READERS_BY_LABEL[each], each)) for each in labels])
        label.help_text = _("Only needed if you publish the text to a smaller group of readers.")
        if not labels:
            self.set_choices(
                "outcome", [choice for choice in REVIEW_OUTCOME_CHOICES if choice[0] != Review.Outcome.RESTRICT]
            )
            for name in ("label", "organisations", "persons"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("outcome") != Review.Outcome.RESTRICT:
            self.cleaned_data["label"] = ""
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        if outcome == Review.Outcome.RESTRICT and not cleaned.get("label") and "label" not in self.errors:
            self.add_error("label", ValidationError(gettext("Choose a smaller group of readers than the current one.")))
        if outcome == Review.Outcome.PUBLISH and cleaned.get("can_be_combined"):
            self.add_error(
                "outcome",
                gettext(
                    "Choose another decision. A text cannot be published as it is if people who live in the area"
                    " could identify someone."
                ),
            )
        return cleaned

    def has_own_organisation(self) -> bool:
        return bool(self.author.organisations)

    def build_review_decision(self) -> ReviewDecision:
        said = self.cleaned_data
        restricts = said["outcome"] == Review.Outcome.RESTRICT
        return ReviewDecision(
            said["outcome"], said["can_be_combined"], said["reason"], self.readers() if restricts else None
        )
