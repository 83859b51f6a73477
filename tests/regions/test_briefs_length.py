"""Two pages and five as built, from however many records, and nothing that was chosen is lost on the way."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.core.documents.outgoing import to_docx, to_html, to_pdf
from jukwaa.drafting.models import Evidence
from jukwaa.drafting.text_templates import load_text_templates
from jukwaa.regions.brief_clauses import BriefMaterial, BriefMaterialKind, QuotedVoice, plan_brief_clauses
from jukwaa.regions.briefs import Brief, build_brief_document
from tests.factories import EntryFactory, ItemFactory, MeetingFactory
from tests.regions.briefs import create_brief_of
from tests.regions.observations import create_observation, create_representative
from tests.regions.test_briefs_read import extract_docx_text

BRIEF_PARTS = load_text_templates()["brief"].parts
WORDING_BY_LANGUAGE = {
    "en": "A named contact of the provider answers a report from the hotline within three working days. ",
    "fr": "Une personne que le fournisseur a désignée répond à tout signalement dans les trois jours ouvrables. ",
    "ar": "يجيب شخص معيّن باسمه لدى مزوّد الخدمة على كل بلاغ يرد من الخط الساخن خلال ثلاثة أيام عمل. ",
}
COUNTRY_CODES = ("KE", "BR", "FR", "IN", "PL")
LONG_WORDING = "What was learned in a country where providers, schools and the police met for the first time, part {n}"


def create_long_records(coalition, language: str, record_count: int, record_kinds: tuple[str, ...]):
    """Create records of these kinds in turn, each longer than a brief quotes."""
    author = create_representative(coalition, "KE", organisation_name="Whose it is")
    said = {
        "what_worked": WORDING_BY_LANGUAGE[language] * 6,
        "what_changed": WORDING_BY_LANGUAGE[language] * 3,
        "language": language,
    }
    for n in range(record_count):
        title, kind = LONG_WORDING.format(n=n), record_kinds[n % len(record_kinds)]
        if kind == "decision":
            meeting = MeetingFactory(coalition=coalition, title=title, published=True, label="TLP:CLEAR")
            yield EntryFactory(
                coalition=coalition, published=True, text=WORDING_BY_LANGUAGE[language] * 4, meeting=meeting
            )
        elif kind == "observation":
            details = {
                "tried": WORDING_BY_LANGUAGE[language] * 2,
                "not_known": WORDING_BY_LANGUAGE[language] * 2,
                "affected": WORDING_BY_LANGUAGE[language],
            }
            where = (COUNTRY_CODES[n % len(COUNTRY_CODES)],)
            yield create_observation(coalition, author, where, details=details, title=title, **said)
        else:
            details = {
                "conditions": WORDING_BY_LANGUAGE[language] * 2,
                "what_did_not_work": WORDING_BY_LANGUAGE[language] * 2,
            }
            yield ItemFactory(coalition=coalition, published=True, kind=kind, title=title, details=details, **said)


SIX_ITEM_KINDS = ("good-practice", "law-or-policy", "observation", "decision", "research", "observation")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(
    ("record_count", "record_kinds"),
    [
        (40, SIX_ITEM_KINDS),
        (40, ("observation",)),
        (40, ("good-practice",)),
        (40, ("decision",)),
        (12, SIX_ITEM_KINDS),
        (7, SIX_ITEM_KINDS),
    ],
)
def test_brief_has_two_and_five_pages(coalition, rapporteur, language, record_count, record_kinds):
    chosen = list(create_long_records(coalition, language, record_count, record_kinds))
    text = create_brief_of(
        coalition,
        rapporteur,
        chosen,
        language=language,
        title=LONG_WORDING.format(n=0),
        summary=WORDING_BY_LANGUAGE[language] * 2,
    )
    briefs = {length: Brief.build_for_draft(text, length) for length in ("two", "five")}
    pages = {length: to_pdf(build_brief_document(brief)).pages for length, brief in briefs.items()}

    assert pages["two"] <= 2
    assert pages["five"] <= 5
    for brief in briefs.values():
        there = {source.record.pk for source in (*brief.sources, *brief.others)}
        assert there == {record.pk for record in chosen}


def test_each_brief_length_lists_omitted_records(coalition, rapporteur):
    chosen = list(create_long_records(coalition, "en", 40, SIX_ITEM_KINDS))
    text = create_brief_of(coalition, rapporteur, chosen)
    two, five = (
        extract_docx_text(to_docx(build_brief_document(Brief.build_for_draft(text, length))))
        for length in ("two", "five")
    )
    rest = Evidence.objects.filter(clause__text=text.pk, quoted=False)

    assert "Also chosen for this brief, but not quoted. See the sources." in five
    assert "The 5-page version quotes or lists" in two
    assert "more records:" in two
    assert rest.exists()
    for words in (two, five):
        assert all(f"[S{number}]" in words for number in range(1, 41))


def test_source_numbers_precede_titles_in_right_to_left_brief(coalition, rapporteur):
    text = create_brief_of(
        coalition, rapporteur, list(create_long_records(coalition, "en", 30, SIX_ITEM_KINDS)), language="ar"
    )
    page = str(to_html(build_brief_document(Brief.build_for_draft(text, "five"))))

    assert "[S1]\u200f\u00a0</span><a" in page
    assert '<bdi><span lang="en">What was learned in a country' in page
    assert "</bdi></a>.\u200f " in page


def test_short_brief_quotes_all_records(coalition, rapporteur):
    text = create_brief_of(coalition, rapporteur, list(create_long_records(coalition, "en", 4, SIX_ITEM_KINDS)))
    five = extract_docx_text(to_docx(build_brief_document(Brief.build_for_draft(text, "five"))))

    assert "but not quoted" not in five
    assert not Evidence.objects.filter(clause__text=text.pk, quoted=False).exists()
    assert "Each title links to its record" not in five


# ---- what is planned, without a database


def build_random_material(number: int, sort: BriefMaterialKind, words: str, voice_count: int) -> BriefMaterial:
    says = {"seen": words, "worked": words, "text": words, "conditions": words, "changed": words, "tried": words}
    said = [
        QuotedVoice(f"Organisation {each} sees it differently", words, f"voice-{number}-{each}")
        for each in range(voice_count)
    ]
    groups = ("african", "grulac", "weog")[number % 3 :][:1]
    return BriefMaterial(number, f"Title {number}", sort, groups=groups, says=says, voices=said)


material_strategy = st.builds(
    build_random_material,
    st.integers(1, 60),
    st.sampled_from(BriefMaterialKind),
    st.integers(0, 600).map(lambda size: "word " * (size // 5)),
    st.integers(0, 3),
)


@settings(deadline=None)
@given(st.lists(material_strategy, max_size=40))
def test_brief_plan_has_all_records_and_differing_ones_adjacent(brief_material):
    planned = plan_brief_clauses(BRIEF_PARTS, brief_material, language="en")
    kept = {each.record: each for each in brief_material}

    assert {record for each in planned for record in each.rests_on} == set(kept)
    for at, each in enumerate(planned):
        if each.turn and each.kind == "heading":
            assert planned[at + 1].turn
    seen = {part for each in planned for part in each.parts}
    for record in kept.values():
        if any(each.rests_on == (record.record,) and each.turn and each.quoted for each in planned):
            differing = {said.part for said in record.voices} if record.sort is BriefMaterialKind.OBSERVATION else set()
            assert differing <= seen or not record.says["seen"]


def test_each_brief_part_has_its_share_of_quotations():
    chosen = [
        build_random_material(n, sort, "word " * 90, 0)
        for n, sort in enumerate(random.Random(1).choices(list(BriefMaterialKind), k=40))
    ]
    planned = plan_brief_clauses(BRIEF_PARTS, chosen, language="en")
    headings = [at for at, each in enumerate(planned) if each.kind == "heading" and not each.turn]

    for at in headings[2:6]:  # what is seen, what works, options, what was agreed
        assert any(each.turn for each in planned[at + 1 : at + 4])
        assert any(each.turn and each.short for each in planned[at + 1 : at + 5])
