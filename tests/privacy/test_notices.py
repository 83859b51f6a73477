"""Privacy notices and imprints: what is generated, what is typed, versions, and where they are linked from."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.coalitions.models import Activity
from jukwaa.core.forms import Form
from jukwaa.core.personal_data import personal_data_registry, purpose_registry
from jukwaa.core.privacy_link import PRIVACY_SENTENCE
from jukwaa.mail.models import Message
from jukwaa.privacy.actions import refresh_all_notices, refresh_privacy_notice, save_privacy_notice
from jukwaa.privacy.demo import add_demo_notices
from jukwaa.privacy.models import Notice, NoticeVersion
from jukwaa.privacy.notices import build_notice_text, diff_notice_texts
from jukwaa.privacy.processing import list_processing_activities
from jukwaa.records.demo_parts import COORDINATOR, Demo
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.publication_delay import WAITING_PERIOD
from jukwaa.updates.welcome_emails import send_welcome_emails
from tests.factories import AffiliationFactory, CoalitionFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOTICE_FIELDS = {"responsible": "The secretariat\n1 Example Street", "contact": "privacy@example.org"}


def save_notice_fields(coordinator, coalition, notice_kind="privacy", language="en", **changes):
    return save_privacy_notice(
        actor=coordinator,
        coalition=coalition,
        notice_kind=Notice.Kind(notice_kind),
        language=language,
        fields=NOTICE_FIELDS | changes,
    )


def get_privacy_page(coalition_slug="ours", notice_kind="privacy"):
    return reverse("notices:notice_detail", args=[coalition_slug, notice_kind])


@pytest.fixture
def changed_retention_label(monkeypatch):
    """The retention of one table, changed as a new release would."""

    def change_retention_label(label, **changes):
        model = next(each for each in personal_data_registry if each._meta.label == label)
        declared = personal_data_registry[model]
        changed = replace(declared, retention=replace(declared.retention, **changes))
        monkeypatch.setitem(personal_data_registry._values, model, changed)

    return change_retention_label


# What is generated


def test_notice_lists_every_registered_purpose(coalition):
    text = build_notice_text(Notice(coalition=coalition, kind="privacy", language="en"))

    found = [str(each.title) for each in purpose_registry.values() if f"### {each.title}\n" in text]
    assert found == [str(each.title) for each in purpose_registry.values()]


def test_notice_describes_purpose_as_declared(coalition):
    text = build_notice_text(Notice(coalition=coalition, kind="privacy", language="en")).replace("\\", "")
    part = text.partition("### Directory and membership")[2].partition("###")[0]

    said = purpose_registry["membership"]
    assert [str(words) in part for words in (said.why, said.whose, said.recipients)] == [True] * 3
    assert "**Legal basis:** Legitimate interests (GDPR, Article 6 (1) (f))" in part
    assert "Declined and withdrawn applications: removed after 365 days" in part


def test_notice_states_declared_retention(coalition, changed_retention_label):
    changed_retention_label("coalitions.Membership", days=17)

    text = build_notice_text(Notice(coalition=coalition, kind="privacy", language="en"))
    assert "Declined and withdrawn applications: removed after 17 days" in text


def test_every_purpose_has_data_retention_and_legal_basis():
    empty = [each.key for each in list_processing_activities() if not (each.types_of_data and each.retention)]

    assert (empty, [each.key for each in list_processing_activities() if "Article 6" not in each.legal_basis]) == (
        [],
        [],
    )


def test_typed_text_is_escaped(client, coordinator, coalition):
    save_notice_fields(coordinator, coalition, responsible="<script>alert(1)</script> # *A*")

    page = client.get(get_privacy_page()).text
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)&lt;/script&gt; # *A*" in page) == (False, True)


# Writing it


@pytest.mark.parametrize(("notice_kind", "tells_members"), [("privacy", True), ("imprint", False)])
def test_only_changed_privacy_notice_is_announced(client, coordinator, coalition, notice_kind, tells_members):
    client.force_login(coordinator)
    edit = reverse("notices:notice_edit", args=["ours", notice_kind])
    answer = client.post(
        edit, NOTICE_FIELDS | client.get(edit).context["form"].initial | NOTICE_FIELDS, follow=True
    ).text

    assert ("Notice published." in answer, "We will notify members" in answer) == (True, tells_members)


def test_visitor_reads_notice_published_by_coordinator(client, coordinator, coalition):
    client.force_login(coordinator)
    edit = reverse("notices:notice_edit", args=["ours", "privacy"])
    assert client.get(edit).status_code == 200

    answer = client.post(edit, NOTICE_FIELDS, follow=True)
    client.logout()
    page = client.get(get_privacy_page()).text

    assert "Notice published." in answer.text
    assert ("1 Example Street" in page, "privacy@example.org" in page, "not completed" in page) == (True, True, False)


def test_incomplete_notice_is_marked(client, coalition):
    page = client.get(get_privacy_page()).text

    assert ("have not completed this notice yet" in page, "Directory and membership" in page) == (True, True)


def test_only_coordinators_can_edit_notices(client, member, coalition):
    with pytest.raises(PermissionDenied):
        save_notice_fields(member, coalition)
    client.force_login(member)

    assert client.get(reverse("notices:notice_edit", args=["ours", "privacy"])).status_code == 403


def test_unknown_notice_kind_is_not_found(client, coalition):
    assert client.get(get_privacy_page(notice_kind="terms")).status_code == 404


def test_notice_falls_back_to_language_of_coalition(client, coordinator, coalition):
    save_notice_fields(coordinator, coalition)
    save_notice_fields(coordinator, coalition, language="ar", responsible="الأمانة")

    arabic = client.get(get_privacy_page(), headers={"accept-language": "ar"}).text
    french = client.get(get_privacy_page(), headers={"accept-language": "fr"}).text

    assert ('lang="ar" dir="rtl"' in arabic, "الأمانة" in arabic) == (True, True)
    assert ('lang="en" dir="ltr"' in french, "The secretariat" in french) == (True, True)


# Versions


def test_each_change_creates_version_and_unchanged_save_does_not(coordinator, coalition):
    notice = save_notice_fields(coordinator, coalition)
    save_notice_fields(coordinator, coalition)
    save_notice_fields(coordinator, coalition, contact="other@example.org")

    texts = [version.text for version in notice.versions.all()]
    assert ["other@example.org" in text for text in texts] == [True, False]


def test_version_shows_changes(client, coordinator, coalition):
    save_notice_fields(coordinator, coalition)
    notice = save_notice_fields(coordinator, coalition, contact="other@example.org")
    newest, oldest = notice.versions.all()

    page, first = client.get(newest.get_absolute_url()).text, client.get(oldest.get_absolute_url()).text

    assert re.findall(r"<(del|ins)\b[^>]*>(.*?)</\1>", page) == [("del", "privacy"), ("ins", "other")]
    assert ("What changed" in first, get_privacy_page() in page) == (False, True)
    assert newest.get_absolute_url() in client.get(get_privacy_page()).text


def test_comparison_shows_only_paragraphs_that_differ():
    old, new = "## A\n\nOne \\#1\n\nSame\n", "## A\n\nTwo \\#1\n\nSame\n"

    assert diff_notice_texts(old, new) == ["<del data-mark='[removed]'>One</del><ins data-mark='[added]'>Two</ins> #1"]


def test_version_of_another_coalition_is_not_found(client, coordinator, coalition):
    version = save_notice_fields(coordinator, coalition).versions.get()
    CoalitionFactory(slug="theirs-too")

    assert client.get(reverse("notices:notice_version", args=["theirs-too", "privacy", version.pk])).status_code == 404


def test_changed_retention_publishes_new_notice_version(coordinator, coalition, changed_retention_label):
    notice = save_notice_fields(coordinator, coalition)
    assert refresh_privacy_notice(notice=notice) is None
    changed_retention_label("coalitions.Membership", days=17)

    refresh_all_notices(timezone.now())
    refresh_all_notices(timezone.now())

    newest = notice.versions.first()
    assert (notice.versions.count(), newest.by, "after 17 days" in newest.text) == (2, None, True)
    assert Activity.objects.get(kind="noticeversion", object_id=newest.pk).verb == "published"


def test_rewording_in_release_is_not_announced(coordinator, coalition, monkeypatch):
    notice = save_notice_fields(coordinator, coalition)
    monkeypatch.setattr("jukwaa.privacy.actions.notices.build_notice_text", lambda _notice: "The same in other words")

    version = refresh_privacy_notice(notice=notice)

    assert Activity.objects.get(kind="noticeversion", object_id=version.pk).verb == "reworded"


def test_members_are_notified_once_of_changed_notice(coordinator, mailing_coalition, organisation):
    coalition = mailing_coalition
    reader = PersonFactory(email="reader@example.org", language="en")
    arab = PersonFactory(email="arab@example.org", language="ar")
    for person in (reader, arab):
        AffiliationFactory(person=person, organisation=organisation, confirmed_on=timezone.localdate())
    with translation.override("en"):
        save_notice_fields(coordinator, coalition)
        save_notice_fields(coordinator, coalition, language="ar")
        save_notice_fields(coordinator, coalition, notice_kind="imprint")
    for _time in range(2):
        send_pending_activity_notifications(timezone.now() + WAITING_PERIOD + timedelta(minutes=1))

    sent = Message.objects.filter(to__in=["reader@example.org", "arab@example.org"])
    english = sent.filter(to="reader@example.org").get()
    assert sorted(sent.values_list("to", flat=True)) == ["arab@example.org", "reader@example.org"]
    assert ("privacy notice has changed" in english.subject, "/notices/privacy/versions/" in english.body) == (
        True,
        True,
    )


# Where it is linked from


@pytest.mark.parametrize("url_path", ["/ours/", "/ours/library/", "/ours/directory/"])
def test_footer_links_to_notices(client, coalition, url_path):
    page = client.get(url_path, follow=True).text
    foot = page.partition('<footer class="foot">')[2]

    addresses = [get_privacy_page(), get_privacy_page(notice_kind="imprint"), reverse("notices:site_notice")]
    assert [f'href="{address}"' in foot for address in addresses] == [True] * 3


def test_first_email_links_to_notice(coordinator, mailing_coalition, organisation):
    facts = PersonFacts(name="Entered", email="new@example.org")
    add_person(actor=coordinator, coalition=mailing_coalition, facts=facts, organisation=organisation)
    send_welcome_emails()

    assert get_privacy_page() in Message.objects.get(to="new@example.org").body


@pytest.mark.parametrize(
    "route_name",
    [
        "coalitions:apply",
        "coalitions:apply_person",
        "coalitions:person_new",
        "coalitions:import_start",
        "coalitions:list_entries",
    ],
)
def test_form_with_personal_data_links_to_notice(client, coordinator, coalition, route_name):
    client.force_login(coordinator)
    main = client.get(reverse(route_name, args=["ours"])).text.partition("<main")[2].partition("</main>")[0]

    assert (str(PRIVACY_SENTENCE) in main, f'href="{get_privacy_page()}"' in main) == (True, True)


@pytest.mark.parametrize("route_name", ["account_login", "accounts:settings", "accounts:address"])
def test_form_outside_coalition_links_to_site_notice(client, member, route_name):
    if route_name != "account_login":
        client.force_login(member)
    main = client.get(reverse(route_name)).text.partition("<main")[2].partition("</main>")[0]

    assert f'href="{reverse("notices:site_notice")}"' in main


# Forms with a field that is called like a name or an address, and that ask for no personal data.
FORMS_WITHOUT_PERSONAL_DATA = {
    "names of organisations, events, records and settings": {
        "coalitions.AreaForm",
        "coalitions.CoalitionNameForm",
        "coalitions.OrganisationNameForm",
        "coalitions.OrganisationChangeForm",
        "coalitions.OrganisationForm",
        "coalitions.SettingsForm",
        "cooperation.PartyForm",
        "drafting.RestartCallForm",
        "drafting.RevisionForm",
        "drafting.TermForm",
        "events.HostForm",
        "plans.BaselineForm",
        "search.SearchNameForm",
    },
    "the notices themselves, which everyone reads": {
        "privacy.ImprintForm",
        "privacy.NoticeForm",
        "privacy.PrivacyNoticeForm",
    },
    "somebody who is known here already": {"intake.ActorMatchForm", "library.AssignReviewerForm"},
    "the name of a calendar": {"meetings.CalendarImportForm"},
    "names of one's own passkeys": {"accounts.PasskeyAddForm", "accounts.PasskeyNameForm"},
}
PERSONAL_FIELD_NAME = re.compile(r"^(name|your_name|e?mail|address|phone|contact|person|adult_contact|who)$")


def list_form_classes(form_base):
    for each in form_base.__subclasses__():
        if each.__module__.startswith("jukwaa."):
            yield each
        yield from list_form_classes(each)


def asks_for_personal_data(form_class):
    return any(
        isinstance(field, forms.EmailField) or PERSONAL_FIELD_NAME.search(name)
        for name, field in form_class.base_fields.items()
    )


def test_each_form_asking_name_or_email_declares_personal_data():
    silent = {
        f"{form.__module__.split('.')[1]}.{form.__name__}"
        for form in list_form_classes(Form)
        if asks_for_personal_data(form) and not form.collects_personal_data
    }

    assert silent == set().union(*FORMS_WITHOUT_PERSONAL_DATA.values())


# The site, and the demo


def test_site_notice_names_operator(client, coalition, settings):
    incomplete = client.get(reverse("notices:site_notice")).text
    settings.OPERATOR, settings.PROVIDERS = "The operator, 1 Street", ["A host (server, Kenya)"]
    page = client.get(reverse("notices:site_notice")).text

    assert ("has not completed" in incomplete, "has not completed" in page) == (True, False)
    found = ["The operator, 1 Street", "A host (server, Kenya)", "Signing in and accounts", get_privacy_page()]
    assert [words in page for words in found] == [True] * 4


def test_notice_pages_query_count_is_constant(client, coordinator, coalition, django_assert_num_queries):
    notice = save_notice_fields(coordinator, coalition)
    save_notice_fields(coordinator, coalition, contact="other@example.org")
    for path, count in (
        (get_privacy_page(), 2),
        (notice.versions.first().get_absolute_url(), 3),
        ("/about/privacy/", 1),
    ):
        client.get(path)
        with django_assert_num_queries(count):
            client.get(path)


def test_demo_has_completed_notice_and_imprint(coordinator, coalition):
    add_demo_notices(Demo(coalition, {COORDINATOR: coordinator}, {}, say=lambda _sentence: None))

    kinds = NoticeVersion.objects.order_by("pk").values_list("notice__kind", "notice__language")
    assert list(kinds) == [("privacy", "en"), ("imprint", "en")]


def test_notice_edit_conflict_shows_both_versions(client, coordinator, coalition):
    save_notice_fields(coordinator, coalition)
    url = reverse("notices:notice_edit", args=["ours", "privacy"])
    client.force_login(coordinator)
    seen = client.get(url).context["form"].initial["seen"]
    save_notice_fields(coordinator, coalition, contact="first@example.org")
    second = client.post(url, NOTICE_FIELDS | {"responsible": "The office", "seen": seen})
    kept = Notice.objects.get()

    assert second.status_code == 409
    assert "first@example.org" in second.text
    assert (kept.responsible, kept.contact) == (NOTICE_FIELDS["responsible"], "first@example.org")
    on_top = NOTICE_FIELDS | {"responsible": "The office", "seen": second.context["form"]["seen"].value()}
    assert client.post(url, on_top).status_code == 302
    assert (Notice.objects.get().responsible, Notice.objects.get().contact) == ("The office", NOTICE_FIELDS["contact"])
