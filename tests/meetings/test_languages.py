"""The pages are shown in the reader's language."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from jukwaa.meetings.forms_schedule import MeetingForm
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.meetings.report.formats import REPORT_FORMATS_BY_NAME, load_report_formats
from jukwaa.meetings.templatetags import meetings as tags


@pytest.fixture(autouse=True)
def activate_french():
    with translation.override("fr"):
        yield


def test_readers_are_translated_and_label_is_not(compiled_translations):
    words = [str(words) for _label, words in MeetingForm().fields["label"].choices]

    assert words[0] == f"{gettext('Everyone')} (TLP:CLEAR)"
    assert gettext("Everyone") != "Everyone"


def test_history_field_names_are_translated(compiled_translations):
    fields = Meeting.get_versioned_fields() | Entry.get_versioned_fields()
    names = {name: str(fields[name].verbose_name) for name in ("precision", "kind")}

    assert names == {"precision": gettext("how exact the date is"), "kind": gettext("kind")}
    assert names["precision"] != "how exact the date is"


def test_report_format_titles_are_translated_unless_custom():
    ours = load_report_formats('[ministry]\ntitle = "Our ministry"\nsource = "It"\nyear = 2026\n')["ministry"]
    with translation.override("en"):
        assert {name: str(title) for name, title in tags.REPORT_FORMAT_TITLES.items()} == {
            name: shape.title for name, shape in REPORT_FORMATS_BY_NAME.items()
        }

    assert [tags.report_format_title(shape) for shape in REPORT_FORMATS_BY_NAME.values()] == [
        gettext(s.title) for s in REPORT_FORMATS_BY_NAME.values()
    ]
    assert tags.report_format_title(ours) == "Our ministry"
