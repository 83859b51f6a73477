"""The form that asks which members are invited to a meeting."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jukwaa.core.forms import Form
from jukwaa.meetings.invitation_audience import (
    InvitableMember,
    InvitationAudience,
    count_regions,
    count_stakeholder_groups,
)
from jukwaa.meetings.meeting_titles import concerns_part_of_coalition
from jukwaa.meetings.models import Meeting

Invites = Meeting.Invites
NOBODY_LABEL = gettext_lazy("Nobody yet. I will invite people later.")


def choose_initial_invites(meetings: Iterable[Meeting], *, can_wait: bool) -> Meeting.Invites:
    """Return the answer selected at first: every member only if no title names a working group or another part."""
    if not any(concerns_part_of_coalition(meeting.title, meeting.coalition) for meeting in meetings):
        return Invites.EVERYONE
    return Invites.NOBODY if can_wait else Invites.CHOSEN


def format_everyone_label(number: int | None) -> str:
    if number is None:
        return _("Every member who can read the meeting page")
    sentence = ngettext("Every member (%(n)s person)", "Every member (%(n)s people)", number)
    return sentence % {"n": number}


class InvitationAudienceForm(Form):
    """`members` can be invited; `selected` are the people who are selected at first.

    `can_wait` offers to invite nobody yet; `seen` is the number that was shown.
    """

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("regions", "groups", "people")

    invites = forms.ChoiceField(
        label=gettext_lazy("Who should be invited?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who should be invited.")},
    )
    regions = forms.MultipleChoiceField(
        label=gettext_lazy("Regional groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Stakeholder groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("If you select regional and stakeholder groups, we invite members that are in both."),
    )
    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("People"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        members: list[InvitableMember],
        everyone_number: int | None,
        can_wait: bool,
        meeting: Meeting,
        selected: Sequence[int] = (),
        **kwargs: Any,
    ) -> None:
        invites = Invites.CHOSEN if selected else choose_initial_invites([meeting], can_wait=can_wait)
        super().__init__(*args, initial={"invites": invites, "people": [*selected]}, **kwargs)
        self.members = members
        choices = [
            (Invites.EVERYONE, format_everyone_label(everyone_number)),
            (Invites.CHOSEN, _("Only the groups and people I select below")),
        ]
        if can_wait:
            choices.append((Invites.NOBODY, str(NOBODY_LABEL)))
        self.set_choices("invites", choices)
        self.set_choices("regions", [(region, _count(str(region.label), n)) for region, n in count_regions(members)])
        self.set_choices(
            "groups", [(group, _count(str(group.label), n)) for group, n in count_stakeholder_groups(members)]
        )
        adults = [member for member in members if not member.person.is_minor]
        self.set_choices("people", [(member.person.pk, member.label) for member in adults])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("invites") == Invites.CHOSEN and not self.chosen:
            self.add_error("invites", _("Select at least 1 group or person who can get email."))
        if cleaned.get("invites") == Invites.EVERYONE and self.chosen:
            self.add_error("invites", _("To invite only those you selected, choose “Only the groups and people”."))
        return cleaned

    @property
    def chosen(self) -> list[InvitableMember]:
        """The members of the selected groups, and the selected people."""
        regions, groups = self.cleaned_data.get("regions", []), self.cleaned_data.get("groups", [])
        people = {*self.cleaned_data.get("people", [])}
        has_groups = bool(regions or groups)
        return [
            member
            for member in self.members
            if member.person.pk in people or (has_groups and member.belongs_to(regions, groups))
        ]

    @property
    def has_seen_number(self) -> bool:
        """Whether the number of those who were chosen was shown before the button was pressed.

        People who were selected one by one need no number: it tells how many are in the selected groups.
        """
        has_groups = bool(self.cleaned_data.get("regions") or self.cleaned_data.get("groups"))
        needs_number = has_groups and self.cleaned_data["invites"] == Invites.CHOSEN
        return not needs_number or self.cleaned_data.get("seen") == len(self.chosen)

    def get_audience(self) -> InvitationAudience:
        invites = Invites(self.cleaned_data["invites"])
        people = [member.person for member in self.chosen] if invites == Invites.CHOSEN else []
        return InvitationAudience(invites, tuple(people))


def _count(label: str, number: int) -> str:
    return ngettext("%(label)s: %(n)s person", "%(label)s: %(n)s people", number) % {"label": label, "n": number}
