"""What the import understands in each language: see `coalitions/imports/data/words.toml`."""

import pytest
from django.utils.translation import override

from jukwaa.coalitions.imports.vocabulary import REGIONAL_GROUP_WORDS, STAKEHOLDER_GROUP_WORDS, find_meaning
from jukwaa.places.regions import RegionalGroup, StakeholderGroup


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_translated_choices_are_understood_by_import(language):
    with override(language):
        for choices, words in ((RegionalGroup, REGIONAL_GROUP_WORDS), (StakeholderGroup, STAKEHOLDER_GROUP_WORDS)):
            assert [find_meaning(str(choice.label), words) for choice in choices] == list(choices)
