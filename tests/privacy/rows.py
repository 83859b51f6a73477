"""For each route of requests, notices and papers about personal data, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.privacy.models import DataRequest, Notice, NoticeVersion
from jukwaa.privacy.papers import PAPERS_BY_NAME
from tests.row_builders import Rows
from tests.world import World


def list_record_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": record.pk} for kind in ("document", "entry") for record in world.list_varied_records(kind)]


def list_request_rows(world: World) -> list[dict[str, Any]]:
    """About a record in each label and state, of the person who wrote them all."""
    records = [record for kind in ("document", "entry") for record in world.list_varied_records(kind)]
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


def list_notice_kinds(_world: World) -> list[dict[str, Any]]:
    return [{"kind": kind.value} for kind in Notice.Kind]


def list_notice_version_rows(world: World) -> list[dict[str, Any]]:
    """Two versions of each notice, so that there is something to compare."""
    if not NoticeVersion.objects.filter(notice__coalition=world.coalition).exists():
        for kind in Notice.Kind:
            notice = Notice.objects.create(
                coalition=world.coalition, kind=kind, language="en", responsible="A name", contact="An address"
            )
            for text in ("## Contact\n\nAn address\n", "## Contact\n\nAnother address\n"):
                NoticeVersion.objects.create(notice=notice, text=text, facts=text[:9])
    made = NoticeVersion.objects.filter(notice__coalition=world.coalition).select_related("notice")
    return [{"kind": version.notice.kind, "pk": version.pk} for version in made]


def list_paper_rows(_world: World) -> list[dict[str, Any]]:
    """Each paper once: as a Word file, and the first as a PDF as well, which takes longer."""
    first = next(iter(PAPERS_BY_NAME))
    return [{"name": name, "ending": "docx"} for name in PAPERS_BY_NAME] + [{"name": first, "ending": "pdf"}]


ROWS_BY_ROUTE: dict[str, Rows] = {
    "privacy:request_about": list_record_rows,
    "notices:notice_detail": list_notice_kinds,
    "notices:notice_edit": list_notice_kinds,
    "notices:notice_version": list_notice_version_rows,
    "notices:paper_file": list_paper_rows,
    **{
        f"privacy:{name}": list_request_rows
        for name in ("request_detail", "request_answer", "request_withdraw", "remove_name")
    },
}
PUBLIC_ROUTES = dict.fromkeys(
    [
        "privacy:request_new",
        "privacy:request_about",
        "privacy:request_sent",
        "privacy:request_link",
        "privacy:request_confirm",
        "privacy:request_withdraw_by_link",
    ],
    "whoever is named here may ask for a correction, with or without an account",
) | dict.fromkeys(
    ["notices:site_notice", "notices:notice_detail", "notices:notice_version"],
    "everyone reads what is kept about people, and who is responsible",
)
ROUTES_WITH_SIGNED_LINK = dict.fromkeys(
    ["privacy:request_link", "privacy:request_confirm", "privacy:request_withdraw_by_link"], "a signed link in an email"
)
