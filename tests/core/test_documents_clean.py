import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.documents.incoming import clean_text, decode_text_bytes, extract_text

FRENCH_TEXT = "Les membres ont décidé de partager leurs pratiques à Charm el-Cheikh, où l'été fut agréable.\n"
RUSSIAN_TEXT = "Члены коалиции договорились делиться хорошими практиками и встретиться снова.\n"
ARABIC_TEXT = "اتفق الأعضاء على تبادل المعلومات والممارسات الجيدة.\n"
CHINESE_TEXT = "成员同意 继续分享信息\n"


@pytest.mark.parametrize("text_encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [FRENCH_TEXT, RUSSIAN_TEXT, ARABIC_TEXT, CHINESE_TEXT * 3, "OK 1\n"])
def test_unicode_encodings_are_decoded(text_encoding, text):
    assert decode_text_bytes(text.encode(text_encoding)).text == text


@pytest.mark.parametrize(
    ("text_encoding", "text"), [("cp1252", FRENCH_TEXT), ("cp1251", RUSSIAN_TEXT), ("koi8_r", RUSSIAN_TEXT)]
)
def test_legacy_encoding_is_guessed_with_notice(text_encoding, text):
    decoded = decode_text_bytes((text * 4).encode(text_encoding))

    assert (decoded.text, decoded.notes) == (text * 4, ("guessed",))


def test_mixed_encodings_are_decoded_by_line():
    data = FRENCH_TEXT.encode() * 3 + "Réunion préparée à l'été\n".encode("cp1252")

    assert (decode_text_bytes(data).text, decode_text_bytes(data).notes) == (
        FRENCH_TEXT * 3 + "Réunion préparée à l'été\n",
        ("mixed",),
    )


def test_undecodable_bytes_are_marked():
    assert decode_text_bytes("Ende".encode("utf-16") + b"x").notes == ("broken",)


@pytest.mark.parametrize(
    ("raw_text", "cleaned_name", "expected_notes"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd", ()),
        ("a\fb\u2029c", "a\n\nb\n\nc", ()),
        ("a\x00b\x1bc\x9f", "abc", ("controls",)),
        ("pay \u202eevil\u202c now\u2066!\u2069", "pay evil now!", ("bidi",)),
        ("wo\u00adrd zero\u200bwidth \ufeff\U000e0041", "word zerowidth ", ()),
        ("שלום\u200f! می\u200cخواهم", "שלום\u200f! می\u200cخواهم", ()),
        ("e\u0301", "é", ()),
        ("\ud800", "\ufffd", ()),
    ],
)
def test_only_misleading_characters_are_removed(raw_text, cleaned_name, expected_notes):
    assert clean_text(raw_text) == (cleaned_name, expected_notes)


@given(st.text())
def test_cleaning_is_idempotent(text):
    once, _notes = clean_text(text)

    assert clean_text(once) == (once, ())
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"])))
def test_ordinary_utf8_text_is_unchanged(text):
    text = unicodedata.normalize("NFC", text)

    assert clean_text(decode_text_bytes(text.encode()).text)[0] == text


def test_cleaned_text_keeps_content_and_reports_changes():
    extracted = extract_text(b"Decision:\r\nmeet \xe2\x80\xaeagain\x07\n", "a.txt")

    assert (extracted.text, extracted.media_type, extracted.notes) == (
        "Decision:\nmeet again\n",
        "text/plain",
        (
            "Hidden characters that are not part of the text were removed.",
            "Invisible marks that change the direction of text were removed.",
        ),
    )
