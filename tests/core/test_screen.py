"""The screen for words by which somebody could be found, and the signs of a disclosure. No text here is of anybody."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.screening import NAME_SIGN_CATEGORIES, REGULAR_SIGN_CATEGORIES, SCREENING_DATA_PARTS, measure_screening
from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.core.safeguards import (
    looks_like_abuse_material,
    looks_like_disclosure,
    screen_text_for_reviewers,
    screen_text_for_signs,
    split_at_hits,
)
from jukwaa.core.safeguards.abuse_material import has_coded_word, hash_coded_word, load_coded_word_hashes
from jukwaa.core.safeguards.additional_checks import ADDITIONAL_SIGNS
from jukwaa.core.safeguards.disclosure import DISCLOSURE_PATTERNS
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.core.safeguards.rare_combinations import NAME_IN_STORY_SIGN, RARE_COMBINATION_SIGN
from jukwaa.core.safeguards.signs import SAFEGUARD_SIGNS
from jukwaa.records.forms import CommentForm

STANDALONE_CHOICES = [CapacityChoice("own", "on my own", None)]


@pytest.mark.parametrize("sign", SAFEGUARD_SIGNS, ids=lambda sign: sign.name)
def test_screen_pattern_matches_example_and_not_counterexample(sign):
    assert [hit.sign.name for hit in screen_text_for_signs(sign.example)] == [sign.name]
    assert [hit for hit in screen_text_for_signs(sign.counter) if hit.sign == sign] == []


@pytest.mark.parametrize("text", ["05-10-2026 08:30:00", "02-02-2022 10:00", "05/10/2026 08:30", "05.10.2026 08"])
def test_date_with_hour_is_no_telephone_number(text):
    assert screen_text_for_signs(f"Subscribed {text}") == []


@pytest.mark.parametrize("sign", SAFEGUARD_SIGNS, ids=lambda sign: sign.name)
def test_screen_pattern_has_name_reason_and_advice(sign):
    hit = screen_text_for_signs(sign.example)[0]

    assert all(len(words) > 8 for words in (hit.what, hit.why, hit.instead))


@pytest.mark.parametrize(
    "sign", [*ADDITIONAL_SIGNS, RARE_COMBINATION_SIGN, NAME_IN_STORY_SIGN], ids=lambda sign: sign.name
)
def test_reviewer_sees_additional_checks(sign):
    assert sign.name in [hit.sign.name for hit in screen_text_for_reviewers(sign.example)]
    assert screen_text_for_signs(sign.example) == []
    assert [hit for hit in screen_text_for_reviewers(sign.counter) if hit.sign.name == sign.name] == []


@pytest.mark.parametrize(
    ("text", "expected_words"),
    [
        ("Ming came with Amina Example. Hope is given to all.", ["Amina Example"]),
        ("She took the bus to Exampleton with Exampla.", ["Exampleton", "Exampla"]),
        ("The Example Commission said that her office is open.", []),
        ("A blind girl of a Kurdish family. Blind children of Kurdish families.", ["blind", "Kurdish"]),
        ("She wrote from an.example@example.org.", ["an.example@example.org"]),
    ],
)
def test_additional_checks_find_expected_words(text, expected_words):
    assert [text[hit.start : hit.end] for hit in screen_text_for_reviewers(text)] == expected_words


@pytest.mark.parametrize("identifying_part", SCREENING_DATA_PARTS)
def test_screen_finds_identifying_words_and_ignores_policy_texts(identifying_part):
    found, right, ordinary = measure_screening(identifying_part)
    regular, names = (
        [hit for name in kinds for hit in found[name]] for kinds in (REGULAR_SIGN_CATEGORIES, NAME_SIGN_CATEGORIES)
    )

    assert sum(regular) >= 0.95 * len(regular)
    assert sum(names) >= 0.80 * len(names)
    assert sum(ordinary) == 0
    assert sum(sum(marks) for marks in right.values()) >= 0.95 * sum(map(len, right.values()))


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.integers(0, 400))
def test_screen_handles_digits_at_any_distance(text, separating_text):
    around = f"{text}\nBorn on 3 May 2014.{' ' * separating_text}Call +230 5123 45678."

    assert [hit.sign.name for hit in screen_text_for_signs(around) if hit.start >= len(text)] == ["birth", "telephone"]


@pytest.mark.parametrize(
    ("text", "expected_words"),
    [
        ("The girl, aged 9, and a 14 year old boy.", ["girl, aged 9", "14 year old boy"]),
        ("Une fille de 9 ans, un niño de 8 años.", ["fille de 9 ans", "niño de 8 años"]),
        ("From 2001:db8::8a2e:370:7334 to us.", ["2001:db8::8a2e:370:7334"]),
        ("The Lycée Exemple and St Example School.", ["Lycée Exemple", "St Example School"]),
        ("The child Mary Example, 12, was there.", ["Mary Example, 12,"]),
        ("Mary Example (12) spoke, and so did a 12-year-old.", ["Mary Example (12)", "a 12-year-old"]),
        ("We heard Mary Example, 12.", ["Mary Example, 12."]),
        ("We heard Mary Example. Aged 12, she spoke well.", ["Mary Example. Aged 12"]),
        ("Mary, aged 12. And Mary Example; aged 9!", ["Mary, aged 12", "And Mary Example; aged 9"]),
        ("See Article, 12. See South Africa, 12. In Example Town, 12.5 of them; in Kenya. Aged 12 to 14.", []),
        (
            "In Nairobi, 12, 13 and 14 May; in May, 2009; Article (12); South Africa (12); a 14-year-old law.",
            [],
        ),
        ("Children under 18, aged 13 to 17, in 2009-2010; 25 members; TLP:CLEAR; RFC 8058.", []),
        ("Call 0800 123 4567, or 116 111.", ["0800 123 4567"]),
    ],
)
def test_screen_finds_expected_words(text, expected_words):
    assert [text[hit.start : hit.end] for hit in screen_text_for_signs(text)] == expected_words


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_screen_hits_are_ordered_and_do_not_overlap(text):
    hits = screen_text_for_signs(text)
    edges = [edge for hit in hits for edge in (hit.start, hit.end)]

    assert edges == sorted(edges)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert "".join(piece.text for piece in split_at_hits(text, hits)) == text


@given(
    st.sampled_from([sign.example for sign in SAFEGUARD_SIGNS]),
    st.text(st.sampled_from(" .,;\n"), min_size=1, max_size=20),
    st.text(st.sampled_from(" .,;\n"), min_size=1, max_size=20),
)
def test_screen_hits_do_not_depend_on_surrounding_text(example_text, text_before, text_after):
    alone = [example_text[hit.start : hit.end] for hit in screen_text_for_signs(example_text)]
    text = f"{text_before} {example_text} {text_after}"

    assert [text[hit.start : hit.end] for hit in screen_text_for_signs(text)] == alone


@pytest.mark.parametrize("tell", DISCLOSURE_PATTERNS, ids=lambda tell: tell.name)
def test_disclosure_pattern_matches_example_and_not_counterexample(tell):
    assert looks_like_disclosure(tell.example)
    assert not looks_like_disclosure(tell.counter)


@pytest.mark.parametrize(
    "text",
    [
        "A report on abuse by uncles, and on what teachers can do.",
        "Children who were abused by strangers, says the study, seek help late.",
        "Children are abused by their fathers more often than by strangers; the priest touched the audience.",
        "Her teacher abused his office, and the coach beat the record; the report was assaulted by the press.",
        "In Baku, 12 members were asked whether the platform was abused by traffickers.",
        "A survivor wrote: “My uncle touches me.” The helpline answered within a day.",
        "> My uncle touches me.\n\nThank you for telling us how you answered this mail.",
        "Children are abused online, and many were groomed by strangers. Helplines are needed.",
        "I was touched by the speech of my teacher, who made me a better person.",
        "The network was asked whether I was against blackmail; he threatens to leave the coalition.",
        "Les enfants qui sont abusés en ligne, ou agressés par leurs proches, ont droit à une aide.",
        "Un enfant est plus souvent agressé par son père que par un inconnu ; j'ai été frappé par ce chiffre.",
        "Son oncle abuse de ses fonctions ; le discours de son professeur l'a touché.",
        "Los niños que son abusados en línea, o golpeados por sus padres, tienen derecho a ayuda.",
        "Un niño es abusado por su padre más a menudo que por un extraño; a su profesora le toca hablar.",
        "Su padre abusó de su cargo, y el informe fue golpeado por la crisis.",
        "الأطفال الذين يتعرضون للاعتداء عبر الإنترنت يحتاجون إلى المساعدة",
        "قد يتعرض الطفل للعنف من والديه أو من غريب، كما تقول الدراسة",
        "تعرضت الشبكة للاعتداء من قراصنة، وعمها يدرس حماية الأطفال",
    ],
)
def test_reports_on_abuse_are_not_disclosures(text):
    assert not looks_like_disclosure(text)


@pytest.mark.parametrize(
    "text",
    [
        "the child Mary Example, 12, was abused by her uncle at home, call +254 700 123456",
        "A girl in our street is being repeatedly beaten by her stepfather.",
        "A girl in my class is being abused by her uncle.",
        "His coach has been touching him.",
        "Her uncle abused her, and nobody believes it.",
        "Maria Example (9) was groomed in a game.",
        "Une fille de ma classe est abusée sexuellement par son oncle.",
        "Un garçon de notre rue se fait frapper tous les soirs par son beau-père.",
        "Son entraîneur l'a touchée dans le vestiaire.",
        "Ma nièce a été violée.",
        "Marie Exemple, 12 ans, a été agressée chez elle.",
        "Una niña de mi clase es abusada por su tío.",
        "El niño está siendo golpeado por su padrastro en casa.",
        "Su entrenador la toca después de clase.",
        "Mi sobrina fue violada.",
        "María Ejemplo, de 12 años, fue abusada en su casa.",
        "فتاة في صفي يعتدي عليها عمها",
        "تعرضت الفتاة للضرب على يد زوج أمها",
        "معلمه يضربه كل يوم في المدرسة",
        "ابني تعرض للضرب",
    ],
)
def test_disclosure_about_another_child_is_detected(text):
    assert looks_like_disclosure(text)


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_screen_accepts_any_text(text):
    assert looks_like_disclosure(text) in (True, False)
    assert looks_like_abuse_material(text[:50], text) in (True, False)


def test_offer_of_abuse_material_is_detected_and_papers_are_not():
    assert looks_like_abuse_material("note.txt", b"I have CP, write to me")
    assert looks_like_abuse_material("cp_links.txt")
    assert not looks_like_abuse_material("CP guidelines of Brazil.pdf", b"%PDF-1.7")
    assert not looks_like_abuse_material(
        "report.txt", b"We have CP guidelines for industry; cp stands for child protection."
    )
    assert not looks_like_abuse_material("minutes.txt", b"A long paper about trading CP. " * 100)


def test_coded_words_are_stored_as_digests():
    assert all(len(line) == len(hashlib.sha256().hexdigest()) for line in load_coded_word_hashes())
    assert has_coded_word("a Made_Up word", {hash_coded_word("made")})
    assert not has_coded_word("another word", {hash_coded_word("made")})


class NoteForm(ScreenedForm):
    SCREENED_FIELDS = ("note",)
    note = CommentForm.base_fields["body"]


def test_form_with_identifying_words_needs_one_confirmation():
    first = NoteForm({"note": "Write to amina@example.org about it."})
    assert not first.is_valid()
    field, pieces, hits = first.shown[0]
    assert (field.name, [piece.text for piece in pieces], [hit.sign.name for hit in hits]) == (
        "note",
        ["Write to ", "amina@example.org", " about it."],
        ["mail"],
    )

    second = NoteForm({"note": "Write to amina@example.org, please.", "screened": first.data["screened"]})
    assert second.is_valid()


def test_new_identifying_words_need_new_confirmation():
    first = NoteForm({"note": "Write to amina@example.org."})
    first.is_valid()
    second = NoteForm({"note": "Write to amina@example.org or 192.0.2.17.", "screened": first.data["screened"]})

    assert not second.is_valid()
    assert [hit.sign.name for hit in second.shown[0][2]] == ["mail", "internet-address"]


def test_form_without_identifying_words_needs_no_confirmation():
    assert CommentForm({"body": "Well said."}, choices=STANDALONE_CHOICES).is_valid()
