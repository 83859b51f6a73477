import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jukwaa.coalitions.duplicates import find_duplicate_pairs, find_likely_duplicates
from jukwaa.coalitions.models import KeptApart
from jukwaa.coalitions.organisation_matching import (
    DirectoryEntry,
    MatchReason,
    OrganisationDirectory,
    find_organisation_matches,
    get_core_words,
)
from tests.factories import OrganisationFactory

DIRECTORY_ENTRIES = {
    1: DirectoryEntry(1, "Family Online Safety Institute", "FOSI", "US"),
    2: DirectoryEntry(2, "Insafe"),
    3: DirectoryEntry(3, "International Telecommunication Union", "ITU", "CH"),
    4: DirectoryEntry(4, "Government of Mauritius", country="MU"),
    5: DirectoryEntry(5, "ECPAT International", former_names=("End Child Prostitution in Asian Tourism",)),
    6: DirectoryEntry(6, "National Society for the Prevention of Cruelty to Children", country="GB"),
    7: DirectoryEntry(7, "Microsoft"),
    8: DirectoryEntry(8, "Ministry of Communications and Information Technology", "MCIT", "EG"),
    9: DirectoryEntry(9, "Internet Watch Foundation", "IWF"),
    10: DirectoryEntry(10, "Child Helpline Kenya", country="KE"),
    11: DirectoryEntry(11, "Government of Egypt", country="EG"),
}
ORGANISATION_DIRECTORY = OrganisationDirectory(DIRECTORY_ENTRIES.values())


@pytest.mark.parametrize(
    ("text", "organisation_pk", "match_reason"),
    [
        ("ecpat international", 5, MatchReason.NAME),
        ("End Child Prostitution in Asian Tourism", 5, MatchReason.FORMER_NAME),
        ("ITU representatives", 3, MatchReason.ACRONYM),
        ("INSAFE network", 2, MatchReason.SAME_WORDS),
        ("Representative of Mauritius government delegate", 4, MatchReason.SAME_WORDS),
        ("MCIT Egypt", 8, MatchReason.SAME_WORDS),
        ("The chair of the Coalition ECPAT International", 5, MatchReason.SAME_WORDS),
        ("NSPCC", 6, MatchReason.INITIALS),
        ("IWF (Internet Watch Foundation)", 9, MatchReason.NAMED_WITHIN),
        ("Family Online Safety", 1, MatchReason.PART_OF_NAME),
        ("representative from Family Online Safety", 1, MatchReason.PART_OF_NAME),
        ("Mauritius representative", 4, MatchReason.PART_OF_NAME),
        ("ECPAT", 5, MatchReason.PART_OF_NAME),
        ("Mircosoft", 7, MatchReason.SPELLING),
        ("Internet Watch Foundation (IWF)", 9, MatchReason.NAME),
        ("Microsoft (MSFT)", 7, MatchReason.NAME),
        ("Internet Watch Foundation (ABC)", 9, MatchReason.NAMED_WITHIN),
        ("National Society for the Prevention of Cruelty to Children (NSPCC)", 6, MatchReason.NAME),
        ("National Society for the Prevention of Cruelty to Children (MENA)", 6, MatchReason.NAMED_WITHIN),
        ("Ministry of Comm. and Inf. Tech.", 8, MatchReason.SPELLING),
        ("Family Online Safety Inst.", 1, MatchReason.SAME_WORDS),
        ("the family online safety inst", 1, MatchReason.SAME_WORDS),
        ("ECPAT Int’l", 5, MatchReason.SAME_WORDS),
        ("Internet Watch Found.", 9, MatchReason.SAME_WORDS),
        ("Nat'l Society for the Prevention of Cruelty to Children", 6, MatchReason.SAME_WORDS),
        ("Min. of Communications and Information Technology", 8, MatchReason.SAME_WORDS),
    ],
)
def test_organisation_is_found_from_report_wording(text, organisation_pk, match_reason):
    assert [(match.organisation_id, match.how) for match in ORGANISATION_DIRECTORY.find(text)] == [
        (organisation_pk, match_reason)
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "members", "the Internet", "safety", "Private sector", "policy makers", "UNICEF"),
        *("Inst.", "Min.", "Found. of the", "Internet Watch: what was found", "Min Watch", "Univ. dept."),
        *(
            "Brazilian members",
            "Kenya",
            "Child Helpline Korea",
            "Child Help. Korea",
            "Government of Kenya",
            "itu was there",
            "the",
        ),
    ],
)
def test_unrelated_words_find_no_organisation(text):
    assert ORGANISATION_DIRECTORY.find(text) == []


