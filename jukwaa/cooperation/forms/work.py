"""Beginning joint work, telling of it, and who takes part."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import AreasField, set_area_choices
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.actions.work import WorkSetup
from jukwaa.cooperation.charters import SHORT_CHARTER_FORM_NAME, CharterForm
from jukwaa.cooperation.forms.work_rows import AnswerRowsField
from jukwaa.cooperation.models import JointWork, Party
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.places.languages import get_language_choices
from jukwaa.places.text_folding import fold_text
from jukwaa.records.forms.labels import validate_label_choice
from jukwaa.records.models import Label, Record
from jukwaa.records.models.record import READERS_BY_LABEL

MAX_NAME_SUGGESTIONS = 3
MAX_ANSWER_LENGTH = 10_000  # characters of an answer
WORK_LABEL_CHOICES = [
    (Label.CLEAR, format_lazy("{} ({})", READERS_BY_LABEL[Label.CLEAR], Label.CLEAR)),
    (Label.GREEN, format_lazy("{} ({})", READERS_BY_LABEL[Label.GREEN], Label.GREEN)),
    (Label.AMBER, format_lazy("{} ({})", _("Only the parties"), Label.AMBER)),
]
MISSING_TITLE_MESSAGE = _("Enter a title that helps others find it.")


def build_text_area_field(label: Any, *, line_count: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=MAX_ANSWER_LENGTH, widget=forms.Textarea({"rows": line_count}), **kwargs
    )


def find_organisations_by_name(coalition: Coalition, name_lines: Sequence[str]) -> list[Organisation]:
    """By the names that the directory knows. Raises ValidationError with those that it does not."""
    known, found, wrong = OrganisationDirectory.of(coalition), [], []
    for line in name_lines:
        if number := known.find_exact_match(line):
            found.append(number)
        else:
            near = [match.name for match in known.find(line)]
            wrong.append(_describe_unknown_name(line, near or _find_organisation_names_containing(known, line)))
    if wrong:
        raise ValidationError(wrong)
    rows = Organisation.objects.in_bulk(found)
    return [rows[pk] for pk in dict.fromkeys(found)]


def _find_organisation_names_containing(organisation_directory: OrganisationDirectory, party_role: str) -> list[str]:
    found = (
        names
        for folded, names in organisation_directory.folded.items()
        if party_role and fold_text(party_role) in folded
    )
    return sorted({name.entry.name for names in found for name in names})


def _describe_unknown_name(unknown_name: str, name_suggestions: Sequence[str]) -> str:
    """With those that may be meant, to be copied."""
    if not name_suggestions:
        return gettext(
            "“%(name)s” is not in the directory. Check the spelling there, or ask a coordinator to add it."
        ) % {"name": unknown_name}
    return gettext(
        "“%(name)s” is not in the directory, or is listed more than once. Did you mean one of these? %(names)s"
    ) % {
        "name": unknown_name,
        "names": join_with_separator(name_suggestions[:MAX_NAME_SUGGESTIONS], ";"),
    }


class WorkForm(ScreenedForm):
    """What is said about a work. `version` is that of the record which the writer had before them."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    title = forms.CharField(label=_("Title"), max_length=250, error_messages={"required": MISSING_TITLE_MESSAGE})
    summary = forms.CharField(label=_("Summary"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3}))
    areas = AreasField()
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_area_choices(self, coalition)

    @staticmethod
    def get_initial(work: JointWork) -> dict[str, Any]:
        return {
            "title": work.title,
            "summary": work.summary,
            "areas": list(work.areas.all()),
            "version": work.version,
        }


