"""What a file says of whoever made it, beside its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.documents.incoming import find_personal_properties
from tests.core.documents import build_word_file, build_zip, replace_zip_parts

CHANGED_XML = '<w:document><w:ins w:id="1" w:author="A Reviser"/></w:document>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            build_word_file(author="A Writer", last_modified_by="Another"),
            [("Author", "A Writer"), ("Last changed by", "Another")],
        ),
        (
            replace_zip_parts(
                build_word_file(author="A & B"), word__comments_xml="<w:comments/>", word__document_xml=CHANGED_XML
            ),
            [("Author", "A & B"), ("Comments in the margin", ""), ("Tracked changes", "A Reviser")],
        ),
        (build_zip(meta_xml="<meta:initial-creator>One</meta:initial-creator>"), [("Author", "One")]),
        (b"%PDF-1.7\n<< /Author (A Writer) /Title (x) >>", [("Author", "A Writer")]),
        (b"%PDF-1.7\nnothing", []),
        (b"plain words", []),
        (build_word_file(author="A")[:-40], []),
    ],
)
def test_personal_properties_include_names_comments_and_changes(data, said):
    assert [(str(what), words) for what, words in find_personal_properties(data) if words != "python-docx"] == said


@given(st.binary(max_size=300))
def test_property_search_accepts_any_bytes(data):
    assert find_personal_properties(data) == [] or data.startswith((b"%PDF", b"PK"))
