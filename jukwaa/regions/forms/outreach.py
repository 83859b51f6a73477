"""A plan for a place and a day, and the rows in it."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import AreasField, CountryField, DayField
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.forms.work import find_organisations_by_name
from jukwaa.core.row_numbers import find_row_number_in_address
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.events.models import Event
from jukwaa.places.languages import get_language_choices
from jukwaa.places.regions import UN_REGIONAL_GROUPS
from jukwaa.records.forms.labels import validate_label_choice
from jukwaa.records.models import Label, Record, State
from jukwaa.records.models.record import READERS_BY_LABEL
from jukwaa.regions.models import Milestone, Outreach

OFFERED_OUTREACH_LABELS = (Label.GREEN, Label.CLEAR)
MAX_OFFERED_EVENTS = 100
ORGANISATION_HELP_TEXT = _("As named in the directory.")


class OutreachForm(ScreenedForm):
    """What is said of a plan, when it is begun and when it is changed. `token` makes a second press harmless."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("country", "region")
    PLAN_FIELDS: ClassVar[tuple[str, ...]] = (
        *("title", "summary", "country", "region", "on", "forget_on", "language", "label"),
    )

    title = forms.CharField(
        label=_("Title"), max_length=250, error_messages={"required": _("Enter a title that helps others find it.")}
    )
    summary = forms.CharField(
        label=_("Why this place and this date?"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    country = CountryField(
        help_text=_("You can choose a regional group below instead. If you choose both, the plan is for the country."),
        error_messages={
            "invalid_choice": _("Choose a country from the list. It contains only countries that exist today.")
        },
    )
    region = forms.ChoiceField(
        label=_("Regional group"),
        required=False,
        choices=[("", _("not stated")), *((group.value, group.label) for group in UN_REGIONAL_GROUPS)],
        error_messages={"invalid_choice": _("Choose one of the regional groups.")},
    )
    on = DayField(label=_("Target date"), required=True, error_messages={"required": _("Enter the target date.")})
    at_event = forms.ModelChoiceField(
        label=_("Related event on this site"), queryset=Event.objects.none(), required=False, empty_label=_("none")
    )
    forget_on = DayField(
        label=_("Delete unanswered invitations after"),
        help_text=_(
            "If you leave this empty, we delete unanswered invitations 90 days after the target date. "
            "This does not affect contacts who said yes."
        ),
    )
    areas = AreasField()
    language = forms.ChoiceField(label=_("Language of this text"), choices=())
    label = forms.ChoiceField(
        label=_("Who can read this?"),
        choices=[(label.value, READERS_BY_LABEL[label]) for label in OFFERED_OUTREACH_LABELS],
        widget=forms.RadioSelect(),
        help_text=_(
            "Readers of the plan cannot see whom you would like to invite. Only the authors of the plan, the"
            " coordinators, the chair and the person who writes the invitation can."
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        standing: Standing,
        plan: Outreach | None = None,
        origin_record: Record | None = None,
        **kwargs: Any,
    ) -> None:
        self.began = origin_record
        coalition = standing.coalition
        begun = {"token": uuid.uuid4(), "language": coalition.language, "label": Label.GREEN}
        begun |= {"summary": origin_record.title, "language": origin_record.language} if origin_record else {}
        begun |= kwargs.pop("initial", None) or {}
        super().__init__(*args, **kwargs | {"initial": self.get_initial(plan) if plan else begun})
        country, areas, event = self.fields["country"], self.fields["areas"], self.fields["at_event"]
        assert isinstance(country, CountryField)  # noqa: S101 - for the type alone
        assert isinstance(areas, AreasField)  # noqa: S101 - for the type alone
        assert isinstance(event, forms.ModelChoiceField)  # noqa: S101 - for the type alone
        areas.offer(coalition)
        if plan is not None:
            country.keep(plan.country)
        readable = Event.objects.visible_to(standing.viewer).of(coalition).filter(state=State.PUBLISHED)
        event.queryset = Event.objects.filter(pk__in=readable.order_by("-pk").values("pk")[:MAX_OFFERED_EVENTS])
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - for the type alone
        language.choices = get_language_choices(get_language() or "en")

    @classmethod
    def get_initial(cls, plan: Outreach) -> dict[str, Any]:
        told = {name: getattr(plan, name) for name in cls.PLAN_FIELDS}
        return told | {"at_event": plan.at_event_id, "areas": list(plan.areas.all()), "version": plan.version}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        validate_label_choice(self, self.began)
        return cleaned

    def get_action_arguments(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in (*self.PLAN_FIELDS, "at_event")}


class OutreachRowForm(ScreenedForm):
    """One row of a plan."""

    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"token": uuid.uuid4(), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, **kwargs, initial=initial)


class OutreachQuestionForm(OutreachRowForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("words",)

    words = forms.CharField(
        label=_("What do we want to learn?"),
        max_length=300,
        help_text=_("For example: which agencies receive reports, and in which languages?"),
        error_messages={"required": _("Enter one question.")},
    )


class MilestoneForm(OutreachRowForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title",)

    title = forms.CharField(
        label=_("Milestone"), max_length=200, error_messages={"required": _("Describe the milestone.")}
    )
    due_on = DayField(label=_("Due date"), required=True, error_messages={"required": _("Enter the due date.")})
    organisation = forms.CharField(
        label=_("Responsible organisation"), required=False, max_length=250, help_text=ORGANISATION_HELP_TEXT
    )

    def __init__(self, *args: Any, coalition: Coalition, milestone: Milestone | None = None, **kwargs: Any) -> None:
        self.coalition = coalition
        if milestone is not None:
            name = milestone.organisation.name if milestone.organisation else ""
            kwargs["initial"] = {"title": milestone.title, "due_on": milestone.due_on, "organisation": name}
        super().__init__(*args, **kwargs)

    def clean_organisation(self) -> Organisation | None:
        name = " ".join(self.cleaned_data["organisation"].split())
        return find_organisations_by_name(self.coalition, [name])[0] if name else None


class HostingForm(OutreachRowForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("what",)

    what = forms.CharField(
        label=_("What the organisation will host"),
        max_length=250,
        help_text=_("For example: a room for the coalition's meeting, or an evening with helplines from the region."),
        error_messages={"required": _("Describe what the organisation will host.")},
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=250,
        help_text=ORGANISATION_HELP_TEXT,
        error_messages={"required": _("Enter an organisation, as named in the directory.")},
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        self.coalition = coalition
        super().__init__(*args, **kwargs)

    def clean_organisation(self) -> Organisation:
        return find_organisations_by_name(self.coalition, [" ".join(self.cleaned_data["organisation"].split())])[0]


class RecordLinkForm(OutreachRowForm):
    """A record that answers a question, or tells of an issue."""

    record = forms.CharField(
        label=_("Address of the record"),
        max_length=300,
        help_text=_("The web address of a page on this site, or the number of a library item, document or decision."),
        error_messages={"required": _("Enter the address of the page.")},
    )

    def __init__(self, *args: Any, viewer: Viewer, coalition: Coalition, **kwargs: Any) -> None:
        self.viewer, self.coalition = viewer, coalition
        super().__init__(*args, **kwargs)

    def clean_record(self) -> Record:
        """A record that its giver may read, by the number in its address."""
        readable = Record.objects.visible_to(self.viewer).of(self.coalition).filter(state=State.PUBLISHED)
        found: Record | None = readable.filter(pk=find_row_number_in_address(self.cleaned_data["record"])).first()
        if found is None:
            raise forms.ValidationError(gettext("Enter the address of a page in this coalition that you can read."))
        found.coalition = self.coalition
        return found