@pytest.mark.parametrize(
    ("text", "name_words"),
    [
        ("Dept. of Law, Univ. of Nairobi", ("department", "law", "university", "nairobi")),
        ("Safety Assn. & Assoc.", ("safety", "association", "association")),
        ("Toy Co. Natl.", ("toy", "company", "national")),
        ("Lost and Found", ("lost", "found")),
        ("Min Zhang, co-operation", ("min", "zhang", "co", "operation")),
        ("child.org.", ("child", "org")),
        ("min.gov.ke", ("min", "gov", "ke")),
        ("Instant, Cofound", ("instant", "cofound")),
    ],
)
def test_common_abbreviations_are_expanded_and_lookalikes_are_not(text, name_words):
    assert get_core_words(text) == name_words


def test_name_and_abbreviation_are_duplicates_found_separately():
    directory = OrganisationDirectory(
        [
            DirectoryEntry(1, "Family Safety Institute"),
            DirectoryEntry(2, "Family Safety Inst."),
            DirectoryEntry(3, "Safety"),
        ]
    )

    assert list(find_duplicate_pairs(directory)) == [(1, 2)]
    assert [match.organisation_id for match in directory.find("Family Safety Institute")] == [1]
    assert [match.organisation_id for match in directory.find("Family Safety Inst.")] == [2]


def test_word_shared_by_two_names_is_ambiguous():
    directory = OrganisationDirectory([DirectoryEntry(1, "ECPAT International"), DirectoryEntry(2, "ECPAT Kenya")])

    assert directory.find("ECPAT") == []


@given(
    st.sampled_from(sorted(DIRECTORY_ENTRIES)),
    st.sampled_from(["{}", "the {}", "{} representatives", "Representative of {}", "members of {}", "  {} "]),
    st.sampled_from([str, str.upper, str.lower, str.title]),
)
def test_full_name_matches_its_own_organisation(organisation_pk, surrounding_text, change_case):
    found = ORGANISATION_DIRECTORY.find(surrounding_text.format(change_case(DIRECTORY_ENTRIES[organisation_pk].name)))

    assert found[0].organisation_id == organisation_pk
    assert found[0].is_exact


@given(st.text(max_size=60))
@example("((((")
@example("a, , (b)")
def test_matches_are_always_from_directory(text):
    found = ORGANISATION_DIRECTORY.find(text)

    assert {match.organisation_id for match in found} <= set(DIRECTORY_ENTRIES)
    assert found == sorted(found)
    assert found == ORGANISATION_DIRECTORY.find(text)


@given(
    st.permutations(sorted(DIRECTORY_ENTRIES)),
    st.sampled_from(["ECPAT", "ITU", "Egypt", "Family Online Safety", "Mircosoft"]),
)
def test_matching_ignores_directory_order(entry_order, text):
    assert OrganisationDirectory(DIRECTORY_ENTRIES[pk] for pk in entry_order).find(text) == ORGANISATION_DIRECTORY.find(
        text
    )


def test_matching_many_texts_takes_one_query(coalition, other_coalition, django_assert_num_queries):
    ours = OrganisationFactory(coalition=coalition, name="Insafe")
    OrganisationFactory(coalition=other_coalition, name="Insafe")
    OrganisationFactory(coalition=coalition, name="Insafe (old row)", merged_into=ours)

    with django_assert_num_queries(1):
        directory = OrganisationDirectory.of(coalition)
        found = [directory.find(text) for text in ("INSAFE network", "Insafe", "nobody")]
    assert [[match.organisation_id for match in matches] for matches in found] == [[ours.pk], [ours.pk], []]
    assert find_organisation_matches(coalition, "insafe")[0].name == "Insafe"


def test_likely_duplicates_are_listed_until_dismissed(coalition, django_assert_num_queries):
    first = OrganisationFactory(coalition=coalition, name="ECPAT")
    second = OrganisationFactory(coalition=coalition, name="ECPAT International")
    third = OrganisationFactory(coalition=coalition, name="ITU")
    fourth = OrganisationFactory(coalition=coalition, name="International Telecommunication Union")
    OrganisationFactory(coalition=coalition, name="Government of Kenya", country="KE")
    OrganisationFactory(coalition=coalition, name="Government of Egypt", country="EG")

    with django_assert_num_queries(3):
        pairs = find_likely_duplicates(coalition)
    assert [(pair.first, pair.second) for pair in pairs] == [(first, second), (third, fourth)]

    KeptApart.objects.create(first=first, second=second)
    assert [(pair.first, pair.second) for pair in find_likely_duplicates(coalition)] == [(third, fourth)]


def test_organisations_with_same_acronym_are_likely_duplicates():
    directory = OrganisationDirectory(
        [DirectoryEntry(1, "Alpha", "XYZ"), DirectoryEntry(2, "Beta", "XYZ"), DirectoryEntry(3, "Gamma", "ABC")]
    )

    assert list(find_duplicate_pairs(directory)) == [(1, 2)]
