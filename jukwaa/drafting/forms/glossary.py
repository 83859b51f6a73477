"""A word of the glossary."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.actions import get_term_version_stamp
from jukwaa.drafting.models import Term
from jukwaa.places.languages import get_language_choices


class TermForm(ScreenedForm):
    """`version` is that of the entry as the writer found it; a new word has none."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("name", "meaning", "source")

    name = forms.CharField(
        label=_("Term"), max_length=120, error_messages={"required": _("Enter the term as it is used in the texts.")}
    )
    language = forms.ChoiceField(label=_("Language"))
    meaning = forms.CharField(
        label=_("Definition"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Enter a definition, in one or two sentences.")},
    )
    source = forms.CharField(
        label=_("Source of the definition"),
        required=False,
        max_length=300,
        help_text=_("For example, a convention and the number of the article."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, term: Term | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = self.get_initial(term) if term else {"language": language}
        super().__init__(*args, **kwargs)
        if term:
            del self.fields["language"]
        else:
            self.set_choices("language", get_language_choices(get_language() or "en"))

    @staticmethod
    def get_initial(term: Term) -> dict[str, Any]:
        return {
            "name": term.name,
            "meaning": term.meaning,
            "source": term.source,
            "version": get_term_version_stamp(term),
        }

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def get_action_arguments(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "meaning", "source")}
