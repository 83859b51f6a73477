"""Pages that take words or files only in a certain state: each scene builds it, and returns who posts where.

Apps may have theirs in `tests/APP/scenes.py`. `tests/test_quarantine.py` finds all other pages by itself; a page that
it neither finds nor has a scene for fails it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.actions import build_sign_in_link, request_sign_in
from jukwaa.accounts.address_change import OLD, find_open_change, request_address_change
from jukwaa.accounts.minors import get_guardian_path
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import create_import, map_columns
from jukwaa.coalitions.models import Import, Organisation
from jukwaa.cooperation.models import Party
from jukwaa.cooperation.notifications.joint_work import get_signing_url
from jukwaa.cooperation.schema import load_sorts
from jukwaa.core.documents.incoming import Table
from jukwaa.drafting.models import Term
from jukwaa.intake.models import Actor, Reading
from jukwaa.library import actions as library
from jukwaa.library.models import Review
from jukwaa.library.schema import kinds
from jukwaa.mail import signed_links
from jukwaa.plans.actions import consent_to_figures, link_event
from jukwaa.plans.models import Plan
from jukwaa.records.models import Label, State
from jukwaa.regions.answer_links import build_answer_link, save_link
from jukwaa.search.models import SavedSearch
from jukwaa.updates import email_links
from jukwaa.updates.models import ListPost, PendingMail
from tests.accounts.test_passkeys import create_passkey
from tests.coalitions.conftest import FULL_ROW, HEADING
from tests.conftest import seated
from tests.cooperation.agreeing import create_spokesperson, proposed
from tests.factories import (
    CommitmentFactory,
    EntryFactory,
    EventFactory,
    ItemFactory,
    MembershipFactory,
    OfferFactory,
    PersonFactory,
    TextFactory,
)
from tests.plans.planning import create_lead, create_plan
from tests.regions.reaching import add_prospect
from tests.world import World

COUNTRY = "FJ"


@dataclass(frozen=True)
class Place:
    """Where somebody posts, and what the page needs to get as far as its form."""

    person: Person | AnonymousUser
    url: str
    data: dict[str, str] = field(default_factory=dict)


type Scene = Callable[[World], Place]
SCENES: dict[str, list[Scene]] = {}


def scene(*names: str) -> Callable[[Callable[[World, str], Place]], Callable[[World, str], Place]]:
    """Register a function as the scene of these routes; it is told of which it is asked."""

    def register(build: Callable[[World, str], Place]) -> Callable[[World, str], Place]:
        for name in names:
            SCENES.setdefault(name, []).append(lambda world, name=name: build(world, name))
        return build

    return register


def address(world: World, name: str, *rest: Any, query: str = "") -> str:
    return reverse(name, args=[world.coalition.slug, *rest]) + query


def by_author(world: World, name: str, *rest: Any, query: str = "", **data: str) -> Place:
    return Place(world.people["author"], address(world, name, *rest, query=query), data)


# Accounts, and links in our mails


@scene("accounts:passkey_rename", "accounts:passkey_remove")
def passkey(world: World, name: str) -> Place:
    person = world.people["author"]
    return Place(person, reverse(name, args=[create_passkey(person).pk]))


@scene("accounts:code")
def code(_world: World, name: str) -> Place:
    return Place(AnonymousUser(), reverse(name, args=[request_sign_in(email="somebody@example.org").key]))


@scene("accounts:link")
def link(_world: World, _name: str) -> Place:
    return Place(AnonymousUser(), "/" + build_sign_in_link(PersonFactory()).partition("//")[2].partition("/")[2])


@scene("accounts:address_link", "accounts:address_link_stop")
def address_link(world: World, name: str) -> Place:
    person = world.people["author"]
    change = find_open_change(person) or request_address_change(person=person, address="new@example.org")
    return Place(person, reverse(name, args=[signed_links.make_token(OLD, {"change": str(change.key)})]))


@scene("accounts:guardian_agree", "accounts:guardian_decline")
def guardian(_world: World, name: str) -> Place:
    child = PersonFactory(is_minor=True, adult_contact=PersonFactory())
    token = get_guardian_path(child).rstrip("/").rpartition("/")[2]
    return Place(AnonymousUser(), reverse(name, args=[token]))


@scene("accounts:session_end")
def session(world: World, name: str) -> Place:
    return Place(world.people["author"], reverse(name, args=[1]))


@scene("cooperation:still_true", "cooperation:no_longer_true")
def still_true(world: World, name: str) -> Place:
    person = world.people["author"]
    organisation = Organisation.objects.get(coalition=world.coalition, name="The author's organisation")
    offer = OfferFactory(coalition=world.coalition, organisation=organisation, author=person, published=True)
    return Place(AnonymousUser(), email_links.build_path(email_links.STILL_TRUE, name, person=person.pk, help=offer.pk))


@scene("updates:unsubscribe", "updates:unsubscribe_all", "updates:take_out")
def mail_link(world: World, name: str) -> Place:
    purpose = email_links.TAKE_OUT if name == "updates:take_out" else email_links.UNSUBSCRIBE
    meant = {"person": world.people["author"].pk, "coalition": world.coalition.pk, "topic": "digest"}
    return Place(AnonymousUser(), email_links.build_path(purpose, name, **meant))


@scene("updates:confirm")
def pending(world: World, name: str) -> Place:
    mail = PendingMail.objects.create(
        kind=PendingMail.Kind.APPLY, coalition=world.coalition, address="new@example.org", organisation="A new one"
    )
    return Place(AnonymousUser(), email_links.build_path(email_links.CONFIRM_MAIL, name, pending=mail.pk))


@scene("regions:answer_yes", "regions:answer_not_now", "regions:answer_never", "regions:answer_erase")
def invited(world: World, name: str) -> Place:
    prospect = add_prospect(world.people["author"], world.coalition)
    save_link(prospect)
    token = build_answer_link(prospect).rstrip("/").rpartition("/")[2]
    return Place(AnonymousUser(), address(world, name, token))


@scene("cooperation:sign_by_link")
def charter(world: World, _name: str) -> Place:
    first, second = (create_spokesperson(world.coalition, name) for name in ("A first party", "A second party"))
    work = proposed(world.coalition, first, second, label=Label.CLEAR).work
    party = Party.objects.select_related("work__coalition").get(work=work, organisation=second[1])
    return Place(AnonymousUser(), get_signing_url(party, second[0]))


# Following and searching


@scene("updates:follow_end")
def followed(world: World, name: str) -> Place:
    return by_author(world, name, thing="area:1")


@scene("updates:rhythm")
def rhythm(world: World, name: str) -> Place:
    return by_author(world, name, rhythm="weekly")


@scene("updates:new_seen")
def seen(world: World, name: str) -> Place:
    return by_author(world, name, until=timezone.now().isoformat())


@scene("intake:list_post_record")
def list_post(world: World, name: str) -> Place:
    post = ListPost.objects.create(
        coalition=world.coalition, message_id="1", thread="1", body="We agreed.", posted_at=timezone.now()
    )
    return by_author(world, name, post.pk)


@scene("search:saved_new")
def search(world: World, name: str) -> Place:
    return by_author(world, name, query="?q=helplines")


@scene("search:saved_rename", "search:saved_remove")
def saved(world: World, name: str) -> Place:
    kept = {"name": "Helplines", "query": f"q=helplines&of={name}"}
    search = SavedSearch.objects.create(person=world.people["author"], coalition=world.coalition, **kept)
    return by_author(world, name, search.pk)


# Plans, by who leads one


def plan_of(world: World) -> tuple[Person, Plan]:
    """A plan of a government that is a member of the coalition, and its lead."""
    there = Plan.objects.filter(coalition=world.coalition, country=COUNTRY).first()
    if there is not None:
        return there.team.get(role="leads").person, there
    lead = create_lead(world.coalition, COUNTRY)
    MembershipFactory(coalition=world.coalition, organisation=lead.affiliations.get().organisation)
    return lead, create_plan(world.coalition, lead, COUNTRY)


@scene("plans:plan_new")
def plan_new(world: World, name: str) -> Place:
    return Place(create_lead(world.coalition, "KE"), address(world, name))


@scene(
    "plans:plan_edit",
    "plans:baseline_new",
    "plans:plan_consent",
    "plans:consent_withdraw",
    "plans:carry_over",
    "plans:plan_close",
    "plans:plan_delete",
    "plans:plan_claim",
    "plans:team_list",
    "plans:event_tie",
)
def plan(world: World, name: str) -> Place:
    lead, plan = plan_of(world)
    if name == "plans:consent_withdraw":
        consent_to_figures(actor=lead, plan=plan)
    return Place(lead, address(world, name, plan.pk))


@scene("plans:team_leave")
def team(world: World, name: str) -> Place:
    lead, plan = plan_of(world)
    return Place(lead, address(world, name, plan.pk, plan.team.get(person=lead).pk))


@scene("plans:tie_remove")
def tie(world: World, name: str) -> Place:
    lead, plan = plan_of(world)
    tied = link_event(actor=lead, plan=plan, event=EventFactory(coalition=world.coalition, published=True))
    return Place(lead, address(world, name, plan.pk, tied.pk))


@scene("plans:capability_edit", "plans:evidence_edit", "plans:need_new", "plans:practice_new")
def capability(world: World, name: str) -> Place:
    lead, plan = plan_of(world)
    return Place(lead, address(world, name, plan.pk, "1"))


@scene("plans:need_new")
def need_of_another_sort(world: World, name: str) -> Place:
    lead, plan = plan_of(world)
    return Place(lead, address(world, name, plan.pk, "1"), {"other": load_sorts()[0].name})


@scene("plans:evidence_remove")
def evidence(world: World, name: str) -> Place:
    lead, plan = plan_of(world)
    return Place(lead, address(world, name, plan.pk, "1", 1))


# Minutes, reports that are imported, texts


@scene("meetings:entry_progress")
def commitment(world: World, name: str) -> Place:
    entry = EntryFactory(coalition=world.coalition, kind="commitment", published=True)
    return by_author(world, name, CommitmentFactory(entry=entry).entry_id)


def reading_of(world: World) -> Reading:
    return Reading.objects.get(document=world.records["document", str(Label.CLEAR), str(State.PUBLISHED)])


@scene("intake:part_delete")
def part(world: World, name: str) -> Place:
    reading = reading_of(world)
    return by_author(world, name, reading.pk, reading.parts.create(title="A part", first=1, last=1).pk)


@scene("intake:actor_match")
def actor(world: World, name: str) -> Place:
    reading, likely = reading_of(world), Organisation.objects.filter(coalition=world.coalition).first()
    return by_author(world, name, reading.pk, Actor.objects.create(reading=reading, written="Them", likely=likely).pk)


@scene("intake:suggestion_new")
def suggestion(world: World, name: str) -> Place:
    return by_author(world, name, reading_of(world).pk, query="?sentence=1")


@scene("drafting:term_edit")
def term(world: World, name: str) -> Place:
    return by_author(world, name, Term.objects.create(coalition=world.coalition, name="Helpline", meaning="Help.").pk)


@scene("drafting:clause_merge")
def clauses(world: World, name: str) -> Place:
    text = TextFactory(coalition=world.coalition, author=world.people["author"], saying=["One.", "Two."])
    return by_author(world, name, text.pk, 2)


# Help and the library: the fields depend on the sort of help, and on the kind of item


def _help_of_sort(side: str, sort: str) -> Scene:
    return lambda world: by_author(world, f"cooperation:{side}_new", query=f"?sort={sort}")


def _item_of_kind(kind: str) -> Scene:
    return lambda world: by_author(world, "library:item_new", query=f"?kind={kind}")


SCENES["cooperation:offer_new"] = [_help_of_sort("offer", sort.name) for sort in load_sorts()]
SCENES["cooperation:need_new"] = [_help_of_sort("need", sort.name) for sort in load_sorts()]
SCENES["library:item_new"] = [_item_of_kind(kind.name) for kind in kinds()]


@scene(*(f"library:review_{step}" for step in ("take_back", "assign", "accept", "pass_on", "decide")))
def review(world: World, name: str) -> Place:
    author, lead = world.people["author"], world.people["safeguarding lead"]
    item = ItemFactory(coalition=world.coalition, author=author, kind="case-study")
    sent: Review = library.send_for_review(actor=author, item=item, consent="The team agreed.")
    second = seated(world.coalition, "Who reads it second")
    person = {"library:review_take_back": author, "library:review_assign": lead}.get(name, second)
    if person == second:
        library.assign_reviewer(actor=lead, review=sent, reviewer=second)
    if name == "library:review_decide":
        library.accept_review(actor=second, review=sent)
    return Place(person, address(world, name, item.pk))


@scene("library:review_take_back")
def review_that_is_over(world: World, name: str) -> Place:
    author = world.people["author"]
    item = ItemFactory(coalition=world.coalition, author=author, kind="case-study")
    library.withdraw_review(actor=author, review=library.send_for_review(actor=author, item=item, consent="We agreed."))
    return by_author(world, name, item.pk)


# The directory


@scene("coalitions:merge_choose")
def merge(world: World, name: str) -> Place:
    return by_author(world, name, Organisation.objects.filter(coalition=world.coalition)[0].pk)


def import_of(world: World, row: list[str] = FULL_ROW) -> Import:
    person, table = world.people["author"], Table([HEADING, row])
    brought = create_import(actor=person, coalition=world.coalition, kind="members", name="members.csv", table=table)
    return map_columns(actor=person, spreadsheet_import=brought, mapping=brought.mapping)


@scene(*(f"coalitions:import_{step}" for step in ("map", "questions", "enter", "undo")))
def table(world: World, name: str) -> Place:
    row = ["", *FULL_ROW[1:]] if name == "coalitions:import_questions" else FULL_ROW  # a question is asked about it
    return by_author(world, name, import_of(world, row).pk)


@scene("coalitions:import_row", "coalitions:import_row_leave")
def row(world: World, name: str) -> Place:
    brought = import_of(world)
    return by_author(world, name, brought.pk, brought.rows.get().pk)
