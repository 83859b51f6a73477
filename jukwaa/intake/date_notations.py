"""Days written in Roman numerals or in words, as figures.

Everything here works on text without case, accents and punctuation: see `fold_text`.
"""

import re

ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ROMAN_MONTH_PATTERN = "|".join(sorted(ROMAN_MONTHS, key=len, reverse=True))
ROMAN_DATE_PATTERN = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{_ROMAN_MONTH_PATTERN}) (?P<year>(?:19|20)\d\d)\b")
# The numbers from 1 on. Those of English are ordinals.
NUMBER_WORDS = {
    "en": (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty+first twenty+second twenty+third "
        "twenty+fourth twenty+fifth twenty+sixth twenty+seventh twenty+eighth twenty+ninth thirtieth thirty+first"
    ),
    "fr": (
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix+sept dix+huit "
        "dix+neuf vingt vingt+et+un vingt+deux vingt+trois vingt+quatre vingt+cinq vingt+six vingt+sept vingt+huit "
        "vingt+neuf trente trente+et+un trente+deux trente+trois trente+quatre trente+cinq trente+six trente+sept "
        "trente+huit trente+neuf"
    ),
    "es": (
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
        "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
        "veintiocho veintinueve treinta treinta+y+uno treinta+y+dos treinta+y+tres treinta+y+cuatro treinta+y+cinco "
        "treinta+y+seis treinta+y+siete treinta+y+ocho treinta+y+nueve"
    ),
    "pt": (
        "um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito "
        "dezenove vinte vinte+e+um vinte+e+dois vinte+e+tres vinte+e+quatro vinte+e+cinco vinte+e+seis vinte+e+sete "
        "vinte+e+oito vinte+e+nove trinta trinta+e+um trinta+e+dois trinta+e+tres trinta+e+quatro trinta+e+cinco "
        "trinta+e+seis trinta+e+sete trinta+e+oito trinta+e+nove"
    ),
    "en_year": (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty twenty+one twenty+two twenty+three twenty+four twenty+five twenty+six twenty+seven "
        "twenty+eight twenty+nine thirty thirty+one thirty+two thirty+three thirty+four thirty+five"
    ),
}
FURTHER_NUMBER_WORDS = {"premier": 1, "primero": 1, "primeiro": 1, "catorze": 14, "dezasseis": 16, "dezassete": 17}
LAST_DAY_OF_MONTH = 31


def index_number_words(languages: tuple[str, ...], last_number: int) -> dict[str, int]:
    """The words of these languages to their numbers, where two languages write a number alike too."""
    return {
        word.replace("+", " "): number
        for language in languages
        for number, word in enumerate(NUMBER_WORDS[language].split(), start=1)
        if number <= last_number
    }


DAY_NUMBERS = index_number_words(("en", "fr", "es", "pt"), LAST_DAY_OF_MONTH) | FURTHER_NUMBER_WORDS
YEAR_NUMBERS = index_number_words(("en_year", "fr", "es", "pt"), 99)


def _build_alternatives_pattern(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


YEAR_IN_WORDS_PATTERN = re.compile(
    r"\b(?:two thousand(?: and)?|twenty|deux mille|dos mil|dois mil(?: e)?)"
    rf" (?P<number>{_build_alternatives_pattern(YEAR_NUMBERS)})\b"
)


# "aos doze dias do mês de março", "a los 12 días del mes de marzo"
MONTH_FORMULA_PATTERN = re.compile(r"(?<=\w )(?:dias?|jours?)(?: (?:del|do|du) (?:mes|mois))? (?=(?:de|d) )")


class SpelledOutDateConverter:
    """Days such as "jeudi seize juillet", for the names of months that are given."""

    def __init__(self, month_names: dict[str, int]) -> None:
        self._months = month_names
        self._pattern = re.compile(
            rf"\b(?P<day>{_build_alternatives_pattern(DAY_NUMBERS)}) (?:day )?(?:of |de )?"
            rf"(?P<month>{_build_alternatives_pattern(month_names)})\b(?: (?:de |del |of )?(?P<year>(?:19|20)\d\d)\b)?"
        )

    def write_in_figures(self, words: str) -> str:
        """Write days and years in words, and months in Roman numerals, as figures.

        A day without a year gets the only year that these words write in words, wherever it stands.
        """
        words = MONTH_FORMULA_PATTERN.sub("", words)
        words = ROMAN_DATE_PATTERN.sub(
            lambda found: f"{found['day']} {ENGLISH_MONTHS[ROMAN_MONTHS.index(found['month'])]} {found['year']}", words
        )
        if not self._pattern.search(words):
            return words
        years = {2000 + YEAR_NUMBERS[found["number"]] for found in YEAR_IN_WORDS_PATTERN.finditer(words)}
        only_year = str(years.pop()) if len(years) == 1 else ""
        words = YEAR_IN_WORDS_PATTERN.sub(lambda found: str(2000 + YEAR_NUMBERS[found["number"]]), words)
        return self._pattern.sub(lambda found: self._format_matched_day(found, only_year), words)

    def _format_matched_day(self, day_match: re.Match[str], only_year: str) -> str:
        month = ENGLISH_MONTHS[self._months[day_match["month"]] - 1]
        return f"{DAY_NUMBERS[day_match['day']]} {month} {day_match['year'] or only_year}".rstrip()
