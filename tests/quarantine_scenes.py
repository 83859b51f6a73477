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
from jukwaa.accounts.address_change import OLD, find_open_address_change, request_address_change
from jukwaa.accounts.minors import get_guardian_path
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import create_import, map_import_columns
from jukwaa.coalitions.models import Import, Organisation
from jukwaa.cooperation.models import Party
from jukwaa.cooperation.notifications.joint_work import get_signing_url
from jukwaa.cooperation.schema import load_help_types
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.drafting.models import Term
from jukwaa.intake.models import Actor, Reading
from jukwaa.library import actions as library
from jukwaa.library.models import Review
from jukwaa.library.schema import kinds
from jukwaa.mail import signed_links
from jukwaa.plans.actions import consent_to_figures, link_event_to_plan
from jukwaa.plans.models import Plan
from jukwaa.records.models import Label, State
from jukwaa.regions.answer_links import build_answer_link, save_answer_link
from jukwaa.search.models import SavedSearch
from jukwaa.updates import email_links
from jukwaa.updates.models import ListPost, PendingMail
from tests.accounts.test_passkeys import create_passkey
from tests.coalitions.conftest import COLUMN_HEADINGS, FULL_IMPORT_ROW
from tests.conftest import create_seated_person
from tests.cooperation.charter_steps import create_proposed_charter, create_spokesperson
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
from tests.plans.plan_steps import create_government_lead, create_plan
from tests.regions.outreach_steps import add_prospect
from tests.world import World

PLAN_COUNTRY = "FJ"


@dataclass(frozen=True)
class PostTarget:
    """Where somebody posts, and what the page needs to get as far as its form."""

    person: Person | AnonymousUser
    url: str
    data: dict[str, str] = field(default_factory=dict)


type Scene = Callable[[World], PostTarget]
SCENE_BY_ROUTE: dict[str, list[Scene]] = {}


def register_scene(
    *names: str,
) -> Callable[[Callable[[World, str], PostTarget]], Callable[[World, str], PostTarget]]:
    """Register a function as the scene of these routes; it is told of which it is asked."""

    def register_scene_builder(
        build_scene: Callable[[World, str], PostTarget],
    ) -> Callable[[World, str], PostTarget]:
        for name in names:
            SCENE_BY_ROUTE.setdefault(name, []).append(lambda world, name=name: build_scene(world, name))
        return build_scene

    return register_scene_builder


def build_scene_url(world: World, route_name: str, *rest: Any, query: str = "") -> str:
    return reverse(route_name, args=[world.coalition.slug, *rest]) + query


def build_author_post_target(world: World, route_name: str, *rest: Any, query: str = "", **data: str) -> PostTarget:
    return PostTarget(world.people["author"], build_scene_url(world, route_name, *rest, query=query), data)


# Accounts, and links in our mails


@register_scene("accounts:passkey_rename", "accounts:passkey_remove")
def build_passkey_scene(world: World, name: str) -> PostTarget:
    person = world.people["author"]
    return PostTarget(person, reverse(name, args=[create_passkey(person).pk]))


@register_scene("accounts:code")
def build_sign_in_code_scene(_world: World, name: str) -> PostTarget:
    return PostTarget(AnonymousUser(), reverse(name, args=[request_sign_in(email="somebody@example.org").key]))


@register_scene("accounts:link")
def build_sign_in_link_scene(_world: World, _route_name: str) -> PostTarget:
    return PostTarget(AnonymousUser(), "/" + build_sign_in_link(PersonFactory()).partition("//")[2].partition("/")[2])


@register_scene("accounts:address_link", "accounts:address_link_stop")
def build_address_link_scene(world: World, name: str) -> PostTarget:
    person = world.people["author"]
    change = find_open_address_change(person) or request_address_change(person=person, address="new@example.org")
    return PostTarget(person, reverse(name, args=[signed_links.make_signed_token(OLD, {"change": str(change.key)})]))


