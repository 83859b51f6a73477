"""What a file says of whoever made it, beside its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.documents.incoming import find_personal_properties
from tests.core.documents import build_word_file, build_zip_file, replace_zip_parts

CHANGED_XML = '<w:document><w:ins w:id="1" w:author="A Reviser"/></w:document>'


@pytest.mark.parametrize(
    ("file_content", "property_texts"),
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
        (build_zip_file(meta_xml="<meta:initial-creator>One</meta:initial-creator>"), [("Author", "One")]),
        (b"%PDF-1.7\n<< /Author (A Writer) /Title (x) >>", [("Author", "A Writer")]),
        (b"%PDF-1.7\nnothing", []),
        (b"plain words", []),
        (build_word_file(author="A")[:-40], []),
    ],
)
def test_personal_properties_include_names_comments_and_changes(file_content, property_texts):
    assert [
        (str(what), words) for what, words in find_personal_properties(file_content) if words != "python-docx"
    ] == property_texts


@given(st.binary(max_size=300))
def test_property_search_accepts_any_bytes(data_folder):
    assert find_personal_properties(data_folder) == [] or data_folder.startswith((b"%PDF", b"PK"))
