"""What is odd or comes too late: a sentence each, what was typed is kept, and nothing is half written."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.cooperation.models import Charter, Consent, Figure, Match, Need, Offer, Outcome, Party, Signature
from jukwaa.cooperation.models.help import build_open_help_condition
from jukwaa.events.models import Pledge
from tests.cooperation.charter_steps import create_proposed_charter, create_work_with_signed_charter
from tests.factories import EventFactory, OfferFactory, PledgeFactory

pytestmark = pytest.mark.django_db
OFFER_FORM_DATA = {"title": "We train", "language": "en", "label": "TLP:CLEAR", "summary": "What I wrote."}


def build_cooperation_url(coalition, route_name, *rest):
    return reverse(f"cooperation:{route_name}", args=[coalition.slug, *rest])


def get_error_words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text.partition("<main")[2]))


class TestFormerCountry:
    """The Netherlands Antilles, AN, until 2010."""

    def test_former_country_is_not_offered_in_new_forms(self, client, coalition, person_who_gives):
        client.force_login(person_who_gives)
        answer = client.post(
            build_cooperation_url(coalition, "offer_new") + "?sort=training",
            OFFER_FORM_DATA | {"countries": ["KE", "AN"]},
        )

        assert (answer.status_code, Offer.objects.count()) == (422, 0)
        assert "Choose countries from the list. “AN” is not in the list." in answer.text
        assert "What I wrote." in answer.text

    def test_offer_keeps_former_country_when_other_field_changes(self, client, coalition, offer, person_who_gives):
        Offer.objects.update(countries=["AN", "KE"])
        client.force_login(person_who_gives)
        edit = build_cooperation_url(coalition, "offer_edit", offer.pk)
        sent = OFFER_FORM_DATA | {"sort": offer.sort, "version": 1}
        assert "Netherlands Antilles (–2010), no longer a country" in client.get(edit).text
        assert client.post(edit, sent | {"countries": ["AN", "KE"]}).status_code == 302

        assert Offer.objects.values_list("countries", "summary").get() == (["AN", "KE"], "What I wrote.")

    def test_pledge_keeps_former_country_when_edited(self, client, coalition, giving_organisation, person_who_gives):
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

    def test_occurrence_in_former_country_can_be_moved(self, client, coalition, rapporteur):
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


class TestOfferWithoutEnd:
    def test_offer_without_end_is_reviewed_after_half_a_year(self, client, coalition, person_who_gives):
        client.force_login(person_who_gives)
        answer = client.post(build_cooperation_url(coalition, "offer_new") + "?sort=training", OFFER_FORM_DATA)
        offer = Offer.objects.get()

        assert answer.status_code == 302
        assert (offer.until, offer.review_by) == (None, timezone.localdate() + timedelta(days=180))
        assert "End date no end date" in get_error_words(client.get(offer.get_absolute_url()))
        assert offer in Offer.objects.filter(build_open_help_condition(timezone.localdate() + timedelta(days=10_000)))


class TestFormerMemberOrganisation:
    @pytest.fixture
    def end_organisation_membership(self, needing_organisation):
        needing_organisation.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))

    def test_need_of_former_member_is_marked_and_readable(self, client, need, end_organisation_membership):
        shown = get_error_words(client.get(need.get_absolute_url()))

        assert "This organisation has left the coalition." in shown
        assert need.title in shown

    def test_former_member_cannot_be_introduced_or_show_contact(
        self, client, coalition, match, end_organisation_membership, person_who_gives, person_who_needs
    ):
        client.force_login(person_who_gives)
        answer = client.post(build_cooperation_url(coalition, "match_consent", match.pk, "offer"), follow=True)

        assert "A ministry on an island has left the coalition." in answer.text
        assert person_who_needs.email not in answer.text
        assert (Match.objects.get().state, Consent.objects.count()) == ("suggested", 1)

    def test_form_of_former_member_is_refused_and_keeps_text(
        self, client, coalition, end_organisation_membership, person_who_needs
    ):
        client.force_login(person_who_needs)
        answer = client.post(build_cooperation_url(coalition, "need_new") + "?sort=training", OFFER_FORM_DATA)

        assert (answer.status_code, Need.objects.count()) == (422, 0)
        assert "has left the coalition. It can offer and ask for help again once it is a member again." in answer.text
        assert "What I wrote." in answer.text


class TestCharterSigning:
    def test_signing_after_role_ended_explains_refusal(self, client, coalition, helpline, provider, member):
        charter = create_proposed_charter(coalition, helpline, provider)
        party = Party.objects.get(organisation=provider[1])
        page = build_cooperation_url(coalition, "charter_sign", charter.work_id, party.pk)
        provider[0].affiliations.update(ends_on=timezone.localdate() - timedelta(days=1))
        client.force_login(provider[0])
        answer = client.post(page, {"digest": charter.digest})

        assert answer.status_code == 403
        assert "You do not currently represent A provider, so you cannot sign on its behalf." in answer.text
        assert not Signature.objects.exists()
        client.force_login(member)
        assert client.post(page, {"digest": charter.digest}).status_code == 404

    def test_invented_digest_is_refused_and_shows_charter(self, client, coalition, helpline, provider):
        charter = create_proposed_charter(coalition, helpline, provider)
        party = Party.objects.get(organisation=provider[1])
        client.force_login(provider[0])
        answer = client.post(
            build_cooperation_url(coalition, "charter_sign", charter.work_id, party.pk), {"digest": "0" * 64}
        )

        assert answer.status_code == 409
        assert "You have not signed" in answer.text
        assert not Signature.objects.exists()
        assert Charter.objects.get().in_force_since is None


class TestIndicatorStartingAtZero:
    def test_zero_baseline_is_saved_and_shown(self, client, coalition, helpline, provider):
        work = create_work_with_signed_charter(coalition, helpline, provider)
        outcome = Outcome.objects.get()
        page = build_cooperation_url(coalition, "outcome_detail", work.pk, outcome.pk)
        client.force_login(helpline[0])
        new = build_cooperation_url(coalition, "figure_new", work.pk, outcome.pk)
        sent = {"on": str(timezone.localdate()), "value": "0", "source": "A count"}
        assert client.post(new, sent).status_code == 302
        shown = get_error_words(client.get(page))

        assert (outcome.baseline, Figure.objects.get().value) == (0, 0)
        assert "Baseline 0 from the charter" in shown
        assert "0% of the way from the baseline to the target." in shown

    @pytest.mark.parametrize("invalid_number", ["many", "", "1e400", "NaN"])
    def test_invalid_number_shows_error_and_keeps_form(self, client, coalition, helpline, provider, invalid_number):
        work = create_work_with_signed_charter(coalition, helpline, provider)
        client.force_login(helpline[0])
        new = build_cooperation_url(coalition, "figure_new", work.pk, Outcome.objects.get().pk)
        answer = client.post(
            new, {"on": str(timezone.localdate()), "value": invalid_number, "source": "A count of calls"}
        )

        assert (answer.status_code, Figure.objects.count()) == (422, 0)
        assert "A count of calls" in answer.text
        assert "number" in " ".join(answer.context["form"].errors["value"]).casefold()


def test_list_filtered_by_former_country_shows_all(client, coalition, offer):
    OfferFactory(coalition=coalition, published=True, countries=["AN"], title="Once there")
    shown = client.get(build_cooperation_url(coalition, "offer_list") + "?country=AN")

    assert shown.status_code == 200
    assert "Once there" in shown.text