@register_scene("accounts:guardian_agree", "accounts:guardian_decline")
def build_guardian_scene(_world: World, name: str) -> PostTarget:
    child = PersonFactory(is_minor=True, adult_contact=PersonFactory())
    token = get_guardian_path(child).rstrip("/").rpartition("/")[2]
    return PostTarget(AnonymousUser(), reverse(name, args=[token]))


@register_scene("accounts:session_end")
def build_session_scene(world: World, name: str) -> PostTarget:
    return PostTarget(world.people["author"], reverse(name, args=[1]))


@register_scene("cooperation:still_true", "cooperation:no_longer_true")
def build_help_review_scene(world: World, name: str) -> PostTarget:
    person = world.people["author"]
    organisation = Organisation.objects.get(coalition=world.coalition, name="The author's organisation")
    offer = OfferFactory(coalition=world.coalition, organisation=organisation, author=person, published=True)
    return PostTarget(
        AnonymousUser(),
        email_links.build_email_path(email_links.CONFIRM_HELP_PURPOSE, name, person=person.pk, help=offer.pk),
    )


@register_scene("updates:unsubscribe", "updates:unsubscribe_all", "updates:take_out")
def build_mail_link_scene(world: World, name: str) -> PostTarget:
    purpose = email_links.REMOVE_PERSON_PURPOSE if name == "updates:take_out" else email_links.UNSUBSCRIBE_PURPOSE
    meant = {"person": world.people["author"].pk, "coalition": world.coalition.pk, "topic": "digest"}
    return PostTarget(AnonymousUser(), email_links.build_email_path(purpose, name, **meant))


@register_scene("updates:confirm")
def build_pending_application_scene(world: World, name: str) -> PostTarget:
    mail = PendingMail.objects.create(
        kind=PendingMail.Kind.APPLY, coalition=world.coalition, address="new@example.org", organisation="A new one"
    )
    return PostTarget(
        AnonymousUser(), email_links.build_email_path(email_links.CONFIRM_MAIL_PURPOSE, name, pending=mail.pk)
    )


@register_scene("regions:answer_yes", "regions:answer_not_now", "regions:answer_never", "regions:answer_erase")
def build_invitation_scene(world: World, name: str) -> PostTarget:
    prospect = add_prospect(world.people["author"], world.coalition)
    save_answer_link(prospect)
    token = build_answer_link(prospect).rstrip("/").rpartition("/")[2]
    return PostTarget(AnonymousUser(), build_scene_url(world, name, token))


@register_scene("cooperation:sign_by_link")
def build_charter_scene(world: World, _route_name: str) -> PostTarget:
    first, second = (create_spokesperson(world.coalition, name) for name in ("A first party", "A second party"))
    work = create_proposed_charter(world.coalition, first, second, label=Label.CLEAR).work
    party = Party.objects.select_related("work__coalition").get(work=work, organisation=second[1])
    return PostTarget(AnonymousUser(), get_signing_url(party, second[0]))


# Following and searching


@register_scene("updates:follow_end")
def build_follow_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, thing="area:1")


@register_scene("updates:rhythm")
def build_digest_rhythm_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, rhythm="weekly")


@register_scene("updates:new_seen")
def build_seen_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, until=timezone.now().isoformat())


@register_scene("intake:list_post_record")
def build_list_post_scene(world: World, name: str) -> PostTarget:
    post = ListPost.objects.create(
        coalition=world.coalition, message_id="1", thread="1", body="We agreed.", posted_at=timezone.now()
    )
    return build_author_post_target(world, name, post.pk)


@register_scene("search:saved_new")
def build_search_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, query="?q=helplines")


@register_scene("search:saved_rename", "search:saved_remove")
def build_saved_search_scene(world: World, name: str) -> PostTarget:
    kept = {"name": "Helplines", "query": f"q=helplines&of={name}"}
    search = SavedSearch.objects.create(person=world.people["author"], coalition=world.coalition, **kept)
    return build_author_post_target(world, name, search.pk)


