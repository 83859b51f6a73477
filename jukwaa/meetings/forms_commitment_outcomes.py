"""The status of several commitments in one table."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.public_names import PublicNames
from jukwaa.coalitions.standing import Standing
from jukwaa.core.safeguards import SafeguardHit, join_overlapping_hits
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.meetings.actions.commitment_outcomes import ChosenProgress
from jukwaa.meetings.commitments import MAX_PK_DIGITS
from jukwaa.meetings.models import Commitment
from jukwaa.records.models import Label

PROGRESS_PREFIX, SHOWN_PREFIX = "progress-", "shown-"
PROGRESS_NAME_PATTERN = re.compile(rf"{PROGRESS_PREFIX}([1-9][0-9]{{0,{MAX_PK_DIGITS - 1}}})")


def parse_submitted_pks(submitted_values: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the commitments that the form was sent with."""
    return [int(match[1]) for name in submitted_values if (match := PROGRESS_NAME_PATTERN.fullmatch(name))]


class CommitmentOutcomesForm(ScreenedForm):
    """For each commitment a status, beside the one that the page showed; and a note for those that are changed."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("note",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("note",)

    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("We will save this note with each commitment that you change. If you drop any, enter the reason."),
    )

    def __init__(self, *args: Any, commitments: Iterable[Commitment], viewer_standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commitments, self.standing = list(commitments), viewer_standing
        for commitment in self.commitments:
            self._add_row_fields(commitment)

    def _add_row_fields(self, commitment: Commitment) -> None:
        given: dict[str, Any] = {"choices": Commitment.Progress, "initial": commitment.progress}
        self.fields[f"{PROGRESS_PREFIX}{commitment.pk}"] = forms.ChoiceField(label=_("Status"), **given)
        hidden = forms.ChoiceField(label=_("Status"), widget=forms.HiddenInput, **given)
        self.fields[f"{SHOWN_PREFIX}{commitment.pk}"] = hidden

    def iter_rows(self) -> Iterator[tuple[Commitment, BoundField, BoundField]]:
        for commitment in self.commitments:
            yield commitment, self[f"{PROGRESS_PREFIX}{commitment.pk}"], self[f"{SHOWN_PREFIX}{commitment.pk}"]

    def get_choices(self) -> list[ChosenProgress]:
        """Return what was changed in the form."""
        rows = [
            ChosenProgress(
                commitment,
                shown=self.cleaned_data.get(f"{SHOWN_PREFIX}{commitment.pk}", ""),
                chosen=self.cleaned_data.get(f"{PROGRESS_PREFIX}{commitment.pk}", ""),
            )
            for commitment in self.commitments
        ]
        return [row for row in rows if row.chosen and row.chosen != row.shown]

    def count_unavailable(self) -> int:
        """Return how many changes are of commitments that the viewer can't update any more."""
        names = [f"{pk}" for pk in parse_submitted_pks(self.data) if f"{PROGRESS_PREFIX}{pk}" not in self.fields]
        return sum(self.data[PROGRESS_PREFIX + each] != self.data.get(SHOWN_PREFIX + each) for each in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        choices = self.get_choices()
        if not choices and not self.count_unavailable():
            self.add_error(None, _("Choose another status for at least one commitment."))
        is_any_dropped = any(choice.chosen == Commitment.Progress.DROPPED for choice in choices)
        if is_any_dropped and not (cleaned.get("note") or "").strip():
            self.add_error("note", _("Enter the reason why these commitments were dropped."))
        return cleaned

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        """Names that are not public are shown to the writer, too, where everyone will read the note."""
        hits = super().find_field_hits(name, text)
        public = [each.commitment for each in self.get_choices() if each.commitment.entry.label == Label.CLEAR]
        names = PublicNames.of_writer(self.standing) if text.strip() and public else None
        if names is None:
            return hits
        owners = [commitment.owner.name if commitment.owner else commitment.proposed_name for commitment in public]
        return join_overlapping_hits(names.find_hits(text, owners), hits)
