"""What is odd or comes too late: a sentence each, what was typed is kept, and nothing is half written."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.cooperation.models import Charter, Consent, Figure, Match, Need, Offer, Outcome, Party, Signature
from jukwaa.cooperation.models.help import build_open_condition
from jukwaa.events.models import Pledge
from tests.cooperation.agreeing import agree_on_work, proposed
from tests.factories import EventFactory, OfferFactory, PledgeFactory

pytestmark = pytest.mark.django_db
OFFER_FORM_DATA = {"title": "We train", "language": "en", "label": "TLP:CLEAR", "summary": "What I wrote."}


def url(coalition, name, *rest):
    return reverse(f"cooperation:{name}", args=[coalition.slug, *rest])


def get_error_words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text.partition("<main")[2]))


class TestACountryThatIsNoMore:
    """The Netherlands Antilles, AN, until 2010."""

    def test_nothing_new_is_offered_there(self, client, coalition, person_who_gives):
        client.force_login(person_who_gives)
        answer = client.post(
            url(coalition, "offer_new") + "?sort=training", OFFER_FORM_DATA | {"countries": ["KE", "AN"]}
        )

        assert (answer.status_code, Offer.objects.count()) == (422, 0)
        assert "Choose countries from the list. AN is not a country today." in answer.text
        assert "What I wrote." in answer.text

    def test_what_was_offered_there_keeps_it_when_something_else_is_changed(
        self, client, coalition, offer, person_who_gives
    ):
        Offer.objects.update(countries=["AN", "KE"])
        client.force_login(person_who_gives)
        edit = url(coalition, "offer_edit", offer.pk)
        sent = OFFER_FORM_DATA | {"sort": offer.sort, "version": 1}
        assert "Netherlands Antilles (–2010), no longer a country" in client.get(edit).text
        assert client.post(edit, sent | {"countries": ["AN", "KE"]}).status_code == 302

        assert Offer.objects.values_list("countries", "summary").get() == (["AN", "KE"], "What I wrote.")

    def test_what_was_pledged_there_keeps_it_too_and_no_other_takes_it_on(
        self, client, coalition, giving_organisation, person_who_gives
    ):
        event = EventFactory(coalition=coalition, published=True, on=timezone.localdate())
        old, new = (
            PledgeFactory(occurrence=event.occurrences.get(), organisation=giving_organisation, country=c)
            for c in ("AN", "KE")
        )
        client.force_login(person_who_gives)
        sent = {"activity": "We sing louder.", "country": "AN", "version": 1}
        edits = [reverse("events:pledge_edit", args=[coalition.slug, pledge.pk]) for pledge in (old, new)]
        assert "Netherlands Antilles (–2010), no longer a country" in client.get(edits[0]).text
        kept, refused = (client.post(edit, sent) for edit in edits)

        assert (kept.status_code, refused.status_code) == (302, 422)
        assert "It contains only countries that exist today" in refused.text
        assert "We sing louder." in refused.text
        assert sorted(Pledge.objects.values_list("country", "version")) == [("AN", 2), ("KE", 1)]

    def test_a_date_that_was_there_is_moved_without_losing_it(self, client, coalition, rapporteur):
        event = EventFactory(coalition=coalition, published=True, on=timezone.localdate() + timedelta(days=9))
        occurrence = event.occurrences.get()
        type(occurrence).objects.update(country="AN")
        client.force_login(rapporteur)
        edit = reverse("events:occurrence_edit", args=[coalition.slug, event.pk, occurrence.pk])
        sent = {"starts_on": str(occurrence.starts_on + timedelta(days=1)), "time_zone": "UTC", "country": "AN"}
        assert "Netherlands Antilles (–2010), no longer a country" in client.get(edit).text
        assert client.post(edit, sent | {"version": 1}).status_code == 302

        occurrence.refresh_from_db()
        assert (occurrence.country, occurrence.version) == ("AN", 2)


class TestAnOfferWithoutAnEnd:
    def test_it_says_nothing_of_an_end_and_is_asked_about_in_half_a_year(self, client, coalition, person_who_gives):
        client.force_login(person_who_gives)
        answer = client.post(url(coalition, "offer_new") + "?sort=training", OFFER_FORM_DATA)
        offer = Offer.objects.get()

        assert answer.status_code == 302
        assert (offer.until, offer.review_by) == (None, timezone.localdate() + timedelta(days=180))
        assert "End date no end date" in get_error_words(client.get(offer.get_absolute_url()))
        assert offer in Offer.objects.filter(build_open_condition(timezone.localdate() + timedelta(days=10_000)))


class TestAnOrganisationThatLeft:
    @pytest.fixture
    def left(self, needing_organisation):
        needing_organisation.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))

    def test_its_need_says_so_and_stays_readable(self, client, need, left):
        shown = get_error_words(client.get(need.get_absolute_url()))

        assert "This organisation has left the coalition." in shown
        assert need.title in shown

    def test_nobody_agrees_to_be_introduced_to_it_and_no_contact_is_seen(
        self, client, coalition, match, left, person_who_gives, person_who_needs
    ):
        client.force_login(person_who_gives)
        answer = client.post(url(coalition, "match_consent", match.pk, "offer"), follow=True)

        assert "A ministry on an island has left the coalition." in answer.text
        assert person_who_needs.email not in answer.text
        assert (Match.objects.get().state, Consent.objects.count()) == ("suggested", 1)

    def test_it_asks_for_nothing_new_and_what_it_wrote_stays_on_the_page(
        self, client, coalition, left, person_who_needs
    ):
        client.force_login(person_who_needs)
        answer = client.post(url(coalition, "need_new") + "?sort=training", OFFER_FORM_DATA)

        assert (answer.status_code, Need.objects.count()) == (422, 0)
        assert "has left the coalition. It can offer and ask for help again once it is a member again." in answer.text
        assert "What I wrote." in answer.text


class TestSigning:
    def test_whose_role_ended_while_they_read_is_told_why_nothing_was_signed_and_others_see_no_page(
        self, client, coalition, helpline, provider, member
    ):
        charter = proposed(coalition, helpline, provider)
        party = Party.objects.get(organisation=provider[1])
        page = url(coalition, "charter_sign", charter.work_id, party.pk)
        provider[0].affiliations.update(ends_on=timezone.localdate() - timedelta(days=1))
        client.force_login(provider[0])
        answer = client.post(page, {"digest": charter.digest})

        assert answer.status_code == 403
        assert "You do not currently represent A provider, so you cannot sign on its behalf." in answer.text
        assert not Signature.objects.exists()
        client.force_login(member)
        assert client.post(page, {"digest": charter.digest}).status_code == 404

    def test_a_digest_that_was_made_up_signs_nothing_and_shows_what_there_is(
        self, client, coalition, helpline, provider
    ):
        charter = proposed(coalition, helpline, provider)
        party = Party.objects.get(organisation=provider[1])
        client.force_login(provider[0])
        answer = client.post(url(coalition, "charter_sign", charter.work_id, party.pk), {"digest": "0" * 64})

        assert answer.status_code == 409
        assert "You have not signed" in answer.text
        assert not Signature.objects.exists()
        assert Charter.objects.get().in_force_since is None


class TestAnIndicatorThatBeginsAtZero:
    def test_zero_is_a_number_and_stands_there(self, client, coalition, helpline, provider):
        work = agree_on_work(coalition, helpline, provider)
        outcome = Outcome.objects.get()
        page = url(coalition, "outcome_detail", work.pk, outcome.pk)
        client.force_login(helpline[0])
        new = url(coalition, "figure_new", work.pk, outcome.pk)
        sent = {"on": str(timezone.localdate()), "value": "0", "source": "A count"}
        assert client.post(new, sent).status_code == 302
        shown = get_error_words(client.get(page))

        assert (outcome.baseline, Figure.objects.get().value) == (0, 0)
        assert "Baseline 0 from the charter" in shown
        assert "0% of the way from the baseline to the target." in shown

    @pytest.mark.parametrize("value", ["many", "", "1e400", "NaN"])
    def test_what_is_no_number_gets_a_sentence_and_the_rest_is_kept(self, client, coalition, helpline, provider, value):
        work = agree_on_work(coalition, helpline, provider)
        client.force_login(helpline[0])
        new = url(coalition, "figure_new", work.pk, Outcome.objects.get().pk)
        answer = client.post(new, {"on": str(timezone.localdate()), "value": value, "source": "A count of calls"})

        assert (answer.status_code, Figure.objects.count()) == (422, 0)
        assert "A count of calls" in answer.text
        assert "number" in " ".join(answer.context["form"].errors["value"]).casefold()


def test_a_list_that_is_asked_for_a_country_that_is_no_more_shows_all(client, coalition, offer):
    OfferFactory(coalition=coalition, published=True, countries=["AN"], title="Once there")
    shown = client.get(url(coalition, "offer_list") + "?country=AN")

    assert shown.status_code == 200
    assert "Once there" in shown.text
