"""Patterns that are compiled when they are first used."""

import re

import pytest

from jukwaa.core import patterns
from jukwaa.core.patterns import compile_all_patterns, compile_when_used

UNCLOSED = "(unclosed"  # what cannot be compiled shows when it is


@pytest.fixture(autouse=True)
def own_patterns(monkeypatch):
    monkeypatch.setattr(patterns, "_patterns", [])


def test_pattern_behaves_as_compiled_one():
    word = compile_when_used("wor(d)", re.IGNORECASE)

    assert (word.pattern, word.flags) == ("wor(d)", re.compile("wor(d)", re.IGNORECASE).flags)
    assert [each.span(1) for each in word.finditer("Word word")] == [(3, 4), (8, 9)]
    assert re.sub(word, "-", "a Word") == "a -"


def test_pattern_is_compiled_when_used():
    unclosed = compile_when_used(UNCLOSED)

    with pytest.raises(re.error):
        unclosed.search("a")


def test_all_patterns_are_compiled_before_fork():
    compile_when_used("a")
    compile_when_used(UNCLOSED)

    with pytest.raises(re.error):
        compile_all_patterns()
