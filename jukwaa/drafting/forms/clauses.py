"""Writing: a clause, where it is parted and what it is joined to, and the name of a revision."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.actions.clauses import MAX_CLAUSE_LENGTH
from jukwaa.drafting.models import Clause, Placement, Text
from jukwaa.drafting.models.texts import MAX_OWN_NUMBER_LENGTH
from jukwaa.drafting.split_points import SplitPoint, find_split_points

MAX_CLAUSE_LEVEL = 6


class ClauseForm(ScreenedForm):
    """`from_digest` is that of the words which the writer began with."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("body",)

    body = forms.CharField(
        label=_("Text of the clause"),
        max_length=MAX_CLAUSE_LENGTH,
        widget=forms.Textarea({"rows": 6}),
        error_messages={
            "required": _("Enter the text of the clause. To delete the clause, choose “Remove clause”."),
            "max_length": _(
                "Shorten or split the clause. It has %(show_value)d characters, and the limit is %(limit_value)d."
            ),
        },
    )
    kind = forms.ChoiceField(
        label=_("Type of clause"), choices=Placement.Kind.choices, initial=Placement.Kind.PARAGRAPH
    )
    level = forms.TypedChoiceField(
        label=_("Level of the heading or list item"),
        choices=[(level, level) for level in range(1, MAX_CLAUSE_LEVEL + 1)],
        coerce=int,
        initial=1,
    )
    from_digest = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, placement: Placement | None = None, **kwargs: Any) -> None:
        if placement is not None:
            kwargs["initial"] = self.get_initial(placement)
            kwargs.setdefault("auto_id", f"{placement.clause.anchor}_%s")
        super().__init__(*args, **kwargs)
        if placement is None:
            self.fields["body"].error_messages["required"] = gettext("Enter the text of the clause.")
        self.fields["body"].widget.attrs |= {"autofocus": True, "dir": "auto"}

    @staticmethod
    def get_initial(placement: Placement) -> dict[str, Any]:
        said = {"body": placement.wording.body, "from_digest": placement.wording.digest}
        return {**said, "kind": placement.kind, "level": placement.level}

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")

    def get_clause_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("body", "kind", "level")}


class MoveClauseForm(Form):
    """After which clause; empty is before all others."""

    after = forms.CharField(
        label=_("Move after clause number"),
        required=False,
        max_length=MAX_OWN_NUMBER_LENGTH,
        help_text=_("Leave this empty to move the clause to the beginning."),
        widget=forms.TextInput({"inputmode": "decimal", "size": 6}),
    )

    def __init__(self, *args: Any, text: Text | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean_after(self) -> Clause | None:
        typed = self.cleaned_data["after"]
        if typed in ("", "0"):
            return None
        found = Clause.objects.filter(text=self.text, placements__until__isnull=True).with_label(typed).first()
        if found is None:
            raise ValidationError(gettext("Enter the number of a clause in this text."))
        return found


class SplitClauseForm(Form):
    """At one of the places offered, or before words that are typed."""

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("at", "words")

    at = forms.TypedChoiceField(
        label=_("The second part begins with"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Or enter the first words of the second part"),
        required=False,
        max_length=200,
        help_text=_("Copy a few words from the clause and paste them here."),
    )
    from_digest = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        self.said = placement.wording.body
        kwargs["initial"] = {"from_digest": placement.wording.digest}
        super().__init__(*args, **kwargs)
        self.places: list[SplitPoint] = find_split_points(self.said)
        self.set_choices("at", [(place.at, place.begins) for place in self.places])
        if not self.places:
            del self.fields["at"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        words = (cleaned.get("words") or "").strip()
        if words:
            cleaned["at"] = self._find_split_position(words)
        elif cleaned.get("at") is None and not self.errors:
            raise ValidationError(gettext("Choose where the second part begins."))
        return cleaned

    def _find_split_position(self, words: str) -> int | None:
        times = self.said.count(words)
        if times == 1 and (at := self.said.index(words)) > 0:
            return at
        self.add_error(
            "words",
            gettext("Enter more words. These words appear more than once in the clause.")
            if times > 1
            else gettext("Copy words from the clause, but not the words at its beginning."),
        )
        return None


class MergeClausesForm(Form):
    """The digests of both clauses, as they read on the page that asked."""

    from_digest = forms.CharField(max_length=32, widget=forms.HiddenInput)
    into_digest = forms.CharField(max_length=32, widget=forms.HiddenInput)


class ClauseDigestForm(Form):
    from_digest = forms.CharField(max_length=32, widget=forms.HiddenInput)


class RevisionForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("name", "note")

    name = forms.CharField(
        label=_("Name of the revision"),
        required=False,
        max_length=120,
        help_text=_("For example, “Draft for the meeting in Vilnius”."),
    )
    note = forms.CharField(
        label=_("What is new in this revision"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )
