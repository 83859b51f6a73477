"""Words of a clause that somebody quotes, and the words that are their own."""

from jukwaa.drafting.text_matching import count_contributed_words, find_matching_clause_words


def test_quotation_is_found_despite_typing_variants():
    body = "It’s “three working days” – or\nless."
    assert [
        find_matching_clause_words(typed, body) for typed in ("it's", '"three  Working days"', "- or less", "four", " ")
    ] == [
        "It’s",
        "“three working days”",
        "– or\nless",
        "",
        "",
    ]


def test_authors_words_of_proposal_are_new_words_only():
    assert (
        count_contributed_words("So it is clearer.", "Each member should publish it.", "Each member may publish it.")
        == 5
    )
