"""For each address of calls with a name, and of proposals, what the walks fill in: see `tests/rows.py`."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from jukwaa.proposals.correspondence_models import (
    CorrespondenceDeadline,
    CorrespondenceDraft,
    CorrespondenceFile,
    CorrespondenceMessage,
    SecretariatAddress,
)
from jukwaa.proposals.invitations import build_invitation_path
from jukwaa.proposals.models import CallFile, Participant, SessionList, Submission
from jukwaa.updates.recipients import find_people_with_seat
from tests.proposals.test_call_files import CALL_TOML
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows, build_varied_record_rows
from tests.world import World

PROPOSAL_KIND = "session-proposal"
CALL_NAME = "igf-2027-workshop"


def list_call_rows(world: World) -> list[dict[str, Any]]:
    """One that Jukwaa ships with, and one that the coalition has added."""
    CallFile.objects.get_or_create(coalition=world.coalition, name=CALL_NAME, defaults={"text": CALL_TOML})
    return [{"name": CALL_NAME}, {"name": "igf-2023-workshop"}]


def list_submitted_rows(world: World) -> list[dict[str, Any]]:
    """Some proposals, of which the first one that most may see has been submitted."""
    rows = build_sample_rows(PROPOSAL_KIND)(world)
    Submission.objects.get_or_create(
        proposal_id=rows[0]["pk"], defaults={"by": find_people_with_seat(world.coalition)[0]}
    )
    return rows


def list_accepted_rows(world: World) -> list[dict[str, Any]]:
    """As `list_submitted_rows`, with the proposal accepted."""
    rows = list_submitted_rows(world)
    Submission.objects.filter(proposal_id=rows[0]["pk"]).update(outcome="accepted", outcome_on="2027-06-01")
    return rows


def list_calls_with_sessions(world: World) -> list[dict[str, Any]]:
    """A call whose accepted sessions have been imported, with the row of one."""
    rows = [{"row": 2, "title": "Safety of children online", "organisers": "Organisation of the demo"}]
    SessionList.objects.get_or_create(coalition=world.coalition, call_name=CALL_NAME, defaults={"rows": rows})
    return [each for each in list_call_rows(world) if each["name"] == CALL_NAME]


def list_participant_rows(world: World) -> list[dict[str, Any]]:
    """Return participants that are not invited yet, in a few proposals."""
    return [
        {"pk": row["pk"], "participant": _get_or_create_participant(row["pk"], name="Somebody to invite")}
        for row in build_sample_rows(PROPOSAL_KIND)(world)
    ]


def create_invited_participants(world: World) -> list[Participant]:
    """A member who is invited, in some proposals."""
    member = find_people_with_seat(world.coalition)[0]
    invited = {"status": "invited", "invited_at": timezone.now()}
    pks = [
        _get_or_create_participant(row["pk"], person=member, **invited)
        for row in build_sample_rows(PROPOSAL_KIND)(world)
    ]
    rows = Participant.objects.filter(pk__in=pks).select_related("person__adult_contact", "proposal__coalition")
    return list(rows.order_by("pk"))


def _get_or_create_participant(proposal: int, **who: Any) -> int:
    values = {"roles": ["speaker"], **{name: value for name, value in who.items() if name not in ("person", "name")}}
    key = {name: who[name] for name in ("person", "name") if name in who}
    return Participant.objects.get_or_create(proposal_id=proposal, **key, defaults=values)[0].pk


def list_message_rows(world: World) -> list[dict[str, Any]]:
    """One with each of some proposals, of which the first is shared; one with none, and one that is held."""
    SecretariatAddress.objects.get_or_create(coalition=world.coalition, address="office@forum.example")
    facts = {"kind": "received", "sender": "office@forum.example", "subject": "Speakers", "text": "Please confirm."}
    places = [{"proposal_id": row["pk"]} for row in build_sample_rows(PROPOSAL_KIND)(world)]
    places[0] |= {"shared_at": timezone.now()}
    rows = []
    for number, place in enumerate([*places, {}, {"held_because": "stranger"}]):
        message, _created = CorrespondenceMessage.objects.get_or_create(
            coalition=world.coalition, digest=f"row {number}", defaults=facts | place
        )
        rows.append({"pk": message.pk})
    return rows


def list_message_files(world: World) -> list[dict[str, Any]]:
    rows = list_message_rows(world)
    for row in rows:
        file = CorrespondenceFile.objects.filter(message_id=row["pk"]).first() or CorrespondenceFile.objects.create(
            message_id=row["pk"],
            name="agenda.txt",
            media_type="text/plain",
            size=7,
            file=ContentFile(b"Welcome", "agenda.txt"),
            is_checked=True,
        )
        row["file"] = file.pk
    return rows


def list_deadline_rows(world: World) -> list[dict[str, Any]]:
    day = timezone.localdate() + timedelta(days=5)
    rows = [
        CorrespondenceDeadline.objects.get_or_create(message_id=row["pk"], day=day, defaults={"words": "By then."})
        for row in list_message_rows(world)
    ]
    return [{"pk": deadline.pk} for deadline, _created in rows]


def list_draft_rows(world: World) -> list[dict[str, Any]]:
    """One for each of some proposals, which a member has been asked to review, and one for none."""
    first, *others = find_people_with_seat(world.coalition)
    facts = {"recipient": "office@forum.example", "subject": "Speakers", "text": "They are confirmed."}
    facts |= {"state": "review", "reviewer": first, "author": others[0] if others else first}
    rows = []
    for pk in [*(row["pk"] for row in build_sample_rows(PROPOSAL_KIND)(world)), None]:
        draft, _created = CorrespondenceDraft.objects.get_or_create(
            coalition=world.coalition, proposal_id=pk, defaults=facts
        )
        rows.append({"pk": draft.pk})
    return rows


MESSAGE_PAGES = ("detail", "approve", "place", "remove", "share", "unshare")
DRAFT_PAGES = ("detail", "edit", "ask", "cancel_review", "review", "send", "discard")

ROWS_BY_ROUTE: dict[str, Rows] = dict.fromkeys(
    [f"proposals:{name}" for name in ("call_detail", "call_file", "call_remove", "proposal_new")], list_call_rows
)
ROWS_BY_ROUTE |= {
    "proposals:proposal_detail": build_rows_of_kind(PROPOSAL_KIND),
    "proposals:proposal_checks": build_varied_record_rows(PROPOSAL_KIND),
    "proposals:proposal_balance": build_varied_record_rows(PROPOSAL_KIND),
    "proposals:candidate_list": build_sample_rows(PROPOSAL_KIND),
    "proposals:proposal_facts": build_sample_rows(PROPOSAL_KIND),
    "proposals:proposal_field": build_sample_rows(PROPOSAL_KIND, field="title"),
    "proposals:proposal_join": build_sample_rows(PROPOSAL_KIND),
    "proposals:field_save": build_sample_rows(PROPOSAL_KIND, field="title"),
    "proposals:field_comments": build_sample_rows(PROPOSAL_KIND, field="title"),
    "proposals:proposal_meeting": list_accepted_rows,
    "proposals:proposal_consensus": build_sample_rows(PROPOSAL_KIND),
    "proposals:proposal_copy": build_varied_record_rows(PROPOSAL_KIND),
    "proposals:proposal_paper": build_varied_record_rows(PROPOSAL_KIND, ending="docx"),
    "proposals:session_list": list_calls_with_sessions,
    "proposals:session_import": list_call_rows,
    "proposals:session_remove": list_calls_with_sessions,
    "proposals:session_letter": lambda world: [each | {"row": 2} for each in list_calls_with_sessions(world)],
    "proposals:proposal_submit": build_sample_rows(PROPOSAL_KIND),
    "proposals:proposal_outcome": list_submitted_rows,
    "proposals:participant_list": build_sample_rows(PROPOSAL_KIND),
    "proposals:participant_new": build_sample_rows(PROPOSAL_KIND),
    "proposals:names_copy": build_sample_rows(PROPOSAL_KIND),
    **{
        f"proposals:participant_{name}": list_participant_rows
        for name in ("detail", "edit", "record", "invite", "remind", "settle", "remove")
    },
    "proposals:participant_answer": lambda world: [
        {"participant": row.pk} for row in create_invited_participants(world)
    ],
    "proposals:invitation": lambda world: [
        {"token": build_invitation_path(row).rstrip("/").rpartition("/")[2]}
        for row in create_invited_participants(world)
    ],
    "proposals:proposal_text": build_varied_record_rows(PROPOSAL_KIND),
    "proposals:proposal_json": build_varied_record_rows(PROPOSAL_KIND),
    "proposals:proposal_correspondence": build_varied_record_rows(PROPOSAL_KIND),
    **{f"proposals:message_{name}": list_message_rows for name in MESSAGE_PAGES},
    "proposals:message_file": list_message_files,
    "proposals:deadline_new": list_message_rows,
    **{f"proposals:deadline_{name}": list_deadline_rows for name in ("confirm", "dismiss", "done")},
    **{f"proposals:draft_{name}": list_draft_rows for name in DRAFT_PAGES},
}
PUBLIC_ROUTES = {
    "proposals:proposal_detail": "visitors read records that are open to everyone",
    "proposals:invitation": "people answer an invitation by its link, without an account",
}
