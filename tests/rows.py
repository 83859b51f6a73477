"""For each route with arguments, what the walks fill in. A route without a row fails `test_every_route_has_a_row`."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import (
    Affiliation,
    AreaOfWork,
    Import,
    ImportRow,
    ListEntry,
    Membership,
    Organisation,
    Role,
)
from jukwaa.exchange.feeds import LISTS as FEEDS
from jukwaa.exchange.lists import LISTS
from jukwaa.intake.models import Reading
from jukwaa.library.models import CollectionEntry, Use, WebLink
from jukwaa.places.regions import UN_GROUPS
from jukwaa.records.models import Attachment, Comment, Held, Label, Link, State
from jukwaa.regions.measures import MEASURES
from tests.app_parts import collect
from tests.cooperation.rows_help import HELP
from tests.cooperation.rows_work import JOINT_WORK
from tests.factories import AttendanceFactory, DissentFactory
from tests.privacy.rows import LINKS as REQUEST_LINKS
from tests.regions.rows_briefs import BRIEF_QUERIES, BRIEFS
from tests.regions.rows_observing import OBSERVING
from tests.regions.rows_outreach import OUTREACH_LINKS, OUTREACH_QUERIES, OUTREACH_ROWS
from tests.spread import Rows, of_kind, rows_of, some
from tests.world import World


def any_record(world: World) -> list[dict[str, Any]]:
    """Records of two kinds, in every label and in every state: for pages that are the same for every kind."""
    return [{"pk": record.pk} for kind in ("document", "entry") for record in world.spread(kind)]


def some_record(world: World) -> list[dict[str, Any]]:
    return [{"pk": record.pk} for kind in ("document", "entry") for record in world.some_of(kind)]


def each_reading(world: World) -> list[dict[str, Any]]:
    documents = world.spread("document")
    return [{"pk": pk} for pk in Reading.objects.filter(document__in=documents).values_list("pk", flat=True)]


def some_reading(**more: Callable[[Reading], Any]) -> Rows:
    """Readings of some documents, with what else their address holds."""

    def rows(world: World) -> list[dict[str, Any]]:
        readings = Reading.objects.filter(document__in=world.some_of("document"))
        return [{"pk": reading.pk} | {name: take(reading) for name, take in more.items()} for reading in readings]

    return rows


def some_suggestion(**more: Callable[[Reading], Any]) -> Rows:
    return some_reading(suggestion=lambda reading: reading.suggestions.get().pk, **more)


def on_some(model: type[Model], kind: str = "document", by: str = "record") -> Rows:
    """What hangs on some records."""

    def rows(world: World) -> list[dict[str, Any]]:
        records = [record.pk for record in world.some_of(kind)]
        hanging = model._default_manager.filter(**{f"{by}__in": records})
        return [{"pk": pk} for pk in hanging.values_list("pk", flat=True)]

    return rows


def on_spread(model: type[Comment] | type[Attachment]) -> Rows:
    """What hangs on records in every label and in every state."""

    def rows(world: World) -> list[dict[str, Any]]:
        records = [record.pk for record in world.spread("document")]
        return [{"pk": pk} for pk in model.objects.filter(record__in=records).values_list("pk", flat=True)]

    return rows


def any_document(world: World) -> list[dict[str, Any]]:
    return [{"pk": record.pk} for record in world.spread("document")]


def pairs_of_organisations(world: World) -> list[dict[str, Any]]:
    first, second = Organisation.objects.filter(coalition=world.coalition)[:2]
    return [{"pk": first.pk, "other": second.pk}]


def rows_of_record_files(world: World) -> list[dict[str, Any]]:
    return [row | {"ending": ending} for row in rows_of(Organisation)(world) for ending in ("pdf", "docx")]


def rows_of_imports(world: World) -> list[dict[str, Any]]:
    return [{"pk": row.source_id, "row": row.pk} for row in ImportRow.objects.filter(source__coalition=world.coalition)]


def whole_collections(world: World) -> list[dict[str, Any]]:
    """The one that holds a record of every label and state, and one that hardly anybody may read."""
    published = [record for record in world.of_kind("collection") if record.state == State.PUBLISHED]
    return [{"pk": record.pk} for record in published if record.label in (Label.CLEAR, Label.RED)]


def some_entries(world: World) -> list[dict[str, Any]]:
    records = [record.pk for kind in ("item", "document") for record in world.some_of(kind)]
    entries = CollectionEntry.objects.filter(record__in=records)
    return [{"pk": entry.collection_id, "entry": entry.pk} for entry in entries]


def ticked(world: World) -> list[str]:
    """Records of each kind, in every label and state, as a list sends those that were ticked."""
    kinds = (("item", "document"), ("entry", "meeting"))
    chosen = [[f"record={record.pk}" for kind in pair for record in world.spread(kind)] for pair in kinds]
    return ["?" + "&".join(pair) for pair in chosen]


def translations(world: World) -> list[dict[str, Any]]:
    """Each item of the world translates the one before it in its label: see `world.py`."""
    return [{"pk": pk} for pk in Link.objects.filter(relation="translates").values_list("from_record", flat=True)]


def on_some_uses(world: World) -> list[dict[str, Any]]:
    return [{"pk": pk} for pk in Use.objects.filter(item__in=world.some_of("item")).values_list("pk", flat=True)]


ROWS: dict[str, Rows] = {
    "library:translation_new": some("item"),
    "library:translation_edit": translations,
    "library:translation_changes": translations,
    "library:translation_holds": translations,
    "library:item_withdraw": some("item"),
    "library:item_travels": of_kind("item"),
    "library:use_new": some("item"),
    "library:use_change": on_some(Use, "item", "item"),
    "library:use_take_back": on_some(Use, "item", "item"),
    "library:collection_detail": of_kind("collection"),
    "library:collection_read": whole_collections,
    "library:collection_file": lambda world: [
        row | {"ending": ending} for row in whole_collections(world) for ending in ("docx", "pdf")
    ],
    "library:collection_edit": some("collection"),
    "library:collection_readers": some("collection"),
    "library:collection_publish": some("collection"),
    **{f"library:entry_{deed}": some_entries for deed in ("up", "down", "remove")},
    "library:collect": some_record,
    **collect("rows", "ROWS"),
    **JOINT_WORK,
    **HELP,
    **OBSERVING,
    **OUTREACH_ROWS,
    **BRIEFS,
    "regions:measure_detail": lambda _world: [{"measure": name} for name in MEASURES],
    "regions:region_detail": lambda _world: [{"region": group.value} for group in UN_GROUPS],
    "regions:measure_csv": lambda _world: [{"measure": name} for name in MEASURES],
    "exchange:cite": any_record,
    "exchange:feed": lambda _world: [{"name": name} for name in (*FEEDS, "search")],
    "exchange:cite_bibtex": any_record,
    "exchange:cite_csl": any_record,
    "exchange:collection_archive": whole_collections,
    "exchange:list_file": lambda _world: [
        {"name": name, "ending": ending} for name in LISTS for ending in ("csv", "xlsx")
    ],
    "library:item_detail": lambda world: of_kind("item")(world) + of_kind("regional-observation")(world),
    "library:item_edit": some("item"),
    "library:item_publish": some("item"),
    "library:web_link_add": some("item"),
    "library:web_link_remove": on_some(WebLink, "item", "item"),
    "library:item_readers": some("item"),
    "library:review_detail": of_kind("item"),
    "library:review_send": some("item"),
    **{f"library:review_{deed}": some("item") for deed in ("take_back", "assign", "accept", "pass_on", "decide")},
    "meetings:report_detail": some("meeting"),
    "meetings:report_edit": some("meeting"),
    "meetings:report_publish": some("meeting"),
    "meetings:report_unpublish": some("meeting"),
    "meetings:paragraph_edit": some("meeting", key="session"),
    "meetings:paragraph_restore": some("meeting", key="session"),
    "meetings:report_shape": some("meeting", shape="igf-2015"),
    "meetings:report_file": lambda world: [
        {"pk": record.pk, "shape": "own", "ending": ending}
        for record in world.some_of("meeting")
        for ending in ("txt", "docx", "pdf")
    ],
    "intake:document_open": of_kind("document"),
    "intake:document_publish": of_kind("document"),
    "intake:reading_detail": each_reading,
    "intake:reading_meeting": some_reading(),
    "intake:reading_enter": some_reading(),
    "intake:reading_scope": some_reading(scope=lambda _: "binding"),
    "intake:reading_accept_rest": some_reading(kind=lambda _: "decision"),
    "intake:reading_give_up": some_reading(),
    "intake:reading_take_up": some_reading(),
    "intake:part_new": some_reading(),
    "intake:part_delete": some_reading(part=lambda _: 1),
    "intake:actor_detail": some_reading(name=lambda reading: reading.actors.get().pk),
    "intake:actor_match": some_reading(name=lambda reading: reading.actors.get().pk),
    "intake:suggestion_new": some_reading(),
    "intake:suggestion_accept": some_suggestion(),
    "intake:suggestion_refuse": some_suggestion(),
    "intake:suggestion_again": some_suggestion(),
    "intake:suggestion_edit": some_suggestion(),
    "intake:suggestion_merge": some_suggestion(),
    "intake:suggestion_kind": some_suggestion(kind=lambda _: "offer"),
    "coalitions:organisation_detail": rows_of(Organisation),
    "records:organisation_record": rows_of(Organisation),
    "records:organisation_record_own": rows_of(Organisation),
    **{f"records:organisation_record{own}_file": rows_of_record_files for own in ("", "_own")},
    "coalitions:organisation_change": rows_of(Organisation),
    "coalitions:organisation_name_add": rows_of(Organisation),
    "coalitions:membership_add": rows_of(Organisation),
    "coalitions:affiliation_say": rows_of(Organisation),
    "coalitions:affiliation_add": rows_of(Organisation),
    "coalitions:merge_choose": rows_of(Organisation),
    "coalitions:merge_preview": pairs_of_organisations,
    "coalitions:merge": pairs_of_organisations,
    "coalitions:keep_apart": pairs_of_organisations,
    "coalitions:person_detail": rows_of(Person),
    "coalitions:person_change": rows_of(Person),
    "coalitions:person_take_out": rows_of(Person),
    "coalitions:minor_mark": rows_of(Person),
    "coalitions:minor_unmark": rows_of(Person),
    "coalitions:affiliation_confirm": rows_of(Affiliation),
    "coalitions:affiliation_speaks": rows_of(Affiliation),
    "coalitions:affiliation_silent": rows_of(Affiliation),
    "coalitions:affiliation_change": rows_of(Affiliation),
    "coalitions:affiliation_end": rows_of(Affiliation),
    "coalitions:application_accept": rows_of(Membership),
    "coalitions:application_decline": rows_of(Membership),
    "coalitions:application_withdraw": rows_of(Membership),
    "coalitions:membership_end": rows_of(Membership),
    "coalitions:membership_dates": rows_of(Membership),
    "coalitions:role_change": rows_of(Role),
    "coalitions:role_end": rows_of(Role),
    "coalitions:role_hand_over": rows_of(Role),
    "coalitions:area_rename": rows_of(AreaOfWork),
    "coalitions:area_remove": rows_of(AreaOfWork),
    "coalitions:list_end": rows_of(ListEntry),
    "coalitions:import_detail": rows_of(Import),
    "coalitions:import_map": rows_of(Import),
    "coalitions:import_preview": rows_of(Import),
    "coalitions:import_questions": rows_of(Import),
    "coalitions:import_enter": rows_of(Import),
    "coalitions:import_undo": rows_of(Import),
    "coalitions:import_row": rows_of_imports,
    "coalitions:import_row_leave": rows_of_imports,
    "records:document_detail": of_kind("document"),
    "records:document_file": any_document,
    "records:held_detail": rows_of(Held),
    "records:held_release": rows_of(Held),
    "records:held_purge": rows_of(Held),
    "records:comment_edit": on_some(Comment),
    "records:comment_reply": on_some(Comment),
    "records:comment_history": on_spread(Comment),
    "records:comment_hide": on_some(Comment),
    "records:comment_unhide": on_some(Comment),
    "records:comment_purge": on_some(Comment),
    "records:attachment": on_spread(Attachment),
    "records:attachment_text": on_spread(Attachment),
    "records:attachment_remove": on_some(Attachment),
    "records:talk": any_record,
    "records:comment_add": some_record,
    "records:attachment_add": some_record,
    "records:history": any_record,
    "records:version_detail": lambda world: [row | {"number": 1} for row in any_record(world)],
    "records:version_restore": lambda world: [row | {"number": 1} for row in some_record(world)],
    "records:version_purge": lambda world: [row | {"number": 1} for row in some_record(world)],
    "records:withdraw": some_record,
    "updates:copies": any_record,
    "records:hold": some_record,
    "records:release": some_record,
    "records:purge": some_record,
    "meetings:meeting_detail": of_kind("meeting"),
    "meetings:attendance_list": of_kind("meeting"),
    "meetings:meeting_edit": some("meeting"),
    "meetings:meeting_publish": some("meeting"),
    "meetings:meeting_withdraw": some("meeting"),
    "meetings:meeting_reply": some("meeting"),
    "meetings:attendance_new": some("meeting"),
    "meetings:attendance_remove": lambda world: [
        {"pk": meeting.pk, "row": AttendanceFactory(meeting=meeting).pk} for meeting in world.some_of("meeting")
    ],
    "meetings:entry_new": some("meeting"),
    "meetings:entry_detail": of_kind("entry"),
    "meetings:entry_edit": some("entry"),
    "meetings:entry_withdraw": some("entry"),
    "meetings:entry_progress": some("entry"),
    "meetings:entry_raise": some("entry"),
    "meetings:decision_edit": some("entry"),
    "meetings:dissent_new": some("entry"),
    "meetings:dissent_remove": lambda world: [
        {"pk": entry.pk, "row": DissentFactory(entry=entry).pk} for entry in world.some_of("entry")
    ],
    **{
        f"meetings:commitment_{name}": some("entry")
        for name in ("confirm", "decline", "hand_over", "take_over", "plan", "file", "carry_forward")
    },
    "meetings:entry_respond": some("entry"),
}

# What is asked of a page beside its address: search shows twenty results a page, and what is held is shown when asked.
QUERIES: dict[str, list[str] | Callable[[World], list[str]]] = {
    **OUTREACH_QUERIES,
    "exchange:archive": ticked,
    "exchange:feed": ["?q=canary*"],
    "exchange:list_file": ["?q=canary*"],
    "search:search": [
        f"?q=canary{kind}*&page={number}" for kind in ("document", "meeting", "entry", "event") for number in (1, 2)
    ],
    "records:held_detail": ["", "?read"],
    "drafting:answers": ["", "?show=all", "?clause=1&show=answered"],
    "drafting:annotations": ["", "?page=0"],
    "meetings:agreed": ["", "?state=open", "?kind=commitment"],
    "meetings:decision_list": ["", "?status=in-force", "?q=canary"],
    "meetings:idea_list": ["?show=all", "?show=answered&sort=breadth"],
    "meetings:commitment_list": ["", "?status=open", "?meeting=1"],
    "meetings:response_list": ["", "?status=open"],
    "proposals:call_form": ["?from=igf-2023-workshop"],
    "proposals:call_text": ["", "?name=igf-2023-workshop"],
    **BRIEF_QUERIES,
}

# Routes that lead to no record: each with its reason.
WITHOUT_RECORDS: dict[str, str] = {
    "accounts:code": "a request to sign in",
    "accounts:link": "a request to sign in",
    "accounts:deletion_confirm": "a signed link in an email",
    "accounts:deletion_keep": "a signed link in an email",
    "accounts:address_link": "a signed link in a mail",
    "accounts:address_link_stop": "a signed link in a mail",
    "accounts:merge_link": "a signed link in an email",
    "accounts:guardian": "the link of an adult contact",
    "accounts:guardian_agree": "the link of an adult contact",
    "accounts:guardian_decline": "the link of an adult contact",
    "accounts:session_end": "a session of one's own",
    "accounts:passkey_rename": "a passkey of one's own",
    "accounts:passkey_remove": "a passkey of one's own",
    "cooperation:sign_by_link": "signed links, which tests make",
    **OUTREACH_LINKS,
    **REQUEST_LINKS,
    "mail:message": "mail of the demo, 404 elsewhere",
    "core:stylesheet": "a style sheet",
    "search:saved_rename": "a search of one's own",
    "search:saved_remove": "a search of one's own",
    "updates:unsubscribe": "a signed link in a mail",
    "updates:unsubscribe_all": "a signed link in a mail",
    "updates:confirm": "a signed link in a mail",
    "updates:take_out": "a signed link in a mail",
    "cooperation:still_true": "a signed link in a mail",
    "cooperation:no_longer_true": "a signed link in a mail",
    "exchange:own_calendar": "a secret address of one's own, which `tests/exchange/test_calendars.py` reads",
    "exchange:own_feed": "a secret address of one's own, which `tests/exchange/test_feeds.py` walks as each persona",
}
