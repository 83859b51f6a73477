"""Fields about whose absence the form decides, since that hangs on what else was said."""

from typing import Any

from django import forms


class AlternativeCharField(forms.CharField):
    """It does not call itself optional, and does not complain either."""

    def validate(self, value: str) -> None:
        """The form's affair."""


class AlternativeFileField(forms.FileField):
    """The same for a file."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None
