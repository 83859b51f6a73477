"""The data files of the library: whole in every language, and refused by their name where they are broken."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from jukwaa.library import schema
from jukwaa.library.templatetags.library import in_words

DATA_FOLDER = Path(schema.__file__).parent / "data"
DATA_FILES = sorted(
    path.relative_to(DATA_FOLDER).as_posix()
    for path in DATA_FOLDER.rglob("*.toml")
    if not path.is_relative_to(DATA_FOLDER / "demo")
)
CHOICE_NAMES = sorted(path.stem for path in (DATA_FOLDER / "choices").iterdir())
LANGUAGE_CODES = {code for code, _name in settings.LANGUAGES}

# The fields of the long form by the kinds that are asked for them, in the order of the form.
PRACTICE_KINDS = ("good-practice", "model", "case-study", "initiative")
FIRST_FIELDS = ["problem"]
ACTION_FIELDS = ["what_was_done"]
STUDY_FIELDS = ["method", "sample"]
ISSUER_FIELDS = ["issuing_body", "issued_on"]
TEXT_FIELDS = [*ISSUER_FIELDS, "document_type", "signatories", "obligations", "time_limits", "follow_up", "criticism"]
OBSERVATION_FIELDS = [
    "issue",
    "seen_since",
    "spread",
    "affected",
    "tried",
    "not_known",
    "sources",
    "rests_on",
    "strength",
]
RESULT_FIELDS = ["resources", "results"]
LAST_FIELDS = [
    "what_did_not_work",
    "conditions",
    "children_took_part",
    "evidence_type",
    "evidence_grade",
    "audience",
    "age_group",
    "risk_class",
    "capabilities",
    "scale",
    "partners",
    "started_on",
    "ended_on",
    "status",
    "licence",
    "contact_role",
]

MODEL_NATIONAL_RESPONSE = {
    "Policy and Governance": ["Leadership", "Research, Analysis and Monitoring", "Legislation"],
    "Criminal Justice": [
        "Dedicated Law Enforcement",
        "Judiciary and Prosecutors",
        "Offender Management Process",
        "Access to Image Databases",
    ],
    "Victim": [
        "End-to-end Support",
        "Child Protection Workforce",
        "Compensation, Remedies and Complaints Arrangements",
        "Child Helpline",
    ],
    "Societal": ["CSEA Hotline", "Education Programme", "Child Participation", "Offender Support Systems"],
    "Industry": [
        "Takedown Procedures",
        "CSEA Reporting",
        "Innovative Solution Development",
        "Corporate Social Responsibility",
    ],
    "Media and Communications": ["Ethical and Informed Media Reporting", "Universal Terminology"],
}


def iter_schema_texts(node: object, error_place: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a file, with the way to it."""
    if isinstance(node, dict) and node and all(isinstance(value, str) for value in node.values()):
        if set(node) & LANGUAGE_CODES:
            yield error_place, node
    elif isinstance(node, dict | list):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from iter_schema_texts(value, f"{error_place} {key}")


def load_schema_texts() -> list[tuple[str, dict[str, str]]]:
    return [
        found
        for file in DATA_FILES
        for found in iter_schema_texts(tomllib.loads((DATA_FOLDER / file).read_text("utf-8")), file)
    ]


def test_texts_exist_in_every_interface_language():
    assert len(load_schema_texts()) > 200
    assert [where for where, text in load_schema_texts() if set(text) != LANGUAGE_CODES] == []
    assert [
        where for where, text in load_schema_texts() if any(said != said.strip() or not said for said in text.values())
    ] == []


def test_data_files_use_respectful_terms():
    hurt = re.compile(r"pornogr|إباحي", re.IGNORECASE)

    assert [where for where, text in load_schema_texts() if hurt.search(" ".join(text.values()))] == []


