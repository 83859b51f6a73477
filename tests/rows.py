"""For each route with arguments, what the walks fill in.

A route without a row fails `test_every_route_is_visited_with_row`.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from jukwaa.accounts.models import Person
from jukwaa.coalitions.known_people import get_known_people
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
from jukwaa.exchange.feeds import FEED_LISTS as FEEDS
from jukwaa.exchange.lists import EXPORT_LIST_BY_NAME
from jukwaa.intake.models import Reading
from jukwaa.library.models import CollectionEntry, Use, WebLink
from jukwaa.places.regions import UN_REGIONAL_GROUPS
from jukwaa.records.models import Attachment, Comment, Held, Label, Link, State
from jukwaa.regions.measures import MEASURE_BY_NAME
from tests.app_parts import collect_from_apps
from tests.cooperation.rows_help import HELP_ROWS
from tests.cooperation.rows_work import JOINT_WORK_ROWS
from tests.factories import AttendanceFactory, DissentFactory
from tests.privacy.rows import ROUTES_WITH_SIGNED_LINK as REQUEST_LINKS
from tests.regions.rows_briefs import BRIEF_QUERIES, BRIEF_ROWS
from tests.regions.rows_observing import OBSERVATION_ROWS
from tests.regions.rows_outreach import OUTREACH_QUERIES, OUTREACH_ROWS, SIGNED_LINK_ROUTES
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows, build_table_rows
from tests.world import World


def build_any_record_rows(world: World) -> list[dict[str, Any]]:
    """Records of two kinds, in every label and in every state: for pages that are the same for every kind."""
    return [{"pk": record.pk} for kind in ("document", "entry") for record in world.list_varied_records(kind)]


def build_sample_record_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": record.pk} for kind in ("document", "entry") for record in world.list_example_records(kind)]


def build_reading_rows(world: World) -> list[dict[str, Any]]:
    documents = world.list_varied_records("document")
    return [{"pk": pk} for pk in Reading.objects.filter(document__in=documents).values_list("pk", flat=True)]


def build_sample_reading_rows(**more: Callable[[Reading], Any]) -> Rows:
    """Readings of some documents, with what else their address holds."""

    def list_sample_reading_rows(world: World) -> list[dict[str, Any]]:
        readings = Reading.objects.filter(document__in=world.list_example_records("document"))
        return [{"pk": reading.pk} | {name: take(reading) for name, take in more.items()} for reading in readings]

    return list_sample_reading_rows


def build_sample_suggestion_rows(**more: Callable[[Reading], Any]) -> Rows:
    return build_sample_reading_rows(suggestion=lambda reading: reading.suggestions.get().pk, **more)


def build_sample_related_rows(model: type[Model], record_kind: str = "document", relation_name: str = "record") -> Rows:
    """What hangs on some records."""

    def list_sample_related_rows(world: World) -> list[dict[str, Any]]:
        records = [record.pk for record in world.list_example_records(record_kind)]
        hanging = model._default_manager.filter(**{f"{relation_name}__in": records})
        return [{"pk": pk} for pk in hanging.values_list("pk", flat=True)]

    return list_sample_related_rows


def build_varied_related_rows(model: type[Comment] | type[Attachment]) -> Rows:
    """What hangs on records in every label and in every state."""

    def list_varied_related_rows(world: World) -> list[dict[str, Any]]:
        records = [record.pk for record in world.list_varied_records("document")]
        return [{"pk": pk} for pk in model.objects.filter(record__in=records).values_list("pk", flat=True)]

    return list_varied_related_rows


def build_document_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": record.pk} for record in world.list_varied_records("document")]


def build_organisation_pair_rows(world: World) -> list[dict[str, Any]]:
    first, second = Organisation.objects.filter(coalition=world.coalition)[:2]
    return [{"pk": first.pk, "other": second.pk}]


def build_person_pair_rows(world: World) -> list[dict[str, Any]]:
    first, second = get_known_people(world.coalition).order_by("pk")[:2]
    return [{"pk": first.pk, "other": second.pk}]


def build_record_file_rows(world: World) -> list[dict[str, Any]]:
    return [row | {"ending": ending} for row in build_table_rows(Organisation)(world) for ending in ("pdf", "docx")]


def build_import_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": row.source_id, "row": row.pk} for row in ImportRow.objects.filter(source__coalition=world.coalition)]


def build_collection_rows(world: World) -> list[dict[str, Any]]:
    """The one that holds a record of every label and state, and one that hardly anybody may read."""
    published = [record for record in world.list_all_records("collection") if record.state == State.PUBLISHED]
    return [{"pk": record.pk} for record in published if record.label in (Label.CLEAR, Label.RED)]


def build_collection_entry_rows(world: World) -> list[dict[str, Any]]:
    records = [record.pk for kind in ("item", "document") for record in world.list_example_records(kind)]
    entries = CollectionEntry.objects.filter(record__in=records)
    return [{"pk": entry.collection_id, "entry": entry.pk} for entry in entries]


def build_selected_record_queries(world: World) -> list[str]:
    """Records of each kind, in every label and state, as a list sends those that were ticked."""
    kinds = (("item", "document"), ("entry", "meeting"))
    chosen = [[f"record={record.pk}" for kind in pair for record in world.list_varied_records(kind)] for pair in kinds]
    return ["?" + "&".join(pair) for pair in chosen]


def build_translation_rows(world: World) -> list[dict[str, Any]]:
    """Each item of the world translates the one before it in its label: see `world.py`."""
    return [{"pk": pk} for pk in Link.objects.filter(relation="translates").values_list("from_record", flat=True)]


def build_use_rows(world: World) -> list[dict[str, Any]]:
    return [
        {"pk": pk}
        for pk in Use.objects.filter(item__in=world.list_example_records("item")).values_list("pk", flat=True)
    ]


ROWS_BY_ROUTE: dict[str, Rows] = {
    "library:translation_new": build_sample_rows("item"),
    "library:translation_edit": build_translation_rows,
    "library:translation_changes": build_translation_rows,
    "library:translation_holds": build_translation_rows,
    "library:item_withdraw": build_sample_rows("item"),
    "library:item_travels": build_rows_of_kind("item"),
    "library:use_new": build_sample_rows("item"),
    "library:use_change": build_sample_related_rows(Use, "item", "item"),
    "library:use_take_back": build_sample_related_rows(Use, "item", "item"),
    "library:collection_detail": build_rows_of_kind("collection"),
    "library:collection_read": build_collection_rows,
    "library:collection_file": lambda world: [
        row | {"ending": ending} for row in build_collection_rows(world) for ending in ("docx", "pdf")
    ],
    "library:collection_edit": build_sample_rows("collection"),
    "library:collection_readers": build_sample_rows("collection"),
    "library:collection_publish": build_sample_rows("collection"),
    **{f"library:entry_{deed}": build_collection_entry_rows for deed in ("up", "down", "remove")},
    "library:collect": build_sample_record_rows,
    **collect_from_apps("rows", "ROWS_BY_ROUTE"),
    **JOINT_WORK_ROWS,
    **HELP_ROWS,
    **OBSERVATION_ROWS,
    **OUTREACH_ROWS,
    **BRIEF_ROWS,
    "regions:measure_detail": lambda _world: [{"measure": name} for name in MEASURE_BY_NAME],
    "regions:region_detail": lambda _world: [{"region": group.value} for group in UN_REGIONAL_GROUPS],
    "regions:measure_csv": lambda _world: [{"measure": name} for name in MEASURE_BY_NAME],
    "exchange:cite": build_any_record_rows,
    "exchange:feed": lambda _world: [{"name": name} for name in (*FEEDS, "search")],
    "exchange:cite_bibtex": build_any_record_rows,
    "exchange:cite_csl": build_any_record_rows,
    "exchange:collection_archive": build_collection_rows,
    "exchange:list_file": lambda _world: [
        {"name": name, "ending": ending} for name in EXPORT_LIST_BY_NAME for ending in ("csv", "xlsx")
    ],
    "library:item_detail": lambda world: (
        build_rows_of_kind("item")(world) + build_rows_of_kind("regional-observation")(world)
    ),
    "library:item_edit": build_sample_rows("item"),
    "library:item_publish": build_sample_rows("item"),
    "library:web_link_add": build_sample_rows("item"),
    "library:web_link_remove": build_sample_related_rows(WebLink, "item", "item"),
    "library:item_readers": build_sample_rows("item"),
    "library:review_detail": build_rows_of_kind("item"),
    "library:review_send": build_sample_rows("item"),
    **{
        f"library:review_{deed}": build_sample_rows("item")
        for deed in ("take_back", "assign", "accept", "pass_on", "decide")
    },
    "meetings:report_detail": build_sample_rows("meeting"),
    "meetings:report_edit": build_sample_rows("meeting"),
    "meetings:report_publish": build_sample_rows("meeting"),
    "meetings:report_unpublish": build_sample_rows("meeting"),
    "meetings:paragraph_edit": build_sample_rows("meeting", key="session"),
    "meetings:paragraph_restore": build_sample_rows("meeting", key="session"),
    "meetings:report_shape": build_sample_rows("meeting", shape="igf-2015"),
    "meetings:report_file": lambda world: [
        {"pk": record.pk, "shape": "own", "ending": ending}
        for record in world.list_example_records("meeting")
        for ending in ("txt", "docx", "pdf")
    ],
    "intake:document_open": build_rows_of_kind("document"),
    "intake:document_readers": build_rows_of_kind("document"),
    "intake:document_publish": build_rows_of_kind("document"),
    "intake:reading_detail": build_reading_rows,
    "intake:reading_meeting": build_sample_reading_rows(),
    "intake:reading_attendance": build_sample_reading_rows(),
    "intake:reading_entries": build_sample_reading_rows(),
    "intake:reading_enter": build_sample_reading_rows(),
    "intake:reading_scope": build_sample_reading_rows(scope=lambda _: "binding"),
    "intake:reading_accept_rest": build_sample_reading_rows(kind=lambda _: "decision"),
    "intake:reading_accept_undo": build_sample_reading_rows(kind=lambda _: "decision"),
    "intake:reading_split": build_sample_reading_rows(number=lambda _: 2),
    "intake:reading_rejoin": build_sample_reading_rows(),
    "intake:reading_give_up": build_sample_reading_rows(),
    "intake:reading_take_up": build_sample_reading_rows(),
    "intake:part_new": build_sample_reading_rows(),
    "intake:part_delete": build_sample_reading_rows(part=lambda _: 1),
    "intake:actor_detail": build_sample_reading_rows(name=lambda reading: reading.actors.get().pk),
    "intake:actor_match": build_sample_reading_rows(name=lambda reading: reading.actors.get().pk),
    "intake:actors_match": build_sample_reading_rows(),
    "intake:suggestion_new": build_sample_reading_rows(),
    "intake:suggestion_keep": build_sample_reading_rows(number=lambda _: 1, kind=lambda _: "offer"),
    "intake:suggestion_accept": build_sample_suggestion_rows(),
    "intake:suggestion_refuse": build_sample_suggestion_rows(),
    "intake:suggestion_again": build_sample_suggestion_rows(),
    "intake:suggestion_edit": build_sample_suggestion_rows(),
    "intake:suggestion_merge": build_sample_suggestion_rows(),
    "intake:suggestion_kind": build_sample_suggestion_rows(kind=lambda _: "offer"),
    "intake:similar_add": build_sample_suggestion_rows(),
    "intake:similar_reject": build_sample_suggestion_rows(),
    "coalitions:organisation_detail": build_table_rows(Organisation),
    "records:organisation_record": build_table_rows(Organisation),
    "records:organisation_record_own": build_table_rows(Organisation),
    **{f"records:organisation_record{own}_file": build_record_file_rows for own in ("", "_own")},
    "coalitions:organisation_change": build_table_rows(Organisation),
    "coalitions:organisation_name_add": build_table_rows(Organisation),
    "coalitions:membership_add": build_table_rows(Organisation),
    "coalitions:affiliation_say": build_table_rows(Organisation),
    "coalitions:affiliation_add": build_table_rows(Organisation),
    "coalitions:merge_choose": build_table_rows(Organisation),
    "coalitions:merge_preview": build_organisation_pair_rows,
    "coalitions:merge": build_organisation_pair_rows,
    "coalitions:keep_apart": build_organisation_pair_rows,
    "coalitions:person_detail": build_table_rows(Person),
    "coalitions:person_change": build_table_rows(Person),
    "coalitions:person_merge_preview": build_person_pair_rows,
    "coalitions:person_merge": build_person_pair_rows,
    "coalitions:person_take_out": build_table_rows(Person),
    "coalitions:minor_mark": build_table_rows(Person),
    "coalitions:minor_unmark": build_table_rows(Person),
    "coalitions:affiliation_confirm": build_table_rows(Affiliation),
    "coalitions:affiliation_speaks": build_table_rows(Affiliation),
    "coalitions:affiliation_silent": build_table_rows(Affiliation),
    "coalitions:affiliation_change": build_table_rows(Affiliation),
    "coalitions:affiliation_end": build_table_rows(Affiliation),
    "coalitions:application_accept": build_table_rows(Membership),
    "coalitions:application_decline": build_table_rows(Membership),
    "coalitions:application_withdraw": build_table_rows(Membership),
    "coalitions:membership_end": build_table_rows(Membership),
    "coalitions:membership_dates": build_table_rows(Membership),
    "coalitions:role_change": build_table_rows(Role),
    "coalitions:role_end": build_table_rows(Role),
    "coalitions:role_hand_over": build_table_rows(Role),
    "coalitions:area_rename": build_table_rows(AreaOfWork),
    "coalitions:area_remove": build_table_rows(AreaOfWork),
    "coalitions:list_end": build_table_rows(ListEntry),
    "coalitions:import_detail": build_table_rows(Import),
    "coalitions:import_map": build_table_rows(Import),
    "coalitions:import_preview": build_table_rows(Import),
    "coalitions:import_questions": build_table_rows(Import),
    "coalitions:import_enter": build_table_rows(Import),
    "coalitions:import_undo": build_table_rows(Import),
    "coalitions:import_delete": build_table_rows(Import),
    "coalitions:import_row": build_import_rows,
    "coalitions:import_row_leave": build_import_rows,
    "records:document_detail": build_rows_of_kind("document"),
    "records:document_file": build_document_rows,
    "records:held_detail": build_table_rows(Held),
    "records:held_release": build_table_rows(Held),
    "records:held_purge": build_table_rows(Held),
    "records:comment_edit": build_sample_related_rows(Comment),
    "records:comment_reply": build_sample_related_rows(Comment),
    "records:comment_history": build_varied_related_rows(Comment),
    "records:comment_hide": build_sample_related_rows(Comment),
    "records:comment_unhide": build_sample_related_rows(Comment),
    "records:comment_purge": build_sample_related_rows(Comment),
    "records:attachment": build_varied_related_rows(Attachment),
    "records:attachment_text": build_varied_related_rows(Attachment),
    "records:attachment_remove": build_sample_related_rows(Attachment),
    "records:talk": build_any_record_rows,
    "records:comment_add": build_sample_record_rows,
    "records:attachment_add": build_sample_record_rows,
    "records:history": build_any_record_rows,
    "records:version_detail": lambda world: [row | {"number": 1} for row in build_any_record_rows(world)],
    "records:version_restore": lambda world: [row | {"number": 1} for row in build_sample_record_rows(world)],
    "records:version_purge": lambda world: [row | {"number": 1} for row in build_sample_record_rows(world)],
    "records:withdraw": build_sample_record_rows,
    "updates:copies": build_any_record_rows,
    "updates:record_emails_release": build_sample_record_rows,
    "records:hold": build_sample_record_rows,
    "records:release": build_sample_record_rows,
    "records:purge": build_sample_record_rows,
    "meetings:meeting_detail": build_rows_of_kind("meeting"),
    "meetings:attendance_list": build_rows_of_kind("meeting"),
    "meetings:meeting_edit": build_sample_rows("meeting"),
    "meetings:meeting_publish": build_sample_rows("meeting"),
    "meetings:meeting_end": build_sample_rows("meeting"),
    "meetings:meeting_invite": build_sample_rows("meeting"),
    "meetings:meeting_withdraw": build_sample_rows("meeting"),
    "meetings:meeting_reply": build_sample_rows("meeting"),
    "meetings:attendance_new": build_sample_rows("meeting"),
    "meetings:attendance_change": lambda world: [
        {"pk": meeting.pk, "row": AttendanceFactory(meeting=meeting).pk}
        for meeting in world.list_example_records("meeting")
    ],
    "meetings:attendance_remove": lambda world: [
        {"pk": meeting.pk, "row": AttendanceFactory(meeting=meeting).pk}
        for meeting in world.list_example_records("meeting")
    ],
    "meetings:entry_new": build_sample_rows("meeting"),
    "meetings:entry_detail": build_rows_of_kind("entry"),
    "meetings:entry_edit": build_sample_rows("entry"),
    "meetings:entry_withdraw": build_sample_rows("entry"),
    "meetings:entry_progress": build_sample_rows("entry"),
    "meetings:entry_raise": build_sample_rows("entry"),
    "meetings:decision_edit": build_sample_rows("entry"),
    "meetings:dissent_new": build_sample_rows("entry"),
    "meetings:dissent_remove": lambda world: [
        {"pk": entry.pk, "row": DissentFactory(entry=entry).pk} for entry in world.list_example_records("entry")
    ],
    **{
        f"meetings:commitment_{name}": build_sample_rows("entry")
        for name in ("confirm", "decline", "hand_over", "take_over", "plan", "file", "carry_forward")
    },
    "meetings:entry_respond": build_sample_rows("entry"),
}

# What is asked of a page beside its address: search shows twenty results a page, and what is held is shown when asked.
QUERY_BY_ROUTE: dict[str, list[str] | Callable[[World], list[str]]] = {
    **OUTREACH_QUERIES,
    "exchange:archive": build_selected_record_queries,
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
ROUTES_WITHOUT_RECORDS: dict[str, str] = {
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
    **SIGNED_LINK_ROUTES,
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
