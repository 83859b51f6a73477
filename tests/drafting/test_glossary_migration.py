"""Terms that differ by their case alone get a number when an installation is upgraded."""

from importlib import import_module

from hypothesis import given
from hypothesis import strategies as st

find_new_names = import_module("jukwaa.drafting.migrations.0004_terms_are_unique_in_any_case").find_new_names

NAMES_STRATEGY = st.lists(st.sampled_from(["Hotline", "hotline", "HOTLINE", "hotline (2)", "Hotline (3)"]), unique=True)


def test_oldest_term_keeps_name_and_used_numbers_are_skipped():
    rows = [(1, 1, "en", "Hotline"), (2, 1, "en", "hotline"), (3, 1, "en", "hotline (2)"), (4, 1, "fr", "HOTLINE")]

    assert find_new_names(rows) == {2: "hotline (3)"}


@given(NAMES_STRATEGY)
def test_new_names_are_unique_in_any_case(term_names):
    rows = [(pk, 1, "en", name) for pk, name in enumerate(term_names)]
    renamed = find_new_names(rows)
    after = [renamed.get(pk, name).lower() for pk, name in enumerate(term_names)]

    assert len(set(after)) == len(after)
