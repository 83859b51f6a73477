"""Groups of choices are named, described and reachable from the error summary; names begin with what can be seen."""

import re
from html.parser import HTMLParser

from django import forms
from django.template.loader import render_to_string

from jukwaa.core.forms import Form
from tests.test_templates import TEMPLATE_FILES, get_template_name


class FormReply(Form):
    answer = forms.ChoiceField(
        label="Will you attend?",
        help_text="Choose one.",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    areas = forms.MultipleChoiceField(
        label="Areas", choices=[("a", "Law"), ("b", "Helplines")], widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label="Note", help_text="One sentence.", max_length=5)
    token = forms.CharField(widget=forms.HiddenInput)


class FormReferences(HTMLParser):
    """The ids of a page, and the ids that its links, labels and descriptions name."""

    def __init__(self, page_html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: set[str] = set()
        self.tags: dict[str, str] = {}
        self.feed(page_html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
            self.tags[given["id"]] = tag
        self.named.update(given.get("aria-describedby", "").split())
        self.named.update([given["for"]] if "for" in given else [])
        self.named.update([given["href"][1:]] if given.get("href", "").startswith("#") else [])


def test_group_descriptions_and_error_links_lead_to_existing_ids():
    found = FormReferences(str(FormReply({"note": "too long"})))

    assert found.named - set(found.ids) == set()
    assert {"id_answer_hint", "id_answer_error", "id_areas_error", "id_note_hint", "id_note_error"} <= found.named
    assert {found.tags[name] for name in ("id_answer_0", "id_areas_0", "id_note")} == {"input"}
    assert len(found.ids) == len(set(found.ids))


def test_group_is_described_once_by_its_fieldset():
    markup = str(FormReply({})["answer"].as_field_group())

    assert '<fieldset aria-describedby="id_answer_hint id_answer_error"><legend>Will you attend?</legend>' in markup
    assert markup.count("aria-describedby") == 1


def test_error_summary_is_focused_and_counts_errors():
    markup = str(FormReply({"note": "too long"}))

    assert re.search(r'<div [^>]*role="alert"[^>]* autofocus', markup)
    assert "There are 4 problems:" in markup
    assert markup.partition("</ul>")[0].count("<li>") == 4


def test_page_title_says_that_form_has_errors(rf):
    request = rf.get("/")
    titles = [
        re.findall("<title>(.*?)</title>", render_to_string("base.html", {"form": form}, request))[0]
        for form in (FormReply(), FormReply({}))
    ]

    assert titles == ["Jukwaa", "Error: Jukwaa"]


def test_every_fieldset_has_legend():
    bare = {
        get_template_name(path)
        for path in TEMPLATE_FILES
        for group in re.findall(r"<fieldset\b[^<]*(?:<(?!/fieldset)[^<]*)*", path.read_text())
        if not re.search(r"<legend\b", group) and "{{ field" not in group
    }

    assert bare == set()