# Plans, by who leads one


def create_scene_plan(world: World) -> tuple[Person, Plan]:
    """A plan of a government that is a member of the coalition, and its lead."""
    there = Plan.objects.filter(coalition=world.coalition, country=PLAN_COUNTRY).first()
    if there is not None:
        return there.team.get(role="leads").person, there
    lead = create_government_lead(world.coalition, PLAN_COUNTRY)
    MembershipFactory(coalition=world.coalition, organisation=lead.affiliations.get().organisation)
    return lead, create_plan(world.coalition, lead, PLAN_COUNTRY)


@register_scene("plans:plan_new")
def build_new_plan_scene(world: World, name: str) -> PostTarget:
    return PostTarget(create_government_lead(world.coalition, "KE"), build_scene_url(world, name))


@register_scene(
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
def build_plan_scene(world: World, name: str) -> PostTarget:
    lead, plan = create_scene_plan(world)
    if name == "plans:consent_withdraw":
        consent_to_figures(actor=lead, plan=plan)
    return PostTarget(lead, build_scene_url(world, name, plan.pk))


@register_scene("plans:team_leave")
def build_team_scene(world: World, name: str) -> PostTarget:
    lead, plan = create_scene_plan(world)
    return PostTarget(lead, build_scene_url(world, name, plan.pk, plan.team.get(person=lead).pk))


@register_scene("plans:tie_remove")
def build_tie_scene(world: World, name: str) -> PostTarget:
    lead, plan = create_scene_plan(world)
    tied = link_event_to_plan(actor=lead, plan=plan, event=EventFactory(coalition=world.coalition, published=True))
    return PostTarget(lead, build_scene_url(world, name, plan.pk, tied.pk))


@register_scene("plans:capability_edit", "plans:evidence_edit", "plans:need_new", "plans:practice_new")
def build_capability_scene(world: World, name: str) -> PostTarget:
    lead, plan = create_scene_plan(world)
    return PostTarget(lead, build_scene_url(world, name, plan.pk, "1"))


@register_scene("plans:need_new")
def build_need_scene(world: World, name: str) -> PostTarget:
    lead, plan = create_scene_plan(world)
    return PostTarget(lead, build_scene_url(world, name, plan.pk, "1"), {"other": load_help_types()[0].name})


@register_scene("plans:evidence_remove")
def build_evidence_scene(world: World, name: str) -> PostTarget:
    lead, plan = create_scene_plan(world)
    return PostTarget(lead, build_scene_url(world, name, plan.pk, "1", 1))


# Minutes, reports that are imported, texts


@register_scene("meetings:entry_progress")
def build_commitment_scene(world: World, name: str) -> PostTarget:
    entry = EntryFactory(coalition=world.coalition, kind="commitment", published=True)
    return build_author_post_target(world, name, CommitmentFactory(entry=entry).entry_id)


def get_scene_reading(world: World) -> Reading:
    return Reading.objects.get(document=world.records["document", str(Label.CLEAR), str(State.PUBLISHED)])


@register_scene("intake:part_delete")
def build_part_scene(world: World, name: str) -> PostTarget:
    reading = get_scene_reading(world)
    return build_author_post_target(world, name, reading.pk, reading.parts.create(title="A part", first=1, last=1).pk)


@register_scene("intake:actor_match")
def build_suggested_actor_scene(world: World, name: str) -> PostTarget:
    reading, likely = get_scene_reading(world), Organisation.objects.filter(coalition=world.coalition).first()
    return build_author_post_target(
        world, name, reading.pk, Actor.objects.create(reading=reading, written="Them", likely=likely).pk
    )


@register_scene("intake:suggestion_new")
def build_suggestion_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, get_scene_reading(world).pk, query="?sentence=1")


