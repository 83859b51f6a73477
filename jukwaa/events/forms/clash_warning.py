"""What else takes place on the day that somebody chooses: shown once, and then it is their decision."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms

from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import copy_form_data_with_value
from jukwaa.events.calendar_sources import CalendarItem


class ClashWarningForm(Form):
    """`clashes_seen` remembers what was shown to take place on the same days: pressing again is a decision.

    Its page includes `events/clashes.html`.
    """

    clashes_seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clashes: Sequence[CalendarItem] = ()

    def needs_clash_warning(self, clashing_items: Sequence[CalendarItem]) -> bool:
        """Whether the form goes back, so that its writer sees what else takes place then: once for the same things."""
        mark = hashlib.sha256("\n".join(sorted(clash.uid for clash in clashing_items)).encode()).hexdigest()[:24]
        if not clashing_items or self.cleaned_data.get("clashes_seen") == mark:
            return False
        self.clashes = clashing_items
        self.data = copy_form_data_with_value(self.data, self.add_prefix("clashes_seen"), mark)
        return True
