"""Ideas: who suggests and supports them, and how lists are sorted."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from lxml import html

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Membership
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.meetings.actions import add_meeting_agenda_item, record_entry
from jukwaa.meetings.actions.ideas import change_idea, publish_idea, suggest_idea, support_idea, withdraw_idea_support
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.idea_pages import get_idea_page
from jukwaa.meetings.models import Idea, Support
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label, Link
from tests.conftest import create_seated_person
from tests.factories import AffiliationFactory, EntryFactory, MeetingFactory, MembershipFactory
from tests.meetings.ideas import IdeaFactory

IDEA_FORM_DATA = {"timeframe": "next-meeting", "label": "TLP:GREEN"}  # what the short form sends beside the title


@pytest.fixture
def idea(coalition, member) -> Idea:
    return suggest_idea(actor=member, coalition=coalition, title="Write a toolkit", label=Label.CLEAR)


def create_member_delegate(coalition, region, stakeholder_group):
    """Speaks for a member organisation of this region and stakeholder group."""
    facts = {"organisation__regional_group": region, "organisation__stakeholder_group": stakeholder_group}
    membership = MembershipFactory(coalition=coalition, organisation__coalition=coalition, **facts)
    return AffiliationFactory(organisation=membership.organisation, may_speak=True)


class TestSuggestingIdea:
    def test_member_suggests_and_supports_idea(self, idea, member):
        assert (idea.state, idea.support_count, idea.status) == ("published", 1, "open")
        assert list(Support.objects.values_list("person", flat=True)) == [member.pk]

    @pytest.mark.parametrize("person", ["outsider", "stranger"])
    def test_only_members_suggest(self, coalition, request, person, outsider):
        Membership.objects.filter(person=outsider, coalition=coalition).delete()
        actor = outsider if person == "outsider" else AffiliationFactory().person

        with pytest.raises(PermissionDenied):
            suggest_idea(actor=actor, coalition=coalition, title="Spam")
        assert not Idea.objects.exists()

    def test_unconfirmed_member_cannot_suggest_for_organisation(self, coalition, member, organisation):
        with pytest.raises(PermissionDenied):
            suggest_idea(actor=member, coalition=coalition, title="Ours", organisation=organisation)

    def test_idea_keeps_source_sentence(self, coalition, member, meeting, rapporteur, find_passage):
        text = "It was agreed to share good practices."
        entry = record_entry(
            actor=rapporteur, meeting=meeting, kind="request", text=text, sources=[find_passage("It was agreed")]
        )
        idea = suggest_idea(actor=member, coalition=coalition, title="Share them", origin=entry)

        assert list(Link.objects.values_list("from_record", "to_record", "relation")) == [
            (idea.pk, entry.pk, "began-as")
        ]
        assert idea.sources.get().quote == text

    def test_public_idea_has_no_source_for_members(self, coalition, member):
        entry = EntryFactory(coalition=coalition, label=Label.GREEN, published=True)

        with pytest.raises(ActionRefused) as refusal:
            suggest_idea(actor=member, coalition=coalition, title="Open", label=Label.CLEAR, origin=entry)
        assert refusal.value.field == "label"

    def test_idea_from_restricted_record_omits_link(self, coalition, member):
        entry = EntryFactory(coalition=coalition, label=Label.RED, published=True)

        with pytest.raises(ActionRefused, match="Suggest the idea without a link"):
            suggest_idea(actor=member, coalition=coalition, title="Closed", origin=entry)

    def test_idea_from_chatham_house_item_omits_names(self, coalition, member, meeting, rapporteur, organisation):
        part = add_meeting_agenda_item(
            actor=rapporteur, meeting=meeting, title="Open talk", is_under_chatham_house_rule=True
        )
        entry = record_entry(actor=rapporteur, meeting=meeting, kind="request", text="Ideas are welcome.", part=part)

        with pytest.raises(NamesFoundError):
            suggest_idea(actor=member, coalition=coalition, title=f"As {organisation.name} said", origin=entry)

    def test_draft_is_published_only_by_author(self, coalition, member, coordinator):
        draft = suggest_idea(actor=member, coalition=coalition, title="By email", published=False)

        with pytest.raises(PermissionDenied):
            publish_idea(actor=coordinator, idea=draft)
        assert publish_idea(actor=member, idea=draft).state == "published"

    def test_author_edits_idea_until_answered(self, idea, member, delegate):
        with pytest.raises(PermissionDenied):
            change_idea(actor=delegate, idea=idea, changes={"title": "Mine"}, from_version=1)
        changed = change_idea(actor=member, idea=idea, changes={"title": "Write two"}, from_version=1)
        assert (changed.title, changed.version) == ("Write two", 2)
        with pytest.raises(EditConflict):
            change_idea(actor=member, idea=idea, changes={"title": "Write three"}, from_version=1)
        Idea.objects.update(declined_because="No time")
        with pytest.raises(ActionRefused):
            change_idea(actor=member, idea=changed, changes={"title": "Write three"}, from_version=2)


class TestSupportingIdea:
    def test_each_person_supports_once(self, idea, delegate, organisation):
        support_idea(actor=delegate, idea=idea)
        support_idea(actor=delegate, idea=idea, organisation=organisation)
        support_idea(actor=delegate, idea=idea, organisation=organisation)

        idea.refresh_from_db()
        support = Support.objects.get(person=delegate)
        assert (idea.support_count, support.capacity.organisation) == (2, organisation)
        assert Activity.objects.filter(verb="supported").count() == 2

    def test_supporting_regions_and_groups_are_counted_once(self, coalition, idea):
        for region, group in (("african", "government"), ("african", "civil-society"), ("grulac", "unknown")):
            row = create_member_delegate(coalition, region, group)
            support_idea(actor=row.person, idea=idea, organisation=row.organisation)

        idea.refresh_from_db()
        assert (idea.support_count, idea.region_count, idea.group_count, idea.breadth) == (4, 2, 2, 4)

    def test_support_can_be_withdrawn(self, idea, delegate):
        support_idea(actor=delegate, idea=idea)
        withdraw_idea_support(actor=delegate, idea=idea)
        withdraw_idea_support(actor=delegate, idea=idea)

        idea.refresh_from_db()
        assert (idea.support_count, Support.objects.filter(person=delegate).exists()) == (1, False)
        assert Activity.objects.filter(verb="took-back-support").count() == 1

    def test_author_cannot_withdraw_own_support(self, idea, member):
        with pytest.raises(PermissionDenied):
            withdraw_idea_support(actor=member, idea=idea)

    def test_outsider_cannot_support_idea(self, idea, outsider):
        with pytest.raises(PermissionDenied):
            support_idea(actor=outsider, idea=idea)

    @pytest.mark.parametrize("changed_fields", [{"declined_because": "No time"}, {"state": "draft"}])
    def test_only_open_ideas_take_support(self, idea, delegate, changed_fields):
        for name, value in changed_fields.items():
            setattr(idea, name, value)
        idea.label = Label.CLEAR
        idea.save()

        with pytest.raises((ActionRefused, PermissionDenied)):
            support_idea(actor=delegate, idea=idea)
        assert not Support.objects.filter(person=delegate).exists()

    def test_withdrawn_idea_takes_no_support(self, idea, member, coordinator):
        withdraw_record(actor=member, record=idea, reason="A mistake")

        with pytest.raises(ActionRefused):
            support_idea(actor=coordinator, idea=idea)


class TestIdeaOrder:
    @pytest.fixture
    def ideas_by_title(self, coalition):
        facts = {"few": (3, 2, 2, 1), "many": (9, 1, 0, 2), "broad": (3, 4, 5, 3)}
        for title, (people, regions, groups, day) in facts.items():
            IdeaFactory(
                coalition=coalition,
                title=title,
                state="published",
                published_at=f"2026-01-0{day}T00:00:00Z",
                support_count=people,
                region_count=regions,
                group_count=groups,
            )

    @pytest.mark.parametrize(
        ("sort_order", "titles"),
        [
            ("support", ["many", "broad", "few"]),
            ("breadth", ["broad", "few", "many"]),
            ("newest", ["broad", "many", "few"]),
            ("oldest", ["few", "many", "broad"]),
        ],
    )
    def test_sort_orders(self, ideas_by_title, coalition, member, sort_order, titles):
        page = get_idea_page(member, coalition, PageCursor(), sort_order=sort_order, shown_status="open")
        assert [idea.title for idea in page.rows] == titles

        first = next(idea for idea in page.rows if idea.title == titles[0])
        after = get_idea_page(member, coalition, PageCursor(after=first.pk), sort_order=sort_order, shown_status="open")
        assert [idea.title for idea in after.rows] == titles[1:]

    def test_open_and_answered_ideas_are_listed_separately(self, ideas_by_title, coalition, member):
        Idea.objects.filter(title="few").update(declined_because="No time")

        def list_titles_of_status(shown_status):
            return {
                idea.title
                for idea in get_idea_page(
                    member, coalition, PageCursor(), sort_order="support", shown_status=shown_status
                ).rows
            }

        assert (list_titles_of_status("open"), list_titles_of_status("answered"), list_titles_of_status("all")) == (
            {"many", "broad"},
            {"few"},
            {"few", "many", "broad"},
        )


class TestIdeaPages:
    def test_idea_needs_only_a_title(self, client, coalition, member):
        client.force_login(member)
        url = reverse("meetings:idea_new", args=["ours"])
        answer = client.post(url, IDEA_FORM_DATA | {"title": "Meet twice a year"}, follow=True)

        assert "Your idea has been published." in answer.text
        idea = Idea.objects.get()
        assert (idea.title, idea.label, idea.timeframe) == ("Meet twice a year", Label.GREEN, "next-meeting")

    def test_empty_idea_shows_error(self, client, coalition, member):
        client.force_login(member)
        answer = client.post(reverse("meetings:idea_new", args=["ours"]), {"title": " "})

        assert (answer.status_code, "Enter your idea." in answer.text) == (422, True)

    def test_resubmitted_form_creates_one_idea(self, client, coalition, member):
        client.force_login(member)
        token = "0b9f3c1e-0000-4000-8000-000000000001"
        for _ in range(2):
            client.post(reverse("meetings:idea_new", args=["ours"]), IDEA_FORM_DATA | {"title": "Once", "token": token})

        assert Idea.objects.count() == 1

    def test_list_shows_counts_and_region_markers(self, client, coalition, idea):
        row = create_member_delegate(coalition, "african", "government")
        support_idea(actor=row.person, idea=idea, organisation=row.organisation)
        text = client.get(reverse("meetings:idea_list", args=["ours"])).text

        tally = '<dd><svg viewBox="0 0 9 12"'
        assert ("2 supporters" in text, text.count(tally)) == (True, 2)

    def test_support_is_added_and_withdrawn_on_page(self, client, idea, delegate, organisation):
        client.force_login(delegate)
        url = reverse("meetings:idea_support", args=["ours", idea.pk])
        answer = client.post(url, {"capacity": str(organisation.pk)}, follow=True)
        assert "You support this idea." in answer.text
        assert organisation.name in answer.text

        answer = client.post(reverse("meetings:idea_take_back", args=["ours", idea.pk]), follow=True)
        assert "You no longer support this idea." in answer.text

    def test_supporter_without_name_gives_it_first(self, client, idea, delegate, organisation):
        Person.objects.filter(pk=delegate.pk).update(name="")
        client.force_login(Person.objects.get(pk=delegate.pk))
        url = reverse("meetings:idea_support", args=["ours", idea.pk])
        page = client.post(url, {"capacity": str(organisation.pk)})
        assert "age-own_name" in page.text
        assert not idea.supports.filter(person=delegate).exists()

        named = {"capacity": str(organisation.pk), "age-asked": "1", "age-own_name": "Amina Test"}
        assert "You support this idea." in client.post(url, named, follow=True).text
        assert Person.objects.get(pk=delegate.pk).name == "Amina Test"

    def test_organisation_is_selected_before_support(self, client, idea, delegate, organisation):
        client.force_login(delegate)
        for url in (idea.get_absolute_url(), reverse("meetings:idea_list", args=["ours"])):
            assert client.get(url).context["form"]["capacity"].value() == str(organisation.pk)

    def test_minor_is_not_named_as_supporter(self, client, coalition, idea, coordinator):
        minor = create_seated_person(coalition, "Zuri Namecanary")
        support_idea(actor=minor, idea=idea)
        minor.is_minor, minor.adult_contact = True, coordinator
        minor.save()
        client.force_login(coordinator)
        text = client.get(idea.get_absolute_url()).text

        assert ("Zuri" in text, "a participant under 18" in text) == (False, True)

    def test_ideas_are_shown_only_on_planned_meeting(self, client, coalition, idea, meeting):
        assert "Ideas for this meeting" not in client.get(meeting.get_absolute_url()).text

        planned = MeetingFactory(coalition=coalition, starts_on=date(2999, 1, 1), published=True)
        text = client.get(planned.get_absolute_url()).text
        assert ("Ideas for this meeting" in text, "Write a toolkit" in text) == (True, True)

    @pytest.mark.parametrize("count", [1, 3])
    def test_list_query_count_is_constant(self, client, coalition, member, count, django_assert_num_queries):
        for number in range(count):
            suggest_idea(actor=member, coalition=coalition, title=f"Idea {number}", label=Label.CLEAR)
        client.force_login(member)
        url = reverse("meetings:idea_list", args=["ours"])
        client.get(url)

        with django_assert_num_queries(6):
            text = client.get(url).text
        assert text.count('data-kind="idea"') == count

    @pytest.mark.parametrize(
        ("role_kind", "offered_record_kinds"),
        [
            ("coordinator", ["Session proposal", "Text for consultation", "Joint work", "Event"]),
            ("chair", ["Session proposal"]),
            ("representative", []),
        ],
    )
    def test_page_offers_allowed_records_to_create(self, client, coalition, idea, role_kind, offered_record_kinds):
        client.force_login(create_seated_person(coalition, "Somebody", role_kind))
        page = html.fromstring(client.get(idea.get_absolute_url()).text)
        links = page.xpath("//p[span[starts-with(., 'Create a record from this idea')]]/a")

        assert [link.text for link in links] == offered_record_kinds
        assert {link.get("href").partition("?")[2] for link in links} <= {f"from={idea.pk}"}

    @pytest.mark.parametrize("count", [1, 3])
    def test_page_query_count_is_constant(self, client, coalition, idea, member, count, django_assert_num_queries):
        for number in range(count):
            support_idea(actor=create_seated_person(coalition, f"Supporter {number}"), idea=idea)
        client.force_login(member)
        client.get(idea.get_absolute_url())

        with django_assert_num_queries(10):
            text = client.get(idea.get_absolute_url()).text
        assert text.count("<b><bdi>Supporter") == count
