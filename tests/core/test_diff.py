import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.diff import TextChange, compare_words, render_changes

TEXT_STRATEGY = st.one_of(
    st.text(), st.lists(st.sampled_from(["members ", "agreed ", "<b>", "\n", "成员", "同意", "é"])).map("".join)
)


@given(TEXT_STRATEGY, TEXT_STRATEGY)
def test_diff_contains_both_texts(old_text, new_text):
    changes = compare_words(old_text, new_text)

    assert "".join(change.text for change in changes if change.kind != "added") == old_text
    assert "".join(change.text for change in changes if change.kind != "removed") == new_text
    assert all(change.text for change in changes)
    assert all(one.kind != other.kind for one, other in pairwise(changes))


@given(TEXT_STRATEGY)
def test_diff_of_text_with_itself_is_empty(text):
    assert compare_words(text, text) == ([TextChange("kept", text)] if text else [])


@given(TEXT_STRATEGY, TEXT_STRATEGY)
def test_diff_escapes_markup(old_text, new_text):
    assert set(re.findall(r"<[^>]*>", render_changes(compare_words(old_text, new_text)))) <= {
        "<del data-mark='[removed]'>",
        "</del>",
        "<ins data-mark='[added]'>",
        "</ins>",
    }


@pytest.mark.parametrize(
    ("old_text", "new_text", "html"),
    [
        (
            "Members should meet.",
            "Members will meet.",
            "Members <del data-mark='[removed]'>should</del><ins data-mark='[added]'>will</ins> meet.",
        ),
        (
            "a bad old idea",
            "a good new idea",
            "a <del data-mark='[removed]'>bad old</del><ins data-mark='[added]'>good new</ins> idea",
        ),
        (
            "成员同意继续",
            "成员决定继续",
            "成员<del data-mark='[removed]'>同意</del><ins data-mark='[added]'>决定</ins>继续",
        ),
        ("x < y", "x > y", "x <del data-mark='[removed]'>&lt;</del><ins data-mark='[added]'>&gt;</ins> y"),
        (
            "اتفق الأعضاء",
            "اتفق الجميع",
            "اتفق <del data-mark='[removed]'>الأعضاء</del><ins data-mark='[added]'>الجميع</ins>",
        ),
        ("", "new", "<ins data-mark='[added]'>new</ins>"),
    ],
)
def test_diff_works_by_words_or_by_characters_without_spaces(old_text, new_text, html):
    assert render_changes(compare_words(old_text, new_text)) == html
