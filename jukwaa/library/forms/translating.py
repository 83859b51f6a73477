"""Writing an item in another language, beside what the original says."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import capacity_choices
from jukwaa.coalitions.forms.capacities import chosen_organisation, offer_capacities
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import KEEP_IT, ScreenedForm
from jukwaa.library.forms.sharing import LONGEST
from jukwaa.library.languages import is_of, to_translate
from jukwaa.library.models import Item
from jukwaa.library.schema import BOXES
from jukwaa.places.languages import language_choices
from jukwaa.records.forms import WithdrawForm

SHORT = frozenset({"title"})


class SeenForm(Form):
    """The version of the original that its reader had before them."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput())


class WordsForm(ScreenedForm):
    """A field for each text of the original, with that text at its side. `seen` is the version that stands there."""

    look_again: ClassVar[str | Promise] = KEEP_IT

    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, original: Item, **kwargs: Any) -> None:
        self.original = original
        kwargs["initial"] = {"seen": original.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.texts = to_translate(original)
        self.fields |= {name: _field(name, label) for name, label, _text in self.texts}

    @property
    def SCREENED(self) -> tuple[str, ...]:  # type: ignore[override]  # noqa: N802 - depends on what the original says
        return tuple(name for name, _label, _text in self.texts)

    @property
    def beside(self) -> list[tuple[Any, str]]:
        """Each field with what the original says."""
        return [(self[name], text) for name, _label, text in self.texts]

    def written(self) -> dict[str, Any]:
        """By the names of an item; the answers of the long form among `details`."""
        words = {name: self.cleaned_data[name] for name in self.SCREENED}
        details = {name.removeprefix("detail_"): text for name, text in words.items() if name.startswith("detail_")}
        return {**{name: text for name, text in words.items() if not name.startswith("detail_")}, "details": details}


class TranslateForm(WordsForm):
    """A new translation. `token` makes a second press of the button harmless."""

    language = forms.ChoiceField(
        label=_("Language of your translation"),
        error_messages={"required": _("Choose the language of your translation.")},
    )
    capacity = forms.ChoiceField(label=_("On whose behalf do you share this?"), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, standing: Standing, original: Item, taken: list[str], **kwargs: Any) -> None:
        """`taken` are the languages in which it can be read already: not offered, and refused by the action."""
        kwargs["initial"] = {"token": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, original=original, **kwargs)
        self.offered = capacity_choices(standing)
        here = get_language() or "en"
        free = [(tag, name) for tag, name in language_choices(here) if self.is_bound or tag not in taken]
        self.set_choices("language", [("", _("Choose one")), *free])
        if not any(is_of(original, here) or tag == here for tag in taken):
            self.initial.setdefault("language", here)
        offer_capacities(self, self.offered)

    def organisation(self) -> Organisation | None:
        """For whom it is shared; None is on their own."""
        return chosen_organisation(self, self.offered)


class UpdateForm(WordsForm):
    """A translation that its original has left behind. `version` is the translation's own."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, translation: Item, original: Item, **kwargs: Any) -> None:
        super().__init__(*args, original=original, initial=self.initial_of(translation), **kwargs)

    @staticmethod
    def initial_of(translation: Item) -> dict[str, Any]:
        answers = {f"detail_{name}": answer for name, answer in translation.details.items()}
        words = {name: getattr(translation, name) for name in ("title", "summary", *BOXES)}
        return {"version": translation.version, **words, **answers}


def _field(name: str, label: str) -> forms.CharField:
    if name in SHORT:
        missing = {"required": _("Enter a title that helps others find this.")}
        return forms.CharField(label=label, max_length=250, error_messages=missing)
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 8}))


class WithdrawItemForm(WithdrawForm):
    """An original may take its translations along."""

    translations = forms.BooleanField(label=_("Withdraw its translations too"), required=False, initial=True)

    def __init__(self, *args: Any, has_translations: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_translations:
            del self.fields["translations"]

    def said(self) -> dict[str, Any]:
        """What `withdraw_with_translations` takes."""
        return {"reason": self.cleaned_data["reason"], "translations": self.cleaned_data.get("translations", False)}
