"""Each kind of record has a mark that can be seen: a shape that is drawn in a colour needs one."""

import re
from pathlib import Path

import jukwaa.core

STYLESHEET_TEXT = (Path(jukwaa.core.__file__).parent / "static/core/css/components.css").read_text(encoding="utf-8")
CSS_RULE_PATTERN = re.compile(r"([^{}]+)\{([^{}]*)\}")
KIND_SELECTOR_PATTERN = re.compile(r'\[data-kind="([\w-]+)"\]')


def test_css_marks_exist_for_every_kind_with_colour():
    coloured, drawn = set(), set()
    for selector, said in CSS_RULE_PATTERN.findall(re.sub(r"/\*.*?\*/", "", STYLESHEET_TEXT, flags=re.DOTALL)):
        kinds = set(KIND_SELECTOR_PATTERN.findall(selector))
        if "--bead:" in said:
            coloured |= kinds
        elif "var(--bead)" in said:
            drawn |= kinds

    assert "joint-work" in drawn
    assert drawn <= coloured
