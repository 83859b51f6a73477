"""Choosing what a brief is made of, making it, shaping its lengths, and beginning it in another language."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.models import AreaOfWork, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.models import Placement
from jukwaa.library.forms.readers import ReadersForm
from jukwaa.places.languages import get_language_choices
from jukwaa.places.regions import UN_REGIONAL_GROUPS
from jukwaa.regions.actions import BriefRequest
from jukwaa.regions.addressees import get_addressee_choices
from jukwaa.regions.measures import MEASURE_BY_NAME
from jukwaa.regions.models import BriefShape
from jukwaa.regions.record_choices import BriefRecordFilter, get_record_kind_choices

MAX_CLAUSE_LABEL_LENGTH = 90  # characters of a clause by which one knows it


class RecordFilterForm(Form):
    """Everything, where nothing is asked; what is not understood is as good as nothing."""

    q = forms.CharField(label=_("Keywords"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Type"), required=False)
    area = forms.ChoiceField(label=_("Area of work"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, query_data: QueryDict, *, areas_of_work: Iterable[AreaOfWork], **kwargs: Any) -> None:
        super().__init__(query_data, **kwargs)
        self.areas = {str(area.pk): area for area in areas_of_work}
        self._set_field_choices("kind", _("All types"), get_record_kind_choices())
        self._set_field_choices("area", _("All areas of work"), [(pk, area.label) for pk, area in self.areas.items()])
        self._set_field_choices(
            "region", _("All regions"), [(group.value, group.label) for group in UN_REGIONAL_GROUPS]
        )

    def _set_field_choices(self, name: str, all_label: str | Promise, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        field.choices = [("", all_label), *choices]

    def build_record_filter(self) -> BriefRecordFilter:
        self.is_valid()
        said = self.cleaned_data
        return BriefRecordFilter(
            said.get("q", ""), said.get("kind", ""), self.areas.get(said.get("area", "")), said.get("region", "")
        )


def build_addressee_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Audience"),
        required=False,
        choices=get_addressee_choices,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Types of policy makers, not individual people."),
    )


class BriefForm(ReadersForm, ScreenedForm):
    """`token` makes a second press harmless. The records that were chosen come beside the form."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    title = forms.CharField(
        label=_("Title"), max_length=250, error_messages={"required": _("Enter a title that helps others find it.")}
    )
    summary = forms.CharField(label=_("Summary"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3}))
    language = forms.ChoiceField(label=_("Language of this brief"))
    addressed_to = build_addressee_field()
    measures = forms.MultipleChoiceField(
        label=_("Figures about the coalition"),
        required=False,
        choices=lambda: [(each.name, each.label) for each in MEASURE_BY_NAME.values()],
        widget=forms.CheckboxSelectMultiple(),
        help_text=_(
            "Published statistics about organisations in the coalition, as of today. The brief shows the date next to "
            "them."
        ),
    )
    capacity = forms.ChoiceField(label=_("Who do you represent?"), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    field_order = (
        *("title", "summary", "language", "addressed_to", "measures", "capacity"),
        *("label", "organisations", "persons"),
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        self.standing, self.offered = standing, build_capacity_choices(standing)
        given = {"token": uuid.uuid4(), "language": standing.coalition.language, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs | {"initial": given})
        set_language_choices(self)
        set_capacity_choices(self, self.offered)

    def get_organisation(self) -> Organisation | None:
        return get_chosen_organisation(self, self.offered)

    def build_brief_request(self, record_ids: Sequence[int]) -> BriefRequest:
        said = self.cleaned_data
        return BriefRequest(
            title=said["title"],
            language=said["language"],
            records=record_ids,
            measures=said["measures"],
            addressed_to=said["addressed_to"],
            summary=said["summary"],
            readers=self.readers(),
        )


def set_language_choices(form: forms.Form) -> None:
    field = form.fields["language"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
    field.choices = get_language_choices(get_language() or "en")


def set_capacity_choices(form: forms.Form, offered_choices: Sequence[Any]) -> None:
    """Nothing is asked where there is one."""
    field = form.fields["capacity"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
    field.choices = [(choice.value, choice.label) for choice in offered_choices]
    if len(offered_choices) <= 1:
        del form.fields["capacity"]


def get_chosen_organisation(form: forms.Form, offered_choices: Sequence[Any]) -> Organisation | None:
    """For whom they speak; None is on their own."""
    value = form.cleaned_data.get("capacity")
    found: Organisation | None = next(
        (choice.organisation for choice in offered_choices if choice.value == value),
        offered_choices[0].organisation if offered_choices else None,
    )
    return found


class BriefShapeForm(Form):
    """`step` is that of the shape which was on the page: where somebody else was faster, nothing is lost."""

    addressed_to = build_addressee_field()
    short = forms.MultipleChoiceField(
        label=_("Clauses in the 2-page version"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("The 5-page version contains all clauses. Both versions contain objections and sources."),
    )
    step = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, brief_shape: BriefShape, placements: Iterable[Placement], **kwargs: Any) -> None:
        super().__init__(*args, initial=self.get_initial(brief_shape), **kwargs)
        field = self.fields["short"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type alone
        field.choices = [(str(each.clause.number), _format_clause_label(each)) for each in placements]

    @staticmethod
    def get_initial(shape: BriefShape) -> dict[str, Any]:
        return {"addressed_to": shape.addressed_to, "short": list(map(str, shape.short)), "step": shape.step}

    def get_action_arguments(self) -> dict[str, Any]:
        """What `shape_brief` takes."""
        said = self.cleaned_data
        numbers = [int(number) for number in said["short"]]
        return {"addressed_to": said["addressed_to"], "short": numbers, "from_step": said["step"]}


def _format_clause_label(placement: Placement) -> str:
    body = " ".join(placement.wording.body.split())
    if len(body) > MAX_CLAUSE_LABEL_LENGTH:
        body = f"{body[:MAX_CLAUSE_LABEL_LENGTH].rpartition(' ')[0]} …"
    return f"{placement.clause.number}. {body}"


class TranslateBriefForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title",)

    language = forms.ChoiceField(label=_("Language"))
    title = forms.CharField(
        label=_("Title of the translation"),
        max_length=250,
        error_messages={"required": _("Enter a title that helps others find it.")},
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"token": uuid.uuid4()}})
        set_language_choices(self)
