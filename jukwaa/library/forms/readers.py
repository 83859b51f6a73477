"""Who may read it: in words first, the label beneath."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.earlier_addresses import filter_people_by_address
from jukwaa.accounts.models import Person
from jukwaa.coalitions import directory
from jukwaa.coalitions.forms.fields import find_organisations_by_name
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.library.actions import RecordReaders
from jukwaa.library.models import Collection, Item
from jukwaa.records.models import Label
from jukwaa.records.models.record import READERS_BY_LABEL

READER_LABEL_CHOICES = [(label, format_lazy("{} ({})", READERS_BY_LABEL[label], label)) for label in Label]


class ReadersForm(Form):
    """The label, and whom it names: organisations as the directory calls them, persons by name or address."""

    standing: Standing
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("organisations", "persons")

    label = forms.ChoiceField(
        label=_("Who can read this?"),
        choices=READER_LABEL_CHOICES,
        initial=Label.CLEAR,
        widget=forms.RadioSelect(),
        help_text=_(
            "Most of the coalition's work is open to everyone. Choose fewer readers only if there is a reason."
            " Anyone can apply to join, and new members can read all records that are open to members. The people"
            " who run the server can read everything."
        ),
    )
    organisations = forms.CharField(
        label=_("Organisations whose people can read the record"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Only if you chose “People in the named organisations”. Enter one organisation per line, "
            "as named in the directory."
        ),
    )
    persons = forms.CharField(
        label=_("People who can read the record"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only if you chose “Named people”. Enter one person per line, by name or email address."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        label = cleaned.get("label")
        self._found: dict[str, list[Any]] = {"organisations": [], "persons": []}
        if label == Label.AMBER:
            self._resolve_typed_lines(
                "organisations", self._find_typed_organisations, gettext("Enter the name of at least 1 organisation.")
            )
        if label == Label.RED:
            self._resolve_typed_lines(
                "persons", self._find_typed_people, gettext("Enter the name or email address of at least 1 person.")
            )
        if label == Label.STRICT and not self.has_own_organisation():
            self.add_error(
                "label",
                gettext(
                    "Choose other readers. With this choice, no one would be able to read the record, because no "
                    "organisation has confirmed that you belong to it."
                ),
            )
        return cleaned

    def has_own_organisation(self) -> bool:
        """Whether one has confirmed its author, so that somebody could read what is for their organisation."""
        return bool(self.standing.organisations)

    def readers(self) -> RecordReaders:
        return RecordReaders(self.cleaned_data["label"], self._found["organisations"], self._found["persons"])

    def _resolve_typed_lines(self, field: str, find_match: Any, empty_message: str) -> None:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data.get(field) or "").splitlines()]
        lines = [line for line in lines if line]
        if not lines:
            self.add_error(field, empty_message)
            return
        try:
            self._found[field] = find_match(lines)
        except ValidationError as error:
            self.add_error(field, error)

    def _find_typed_organisations(self, lines: list[str]) -> list[Organisation]:
        return find_organisations_by_name(lines, self.standing.coalition)

    def _find_typed_people(self, lines: list[str]) -> list[Person]:
        people = directory.get_visible_people(self.standing)
        found, unknown = [], []
        for line in lines:
            named = list(
                (filter_people_by_address(people, line) if "@" in line else people.filter(name__iexact=line))[:2]
            )
            if len(named) == 1:
                found.extend(named)
            else:
                unknown.append(line)
        if unknown:
            raise ValidationError(_format_unknown_persons(unknown))
        return found


class ChangeReadersForm(ReadersForm):
    """Who may read what is there already: begins with whom it names now."""

    def __init__(self, *args: Any, viewer_standing: Standing, record: Item | Collection, **kwargs: Any) -> None:
        self.standing = viewer_standing
        own = {organisation.pk for organisation in viewer_standing.organisations}
        named = list(record.audience.select_related("organisation", "person"))
        organisations = [row.organisation.name for row in named if row.organisation and row.organisation_id not in own]
        persons = [row.person.email or row.person.name for row in named if row.person]
        kwargs["initial"] = {
            "label": record.label,
            "organisations": "\n".join(organisations),
            "persons": "\n".join(persons) if record.label == Label.RED else "",
        }
        super().__init__(*args, **kwargs)


def _format_unknown_persons(unknown_names: list[str]) -> str:
    return gettext("Enter the email address instead. We found nobody, or more than one person, named %(names)s.") % {
        "names": join_with_separator(unknown_names, ";")
    }
