"""Writing an item in another language, beside what the original says."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.forms.capacities import get_chosen_organisation, set_capacity_choices
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import CHECK_BEFORE_SAVING_MESSAGE, ScreenedForm
from jukwaa.library.forms.items import MAX_TEXT_LENGTH
from jukwaa.library.item_languages import get_texts_to_translate, is_in_language
from jukwaa.library.models import Item
from jukwaa.library.schema import BOX_FIELDS
from jukwaa.places.languages import get_language_choices
from jukwaa.records.forms import WithdrawForm

ONE_LINE_TEXT_FIELDS = frozenset({"title"})


class SeenVersionForm(Form):
    """The version of the original that its reader had before them."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput())


class TranslationTextsForm(ScreenedForm):
    """A field for each text of the original, with that text at its side. `seen` is the version that stands there."""

    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_SAVING_MESSAGE

    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, original: Item, **kwargs: Any) -> None:
        self.original = original
        kwargs["initial"] = {"seen": original.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.texts = get_texts_to_translate(original)
        self.fields |= {name: _build_text_field(name, label) for name, label, _text in self.texts}

    @property
    def SCREENED_FIELDS(self) -> tuple[str, ...]:  # type: ignore[override]  # noqa: N802 - depends on what the original says
        return tuple(name for name, _label, _text in self.texts)

    @property
    def beside(self) -> list[tuple[Any, str]]:
        """Each field with what the original says."""
        return [(self[name], text) for name, _label, text in self.texts]

    def written(self) -> dict[str, Any]:
        """By the names of an item; the answers of the long form among `details`."""
        words = {name: self.cleaned_data[name] for name in self.SCREENED_FIELDS}
        details = {name.removeprefix("detail_"): text for name, text in words.items() if name.startswith("detail_")}
        return {**{name: text for name, text in words.items() if not name.startswith("detail_")}, "details": details}


class NewTranslationForm(TranslationTextsForm):
    """A new translation. `token` makes a second press of the button harmless."""

    language = forms.ChoiceField(
        label=_("Language of your translation"),
        error_messages={"required": _("Choose the language of your translation.")},
    )
    capacity = forms.ChoiceField(label=_("On whose behalf are you sharing this item?"), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, standing: Standing, original: Item, used_languages: list[str], **kwargs: Any
    ) -> None:
        """`taken` are the languages in which it can be read already: not offered, and refused by the action."""
        kwargs["initial"] = {"token": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, original=original, **kwargs)
        self.offered = build_capacity_choices(standing)
        here = get_language() or "en"
        free = [(tag, name) for tag, name in get_language_choices(here) if self.is_bound or tag not in used_languages]
        self.set_choices("language", [("", _("Choose a language")), *free])
        if not any(is_in_language(original, here) or tag == here for tag in used_languages):
            self.initial.setdefault("language", here)
        set_capacity_choices(self, self.offered)

    def get_organisation(self) -> Organisation | None:
        """For whom it is shared; None is on their own."""
        return get_chosen_organisation(self, self.offered)


class UpdateTranslationForm(TranslationTextsForm):
    """A translation that its original has left behind. `version` is the translation's own."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, translation: Item, original: Item, **kwargs: Any) -> None:
        super().__init__(*args, original=original, initial=self.get_initial(translation), **kwargs)

    @staticmethod
    def get_initial(translation: Item) -> dict[str, Any]:
        answers = {f"detail_{name}": answer for name, answer in translation.details.items()}
        words = {name: getattr(translation, name) for name in ("title", "summary", *BOX_FIELDS)}
        return {"version": translation.version, **words, **answers}


def _build_text_field(field_name: str, label: str) -> forms.CharField:
    if field_name in ONE_LINE_TEXT_FIELDS:
        missing = {"required": _("Enter a title that describes the content.")}
        return forms.CharField(label=label, max_length=250, error_messages=missing)
    return forms.CharField(label=label, required=False, max_length=MAX_TEXT_LENGTH, widget=forms.Textarea({"rows": 8}))


class WithdrawItemForm(WithdrawForm):
    """An original may take its translations along."""

    translations = forms.BooleanField(
        label=_("Withdraw the translations of this item too"), required=False, initial=True
    )

    def __init__(self, *args: Any, has_translations: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_translations:
            del self.fields["translations"]

    def get_action_arguments(self) -> dict[str, Any]:
        """What `withdraw_item_and_translations` takes."""
        return {"reason": self.cleaned_data["reason"], "translations": self.cleaned_data.get("translations", False)}
