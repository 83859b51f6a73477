"""Words of a clause that somebody quotes, and the words that are their own."""

from jukwaa.drafting.text_matching import count_own_words, find_typed_words


def test_words_are_found_although_people_type_them_otherwise():
    body = "It’s “three working days” – or\nless."
    assert [find_typed_words(typed, body) for typed in ("it's", '"three  Working days"', "- or less", "four", " ")] == [
        "It’s",
        "“three working days”",
        "– or\nless",
        "",
        "",
    ]


def test_of_a_proposed_wording_the_new_words_alone_are_its_authors_own():
    assert count_own_words("So it is clearer.", "Each member should publish it.", "Each member may publish it.") == 5
