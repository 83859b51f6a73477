"""Frameworks as data: their words for how a capability stands, and what each becomes in a later edition."""

import pytest

from jukwaa.library import schema


def test_framework_defines_capability_levels_and_successors():
    model = schema.get_framework("mnr-2016")

    assert [(state.value, state.meaning) for state in model.states] == [
        ("in-place", "done"),
        ("partly-in-place", "under-way"),
        ("needed", "needed"),
        ("not-looked-at", "unknown"),
    ]
    assert (model.replaced_by, model.ended, model.goes_on["mnr-2016/16"]) == ("mnr-2022", None, ("mnr-2022/16",))
    assert schema.get_framework("itu-checklist-2009").goes_on["itu-checklist-2009/2"] == ()
    assert model.state("a word of before").meaning == "unknown"


FRAMEWORK_TOML = """label = {{ en = "Frame" }}
edition = 2030
source = "https://example.org/"
{more}
[[group]]
label = {{ en = "All" }}
part = [{{ number = 1, label = {{ en = "One" }} }}]
"""


@pytest.mark.parametrize(
    ("successor_fields", "broken_line"),
    [
        ('replaced_by = "nothing"', "frame.toml: nothing is not there"),
        ('replaced_by = "frame"\ngoes_on = { 1 = [9] }', "it goes on in what is not there: \\['frame/9'\\]"),
        ('[[state]]\nvalue = "a"\nmeaning = "best"\nlabel = { en = "A" }', "its states mean each of"),
    ],
)
def test_error_of_invalid_successor_names_broken_line(tmp_path, monkeypatch, successor_fields, broken_line):
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "frame.toml").write_text(FRAMEWORK_TOML.format(more=successor_fields))
    monkeypatch.setattr(schema, "_get_data_folder", lambda: tmp_path)

    with pytest.raises(schema.SchemaError, match=broken_line):
        schema.get_frameworks.__wrapped__()
