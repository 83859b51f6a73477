"""Joint work of the demo, one in each stage, by the ordinary actions; only time is lent to it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.cooperation.actions import work as works
from jukwaa.cooperation.actions import work_charters as charters
from jukwaa.cooperation.actions import work_following as following
from jukwaa.cooperation.models import Charter, Deliverable, DeliverableReport, JointWork, Party, Signature, Update
from jukwaa.library.demo import DemoLibrary
from jukwaa.records.actions.links import link_record_to_origin
from jukwaa.records.demo_parts import Demo, Row, demo_part_registry, read_demo_data


@demo_part_registry.register(80)
def build_joint_work(demo: Demo) -> None:
    demo.say("Creating joint work ...")
    said = read_demo_data("jukwaa.cooperation", "work.toml")
    for row in said["products"]:
        _share_demo_product(demo, row)
    for row in said["works"]:
        work = _begin_demo_work(demo, row)
        if row.get("began"):
            link_record_to_origin(actor=demo.rapporteur, record=work, origin_record=demo.records[said["entry"]["text"]])
        if row["stage"] != "written":
            _propose_and_sign_charter(demo, work, row)
        if row["stage"] in {"under-way", "ended", "given-up"}:
            _add_demo_progress(demo, work, row)
        if row["stage"] in {"ended", "given-up"}:
            _end_demo_work(demo, work, row)


def _share_demo_product(demo: Demo, demo_row: Row) -> None:
    """What came of a work, in the library of whoever made it."""
    person, organisation = demo.speakers[demo_row["who"]]
    shelf = DemoLibrary(demo.coalition, person, organisation)
    shelf.share(demo_row)
    demo.records[demo_row["key"]] = shelf.publish(demo_row["key"])


def _begin_demo_work(demo: Demo, demo_row: Row) -> JointWork:
    """The rapporteur writes it down; then each question is answered by whoever speaks for the first party."""
    beginning = works.WorkSetup(
        form=demo_row["form"],
        answers=dict(demo_row["answers"]),
        organisations=[demo.speakers[name][1] for name, _part in demo_row["parties"]],
    )
    areas = AreaOfWork.objects.filter(coalition=demo.coalition, name__in=demo_row["areas"])
    work = works.begin_joint_work(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        title=demo_row["title"],
        summary=demo_row["summary"],
        beginning=beginning,
        areas=list(areas),
    )
    work.coalition = demo.coalition
    parties = _get_parties_by_name(work)
    actor = demo.speakers[demo_row["parties"][0][0]][0]
    for name, part in demo_row["parties"]:
        works.change_work_party(actor=actor, party=parties[name], party_role=part, signature_required=True)
    for question, rows in (
        ("deliverables", _build_deliverable_answers(demo_row, parties)),
        ("outcomes", _build_outcome_answers(demo_row)),
    ):
        version = Charter.objects.get(work=work).version
        charters.write_charter_answer(actor=actor, work=work, question=question, answer=rows, from_version=version)
    return work


def _get_parties_by_name(joint_work: JointWork) -> dict[str, Party]:
    rows = list(joint_work.parties.select_related("capacity", "organisation"))
    for party in rows:
        party.work = joint_work
    return {party.capacity.name: party for party in rows}


def _build_deliverable_answers(demo_row: Row, parties: dict[str, Party]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {
            "id": None,
            "what": each["what"],
            "party": parties[each["who"]].pk if "who" in each else None,
            "on": (today + timedelta(days=each["days"])).isoformat(),
        }
        for each in demo_row["deliverables"]
    ]


def _build_outcome_answers(demo_row: Row) -> list[dict[str, Any]]:
    keys = ("what", "indicator", "unit", "baseline", "target")
    return [{"id": None, **{key: each.get(key) for key in keys}} for each in demo_row.get("outcomes", [])]


def _propose_and_sign_charter(demo: Demo, joint_work: JointWork, demo_row: Row) -> None:
    charter = charters.propose_charter(actor=demo.rapporteur, work=joint_work)
    names = demo_row.get("signed_by") or [name for name, _part in demo_row["parties"]]
    _sign_demo_charter(demo, joint_work, charter, names, demo_row["agreed_ago"])


def _sign_demo_charter(
    demo: Demo, joint_work: JointWork, charter: Charter, signer_names: list[str], days_before: int
) -> None:
    parties = _get_parties_by_name(joint_work)
    for name in signer_names:
        charters.sign_charter(actor=demo.speakers[name][0], party=parties[name], digest=charter.digest)
    then = _get_past_time(days_before)
    Charter.objects.filter(pk=charter.pk).update(at=then, proposed_at=then)
    Charter.objects.filter(pk=charter.pk, in_force_since__isnull=False).update(in_force_since=then)
    Signature.objects.filter(charter=charter).update(at=then)
    if charter.number == 1:
        JointWork.objects.filter(pk=joint_work.pk, starts_on__isnull=False).update(starts_on=then.date())


def _add_demo_progress(demo: Demo, joint_work: JointWork, demo_row: Row) -> None:
    joint_work.refresh_from_db()
    for each in demo_row["deliverables"]:
        deliverable = Deliverable.objects.select_related("work__coalition", "party").get(
            work=joint_work, what=each["what"]
        )
        for told in each["reports"]:
            _report_demo_deliverable(demo, deliverable, told, each["who"])
    for each in demo_row.get("outcomes", []):
        outcome = joint_work.outcomes.get(what=each["what"])
        outcome.work = joint_work
        actor = demo.speakers[demo_row["parties"][0][0]][0]
        for ago, value in each["figures"]:
            source = "Made up for this demo"
            following.add_outcome_figure(
                actor=actor, outcome=outcome, on=_get_past_time(ago).date(), value=Decimal(value), source=source
            )
    for each in demo_row.get("updates", []):
        party, actor = _get_parties_by_name(joint_work)[each["who"]], demo.speakers[each["who"]][0]
        update = following.add_work_update(actor=actor, work=joint_work, words=each["words"], party=party)
        Update.objects.filter(pk=update.pk).update(at=_get_past_time(each["ago"]))
    if "amendment" in demo_row:
        _amend_demo_charter(demo, joint_work, demo_row)


def _report_demo_deliverable(demo: Demo, deliverable: Deliverable, report_data: Row, reporter_name: str) -> None:
    """As of the day on which it was told: a day that was to come then is checked against today otherwise."""
    day = timezone.localdate() + timedelta(days=report_data["day"]) if "day" in report_data else None
    is_past = report_data["state"] == Deliverable.State.DELAYED and day is not None
    evidence = demo.records[report_data["evidence"]] if "evidence" in report_data else None
    said = following.ReportData(
        report_data["state"], report_data["words"], timezone.localdate() if is_past else day, evidence
    )
    report = following.report_deliverable(
        actor=demo.speakers[reporter_name][0], deliverable=deliverable, report_data=said
    )
    expected = {"expected_on": day} if is_past else {}
    DeliverableReport.objects.filter(pk=report.pk).update(at=_get_past_time(report_data["ago"]), **expected)


def _amend_demo_charter(demo: Demo, joint_work: JointWork, demo_row: Row) -> None:
    said, actor = demo_row["amendment"], demo.speakers[demo_row["parties"][2][0]][0]
    draft = charters.begin_charter_amendment(actor=actor, work=joint_work, reason=said["why"])
    later = (timezone.localdate() + timedelta(days=said["days"])).isoformat()
    rows = [
        {**each, "on": later} if each["what"] == said["deliverable"] else each for each in draft.answers["deliverables"]
    ]
    charters.write_charter_answer(
        actor=actor, work=joint_work, question="deliverables", answer=rows, from_version=draft.version
    )
    charter = charters.propose_charter(actor=actor, work=joint_work)
    _sign_demo_charter(demo, joint_work, charter, [name for name, _part in demo_row["parties"]], said["ago"])


def _end_demo_work(demo: Demo, joint_work: JointWork, demo_row: Row) -> None:
    if "left" in demo_row:
        name, reason = demo_row["left"]
        party = _get_parties_by_name(joint_work)[name]
        works.leave_joint_work(actor=demo.speakers[name][0], party=party, reason=reason)
        Party.objects.filter(pk=party.pk).update(left_at=_get_past_time(375))
    actor = demo.speakers[demo_row["parties"][0][0]][0]
    works.end_joint_work(actor=actor, work=joint_work, work_stage=demo_row["stage"], reason=demo_row["ended"])
    JointWork.objects.filter(pk=joint_work.pk).update(ends_on=_get_past_time(demo_row["ended_ago"]).date())


def _get_past_time(days_ago: int) -> Any:
    return timezone.now() - timedelta(days=days_ago)
