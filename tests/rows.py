"""For each route with arguments, what the walks fill in. A route without a row fails `test_every_route_has_a_row`."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, AreaOfWork, ListEntry, Membership, Organisation, Role
from jukwaa.intake.models import Reading
from jukwaa.records.models import Attachment, Comment, Held
from tests.factories import AttendanceFactory
from tests.world import World

type Rows = Callable[[World], list[dict[str, Any]]]


def of_kind(kind: str) -> Rows:
    return lambda world: [{"pk": record.pk} for record in world.of_kind(kind)]


def any_record(world: World) -> list[dict[str, Any]]:
    return [{"pk": record.pk} for record in world.records.values()]


def each_reading(**more: Callable[[Reading], Any]) -> Rows:
    """Every reading, with what else its address holds."""

    def rows(world: World) -> list[dict[str, Any]]:
        readings = Reading.objects.filter(coalition=world.coalition)
        return [{"pk": reading.pk} | {name: take(reading) for name, take in more.items()} for reading in readings]

    return rows


def each_suggestion(**more: Any) -> Rows:
    return each_reading(suggestion=lambda reading: reading.suggestions.get().pk, **more)


def of_report(**more: Any) -> Rows:
    return lambda world: [{"pk": record.pk} | more for record in world.of_kind("meeting")]


def rows_of(model: type[Model]) -> Rows:
    """Every row of a table of the directory."""
    return lambda world: [{"pk": pk} for pk in model._default_manager.values_list("pk", flat=True)]


def pairs_of_organisations(world: World) -> list[dict[str, Any]]:
    first, second = Organisation.objects.filter(coalition=world.coalition)[:2]
    return [{"pk": first.pk, "other": second.pk}]


ROWS: dict[str, Rows] = {
    "meetings:report_detail": of_kind("meeting"),
    "meetings:report_edit": of_kind("meeting"),
    "meetings:report_publish": of_kind("meeting"),
    "meetings:report_unpublish": of_kind("meeting"),
    "meetings:paragraph_edit": of_report(key="session"),
    "meetings:paragraph_restore": of_report(key="session"),
    "meetings:report_shape": of_report(shape="igf-2015"),
    "meetings:report_file": lambda world: [
        {"pk": record.pk, "shape": "own", "ending": ending}
        for record in world.of_kind("meeting")
        for ending in ("txt", "docx", "pdf")
    ],
    "intake:reading_detail": each_reading(),
    "intake:reading_enter": each_reading(),
    "intake:reading_scope": each_reading(scope=lambda _: "binding"),
    "intake:reading_accept_rest": each_reading(kind=lambda _: "decision"),
    "intake:reading_give_up": each_reading(),
    "intake:reading_take_up": each_reading(),
    "intake:part_new": each_reading(),
    "intake:part_delete": each_reading(part=lambda _: 1),
    "intake:actor_detail": each_reading(name=lambda reading: reading.actors.get().pk),
    "intake:actor_match": each_reading(name=lambda reading: reading.actors.get().pk),
    "intake:suggestion_new": each_reading(),
    "intake:suggestion_accept": each_suggestion(),
    "intake:suggestion_refuse": each_suggestion(),
    "intake:suggestion_again": each_suggestion(),
    "intake:suggestion_edit": each_suggestion(),
    "intake:suggestion_merge": each_suggestion(),
    "intake:suggestion_kind": each_suggestion(kind=lambda _: "offer"),
    "coalitions:organisation_detail": rows_of(Organisation),
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
    "coalitions:person_take_out": rows_of(Person),
    "coalitions:affiliation_confirm": rows_of(Affiliation),
    "coalitions:affiliation_speaks": rows_of(Affiliation),
    "coalitions:affiliation_silent": rows_of(Affiliation),
    "coalitions:affiliation_end": rows_of(Affiliation),
    "coalitions:application_accept": rows_of(Membership),
    "coalitions:application_decline": rows_of(Membership),
    "coalitions:application_withdraw": rows_of(Membership),
    "coalitions:membership_end": rows_of(Membership),
    "coalitions:membership_dates": rows_of(Membership),
    "coalitions:role_end": rows_of(Role),
    "coalitions:role_hand_over": rows_of(Role),
    "coalitions:area_rename": rows_of(AreaOfWork),
    "coalitions:area_remove": rows_of(AreaOfWork),
    "coalitions:list_end": rows_of(ListEntry),
    "records:document_detail": of_kind("document"),
    "records:document_file": of_kind("document"),
    "records:held_detail": rows_of(Held),
    "records:held_release": rows_of(Held),
    "records:held_purge": rows_of(Held),
    "records:comment_edit": rows_of(Comment),
    "records:comment_history": rows_of(Comment),
    "records:comment_hide": rows_of(Comment),
    "records:comment_unhide": rows_of(Comment),
    "records:comment_purge": rows_of(Comment),
    "records:attachment": rows_of(Attachment),
    "records:attachment_remove": rows_of(Attachment),
    "records:talk": any_record,
    "records:comment_add": any_record,
    "records:attachment_add": any_record,
    "records:history": any_record,
    "records:version_detail": lambda world: [row | {"number": 1} for row in any_record(world)],
    "records:version_restore": lambda world: [row | {"number": 1} for row in any_record(world)],
    "records:version_purge": lambda world: [row | {"number": 1} for row in any_record(world)],
    "records:withdraw": any_record,
    "records:hold": any_record,
    "records:release": any_record,
    "records:purge": any_record,
    "meetings:meeting_detail": of_kind("meeting"),
    "meetings:meeting_edit": of_kind("meeting"),
    "meetings:meeting_publish": of_kind("meeting"),
    "meetings:meeting_withdraw": of_kind("meeting"),
    "meetings:part_new": of_kind("meeting"),
    "meetings:attendance_new": of_kind("meeting"),
    "meetings:attendance_remove": lambda world: [
        {"pk": meeting.pk, "row": AttendanceFactory(meeting=meeting).pk} for meeting in world.of_kind("meeting")
    ],
    "meetings:entry_new": of_kind("meeting"),
    "meetings:entry_detail": of_kind("entry"),
    "meetings:entry_edit": of_kind("entry"),
    "meetings:entry_withdraw": of_kind("entry"),
    "meetings:entry_progress": of_kind("entry"),
    "meetings:entry_raise": of_kind("entry"),
}

# Routes that lead to no record: each with its reason.
WITHOUT_RECORDS: dict[str, str] = {
    "accounts:code": "a request to sign in",
    "accounts:link": "a request to sign in",
    "accounts:session_end": "a session of one's own",
    "accounts:passkey_rename": "a passkey of one's own",
    "accounts:passkey_remove": "a passkey of one's own",
    "mail:message": "mail of the demo, 404 elsewhere",
    "core:stylesheet": "a style sheet",
}
