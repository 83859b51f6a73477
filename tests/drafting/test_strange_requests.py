"""Whatever is sent to a page of texts, it answers: with what is missing or wrong, or that it is not there."""

import uuid

import pytest
from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions import EditionDetails
from jukwaa.drafting.models import Hold, Input, Placement, Returned, Term
from tests.deep import IS_DEEP_RUN, IS_QUICK_RUN
from tests.drafting.consensus import create_open_text, open_consensus_call
from tests.factories import AffiliationFactory, ConsultationFactory, InputFactory, ItemFactory, RoleFactory
from tests.routes import list_routes

pytestmark = pytest.mark.database  # what SQLite stores and PostgreSQL refuses

HTTP_METHODS = ("get", "post")
POSTED_FIELDS = (
    *("input", "at", "words", "after", "seen", "version", "clause", "question", "record", "level", "kind"),
    *("duplicate_of", "start", "exact", "body", "from_digest", "closes_on", "until", "begins", "said_on", "days"),
    *("page", "from", "to", "into", "adapt", "form", "q", "show", "consultation", "open", "next", "silence", "outcome"),
    *("stance", "reason", "answer", "name", "title", "clauses", "capacity", "asks", "organisations", "language"),
)


@pytest.fixture
def privileged_person(coalition, rapporteur, organisation):
    """Who may do everything here."""
    for role in ("coordinator", "safeguarding-lead"):
        RoleFactory(coalition=coalition, person=rapporteur, kind=role)
    AffiliationFactory(organisation=organisation, person=rapporteur, may_speak=True)
    return rapporteur


@pytest.fixture
def drafting_addresses(coalition, privileged_person, organisation):
    """Of every page of texts, with what there is."""
    text = create_open_text(coalition, privileged_person)
    issue = EditionDetails(without_call="It was agreed elsewhere.")
    actions.publish_edition(actor=privileged_person, text=text, edition_details=issue)
    call = open_consensus_call(text, privileged_person)
    consultation = ConsultationFactory(text=text)
    placement = Placement.objects.now(text).last()
    about = {"consultation": consultation, "clause": placement.clause, "wording": placement.wording}
    given = InputFactory(kind="proposal", proposed="Each of them.", author=privileged_person, **about)
    Input.objects.filter(pk=given.pk).update(now_at=placement.clause)
    item = ItemFactory(coalition=coalition, published=True)
    evidence = actions.cite_record_as_evidence(actor=privileged_person, clause=placement.clause, record=item)
    term = Term.objects.create(coalition=coalition, name="hotline", meaning="A line.")
    token = uuid.uuid4()
    about = {"text": text, "consultation": consultation, "revision": consultation.revision}
    Returned.objects.create(by=privileged_person, digest="1", token=token, **about)
    known = {
        "coalition": coalition.slug,
        "number": 3,
        "earlier": 1,
        "later": 1,
        "major": 1,
        "minor": 0,
        "placement": placement.pk,
        "call": call.pk,
        "hold": Hold.objects.create(call=call, reason="Said on the list.").pk,
        "organisation": organisation.pk,
        "person": privileged_person.pk,
        "consultation": consultation.pk,
        "token": token,
        "ending": "md",
    }
    of = {"consultations/": consultation.pk, "inputs/": given.pk, "evidence/": evidence.pk, "glossary/": term.pk}

    def build_route_url(route):
        pk = next((pk for begins, pk in of.items() if str(route.pattern.pattern).startswith(begins)), text.pk)
        more = {"ending": "xlsx"} if route.name == "drafting:matrix_file" else {}
        more |= {"number": 1} if "revision" in route.name else {}
        return reverse(route.name, kwargs={k: (known | more | {"pk": pk})[k] for k in route.arguments})

    ours = [build_route_url(route) for route in list_routes() if route.name.startswith("drafting:")]
    return sorted(ours, key=lambda one: one.endswith("/discard/"))  # what is forgotten can't be entered


def send_to_each_page(client, page_urls, posted_data):
    """The response of each address to each method."""
    client.raise_request_exception = False
    return {(method, url): getattr(client, method)(url, posted_data) for url in page_urls for method in HTTP_METHODS}


def find_server_errors(responses):
    return {place: response.exc_info[1] for place, response in responses.items() if response.status_code >= 500}


def test_empty_form_is_answered_with_errors(client, drafting_addresses, privileged_person):
    client.force_login(privileged_person)

    responses = send_to_each_page(client, drafting_addresses, {})
    refused = {url: response for (_method, url), response in responses.items() if response.status_code == 422}

    assert find_server_errors(responses) == {}
    assert refused
    assert [url for url, response in refused.items() if not response.context["form"].is_bound] == []


LONG_TEXT = "x" * 30_000
STRANGE_VALUES = ["\u00b2", "\u0663", "-1", "9" * 19, "9" * 5000, "9999-12-31", "a\x00b", LONG_TEXT]
SAMPLING_STEP = 1 if IS_DEEP_RUN else 8 if IS_QUICK_RUN else 4  # each address gets all values, or two, or one


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize("strange_value", [*STRANGE_VALUES[:-1], pytest.param(LONG_TEXT, marks=pytest.mark.slow)])
def test_malformed_numbers_and_dates_are_refused(client, drafting_addresses, privileged_person, strange_value):
    client.force_login(privileged_person)
    some = drafting_addresses[STRANGE_VALUES.index(strange_value) % SAMPLING_STEP :: SAMPLING_STEP]

    assert find_server_errors(send_to_each_page(client, some, dict.fromkeys(POSTED_FIELDS, strange_value))) == {}


@pytest.mark.slow
@pytest.mark.usefixtures("brief_refusals", "plain_templates")
def test_call_on_last_possible_date_is_refused(client, drafting_addresses, privileged_person):
    client.force_login(privileged_person)
    last = {"closes_on": "9999-12-31", "reason": "Because.", "until": "9999-12-31", "introduction": "Well?"}

    assert find_server_errors(send_to_each_page(client, drafting_addresses, last)) == {}
