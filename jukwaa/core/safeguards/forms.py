"""Forms for people's text: before it is posted, the writer sees the words by which somebody could be found.

A warning, not a gate: the form comes back once with these words marked, and a second press posts it as it is. Words
that came in meanwhile are shown again. On its page: `{% include "components/screened.html" %}` above the fields.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form
from jukwaa.core.safeguards import SafeguardHit, screen_text_for_signs
from jukwaa.core.safeguards.screen import ScreenedTextPiece, join_overlapping_hits, split_at_hits

CHECK_BEFORE_SAVING_MESSAGE = _(
    "Check the marked words: they may identify someone. Change them, or save without changes."
)
CHECK_BEFORE_POSTING_MESSAGE = _(
    "Check the marked words: they may identify someone. Change them, or post without changes."
)


class ScreenedForm(Form):
    """`SCREENED_FIELDS` names the fields in which the writer is shown the words by which somebody could be found."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ()
    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_POSTING_MESSAGE

    screened = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hits: dict[str, list[SafeguardHit]] = {}

    @property
    def shown(self) -> list[tuple[Any, list[ScreenedTextPiece], list[SafeguardHit]]]:
        """Each field with hits: itself, its text in pieces, and one hit of each kind that no field before it has."""
        rows, explained = [], set[str]()
        for name, hits in self.hits.items():
            new = {hit.sign.name: hit for hit in hits if hit.sign.name not in explained}
            explained |= new.keys()
            rows.append((self[name], split_at_hits(self._get_field_text(name), hits), list(new.values())))
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = set((cleaned.get("screened") or "").split(","))
        asked = [name for name in self.SCREENED_FIELDS if name in self.fields]
        hits = {name: found for name in asked if (found := self.find_field_hits(name, self._get_field_text(name)))}
        now = {_hash_safeguard_hit(self._get_field_text(name), hit) for name, found in hits.items() for hit in found}
        if now - seen:
            self.hits = hits
            self._store_shown_hits(now)
            for name in hits:
                self.add_error(name, ValidationError(str(self.screening_message), code="screened"))
        return cleaned

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        """Fields may differ in what is asked of them: a field with `find_hits` adds what it finds itself."""
        find = getattr(self.fields.get(name), "find_hits", None)
        return join_overlapping_hits(screen_text_for_signs(text), find(text) if find else [])

    @property
    def given(self) -> dict[str, Any]:
        """The fields without what was shown before."""
        return {name: value for name, value in self.cleaned_data.items() if name != "screened"}

    def _get_field_text(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or self.data.get(self.add_prefix(name)) or "")

    def _store_shown_hits(self, hit_hashes: set[str]) -> None:
        """What was shown once goes out with the form, so that the second press is a decision."""
        self.data = copy_form_data_with_value(self.data, self.add_prefix("screened"), ",".join(sorted(hit_hashes)))


def copy_form_data_with_value(form_data: Mapping[str, Any], field_name: str, field_value: str) -> Mapping[str, Any]:
    """What was sent, with one field set anew for the form that goes back."""
    copy = form_data.copy() if isinstance(form_data, MultiValueDict) else dict(form_data)
    copy[field_name] = field_value
    return copy


def _hash_safeguard_hit(text: str, safeguard_hit: SafeguardHit) -> str:
    return hashlib.sha256(text[safeguard_hit.start : safeguard_hit.end].encode()).hexdigest()[:12]
