"""Tasks whose owner and deadline are behind an arrow at the end of a paragraph."""

import pytest

from jukwaa.intake.reader import read_report

MINUTES = "# {title}\n\n{label}: Ana Lopes (Oak Farm), Ben Okoro (Elm)\n\n## 1. Fence\n\n{paragraph}\n"


def find_commitments(paragraph: str, language: str = "en") -> list[tuple[str, tuple[str, ...], str]]:
    title, label = ("Réunion du 3 mai 2026", "Présents ") if language == "fr" else ("Minutes of 3 May 2026", "Present")
    reading = read_report(MINUTES.format(title=title, label=label, paragraph=paragraph), language=language)
    return [(made.words, made.actors, made.due) for made in reading.suggestions if made.kind == "commitment"]


@pytest.mark.parametrize(
    ("paragraph", "language", "expected"),
    [
        (
            "The fence was discussed. Draft a page for hosts. → Ana, end of October",
            "en",
            ("Draft a page for hosts.", ("Ana",), "end of October"),
        ),
        ("Ask the town for a contact person. → Ben", "en", ("Ask the town for a contact person.", ("Ben",), "")),
        (
            "Print the map. => Ana and Ben, before Christmas",
            "en",
            ("Print the map.", ("Ana", "Ben"), "before Christmas"),
        ),
        ("Print the map. --> Vera, 30 October", "en", ("Print the map.", ("Vera",), "30 October")),
        (
            "Le débat a été long. Traduire le guide. → Ana et Ben, avant le 15 janvier",
            "fr",
            ("Traduire le guide.", ("Ana", "Ben"), "avant le 15 janvier"),
        ),
        ("Relancer la mairie. → Ben (absent, à confirmer), mars", "fr", ("Relancer la mairie.", ("Ben",), "mars")),
    ],
)
def test_sentence_before_an_arrow_and_names_is_a_task(paragraph, language, expected):
    assert find_commitments(paragraph, language) == [expected]


@pytest.mark.parametrize(
    "paragraph",
    [
        "The caravan goes Paris → Lyon, 3 May",
        "The price of wood fell. → Approved",
        "The old text becomes shorter → Version B, in June",
        "Phase one ends here. → Phase Two",
        "The fence is old. → Ana, who painted it",
        "The fence is old. → Ben, as always",
    ],
)
def test_other_words_behind_an_arrow_give_no_task(paragraph):
    assert find_commitments(paragraph) == []
