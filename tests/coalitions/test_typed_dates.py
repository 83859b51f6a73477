"""What people type into a date field, in the language of their page."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from jukwaa.coalitions.forms.fields import DayField

DAY = date(2026, 9, 22)


@pytest.mark.parametrize(
    "typed_text",
    [
        *("2026-09-22", "22/09/2026", "22.09.2026", "22-9-2026", "9/22/2026"),
        *("22 September 2026", "22 Sep 2026", "September 22, 2026", "22nd September 2026"),
        *("22 de setembro de 2026", "22 septembre 2026", "22 de septiembre de 2026", "22 September 2026 "),
        *("٢٢ سبتمبر ٢٠٢٦", "22. September 2026"),
    ],
)
def test_day_of_any_language_is_accepted_where_it_can_be_one_day_only(typed_text):
    assert DayField().clean(typed_text) == DAY


@pytest.mark.parametrize("language", ["fr", "es", "ar", "pt"])
def test_day_comes_first_where_the_language_says_so(language):
    with override(language):
        assert DayField().clean("03/04/2026") == date(2026, 4, 3)


def test_day_comes_first_before_full_stops_in_every_language():
    assert DayField().clean("03.04.2026") == date(2026, 4, 3)


def test_english_numbers_that_could_be_two_days_are_refused_with_both():
    with pytest.raises(ValidationError) as refused:
        DayField().clean("03/04/2026")

    assert refused.value.messages == ["“03/04/2026” could mean 2026-04-03 or 2026-03-04. Enter one of these dates."]


@pytest.mark.parametrize(
    "typed_text", ["soon", "22/09/26", "September 2026", "2026", "22 September", "46287", "Q3 2026"]
)
def test_text_that_is_not_a_whole_day_is_refused_with_an_example(typed_text):
    with pytest.raises(ValidationError) as refused:
        DayField().clean(typed_text)

    assert refused.value.messages == ["Enter a date such as 31 March 2026 or 2026-03-31."]


def test_example_is_in_the_language_of_the_page():
    with override("fr"):
        with pytest.raises(ValidationError) as refused:
            DayField().clean("bientôt")

        assert "31 mars 2026" in refused.value.messages[0]


def test_empty_field_has_no_day():
    assert DayField().clean("") is None