@pytest.mark.parametrize("choice_name", CHOICE_NAMES)
def test_choices_have_unique_values_and_names(choice_name):
    choices = schema.load_choices(choice_name)

    assert [choice.value for choice in choices if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", choice.value)] == []
    assert len({choice.value for choice in choices}) == len(choices)
    assert {
        language: len({choice.said[language] for choice in choices}) for language in LANGUAGE_CODES
    } == dict.fromkeys(LANGUAGE_CODES, len(choices))


def test_choice_lists_and_fields_match():
    asked = {field.name: field.choices for field in schema.get_detail_fields() if field.type in {"choice", "choices"}}

    shared = {"rests_on": schema.load_choices("evidence_type")}
    assert asked == {name: schema.load_choices(name) for name in CHOICE_NAMES} | shared


def test_field_names_are_unique_and_not_reserved():
    names = [field.name for field in schema.get_detail_fields()]

    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []
    assert len(set(names)) == len(names)
    taken = {"title", "summary", "language", "languages", "countries", "areas", "review_by", "kind", *schema.BOX_FIELDS}
    assert set(names) & taken == set()


@pytest.mark.parametrize(
    ("item_kinds", "field_names"),
    [
        (PRACTICE_KINDS, [*FIRST_FIELDS, *ACTION_FIELDS, *RESULT_FIELDS, *LAST_FIELDS]),
        (["toolkit"], [*FIRST_FIELDS, *ISSUER_FIELDS, "format", *RESULT_FIELDS, *LAST_FIELDS]),
        (["training-material"], [*FIRST_FIELDS, *ISSUER_FIELDS, "duration", "format", *RESULT_FIELDS, *LAST_FIELDS]),
        (["research"], [*FIRST_FIELDS, *STUDY_FIELDS, *ISSUER_FIELDS, *LAST_FIELDS]),
        (["guideline", "law-or-policy"], [*FIRST_FIELDS, *TEXT_FIELDS, *LAST_FIELDS]),
        (
            ["regional-observation"],
            [*OBSERVATION_FIELDS, "age_group", "risk_class", "capabilities", "licence", "contact_role"],
        ),
    ],
)
def test_kinds_have_expected_fields(item_kinds, field_names):
    assert {kind: [field.name for field in schema.get_fields_for_kind(kind)] for kind in item_kinds} == dict.fromkeys(
        item_kinds, field_names
    )


def test_kinds_are_those_that_members_share():
    assert {kind.name: list(kind.owes) for kind in schema.kinds() if kind.owes} == {
        "regional-observation": ["issue", "countries"]
    }
    assert {kind.name: (list(kind.asks), kind.needs_review) for kind in schema.kinds()} == {
        "good-practice": (["what_worked", "what_changed"], False),
        "model": (["what_worked", "what_changed"], False),
        "case-study": (["what_worked", "what_changed"], True),
        "toolkit": (["what_worked", "what_changed"], False),
        "guideline": (["what_worked", "what_changed"], False),
        "initiative": (["what_worked", "what_changed", "how_it_links"], False),
        "research": (["what_worked", "what_changed"], False),
        "law-or-policy": (["what_worked", "what_changed"], False),
        "training-material": (["what_worked", "what_changed"], False),
        "regional-observation": (["what_worked", "what_changed"], True),
        "brief": (["what_worked", "what_changed"], False),
    }


def test_practice_forms_warn_against_describing_children():
    told = {field.name for field in schema.get_detail_fields() if "never a child" in field.hint.get("en", "")}

    assert told == {
        "problem",
        "what_was_done",
        "sample",
        "results",
        "what_did_not_work",
        "children_took_part",
        "affected",
    }


def test_evidence_grades_have_criteria_in_descending_order():
    grades = schema.load_choices("evidence_grade")

    assert [grade.value for grade in grades] == [
        "effective",
        "promising",
        "prudent",
        "pioneering",
        "no-effect",
        "harmful",
        "not-rated",
    ]
    assert [grade.value for grade in grades if not grade.about] == []


def test_frameworks_have_edition_and_source():
    assert [(framework.name, framework.edition) for framework in schema.get_frameworks()] == [
        ("inspire", 2016),
        ("itu-checklist-2009", 2009),
        ("itu-checklist-2020", 2020),
        ("itu-cop", 2008),
        ("mnr-2016", 2016),
        ("mnr-2022", 2022),
    ]
    assert [found.name for found in schema.get_frameworks() if not found.source.startswith("https://")] == []
    assert {len({found.said[language] for found in schema.get_frameworks()}) for language in LANGUAGE_CODES} == {6}


def test_model_national_response_has_six_domains_and_21_capabilities():
    (model,) = [framework for framework in schema.get_frameworks() if framework.name == "mnr-2016"]

    assert [
        (domain["en"], [capability.said["en"] for capability in members]) for domain, members in model.groups
    ] == list(MODEL_NATIONAL_RESPONSE.items())
    assert [capability.value for _domain, members in model.groups for capability in members] == [
        f"mnr-2016/{number}" for number in range(1, 22)
    ]


def get_capabilities():
    return {part.value: part for framework in schema.get_frameworks() for part in framework.capabilities}


def test_capability_answer_names_framework_and_edition():
    field = next(field for field in schema.get_detail_fields() if field.type == "capabilities")

    assert in_words((field, ["mnr-2022/1", "mnr-2016/3", "mnr-2016/1", "itu-cop/4", "gone/1"])) == [
        "ITU Child Online Protection (2008): Capacity Building",
        "WeProtect Model National Response (2016): Leadership; Legislation",
        "WeProtect Model National Response (2022, names of 2016): Leadership",
    ]


def test_capability_is_found_by_value_in_each_edition():
    sizes = {"inspire": 7, "itu-checklist-2009": 4, "itu-checklist-2020": 11, "itu-cop": 5}
    sizes |= {"mnr-2016": 21, "mnr-2022": 21}
    expected = [f"{name}/{number}" for name, size in sizes.items() for number in range(1, size + 1)]

    assert list(get_capabilities()) == expected
    assert get_capabilities()["inspire/3"].said["en"] == "Safe environments"


def test_names_are_in_page_language_or_english():
    research = schema.get_item_kind("research")

    def localize_text_in(language: str, localized_text: schema.LocalizedText) -> str:
        with translation.override(language):
            return str(schema.localize_text_lazily(localized_text))

    assert [localize_text_in(language, research.said) for language in ("en", "fr", "es", "ar", "fr-ca")] == [
        "Research",
        "Recherche",
        "Investigación",
        "بحث",
        "Recherche",
    ]
    assert localize_text_in("es", {"en": "Only this", "fr": "Que ceci"}) == "Only this"


def test_unknown_kind_error_includes_name_of_kind():
    with pytest.raises(LookupError, match="no kind of item is called 'rumour'"):
        schema.get_item_kind("rumour")


# --- files that are broken ---

KIND_TOML = '[[kind]]\nname = "tip"\nlabel = { en = "Tip" }\n'
FIELD_TOML = '[[field]]\nname = "why"\nlabel = { en = "Why" }\n'
CHOICE_TOML = '[[choice]]\nvalue = "near"\nlabel = { en = "Near" }\n'
PART_TOML = 'part = [{ number = 1, label = { en = "One" } }]\n'
GROUP_TOML = f'[[group]]\nlabel = {{ en = "All" }}\n{PART_TOML}'
FRAMEWORK_TOML = f'label = {{ en = "Frame" }}\nedition = 2020\nsource = "https://example.org"\n{GROUP_TOML}'


@pytest.fixture
def schema_data_folder(tmp_path, monkeypatch):
    """A folder of data files of an operator's own, with one row in each."""
    for path, text in {
        "kinds.toml": KIND_TOML,
        "fields.toml": FIELD_TOML,
        "choices/far.toml": CHOICE_TOML,
        "frameworks/frame.toml": FRAMEWORK_TOML,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.setattr(schema, "_get_data_folder", lambda: tmp_path)
    clear_schema_caches()
    yield tmp_path
    clear_schema_caches()


def clear_schema_caches() -> None:
    for loaded in (schema.kinds, schema.get_detail_fields, schema.load_choices, schema.get_frameworks):
        loaded.cache_clear()


def load_all_schemas() -> None:
    schema.kinds()
    schema.get_detail_fields()
    schema.load_choices("far")
    schema.get_frameworks()


def test_operator_adds_kind_field_and_framework_by_data_files(schema_data_folder):
    (schema_data_folder / "fields.toml").write_text(f'{FIELD_TOML}type = "choice"\nchoices = "far"\nkinds = ["tip"]\n')
    (schema_data_folder / "frameworks" / "another.toml").write_text(FRAMEWORK_TOML)

    load_all_schemas()

    assert [field.choices for field in schema.get_fields_for_kind("tip")] == [schema.load_choices("far")]
    assert schema.get_fields_for_kind("another") == []
    assert list(get_capabilities()) == ["another/1", "frame/1"]


@pytest.mark.parametrize(
    ("file_path", "text", "error_text"),
    [
        ("kinds.toml", "[[kind", "kinds.toml: "),
        ("kinds.toml", "", "kinds.toml: there is no [[kind]] in it"),
        ("kinds.toml", "kind = 1", "kinds.toml: there is no [[kind]] in it"),
        ("kinds.toml", '[kind]\nname = "tip"', "kinds.toml: there is no [[kind]] in it"),
        ("kinds.toml", 'kind = ["tip"]', "kinds.toml: there is no [[kind]] in it"),
        ("kinds.toml", '[[kind]]\nlabel = { en = "Tip" }', "kinds.toml: a row has no name"),
        ("kinds.toml", '[[kind]]\nname = "tip"', "kinds.toml: tip: label is not in English"),
        ("kinds.toml", '[[kind]]\nname = "tip"\nlabel = { fr = "Astuce" }', "kinds.toml: tip: label is not in English"),
        ("kinds.toml", KIND_TOML + KIND_TOML, "kinds.toml: tip stands there twice"),
        ("kinds.toml", f'{KIND_TOML}asks = {{ mood = {{ en = "?" }} }}', "kinds.toml: tip asks for ['mood'], and only"),
        ("kinds.toml", f'{KIND_TOML}asks = {{ what_worked = "?" }}', "kinds.toml: what_worked is not in English"),
        ("fields.toml", f'{FIELD_TOML}type = "song"', "fields.toml: why is of type 'song'; there are"),
        (
            "fields.toml",
            f'{FIELD_TOML}kinds = ["tale"]',
            "fields.toml: why is asked of kinds that are not there: ['tale']",
        ),
        ("fields.toml", f'{FIELD_TOML}type = "choice"', "choices/why.toml: "),
        ("fields.toml", f'{FIELD_TOML}hint = {{ fr = "Parce que" }}', "fields.toml: why: hint is not in English"),
        ("fields.toml", FIELD_TOML + FIELD_TOML, "fields.toml: why stands there twice"),
        ("choices/far.toml", '[[choice]]\nlabel = { en = "Near" }', "choices/far.toml: a choice has no value"),
        ("choices/far.toml", '[[choice]]\nvalue = "near"', "choices/far.toml: near: label is not in English"),
        ("choices/far.toml", f'{CHOICE_TOML}about = "close"', "choices/far.toml: near: about is not in English"),
        ("choices/far.toml", CHOICE_TOML + CHOICE_TOML, "choices/far.toml: near stands there twice"),
        ("frameworks/frame.toml", GROUP_TOML, "frameworks/frame.toml: label is not in English"),
        ("frameworks/frame.toml", 'label = { en = "Frame" }', "frameworks/frame.toml: group is missing"),
        (
            "frameworks/frame.toml",
            FRAMEWORK_TOML.replace("2020", '"soon"'),
            "frameworks/frame.toml: invalid literal for int",
        ),
        (
            "frameworks/frame.toml",
            FRAMEWORK_TOML.replace("number = 1, ", ""),
            "frameworks/frame.toml: number is missing",
        ),
        (
            "frameworks/frame.toml",
            FRAMEWORK_TOML.replace("One", ""),
            "frameworks/frame.toml: 1: label is not in English",
        ),
        ("frameworks/frame.toml", FRAMEWORK_TOML + GROUP_TOML, "frameworks/frame.toml: frame/1 stands there twice"),
        ("frameworks/frame.toml", 'group = ["All"]', "frameworks/frame.toml: "),
    ],
)
def test_broken_data_file_error_includes_file_name(schema_data_folder, file_path, text, error_text):
    (schema_data_folder / file_path).write_text(text, encoding="utf-8")

    with pytest.raises(schema.SchemaError, match="^" + re.escape(error_text)):
        load_all_schemas()


@pytest.mark.parametrize("file_path", ["kinds.toml", "fields.toml", "choices/far.toml", "frameworks/frame.toml"])
def test_binary_data_file_error_includes_file_name(schema_data_folder, file_path):
    (schema_data_folder / file_path).write_bytes(b"\xff\xfe\x00")

    with pytest.raises(schema.SchemaError, match=f"^{file_path}: "):
        load_all_schemas()


def test_missing_data_file_error_includes_file_name(schema_data_folder):
    (schema_data_folder / "kinds.toml").unlink()

    with pytest.raises(schema.SchemaError, match=r"^kinds\.toml: "):
        load_all_schemas()
