"""Which addresses in a remark did not work."""

import pytest

from jukwaa.coalitions.imports.bounced_addresses import find_addresses_that_bounced

ADDRESSES = {letter: f"{letter}@quillwort.example" for letter in ("old", "new", "two")}


@pytest.mark.parametrize(
    ("remark", "row", "bounced"),
    [
        ("Mail to old bounced", "new", "old"),
        ("Email to old bounced in May", "new", "old"),
        ("My message to old has bounced", "new", "old"),
        ("The address old bounced", "new", "old"),
        ("Undeliverable: message to old", "new", "old"),
        ("use new because old bounced", "new", "old"),
        ("new since old bounced", "new", "old"),
        ("new replaces old bounced", "new", "old"),
        ("new works, bounced: old", "new", "old"),
        ("Bounced: old, two", "new", "old two"),
        ("Both addresses bounced: old, two", "old two", "old two"),
        ("Both bounced: old and two", "old two", "old two"),
        ("old and two bounced", "new", "old two"),
        ("old / two bounced, use new", "new", "old two"),
        ("bounced old, new works", "new", "old"),
        ("old -> new bounced", "old", "new"),
        ("old no longer works; use new", "old", "old"),
        ("old no longer works; use new", "new", ""),
        ("old no longer works", "new", ""),
        ("El correo a old rebotado", "new", ""),
        ("bounced please use new", "old", "old"),
        ("email bounced, nouvelle adresse : new", "old", "old"),
        ("use new because the former one bounced", "new", ""),
        ("use new because the former one bounced", "old", "old"),
        ("bounced, use new", "new", ""),
        ("delivery fails", "old two", ""),
    ],
)
def test_addresses_that_bounced(remark, row, bounced):
    words = " ".join(ADDRESSES.get(word, word) for word in remark.replace(",", " ,").replace(";", " ;").split())
    found = find_addresses_that_bounced(words, {ADDRESSES[each] for each in row.split()})
    assert found == {ADDRESSES[each] for each in bounced.split()}