@register_scene("intake:reading_accept_undo")
def build_accepted_suggestions_scene(world: World, name: str) -> PostTarget:
    moment = timezone.now().isoformat()
    return build_author_post_target(world, name, get_scene_reading(world).pk, "decision", decided_at=moment)


@register_scene("drafting:term_edit")
def build_term_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(
        world, name, Term.objects.create(coalition=world.coalition, name="Helpline", meaning="Help.").pk
    )


@register_scene("drafting:clause_merge")
def build_clauses_scene(world: World, name: str) -> PostTarget:
    text = TextFactory(coalition=world.coalition, author=world.people["author"], saying=["One.", "Two."])
    return build_author_post_target(world, name, text.pk, 2)


# Help and the library: the fields depend on the sort of help, and on the kind of item


def _build_help_form_scene(help_type: str, help_sort: str) -> Scene:
    return lambda world: build_author_post_target(world, f"cooperation:{help_type}_new", query=f"?sort={help_sort}")


def _build_item_form_scene(item_kind: str) -> Scene:
    return lambda world: build_author_post_target(world, "library:item_new", query=f"?kind={item_kind}")


SCENE_BY_ROUTE["cooperation:offer_new"] = [_build_help_form_scene("offer", sort.name) for sort in load_help_types()]
SCENE_BY_ROUTE["cooperation:need_new"] = [_build_help_form_scene("need", sort.name) for sort in load_help_types()]
SCENE_BY_ROUTE["library:item_new"] = [_build_item_form_scene(kind.name) for kind in kinds()]


@register_scene(*(f"library:review_{step}" for step in ("take_back", "assign", "accept", "pass_on", "decide")))
def build_review_scene(world: World, name: str) -> PostTarget:
    author, lead = world.people["author"], world.people["safeguarding lead"]
    item = ItemFactory(coalition=world.coalition, author=author, kind="case-study")
    sent: Review = library.send_for_review(actor=author, item=item, consent_text="The team agreed.")
    second = create_seated_person(world.coalition, "Who reads it second")
    person = {"library:review_take_back": author, "library:review_assign": lead}.get(name, second)
    if person == second:
        library.assign_item_reviewer(actor=lead, review=sent, reviewer=second)
    if name == "library:review_decide":
        library.accept_item_review(actor=second, review=sent)
    return PostTarget(person, build_scene_url(world, name, item.pk))


@register_scene("library:review_take_back")
def build_closed_review_scene(world: World, name: str) -> PostTarget:
    author = world.people["author"]
    item = ItemFactory(coalition=world.coalition, author=author, kind="case-study")
    library.withdraw_item_review(
        actor=author, review=library.send_for_review(actor=author, item=item, consent_text="We agreed.")
    )
    return build_author_post_target(world, name, item.pk)


# The directory


@register_scene("coalitions:merge_choose")
def build_merge_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, Organisation.objects.filter(coalition=world.coalition)[0].pk)


def create_scene_import(world: World, row_cells: list[str] = FULL_IMPORT_ROW) -> Import:
    person, table = world.people["author"], ImportedTable([COLUMN_HEADINGS, row_cells])
    brought = create_import(
        actor=person, coalition=world.coalition, import_kind="members", file_name="members.csv", imported_table=table
    )
    return map_import_columns(actor=person, spreadsheet_import=brought, column_mapping=brought.mapping)


@register_scene(*(f"coalitions:import_{step}" for step in ("map", "questions", "enter", "undo")))
def build_import_table_scene(world: World, name: str) -> PostTarget:
    # A question is asked about a row without a name.
    row_cells = ["", *FULL_IMPORT_ROW[1:]] if name == "coalitions:import_questions" else FULL_IMPORT_ROW
    return build_author_post_target(world, name, create_scene_import(world, row_cells).pk)


@register_scene("coalitions:import_row", "coalitions:import_row_leave")
def build_import_row_scene(world: World, name: str) -> PostTarget:
    brought = create_scene_import(world)
    return build_author_post_target(world, name, brought.pk, brought.rows.get().pk)
