"""What regions observe: who may speak to it, what stays visible, and what is gone with it."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from jukwaa.coalitions.actions import merge_organisations
from jukwaa.coalitions.models import Activity, Organisation
from jukwaa.core.refusals import ActionRefused
from jukwaa.library import actions as library
from jukwaa.library.models import Item, Review
from jukwaa.records.actions import hold_record_in_quarantine, purge_record, withdraw_record
from jukwaa.records.models import Label, Link
from jukwaa.regions.actions.voices import add_observation_voice, withdraw_observation_voice
from jukwaa.regions.models import Voice
from jukwaa.regions.observation_issues import (
    find_current_voices,
    group_observations_by_region,
    group_voices_by_speaker,
    load_observation_issues,
)
from jukwaa.regions.speaker_origins import SpeakerOrigin
from tests.factories import AffiliationFactory, ItemFactory, MembershipFactory
from tests.regions.observations import create_observation, create_representative, get_first_organisation

pytestmark = pytest.mark.django_db


def add_voice_of(person, observation, voice_stance="confirms", voice_text="", **more):
    more.setdefault("organisation", get_first_organisation(person))
    return add_observation_voice(actor=person, observation=observation, says=voice_stance, words=voice_text, **more)


def list_current_voices(observation):
    return list(Voice.objects.filter(item=observation, stands=True).order_by("pk").values_list("says", "words"))


@pytest.mark.parametrize(
    ("country", "regional_group", "is_from_there"),
    [
        ("KE", "unknown", True),
        ("NG", "unknown", True),  # another country of the same group
        ("FR", "unknown", False),
        ("FR", "african", True),  # what it says of itself goes before its country
        ("NG", "weog", False),
        ("KE", "weog", True),  # one of the very countries
        ("NG", "igo", False),
        ("", "unknown", False),
        ("AQ", "unknown", False),
        ("ZZ", "unknown", False),
    ],
)
def test_stated_region_takes_precedence_over_country(country, regional_group, is_from_there):
    assert SpeakerOrigin(country, regional_group).is_in(["KE"]) is is_from_there


@pytest.mark.parametrize("countries", [[], ["ZZ"], ["AQ"]])
def test_without_regional_group_only_same_country_responds(countries):
    assert not SpeakerOrigin("FR", "unknown").is_in(countries)
    assert SpeakerOrigin("AQ", "unknown").is_in(countries) is ("AQ" in countries)


def test_member_of_region_responds_once_with_capacity(coalition):
    item = create_observation(coalition, create_representative(coalition, "KE", organisation_name="A helpline"))
    other = create_representative(coalition, "NG", organisation_name="A school network")
    token = uuid.uuid4()
    first = add_voice_of(other, item, "differs", "Here they pay once.", token=token)
    again = add_voice_of(other, item, "differs", "Here they pay once.", token=token)

    assert first == again
    assert (first.organisation, first.capacity.name, first.version) == (
        get_first_organisation(other),
        "A school network",
        item.version,
    )
    assert list(Activity.objects.filter(kind="voice").values_list("verb", flat=True)) == ["spoke"]


def test_author_and_other_regions_cannot_respond(coalition, member):
    author = create_representative(coalition, "KE", organisation_name="A helpline")
    item = create_observation(coalition, author)
    colleague = AffiliationFactory(organisation=get_first_organisation(author)).person
    for person in (author, colleague):
        MembershipFactory(coalition=coalition, organisation=None, person=person, country="KE")
    elsewhere = create_representative(coalition, "FR", organisation_name="Elsewhere")
    own = [(person, None) for person in (author, colleague, elsewhere, member)]
    for person, organisation in own + [(one, get_first_organisation(one)) for one in (author, colleague, elsewhere)]:
        with pytest.raises(PermissionDenied):
            add_voice_of(person, item, organisation=organisation)


def test_individual_member_responds_for_own_region(coalition, member):
    item = create_observation(coalition, create_representative(coalition, "KE", organisation_name="A helpline"))
    member.memberships.update(country="TZ")

    assert add_voice_of(member, item, organisation=None).organisation is None


def test_only_published_observation_takes_responses(coalition):
    author, other = (
        create_representative(coalition, "KE", organisation_name="One"),
        create_representative(coalition, "KE", organisation_name="Two"),
    )
    for item in (
        create_observation(coalition, author, published=False),
        ItemFactory(coalition=coalition, author=author, published=True, countries=["KE"]),
    ):
        with pytest.raises(PermissionDenied):
            add_voice_of(other, item)


def test_earlier_response_is_shown_as_superseded(coalition):
    item = create_observation(coalition, create_representative(coalition, "KE", organisation_name="A helpline"))
    other = create_representative(coalition, "KE", organisation_name="Another")
    add_voice_of(other, item, "confirms")
    add_voice_of(other, item, "differs", "Since May, not any more.")

    (one,) = group_voices_by_speaker(find_current_voices([item.pk]))
    assert (one.voice.says, [each.says for each in one.earlier]) == ("differs", ["confirms"])
    assert list(Activity.objects.filter(kind="voice").values_list("verb", flat=True)) == ["spoke", "changed"]


def test_only_representative_replaces_response(coalition):
    item = create_observation(coalition, create_representative(coalition, "KE", organisation_name="A helpline"))
    first = create_representative(coalition, "KE", organisation_name="Another")
    add_voice_of(first, item)
    silent = AffiliationFactory(organisation=get_first_organisation(first)).person
    speaker = AffiliationFactory(organisation=get_first_organisation(first), may_speak=True).person
    with pytest.raises(PermissionDenied):
        add_voice_of(silent, item, "adds", "More of it.")
    add_voice_of(speaker, item, "adds", "More of it.")

    assert list_current_voices(item) == [("adds", "More of it.")]


def test_withdrawing_response_deletes_words_and_restores_earlier_one(coalition, coordinator):
    item = create_observation(coalition, create_representative(coalition, "KE", organisation_name="A helpline"))
    first = create_representative(coalition, "KE", organisation_name="Another")
    add_voice_of(first, item, "adds", "The first words.")
    second = AffiliationFactory(organisation=get_first_organisation(first), may_speak=True).person
    last = add_voice_of(second, item, "differs", "Other words.")
    with pytest.raises(PermissionDenied):
        withdraw_observation_voice(
            actor=create_representative(coalition, "KE", organisation_name="A third"), observation_voice=last
        )
    withdraw_observation_voice(actor=second, observation_voice=last)
    assert list_current_voices(item) == [("adds", "The first words.")]

    withdraw_observation_voice(actor=coordinator, observation_voice=Voice.objects.get())
    assert not Voice.objects.exists()


def test_database_allows_one_current_response_with_words(coalition):
    item = create_observation(coalition, create_representative(coalition, "KE", organisation_name="A helpline"))
    voice = add_voice_of(create_representative(coalition, "KE", organisation_name="Another"), item)
    for change in ({"words": "", "says": "differs"}, {"words": "", "says": "confirms"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voice.objects.create(
                **change, item=item, version=1, author=voice.author, organisation=voice.organisation,
                capacity=voice.capacity,
            )  # fmt: skip


def test_merged_organisations_keep_one_current_response(coalition, coordinator):
    item = create_observation(coalition, create_representative(coalition, "KE", organisation_name="A helpline"))
    stays, goes = (
        create_representative(coalition, "KE", organisation_name="Another"),
        create_representative(coalition, "KE", organisation_name="The other"),
    )
    add_voice_of(stays, item, "confirms")
    add_voice_of(goes, item, "differs", "Not here.")
    organisation = get_first_organisation(stays)
    merge_organisations(
        actor=coordinator, surviving_organisation=organisation, merged_organisation=get_first_organisation(goes)
    )

    rows = Voice.objects.order_by("pk").values_list("organisation", "says", "words", "stands")
    assert list(rows) == [(organisation.pk, "confirms", "", True), (organisation.pk, "differs", "Not here.", False)]


def test_responses_have_readers_of_observation(coalition, member, outsider):
    author, other = (
        create_representative(coalition, "KE", organisation_name="A helpline"),
        create_representative(coalition, "KE", organisation_name="Another"),
    )
    item = create_observation(coalition, author)
    add_voice_of(other, item)
    Item.objects.filter(pk=item.pk).update(label=Label.GREEN)
    assert [Voice.objects.visible_to(viewer).count() for viewer in (member, outsider, AnonymousUser())] == [1, 0, 0]

    Item.objects.filter(pk=item.pk).update(label=Label.RED)
    assert [Voice.objects.visible_to(viewer).count() for viewer in (member, other, author)] == [0, 0, 1]


def test_withdrawn_observation_is_removed_from_its_issue(coalition, coordinator):
    author = create_representative(coalition, "KE", organisation_name="A helpline")
    item = create_observation(coalition, author)
    add_voice_of(create_representative(coalition, "KE", organisation_name="Another"), item)
    assert [issue.name for issue in load_observation_issues(AnonymousUser(), coalition, "en")] == ["Fees for removal"]
    withdraw_record(actor=author, record=item, reason="It was wrong.")
    coalition.refresh_from_db()

    assert load_observation_issues(AnonymousUser(), coalition, "en") == []
    assert Voice.objects.visible_to(AnonymousUser()).count() == 0


def test_permanent_deletion_removes_responses(coalition, safeguarding_lead):
    item = create_observation(coalition, create_representative(coalition, "KE", organisation_name="A helpline"))
    add_voice_of(create_representative(coalition, "KE", organisation_name="Another"), item, "adds", "Words of people.")
    hold_record_in_quarantine(actor=safeguarding_lead, record=item)
    purge_record(actor=safeguarding_lead, record=item)

    assert not Voice.objects.exists()


def test_issue_ignores_case_and_accents(coalition):
    kenyan, french = (
        create_representative(coalition, "KE", organisation_name="One"),
        create_representative(coalition, "FR", organisation_name="Two"),
    )
    create_observation(coalition, kenyan, title="A", issue_name="Fees for removal")
    create_observation(coalition, french, ["FR"], title="B", issue_name="  fees for REMOVAL!")
    create_observation(coalition, french, ["FR", "KE"], title="C", issue_name="Fees for removal")
    create_observation(coalition, french, ["ZZ"], title="D", issue_name="Fees for removal")
    create_observation(coalition, french, ["FR"], title="E", issue_name="Something else")
    found = load_observation_issues(AnonymousUser(), coalition, "en")
    seen = group_observations_by_region(found[0], AnonymousUser(), coalition)

    assert [issue.name for issue in found] == ["Fees for removal", "Something else"]
    assert [(region, [each.item.title for each in rows]) for region, rows in seen] == [
        ("African Group", ["A", "C"]),
        ("Western European and Others Group (WEOG)", ["B", "C"]),
        ("", ["D"]),
    ]


def test_translation_replaces_original_with_its_responses(coalition):
    author, other = (
        create_representative(coalition, "KE", organisation_name="One"),
        create_representative(coalition, "KE", organisation_name="Two"),
    )
    item = create_observation(coalition, author)
    french = library.translate_item(
        actor=author, original=item, language="fr", title="Ils paient deux fois", details={"issue": "Frais"}
    )
    Item.objects.filter(pk=french.pk).update(state="published", published_at=item.published_at)
    add_voice_of(other, item)
    coalition.refresh_from_db()

    def get_issue_title_and_voice_count(language):
        (issue,) = load_observation_issues(AnonymousUser(), coalition, language)
        ((_region, (seen,)),) = group_observations_by_region(issue, AnonymousUser(), coalition)
        return issue.name, seen.item.title, len(seen.voices)

    assert get_issue_title_and_voice_count("en") == ("Fees for removal", "They pay twice", 1)
    assert get_issue_title_and_voice_count("fr") == ("Fees for removal", "Ils paient deux fois", 1)


def test_observation_needs_issue_and_countries_to_be_published(coalition):
    author = create_representative(coalition, "KE", organisation_name="A helpline")
    item = library.share_item(
        actor=author, coalition=coalition, kind="regional-observation", title="Seen", what_worked="It is."
    )
    assert item.owed == ["The issue, in a few words", "Countries"]
    with pytest.raises(ActionRefused, match="Complete these details first: The issue, in a few words; Countries"):
        library.send_for_review(actor=author, item=item, consent_text="Nobody is named.")
    with pytest.raises(ActionRefused):
        library.publish_item(actor=author, item=item)
    changes = {"details": {"issue": "Fees"}, "countries": ["KE"]}
    item = library.change_item(actor=author, item=item, changes=changes, from_version=item.version)
    with pytest.raises(library.ReviewRequiredError):
        library.publish_item(actor=author, item=item)

    library.send_for_review(actor=author, item=item, consent_text="Nobody is named.")
    assert Review.objects.get().item == item
    assert Organisation.objects.count() == 1


def test_responses_to_withdrawn_original_are_hidden_at_translation(coalition):
    author = create_representative(coalition, "KE", organisation_name="A helpline")
    item = create_observation(coalition, author)
    add_voice_of(create_representative(coalition, "KE", organisation_name="Another"), item, "adds", "Words of people.")
    french = create_observation(coalition, author, title="Payer deux fois", language="fr")
    Link.objects.create(from_record=french, to_record=item, relation=Link.Relation.TRANSLATES)
    withdraw_record(actor=author, record=item, reason="It was wrong.")
    coalition.refresh_from_db()

    (issue,) = load_observation_issues(AnonymousUser(), coalition, "fr")
    regions = group_observations_by_region(issue, AnonymousUser(), coalition)
    assert [seen.item.pk for _region, rows in regions for seen in rows] == [french.pk]
    assert [seen.voices for _region, rows in regions for seen in rows] == [[]]


def test_response_to_unreadable_observation_is_refused(coalition):
    item = create_observation(coalition, create_representative(coalition, "KE", organisation_name="A helpline"))
    Item.objects.filter(pk=item.pk).update(label=Label.RED)
    with pytest.raises(PermissionDenied):
        add_voice_of(create_representative(coalition, "KE", organisation_name="Another"), item)
