"""Opening a plan, naming its team, saying how a capability stands."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.earlier_addresses import filter_people_by_address
from jukwaa.accounts.models import Person
from jukwaa.coalitions import directory
from jukwaa.coalitions.forms.fields import DayField
from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import CHECK_BEFORE_SAVING_MESSAGE, ScreenedForm
from jukwaa.events.models import Event
from jukwaa.library.schema import Framework, get_frameworks
from jukwaa.plans.models import Assessment, Plan, TeamMember, get_country_name
from jukwaa.records.models import Label

MAX_TEXT_LENGTH = 4000
READERS_BY_PLAN_LABEL = {
    Label.AMBER: _("Our team, and people in our government who need to know"),
    Label.STRICT: _("Our team and our own ministry only"),
    Label.RED: _("Our team only. Team members must not share the plan"),
}
PLAN_LABEL_CHOICES = [
    (label.value, format_lazy("{} ({})", READERS_BY_PLAN_LABEL[label], label)) for label in Plan.LABELS
]


class PlanForm(ScreenedForm):
    """What a plan is called, and the label on all that leaves it."""

    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_SAVING_MESSAGE
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title",)

    title = forms.CharField(
        label=_("Name of the plan"), max_length=200, error_messages={"required": _("Enter a name.")}
    )
    label = forms.ChoiceField(
        label=_("Who can read what you print or download?"),
        choices=PLAN_LABEL_CHOICES,
        initial=Label.AMBER,
        widget=forms.RadioSelect(),
        help_text=_(
            "The label is printed on each page. On this site, only the team and the operators of the server can read"
            " the plan, whatever the label."
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())


class NewPlanForm(PlanForm):
    """`countries` are those for whose government the viewer may speak."""

    country = forms.ChoiceField(label=_("Country"))
    framework = forms.ChoiceField(
        label=_("Framework"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose a framework. You can create a plan for another framework later.")},
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    field_order = ("country", "framework", "title", "label")

    def __init__(self, *args: Any, countries: Sequence[str], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "token": uuid.uuid4(),
            "title": gettext("Our national plan"),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.countries = countries
        self.set_choices("country", [(code, get_country_name(code)) for code in countries])
        self.set_choices(
            "framework", [(each.name, each.with_edition) for each in get_frameworks() if each.ended is None]
        )
        del self.fields["version"]
        if len(countries) == 1:
            del self.fields["country"]

    def get_action_arguments(self) -> dict[str, Any]:
        """What `open_plan` takes."""
        kept = {name: self.cleaned_data[name] for name in ("framework", "title", "label", "token")}
        return {**kept, "country": self.cleaned_data.get("country") or self.countries[0]}


class TeamMemberForm(Form):
    """Somebody of the country, as far as the directory shows them; or by mail address."""

    collects_personal_data = True

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("person", "email")

    person = forms.ChoiceField(label=_("Person"), required=False)
    email = forms.EmailField(
        label=_("Or enter an email address"),
        required=False,
        max_length=254,
        help_text=_(
            "Use this field for a person who is not in the list, but belongs to an organisation in your country."
        ),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=TeamMember.Role, initial=TeamMember.Role.WRITES, widget=forms.RadioSelect()
    )

    def __init__(self, *args: Any, plan: Plan, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ties = Affiliation.objects.confirmed().filter(
            person=OuterRef("pk"), organisation__coalition=standing.coalition, organisation__country=plan.country
        )
        rows = directory.get_visible_affiliations(standing).filter(
            organisation__country=plan.country, person__is_active=True
        )
        confirmed = rows.filter(pk__in=Affiliation.objects.confirmed().values("pk")).select_related(
            "person", "organisation"
        )
        people = {row.person_id: f"{row.person}, {row.organisation}" for row in confirmed.order_by("person__name")}
        self.set_choices("person", [("", _("Choose a person")), *[(str(pk), name) for pk, name in people.items()]])
        self.fields["person"].error_messages["invalid_choice"] = gettext(
            "Choose a person confirmed by an organisation in your country. Only people from the country can work on "
            "its plan."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        number, address = cleaned.get("person"), cleaned.get("email")
        people = Person.objects.all()
        rows = people.filter(pk=int(number)) if number else filter_people_by_address(people, address or "")
        self.found: Person | None = rows.filter(Exists(self._ties)).first()
        if self.found is None and not self.errors:
            self.add_error(
                "email" if address else "person",
                gettext(
                    "Ask the person's organisation to confirm them first. This email address does not "
                    "belong to anyone confirmed by an organisation in your country."
                )
                if address
                else gettext("Choose a person or enter an email address."),
            )
        return cleaned


class AssessmentForm(ScreenedForm):
    """How a capability stands. `version` is the number of what its writer read."""

    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_SAVING_MESSAGE
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("words", "evidence", "body", "next_step", "cost")

    state = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect())
    words = forms.CharField(
        label=_("Description"), required=False, max_length=MAX_TEXT_LENGTH, widget=forms.Textarea({"rows": 4})
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Laws, reports and figures. Web addresses become links. You can link records of this "
            "coalition on a separate page."
        ),
    )
    body = forms.CharField(label=_("Responsible body"), required=False, max_length=200)
    next_step = forms.CharField(
        label=_("Next step"), required=False, max_length=MAX_TEXT_LENGTH, widget=forms.Textarea({"rows": 2})
    )
    due_on = DayField(label=_("Due date"))
    cost = forms.CharField(
        label=_("Cost"),
        required=False,
        max_length=200,
        help_text=_("If the cost is known, enter it with the currency, for example 40,000 euros a year."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("state", [(state.value, state.label) for state in framework.states])

    @staticmethod
    def get_initial(said: Assessment | None, over: Framework) -> dict[str, Any]:
        if said is None:
            return {"state": over.get_state_by_meaning("unknown").value, "version": 0}
        return {**said.given_answers, "state": over.state(said.state).value, "version": said.number}

    def get_action_arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Assessment.SAID if name in self.fields}


class BaselineForm(ScreenedForm):
    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_SAVING_MESSAGE
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("name",)

    name = forms.CharField(
        label=_("Name of the baseline"),
        max_length=120,
        help_text=_("For example, before the conference, or at the start of the 5-year period."),
        error_messages={"required": _("Enter a name that will help you recognise the baseline.")},
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class DeletePlanForm(Form):
    sure = forms.BooleanField(
        label=_("We have read what will be deleted and what will stay"),
        error_messages={"required": _("Tick the box once you have read what will be deleted.")},
    )


class LinkEventForm(Form):
    """Events that the viewer may read: first those in the country."""

    event = forms.ChoiceField(
        label=_("Event"),
        error_messages={"required": _("Choose an event."), "invalid_choice": _("Choose an event from the list.")},
    )

    def __init__(self, *args: Any, events: Iterable[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events = {str(event.pk): event for event in events}
        self.set_choices(
            "event", [("", _("Choose an event")), *[(key, event.title) for key, event in self.events.items()]]
        )

    def get_chosen_event(self) -> Event:
        return self.events[self.cleaned_data["event"]]
