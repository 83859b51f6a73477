"""Forms of the page on which minutes are taken while a meeting is in progress."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jukwaa.core.forms import Form
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.meetings.forms import DIRECTORY_WIDGET_ATTRS, MeetingRelatedForm, build_topic_field, get_entry_kind_label
from jukwaa.meetings.live_minutes import get_speaker_names
from jukwaa.meetings.models import EntryKind, Line, Meeting, Part
from jukwaa.places.text_folding import fold_text

# The letter that chooses a kind in the list: a browser jumps to the option that begins with the key that is pressed.
SHORTCUT_KEY_BY_ENTRY_KIND = {
    EntryKind.REPORT: "S",
    EntryKind.TOPIC: "T",
    EntryKind.DECISION: "D",
    EntryKind.COMMITMENT: "C",
    EntryKind.PROPOSAL: "P",
    EntryKind.RECOMMENDATION: "R",
    EntryKind.OFFER: "O",
    EntryKind.REQUEST: "Q",
    EntryKind.ANNOUNCEMENT: "A",
    EntryKind.OBSERVATION: "V",
    EntryKind.INTEREST: "I",
    EntryKind.NEXT_MEETING: "N",
}
LINE_KIND_CHOICES = [
    (kind.value, format_lazy("{}: {}", key, get_entry_kind_label(kind)))
    for kind, key in SHORTCUT_KEY_BY_ENTRY_KIND.items()
]
MAX_NAMES_FOUND = 5  # in the sentence that asks for more letters
MIN_NAME_LENGTH = 3  # what is shorter must be the beginning of a name


class MinutesLineForm(MeetingRelatedForm):
    """One line. Two letters are enough for a speaker, if only one name or acronym begins with them."""

    SCREENED_FIELDS = ("text",)
    collects_personal_data = True

    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=LINE_KIND_CHOICES, initial=EntryKind.REPORT)
    speaker = forms.CharField(
        label=gettext_lazy("Speaker"),
        required=False,
        max_length=250,
        widget=forms.TextInput(DIRECTORY_WIDGET_ATTRS),
        help_text=gettext_lazy("Enter the first two letters, or the whole name."),
    )
    text = forms.CharField(
        label=gettext_lazy("What was said or agreed"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Enter what was said or agreed.")},
    )
    item = forms.ModelChoiceField(
        Part.objects.none(),
        label=gettext_lazy("Agenda item"),
        required=False,
        empty_label=gettext_lazy("No agenda item"),
    )
    topic = build_topic_field()
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, has_topic_field: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        if not has_topic_field:
            del self.fields["topic"]
        self.fields["item"].queryset = Part.objects.filter(meeting=meeting)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["token"].initial = uuid4

    def clean_speaker(self) -> str:
        typed = " ".join(self.cleaned_data["speaker"].split())
        if not typed:
            return ""
        if (organisation := self.find_organisation(typed)) is not None:
            return organisation.name
        found = self._find_names_in_text(typed)
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            sentence = _("More than one name begins with “%(typed)s”: %(names)s. Enter more letters.")
            raise forms.ValidationError(
                sentence % {"typed": typed, "names": format_list_in_sentence(found[:MAX_NAMES_FOUND])}
            )
        if len(typed) < MIN_NAME_LENGTH:
            sentence = _("No name begins with “%(typed)s”. Enter the whole name.")
            raise forms.ValidationError(sentence % {"typed": typed})
        return typed

    def _find_names_in_text(self, typed_text: str) -> list[str]:
        begins = fold_text(typed_text)
        whole = [name for keys, name in self._known_names if begins in keys]
        return whole or [name for keys, name in self._known_names if any(key.startswith(begins) for key in keys)]

    @cached_property
    def _known_names(self) -> list[tuple[set[str], str]]:
        return [
            ({fold_text(key) for key in keys if key}, name) for name, keys in get_speaker_names(self.meeting).items()
        ]


class MinutesLineEditForm(MeetingRelatedForm):
    SCREENED_FIELDS = ("text",)

    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=LINE_KIND_CHOICES)
    text = forms.CharField(
        label=gettext_lazy("What was said or agreed"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    topic = build_topic_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, meeting=line.minutes.meeting, **kwargs)
        if line.entry is not None:
            del self.fields["topic"]  # it is held back no longer: its topic is changed on the page of the entry
        if line.entry is not None and line.entry.kind == EntryKind.COMMITMENT:
            del self.fields["kind"]  # a commitment stays one: what was promised hangs on it

    @staticmethod
    def get_initial(minutes_line: Line) -> dict[str, Any]:
        if minutes_line.entry is None:
            return {
                "kind": minutes_line.kind,
                "text": minutes_line.text,
                "topic": minutes_line.topic,
                "version": minutes_line.revision,
            }
        return {"kind": minutes_line.entry.kind, "text": minutes_line.entry.text, "version": minutes_line.entry.version}


class CurrentItemForm(Form):
    """The current agenda item, for everyone."""

    item = forms.ModelChoiceField(
        Part.objects.none(),
        label=gettext_lazy("Current agenda item"),
        required=False,
        empty_label=gettext_lazy("No agenda item"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="current_%s", **kwargs)
        self.fields["item"].queryset = Part.objects.filter(meeting=meeting)  # type: ignore[attr-defined]  # a ModelChoiceField


def set_agenda_item_choices(form: forms.BaseForm, agenda_items: Iterable[Part]) -> None:
    """Offer agenda items that have been read already."""
    field = form.fields["item"]
    choices = [(item.pk, field.label_from_instance(item)) for item in agenda_items]  # type: ignore[attr-defined]  # a ModelChoiceField
    field.widget.choices = [("", field.empty_label), *choices]  # type: ignore[attr-defined]  # as above


def describe_found_names(found_names: list[str]) -> str:
    """Say which names keep an agenda item from being held under the Chatham House Rule."""
    return ngettext(
        "Entries under the Chatham House Rule must not name anyone. Remove this name first: %(names)s.",
        "Entries under the Chatham House Rule must not name anyone. Remove these names first: %(names)s.",
        len(found_names),
    ) % {"names": format_list_in_sentence(found_names)}