class BeginWorkForm(ScreenedForm):
    """The one page with its five questions; of a longer charter the first two: the others have pages of their own.

    `token` makes a second press harmless.
    """

    title = forms.CharField(label=_("Title"), max_length=250, error_messages={"required": MISSING_TITLE_MESSAGE})
    organisation = forms.ChoiceField(label=_("Which organisation do you represent?"), required=False)
    others = forms.CharField(
        label=_("Other organisations"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Enter one organisation per line, as named in the directory. Each organisation will be able to read the"
            " charter before it signs."
        ),
    )
    label = forms.ChoiceField(
        label=_("Who can read this joint work?"),
        choices=WORK_LABEL_CHOICES,
        initial=Label.CLEAR,
        widget=forms.RadioSelect,
        help_text=_(
            "Until the charter is signed, other readers can see which stakeholder groups take part, but not the"
            " names of organisations."
        ),
    )
    areas = AreasField()
    language = forms.ChoiceField(label=_("Language of the charter"))
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, standing: Standing, charter: CharterForm, record: Record | None = None, **kwargs: Any
    ) -> None:
        """`record` is what it begins as: what is in it is opened to no more people than read that."""
        self.standing, self.charter, self.record = standing, charter, record
        given = {"token": uuid.uuid4(), "language": standing.coalition.language, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs | {"initial": given})
        set_area_choices(self, standing.coalition)
        self.set_choices("language", get_language_choices(get_language() or "en"))
        self._set_organisation_choices()
        self.is_short = charter.name == SHORT_CHARTER_FORM_NAME
        asked = charter.texts if self.is_short else charter.texts[:1]
        for question in asked:
            self.fields[question.name] = build_text_area_field(question.label, help_text=question.hint, required=False)
        self.asked = [question.name for question in asked]
        blanks = {"deliverables": 3, "outcomes": 2} if self.is_short else {}
        self.rows = {name: AnswerRowsField(self, name, (), number) for name, number in blanks.items()}

    @property
    def screened_fields(self) -> tuple[str, ...]:
        rows = tuple(name for name in self.fields if name.endswith(("-what", "-indicator")))
        return ("title", *self.asked, *rows)

    def _set_organisation_choices(self) -> None:
        own = [each for each in self.standing.organisations if each.pk in self.standing.speaks_for]
        self.own = {str(each.pk): each for each in own}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        choices = [(key, each.name) for key, each in self.own.items()]
        if self.standing.is_rapporteur:
            choices.append(("", gettext("other organisations (I am only recording their joint work)")))
        field.choices = choices
        if len(choices) == 1 and self.own:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        self.SCREENED_FIELDS = self.screened_fields  # type: ignore[misc]  # the questions differ from charter to charter
        cleaned = super().clean()
        lines = [" ".join(line.split()) for line in str(cleaned.get("others") or "").splitlines()]
        try:
            self.found = find_organisations_by_name(self.standing.coalition, [line for line in lines if line])
        except ValidationError as error:
            self.add_error("others", error)
        for rows in self.rows.values():
            rows.check()
        validate_label_choice(self, self.record)
        return cleaned

    def get_own_organisation(self) -> Organisation | None:
        if "organisation" not in self.fields:
            return next(iter(self.own.values()))
        return self.own.get(self.cleaned_data["organisation"])

    def get_action_arguments(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        answers: dict[str, Any] = {name: said[name] for name in self.asked if said[name]}
        answers |= {name: rows.answers() for name, rows in self.rows.items()}
        beginning = WorkSetup(self.charter.name, answers, self.found, self.record)
        return {
            "title": said["title"],
            "beginning": beginning,
            "organisation": self.get_own_organisation(),
            "areas": list(said["areas"]),
            "label": said["label"],
            "language": said["language"],
            "token": said["token"],
        }


class PartyForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("part",)

    name = forms.CharField(
        label=_("Organisation"),
        max_length=250,
        help_text=_("As named in the directory."),
        error_messages={"required": _("Enter an organisation, as named in the directory.")},
    )
    part = forms.CharField(
        label=_("Contribution"), required=False, max_length=300, help_text=_("For example, staff for 2 days a month.")
    )
    must_sign = forms.BooleanField(
        label=_("Must sign before the work starts"), required=False, initial=True, widget=forms.CheckboxInput()
    )

    def __init__(self, *args: Any, coalition: Coalition, party: Party | None = None, **kwargs: Any) -> None:
        self.coalition = coalition
        if party is not None:
            kwargs["initial"] = {"part": party.part, "must_sign": party.must_sign}
        super().__init__(*args, **kwargs)
        if party is not None:
            del self.fields["name"]

    def clean_name(self) -> Organisation:
        return find_organisations_by_name(self.coalition, [" ".join(self.cleaned_data["name"].split())])[0]


class ReasonForm(ScreenedForm):
    """Why: the one thing that is asked where something is taken back, amended or left."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)

    reason = build_text_area_field(_("Reason"), required=False)


class EndWorkForm(ReasonForm):
    stage = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[
            (JointWork.Stage.ENDED, pgettext_lazy("joint work", "Completed")),
            (JointWork.Stage.GIVEN_UP, _("Given up")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the work ended.")},
    )
    field_order = ("stage", "reason")
