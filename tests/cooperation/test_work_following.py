"""Following joint work: reports that are never overwritten, figures from any beginning, and what came of it."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.cooperation import charters, charts
from jukwaa.cooperation.actions import work as works
from jukwaa.cooperation.actions import work_following as following
from jukwaa.cooperation.models import Deliverable, DeliverableReport, Figure, Outcome, Party, Update
from jukwaa.core.refusals import ActionRefused
from jukwaa.library.schema import SchemaError
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Link
from tests.cooperation.charter_steps import begin_work_with_charter, create_work_with_signed_charter
from tests.factories import ItemFactory


@pytest.fixture
def joint_work(coalition, helpline, provider):
    return create_work_with_signed_charter(coalition, helpline, provider)


@pytest.fixture
def deliverable(joint_work, provider):
    Deliverable.objects.update(party=joint_work.parties.get(organisation=provider[1]))
    return Deliverable.objects.select_related("work__coalition", "party").get()


def report_deliverable_state(actor, deliverable, state, words="", **more):
    return following.report_deliverable(
        actor=actor,
        deliverable=deliverable,
        report_data=following.ReportData(state, words, more.pop("day", None), **more),
    )


def get_refusal_text(action, *args, **kwargs):
    with pytest.raises(ActionRefused) as refused, transaction.atomic():
        action(*args, **kwargs)
    return str(refused.value), refused.value.field


def get_day_ahead(days):
    return timezone.localdate() + timedelta(days=days)


def test_unsigned_charter_accepts_no_reports(coalition, helpline, provider):
    work = begin_work_with_charter(coalition, helpline, provider)
    deliverable = Deliverable.objects.create(
        work=work, what="A guide", promised_for=get_day_ahead(9), first_promised_for=get_day_ahead(9)
    )
    outcome = Outcome.objects.create(work=work, what="Less")
    sentence = "Not all required parties have signed yet. You can report once the charter is in force."
    party = Party.objects.select_related("work__coalition", "organisation").get(organisation=helpline[1])

    assert get_refusal_text(report_deliverable_state, helpline[0], deliverable, "delivered")[0] == sentence
    told = {"actor": helpline[0], "outcome": outcome, "on": get_day_ahead(0), "value": Decimal(1), "source": "Us"}
    assert get_refusal_text(following.add_outcome_figure, **told)[0] == sentence
    assert (
        get_refusal_text(following.add_work_update, actor=helpline[0], work=work, words="So.", party=party)[0]
        == sentence
    )
    record = ItemFactory(coalition=coalition, published=True)
    assert get_refusal_text(following.link_work_product, actor=helpline[0], work=work, record=record)[0] == sentence


def test_reports_are_appended(deliverable, provider):
    report_deliverable_state(provider[0], deliverable, "under-way")
    report_deliverable_state(provider[0], deliverable, "delayed", "Our writer was ill.", day=get_day_ahead(30))
    report_deliverable_state(provider[0], deliverable, "delivered", day=get_day_ahead(-1))
    deliverable.refresh_from_db()

    assert list(DeliverableReport.objects.order_by("pk").values_list("state", "words")) == [
        ("under-way", ""),
        ("delayed", "Our writer was ill."),
        ("delivered", ""),
    ]
    assert (deliverable.state, deliverable.delivered_on, deliverable.expected_on) == (
        "delivered",
        get_day_ahead(-1),
        None,
    )


@pytest.mark.parametrize(
    ("deliverable_state", "reason_text", "new_day", "field_name"),
    [
        ("delayed", "", 9, "words"),
        ("dropped", " ", None, "words"),
        ("delayed", "Ill.", None, "day"),
        ("delayed", "Ill.", -1, "day"),
        ("delivered", "", 1, "day"),
    ],
)
def test_delay_needs_reason_and_future_day(deliverable, provider, deliverable_state, reason_text, new_day, field_name):
    when = None if new_day is None else get_day_ahead(new_day)

    assert (
        get_refusal_text(report_deliverable_state, provider[0], deliverable, deliverable_state, reason_text, day=when)[
            1
        ]
        == field_name
    )
    assert not DeliverableReport.objects.exists()


def test_delivering_party_or_its_replacement_reports(deliverable, helpline, provider, coordinator):
    for person in (helpline[0], coordinator):
        with pytest.raises(PermissionDenied):
            report_deliverable_state(person, deliverable, "under-way")
    party = Party.objects.select_related("work__coalition").get(organisation=provider[1])
    works.leave_joint_work(actor=provider[0], party=party, reason="Our programme has ended.")
    deliverable = Deliverable.objects.select_related("work__coalition", "party").get()
    report_deliverable_state(helpline[0], deliverable, "dropped", "Its party has left.")
    with pytest.raises(PermissionDenied):
        report_deliverable_state(provider[0], deliverable, "delivered")

    assert DeliverableReport.objects.get().capacity.name == "A helpline"


def test_repeated_report_form_saves_once(deliverable, joint_work, provider):
    token = uuid.uuid4()
    told = following.ReportData("under-way")
    party = Party.objects.select_related("work__coalition", "organisation").get(organisation=provider[1])
    for _ in range(2):
        following.report_deliverable(actor=provider[0], deliverable=deliverable, report_data=told, token=token)
        following.add_work_update(actor=provider[0], work=joint_work, words="We met.", party=party, token=token)

    assert (DeliverableReport.objects.count(), Update.objects.count()) == (1, 1)
    assert Activity.objects.filter(verb__in=["reported", "told"]).count() == 2


def test_evidence_and_work_link_to_each_other(client, coalition, deliverable, provider, joint_work):
    item = ItemFactory(coalition=coalition, title="The guide", published=True)
    client.force_login(provider[0])
    address = reverse("cooperation:deliverable_report", args=[coalition.slug, joint_work.pk, deliverable.pk])
    sent = {"state": "delivered", "day": "", "words": "", "evidence": item.get_absolute_url()}
    assert client.post(address, sent | {"evidence": "/nowhere/99999/"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    client.logout()

    assert Link.objects.get(relation="fulfils").to_record_id == joint_work.pk
    assert "The guide" in client.get(joint_work.get_absolute_url()).text
    assert joint_work.title in client.get(item.get_absolute_url()).text


def test_unreadable_evidence_is_not_named(client, coalition, deliverable, provider, joint_work):
    item = ItemFactory(coalition=coalition, title="A closed paper", published=True, label="TLP:RED", author=provider[0])
    report_deliverable_state(provider[0], deliverable, "delivered", evidence=item)

    assert "A closed paper" not in client.get(joint_work.get_absolute_url()).text
    client.force_login(provider[0])
    assert "A closed paper" in client.get(joint_work.get_absolute_url()).text


def test_evidence_must_be_readable_by_reporter(coalition, deliverable, joint_work, provider):
    secret = ItemFactory(coalition=coalition, published=True, label="TLP:RED")
    with pytest.raises(PermissionDenied):
        report_deliverable_state(provider[0], deliverable, "delivered", day=get_day_ahead(0), evidence=secret)
    with pytest.raises(PermissionDenied):
        following.link_work_product(actor=provider[0], work=joint_work, record=secret)

    assert not DeliverableReport.objects.exists()
    assert not Link.objects.exists()


def test_non_party_cannot_add_figures_or_links(coalition, joint_work, member, coordinator):
    item, outcome = ItemFactory(coalition=coalition, published=True), joint_work.outcomes.get()
    told = {"outcome": outcome, "on": get_day_ahead(0), "value": Decimal(1), "source": "Us"}
    for person in (member, coordinator):
        with pytest.raises(PermissionDenied):
            following.add_outcome_figure(actor=person, **told)
        with pytest.raises(PermissionDenied):
            following.link_work_product(actor=person, work=joint_work, record=item)

    assert not Figure.objects.exists()
    assert not Link.objects.exists()


def test_withdrawn_outcome_is_not_named(client, coalition, joint_work, provider):
    item = ItemFactory(coalition=coalition, title="The guide", published=True, author=provider[0])
    following.link_work_product(actor=provider[0], work=joint_work, record=item)
    client.force_login(provider[0])
    page = reverse("cooperation:work_detail", args=[coalition.slug, joint_work.pk])
    assert client.get(page).context["whole"].products == [item.record_ptr]
    withdraw_record(actor=provider[0], record=item, reason="By mistake.")

    assert client.get(page).context["whole"].products == []


def test_corrected_figure_keeps_first_value_readable(client, coalition, joint_work, helpline):
    outcome = Outcome.objects.select_related("work__coalition").get()
    told = {"actor": helpline[0], "outcome": outcome, "on": get_day_ahead(-1)}
    following.add_outcome_figure(value=Decimal(30), source="Our count", **told)
    following.add_outcome_figure(value=Decimal(30), source="Our count", **told)
    following.add_outcome_figure(value=Decimal(28), source="Counted anew", **told)

    assert list(Figure.objects.order_by("pk").values_list("value", "stands")) == [(30, False), (28, True)]
    page = client.get(reverse("cooperation:outcome_detail", args=[coalition.slug, joint_work.pk, outcome.pk])).text
    assert "Counted anew" in page
    assert "Our count" in page
    assert (
        get_refusal_text(
            following.add_outcome_figure, **told | {"on": get_day_ahead(1)}, value=Decimal(1), source="Us"
        )[1]
        == "on"
    )


@pytest.mark.parametrize(
    ("baseline_figure", "target_figure", "current_figure", "progress_share"),
    [
        ("0", "60", "15", 25),
        ("96", "24", "60", 50),
        ("0", "0", "5", None),
        (None, "60", "15", None),
        ("0", "60", "90", 150),
        ("10", "20", "5", -50),
        ("-5", "5", "0", 50),
    ],
)
def test_progress_is_computed_from_any_baseline(baseline_figure, target_figure, current_figure, progress_share):
    numbers = [None if each is None else Decimal(each) for each in (baseline_figure, target_figure, current_figure)]

    assert charts.compute_indicator_progress(*numbers) == progress_share


@pytest.mark.parametrize("reported_figures", [[0], [0, 0], [5, 5, 5], [-3, 0, 3], [10**13, 1], []])
def test_progress_chart_accepts_any_figures(reported_figures):
    rows = [(date(2026, 1, 1) + timedelta(days=at), Decimal(value)) for at, value in enumerate(reported_figures)]
    svg = charts.render_line_chart(
        rows, title="Less & less", indicator_name="o1", baseline_value=Decimal(0), target_value=Decimal(0)
    )

    assert svg.count("<circle") == len(reported_figures)
    assert "nan" not in svg
    assert "Less & less" not in svg


def test_purge_erases_text_and_keeps_events(joint_work, deliverable, provider, safeguarding_lead):
    report_deliverable_state(provider[0], deliverable, "dropped", "A secret reason.")
    joint_work.erase_texts()

    for rows in (DeliverableReport.objects.all(), joint_work.charters.all(), Deliverable.objects.all()):
        assert "secret" not in str(list(rows.values()))
        assert "Nobody pays" not in str(list(rows.values()))


def test_work_with_former_party_can_be_purged(joint_work, provider):
    party = Party.objects.select_related("work__coalition").get(organisation=provider[1])
    works.leave_joint_work(actor=provider[0], party=party, reason="A secret quarrel.")
    joint_work.erase_texts()
    party.refresh_from_db()

    assert party.left_because == "deleted permanently"


def test_nobody_reports_for_former_or_other_party(coalition, joint_work, provider, helpline):
    party = Party.objects.select_related("work__coalition", "organisation").get(organisation=provider[1])
    other = create_work_with_signed_charter(coalition, provider, helpline, title="Another work")
    elsewhere = Party.objects.select_related("work__coalition", "organisation").get(
        organisation=provider[1], work=other
    )
    with pytest.raises(PermissionDenied):
        following.add_work_update(actor=provider[0], work=joint_work, words="So.", party=elsewhere)
    works.leave_joint_work(actor=provider[0], party=party, reason="Our programme has ended.")
    with pytest.raises(PermissionDenied):
        following.add_work_update(actor=provider[0], work=joint_work, words="So.", party=party)

    assert not Update.objects.exists()


def test_charter_templates_are_translated_and_measurable():
    for form in charters.load_charter_forms().values():
        assert {question.type for question in form.questions} == {"text", "parties", "deliverables", "outcomes"}
        for question in form.questions:
            assert set(question.said) >= {"en", "fr", "es", "ar"}
    assert list(charters.load_charter_forms()) == [
        "short",
        "campaign",
        "private-sector",
        "research",
        "tool",
        "training",
    ]
    assert len(charters.get_charter_form("short").questions) == 5


def test_broken_charter_file_error_names_fault(monkeypatch):
    monkeypatch.setattr(charters, "_load_charter_toml", lambda _name: {"questions": ["why", "nothing"], "needed": []})

    with pytest.raises(SchemaError, match="questions that are not there"):
        charters._parse_charter_form("broken.toml", {"why": charters.get_charter_form("short").question("why")})
