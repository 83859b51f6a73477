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
from jukwaa.records.actions import hold_record, purge_record, withdraw_record
from jukwaa.records.models import Label, Link
from jukwaa.regions.actions.voices import add_voice, withdraw_voice
from jukwaa.regions.models import Voice
from jukwaa.regions.observation_issues import find_voices, group_by_region, group_voices, load_issues
from jukwaa.regions.speaker_origins import SpeakerOrigin
from tests.factories import AffiliationFactory, ItemFactory, MembershipFactory
from tests.regions.observed import observed, organisation_of, speaker_from

pytestmark = pytest.mark.django_db


def say(person, item, says="confirms", words="", **more):
    more.setdefault("organisation", organisation_of(person))
    return add_voice(actor=person, observation=item, says=says, words=words, **more)


def standing_of(item):
    return list(Voice.objects.filter(item=item, stands=True).order_by("pk").values_list("says", "words"))


@pytest.mark.parametrize(
    ("country", "group", "is_from_there"),
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
def test_who_is_from_there_is_what_an_organisation_says_of_itself_before_its_country(country, group, is_from_there):
    assert SpeakerOrigin(country, group).is_in(["KE"]) is is_from_there


@pytest.mark.parametrize("countries", [[], ["ZZ"], ["AQ"]])
def test_where_no_group_is_known_only_the_same_country_is_from_there(countries):
    assert not SpeakerOrigin("FR", "unknown").is_in(countries)
    assert SpeakerOrigin("AQ", "unknown").is_in(countries) is ("AQ" in countries)


def test_a_second_member_of_the_region_speaks_once_and_is_written_down_as_what_it_was(coalition):
    item = observed(coalition, speaker_from(coalition, "KE", name="A helpline"))
    other = speaker_from(coalition, "NG", name="A school network")
    token = uuid.uuid4()
    first = say(other, item, "differs", "Here they pay once.", token=token)
    again = say(other, item, "differs", "Here they pay once.", token=token)

    assert first == again
    assert (first.organisation, first.capacity.name, first.version) == (
        organisation_of(other),
        "A school network",
        item.version,
    )
    assert list(Activity.objects.filter(kind="voice").values_list("verb", flat=True)) == ["spoke"]


def test_nobody_from_elsewhere_and_nobody_of_who_wrote_it_speaks(coalition, member):
    author = speaker_from(coalition, "KE", name="A helpline")
    item = observed(coalition, author)
    colleague = AffiliationFactory(organisation=organisation_of(author)).person
    for person in (author, colleague):
        MembershipFactory(coalition=coalition, organisation=None, person=person, country="KE")
    elsewhere = speaker_from(coalition, "FR", name="Elsewhere")
    own = [(person, None) for person in (author, colleague, elsewhere, member)]
    for person, organisation in own + [(one, organisation_of(one)) for one in (author, colleague, elsewhere)]:
        with pytest.raises(PermissionDenied):
            say(person, item, organisation=organisation)


def test_a_person_on_their_own_speaks_from_where_they_are(coalition, member):
    item = observed(coalition, speaker_from(coalition, "KE", name="A helpline"))
    member.memberships.update(country="TZ")

    assert say(member, item, organisation=None).organisation is None


def test_nothing_is_said_to_a_draft_or_to_what_is_no_observation(coalition):
    author, other = speaker_from(coalition, "KE", name="One"), speaker_from(coalition, "KE", name="Two")
    for item in (
        observed(coalition, author, published=False),
        ItemFactory(coalition=coalition, author=author, published=True, countries=["KE"]),
    ):
        with pytest.raises(PermissionDenied):
            say(other, item)


def test_what_was_said_before_stays_readable_and_stands_no_more(coalition):
    item = observed(coalition, speaker_from(coalition, "KE", name="A helpline"))
    other = speaker_from(coalition, "KE", name="Another")
    say(other, item, "confirms")
    say(other, item, "differs", "Since May, not any more.")

    (one,) = group_voices(find_voices([item.pk]))
    assert (one.voice.says, [each.says for each in one.earlier]) == ("differs", ["confirms"])
    assert list(Activity.objects.filter(kind="voice").values_list("verb", flat=True)) == ["spoke", "changed"]


def test_a_colleague_speaks_in_its_place_only_if_they_speak_for_the_organisation(coalition):
    item = observed(coalition, speaker_from(coalition, "KE", name="A helpline"))
    first = speaker_from(coalition, "KE", name="Another")
    say(first, item)
    silent = AffiliationFactory(organisation=organisation_of(first)).person
    speaker = AffiliationFactory(organisation=organisation_of(first), may_speak=True).person
    with pytest.raises(PermissionDenied):
        say(silent, item, "adds", "More of it.")
    say(speaker, item, "adds", "More of it.")

    assert standing_of(item) == [("adds", "More of it.")]


def test_taken_back_its_words_are_gone_and_what_another_said_before_stands_again(coalition, coordinator):
    item = observed(coalition, speaker_from(coalition, "KE", name="A helpline"))
    first = speaker_from(coalition, "KE", name="Another")
    say(first, item, "adds", "The first words.")
    second = AffiliationFactory(organisation=organisation_of(first), may_speak=True).person
    last = say(second, item, "differs", "Other words.")
    with pytest.raises(PermissionDenied):
        withdraw_voice(actor=speaker_from(coalition, "KE", name="A third"), voice=last)
    withdraw_voice(actor=second, voice=last)
    assert standing_of(item) == [("adds", "The first words.")]

    withdraw_voice(actor=coordinator, voice=Voice.objects.get())
    assert not Voice.objects.exists()


def test_the_database_lets_one_voice_of_each_stand_and_wants_the_words_of_who_differs(coalition):
    item = observed(coalition, speaker_from(coalition, "KE", name="A helpline"))
    voice = say(speaker_from(coalition, "KE", name="Another"), item)
    for change in ({"words": "", "says": "differs"}, {"words": "", "says": "confirms"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voice.objects.create(
                **change, item=item, version=1, author=voice.author, organisation=voice.organisation,
                capacity=voice.capacity,
            )  # fmt: skip


def test_of_two_organisations_that_were_one_both_voices_stay_and_one_stands(coalition, coordinator):
    item = observed(coalition, speaker_from(coalition, "KE", name="A helpline"))
    stays, goes = speaker_from(coalition, "KE", name="Another"), speaker_from(coalition, "KE", name="The other")
    say(stays, item, "confirms")
    say(goes, item, "differs", "Not here.")
    organisation = organisation_of(stays)
    merge_organisations(actor=coordinator, survivor=organisation, merged=organisation_of(goes))

    rows = Voice.objects.order_by("pk").values_list("organisation", "says", "words", "stands")
    assert list(rows) == [(organisation.pk, "confirms", "", True), (organisation.pk, "differs", "Not here.", False)]


def test_who_reads_the_observation_reads_the_voices_and_nobody_else(coalition, member, outsider):
    author, other = speaker_from(coalition, "KE", name="A helpline"), speaker_from(coalition, "KE", name="Another")
    item = observed(coalition, author)
    say(other, item)
    Item.objects.filter(pk=item.pk).update(label=Label.GREEN)
    assert [Voice.objects.visible_to(viewer).count() for viewer in (member, outsider, AnonymousUser())] == [1, 0, 0]

    Item.objects.filter(pk=item.pk).update(label=Label.RED)
    assert [Voice.objects.visible_to(viewer).count() for viewer in (member, other, author)] == [0, 0, 1]


def test_withdrawn_it_is_gone_from_its_issue_at_once(coalition, coordinator):
    author = speaker_from(coalition, "KE", name="A helpline")
    item = observed(coalition, author)
    say(speaker_from(coalition, "KE", name="Another"), item)
    assert [issue.name for issue in load_issues(AnonymousUser(), coalition, "en")] == ["Fees for removal"]
    withdraw_record(actor=author, record=item, reason="It was wrong.")
    coalition.refresh_from_db()

    assert load_issues(AnonymousUser(), coalition, "en") == []
    assert Voice.objects.visible_to(AnonymousUser()).count() == 0


def test_purged_nothing_of_what_others_said_to_it_is_left(coalition, safeguarding_lead):
    item = observed(coalition, speaker_from(coalition, "KE", name="A helpline"))
    say(speaker_from(coalition, "KE", name="Another"), item, "adds", "Words of people.")
    hold_record(actor=safeguarding_lead, record=item)
    purge_record(actor=safeguarding_lead, record=item)

    assert not Voice.objects.exists()


def test_names_that_differ_in_case_and_marks_are_one_issue_side_by_side_by_region(coalition):
    kenyan, french = speaker_from(coalition, "KE", name="One"), speaker_from(coalition, "FR", name="Two")
    observed(coalition, kenyan, title="A", issue="Fees for removal")
    observed(coalition, french, ["FR"], title="B", issue="  fees for REMOVAL!")
    observed(coalition, french, ["FR", "KE"], title="C", issue="Fees for removal")
    observed(coalition, french, ["ZZ"], title="D", issue="Fees for removal")
    observed(coalition, french, ["FR"], title="E", issue="Something else")
    found = load_issues(AnonymousUser(), coalition, "en")
    seen = group_by_region(found[0], AnonymousUser(), coalition)

    assert [issue.name for issue in found] == ["Fees for removal", "Something else"]
    assert [(region, [each.item.title for each in rows]) for region, rows in seen] == [
        ("African Group", ["A", "C"]),
        ("Western European and Others Group (WEOG)", ["B", "C"]),
        ("", ["D"]),
    ]


def test_a_translation_stands_for_its_original_with_the_voices_of_that(coalition):
    author, other = speaker_from(coalition, "KE", name="One"), speaker_from(coalition, "KE", name="Two")
    item = observed(coalition, author)
    french = library.translate_item(
        actor=author, original=item, language="fr", title="Ils paient deux fois", details={"issue": "Frais"}
    )
    Item.objects.filter(pk=french.pk).update(state="published", published_at=item.published_at)
    say(other, item)
    coalition.refresh_from_db()

    def told(language):
        (issue,) = load_issues(AnonymousUser(), coalition, language)
        ((_region, (seen,)),) = group_by_region(issue, AnonymousUser(), coalition)
        return issue.name, seen.item.title, len(seen.voices)

    assert told("en") == ("Fees for removal", "They pay twice", 1)
    assert told("fr") == ("Fees for removal", "Ils paient deux fois", 1)


def test_it_says_its_issue_and_its_countries_before_anybody_else_reads_it(coalition):
    author = speaker_from(coalition, "KE", name="A helpline")
    item = library.share_item(
        actor=author, coalition=coalition, kind="regional-observation", title="Seen", what_worked="It is."
    )
    assert item.owed == ["The issue, in a few words", "Countries"]
    with pytest.raises(ActionRefused, match="Complete these details first: The issue, in a few words; Countries"):
        library.send_for_review(actor=author, item=item, consent="Nobody is named.")
    with pytest.raises(ActionRefused):
        library.publish_item(actor=author, item=item)
    changes = {"details": {"issue": "Fees"}, "countries": ["KE"]}
    item = library.change_item(actor=author, item=item, changes=changes, from_version=item.version)
    with pytest.raises(library.ReviewRequiredError):
        library.publish_item(actor=author, item=item)

    library.send_for_review(actor=author, item=item, consent="Nobody is named.")
    assert Review.objects.get().item == item
    assert Organisation.objects.count() == 1


def test_voices_to_what_was_withdrawn_are_not_shown_at_its_translation(coalition):
    author = speaker_from(coalition, "KE", name="A helpline")
    item = observed(coalition, author)
    say(speaker_from(coalition, "KE", name="Another"), item, "adds", "Words of people.")
    french = observed(coalition, author, title="Payer deux fois", language="fr")
    Link.objects.create(from_record=french, to_record=item, relation=Link.Relation.TRANSLATES)
    withdraw_record(actor=author, record=item, reason="It was wrong.")
    coalition.refresh_from_db()

    (issue,) = load_issues(AnonymousUser(), coalition, "fr")
    regions = group_by_region(issue, AnonymousUser(), coalition)
    assert [seen.item.pk for _region, rows in regions for seen in rows] == [french.pk]
    assert [seen.voices for _region, rows in regions for seen in rows] == [[]]


def test_nobody_speaks_to_what_they_may_not_read(coalition):
    item = observed(coalition, speaker_from(coalition, "KE", name="A helpline"))
    Item.objects.filter(pk=item.pk).update(label=Label.RED)
    with pytest.raises(PermissionDenied):
        say(speaker_from(coalition, "KE", name="Another"), item)
