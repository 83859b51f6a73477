"""Words are found in the languages in which people write, in the forms in which they ask."""

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.records import index
from jukwaa.records.index.analyser import STEMMER_NAMES_BY_LANGUAGE, tokenize_in_order, tokenize_text
from tests.factories import DocumentFactory

SENTENCE_BY_LANGUAGE = {
    "en": "The members discussed guidelines for internet providers and shared what their children had told them.",
    "fr": "Les élèves ont participé à l'atelier sur la sécurité, et des œuvres furent montrées aux opérateurs.",
    "es": "Las niñas pidieron mejores políticas de protección y más información en las escuelas.",
    "pt": "As organizações querem educação digital nas escolas públicas e denúncias mais simples.",
    "de": "Die Maßnahmen zum Schutz der Schülerinnen wurden in vielen Ländern geprüft.",
    "ru": "Учителя ещё раз обсудили безопасность детей и подготовили рекомендации для школ.",
    "ar": "ناقش الأعضاء حماية الأطفال على الإنترنت في المدارس، وشكروا المُعلّمين.",
    "he": "המורים דיברו על בטיחות הילדים ברשת ועל קווים מנחים.",
    "hi": "शिक्षकों ने बच्चों की सुरक्षा के लिए विद्यालयों में चर्चा की।",
    "zh": "老师们讨论了儿童上网安全的问题，并分享了学校的经验。",
    "ja": "先生たちは子どものインターネット安全について話し合いました。",
    "th": "ครูพูดคุยเรื่องความปลอดภัยของเด็กในโรงเรียน",
    "tr": "Öğretmenler çocukların güvenliği için ILIMLI kurallar ve İNTERNET rehberleri hazırladı.",
    "sw": "Walimu walijadili usalama wa watoto mtandaoni na mwongozo wa shule.",
    "el": "Οι δάσκαλοι συζήτησαν για την ασφάλεια των παιδιών στα σχολεία ΚΑΙ ΣΤΟΥΣ ΔΡΟΜΟΥΣ.",
    "ko": "선생님들이 아동의 온라인 안전을 논의했다.",
    "fa": "معلمان دربارهٔ کتاب‌های کودکان گفتگو کردند.",
}

LANGUAGE_QUERIES = [
    ("en", "provider"), ("en", "guideline"), ("en", "Children"), ("en", "ＭＥＭＢＥＲＳ"),
    ("fr", "élève"), ("fr", "securite"), ("fr", "oeuvre"), ("fr", "opérateur"), ("fr", "atelier"),
    ("es", "niña"), ("es", "ninas"), ("es", "política"), ("es", "proteccion"),
    ("pt", "organização"), ("pt", "educacao"), ("pt", "denúncia"),
    ("de", "Massnahme"), ("de", "Maßnahme"), ("de", "Land"), ("de", "Schülerin"),
    ("ru", "учитель"), ("ru", "еще"), ("ru", "рекомендация"), ("ru", "школа"),
    ("ar", "اطفال"), ("ar", "انترنت"), ("ar", "الحماية"), ("ar", "معلمين"), ("ar", "المدارس"), ("ar", "الأطـفال"),
    ("he", "ילדים"), ("he", "מורים"), ("he", "קווים"), ("he", "בטיחות"), ("fr", "élèves securité"),
    ("hi", "बच्चे"), ("hi", "विद्यालय"), ("hi", "सुरक्षा"),
    ("zh", "儿童"), ("zh", "上网安全"), ("zh", "学校"), ("zh", "老"),
    ("ja", "インターネット"), ("ja", "ｲﾝﾀｰﾈｯﾄ"), ("ja", "安全について"),
    ("th", "เด็ก"), ("th", "ความปลอดภัย"), ("th", "โรงเรียน"),
    ("tr", "öğretmen"), ("tr", "ılımlı"), ("tr", "internet"), ("tr", "güvenlik"), ("tr", "cocuk"),
    ("sw", "watoto"), ("sw", "usalama"),
    ("el", "δάσκαλος"), ("el", "σχολείο"), ("el", "ασφαλεια"), ("el", "δρόμους"),
    ("ko", "아동"), ("ko", "안전"),
    ("fa", "كتابهاي"), ("fa", "معلمان"),
]  # fmt: skip


@pytest.fixture
def multilingual_library(coalition):
    for language, sentence in SENTENCE_BY_LANGUAGE.items():
        document = DocumentFactory(
            coalition=coalition, title=f"Text {language}", language=language, text=sentence, published=True
        )
        index.reindex_record(document)
    return coalition


def find_hit_languages(coalition, search_query):
    return {hit.record.language for hit in index.search_records(coalition, AnonymousUser(), search_query).hits}


def test_search_word_finds_text_in_any_interface_language(multilingual_library):
    missed = {
        (language, word)
        for language, word in LANGUAGE_QUERIES
        if language not in find_hit_languages(multilingual_library, word)
    }

    assert missed == set()


def test_word_of_two_languages_finds_both_texts(multilingual_library):
    assert find_hit_languages(multilingual_library, "internet") == {"en", "tr"}
    assert find_hit_languages(multilingual_library, "安全") == {"zh", "ja"}


def test_stem_of_one_language_does_not_match_another(coalition):
    """The English "news" and the French "news" end in the same letters, yet only French cuts them to "new"."""
    for language, text in [("en", "A new helpline"), ("fr", "Les news du mois")]:
        document = DocumentFactory(coalition=coalition, title="x", language=language, text=text, published=True)
        index.reindex_record(document)

    assert find_hit_languages(coalition, "news") == {"fr"}


@pytest.mark.parametrize(
    ("text", "language", "expected_tokens"),
    [
        ("The providers' guidelines of 2009", "en", ["the_en", "provid_en", "guidelin_en", "of_en", "2009"]),
        ("Straße", "de", ["strass_de"]),
        ("ＡＢＣ ﬁnd", "sw", ["abc", "find"]),
        ("ECPAT в школах", "ru", ["ecpat_en", "в_ru", "школ_ru"]),
        ("AI儿童保护", "zh", ["ai", "儿童", "童保", "保护"]),
        ("٢٠٠٩", "ar", ["2009"]),
        ("co\u00adopera\u200btion", "en", ["cooper_en"]),
        ("sécurité", "fr", ["secur_fr", "securit_fr"]),
        ("'; DROP TABLE x; -- \" \\ \0", "en", ["drop_en", "tabl_en", "x_en"]),
        ("", "en", []),
    ],
)
def test_text_is_tokenized_for_index(text, language, expected_tokens):
    assert tokenize_text(text, language) == expected_tokens


@given(st.text(), st.sampled_from(["", "xx", "he", "zh", *STEMMER_NAMES_BY_LANGUAGE]))
def test_index_words_contain_no_query_syntax(text, language):
    for word in [*tokenize_text(text, language), *tokenize_in_order(text, language)]:
        assert word
        assert not set(word) & set("'\"\\ \t\n\0():*&|!<>-")


@given(st.text(), st.sampled_from(["en", "fr", "tr", "ar", "zh", "he", "el", "xx"]))
def test_search_ignores_case_and_unicode_form(text, language):
    assert tokenize_in_order(f" {text} ", language) == tokenize_in_order(text, language)
    if text.isascii() and language != "tr":
        assert tokenize_text(text.upper(), language) == tokenize_text(text.lower(), language)
