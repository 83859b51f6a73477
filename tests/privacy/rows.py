"""For each route of requests about personal data, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.privacy.models import DataRequest
from tests.spread import Rows
from tests.world import World


def any_record(world: World) -> list[dict[str, Any]]:
    return [{"pk": record.pk} for kind in ("document", "entry") for record in world.spread(kind)]


def requests(world: World) -> list[dict[str, Any]]:
    """About a record in each label and state, of the person who wrote them all."""
    records = [record for kind in ("document", "entry") for record in world.spread(kind)]
    there = DataRequest.objects.of(world.coalition)
    if not there.exists():
        author = world.people["author"]
        DataRequest.objects.bulk_create(
            DataRequest(
                coalition=world.coalition, kind="redaction", record_id=record.pk, requester=author, name="A name",
                words="Please remove it.", state="granted", decided_at=record.created_at, reason="It is theirs.",
            )
            for record in records
        )  # fmt: skip
    return [{"pk": pk} for pk in there.values_list("pk", flat=True)]


ROWS: dict[str, Rows] = {
    "privacy:request_about": any_record,
    **{f"privacy:{name}": requests for name in ("request_detail", "request_answer", "request_withdraw", "remove_name")},
}
PUBLIC = dict.fromkeys(
    [
        "privacy:request_new",
        "privacy:request_about",
        "privacy:request_sent",
        "privacy:request_link",
        "privacy:request_confirm",
        "privacy:request_withdraw_by_link",
    ],
    "whoever is named here may ask for a correction, with or without an account",
)
LINKS = dict.fromkeys(
    ["privacy:request_link", "privacy:request_confirm", "privacy:request_withdraw_by_link"], "a signed link in an email"
)
