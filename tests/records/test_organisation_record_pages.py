"""The pages and files of the record of an organisation."""

from io import BytesIO

import docx
import pypdfium2
import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Affiliation
from jukwaa.records.views import organisation_record
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory
from tests.records.organisation_scene import HistoryScene

PUBLIC_QUERIES, OWN_QUERIES = 28, 32


@pytest.fixture
def organisation_history_scene(coalition, organisation, delegate):
    return HistoryScene(coalition, organisation, delegate)


@pytest.fixture
def build_history_url(coalition, organisation):
    def build_named_url(name="", *arguments):
        return reverse(f"records:organisation_record{name}", args=[coalition.slug, organisation.pk, *arguments])

    return build_named_url


def extract_docx_text(body):
    document = docx.Document(BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    headers = [paragraph.text for section in document.sections for paragraph in section.header.paragraphs]
    return "\n".join([*headers, *(paragraph.text for paragraph in document.paragraphs), *cells])


def extract_pdf_text(body):
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body))


FILE_READERS = {"docx": extract_docx_text, "pdf": extract_pdf_text}


@pytest.mark.parametrize(
    ("reader", "status_code"),
    [("delegate", 200), ("colleague", 403), ("member", 403), ("coordinator", 403), ("outsider", 403), ("rival", 403)],
)
def test_only_representatives_open_their_version(
    client, coalition, organisation, build_history_url, request, reader, status_code
):
    if reader == "colleague":
        person = AffiliationFactory(organisation=organisation).person
    elif reader == "rival":
        other = MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation
        person = AffiliationFactory(organisation=other, may_speak=True).person
    else:
        person = request.getfixturevalue(reader)
    client.force_login(person)

    for address in (
        build_history_url("_own"),
        build_history_url("_own_file", "pdf"),
        build_history_url("_own_file", "docx"),
    ):
        assert client.get(address).status_code == status_code
    assert client.get(build_history_url()).status_code == 200


def test_visitors_see_only_public_version(client, organisation_history_scene, build_history_url):
    organisation_history_scene.add_spoken_entry("Said openly", "announcement")
    organisation_history_scene.add_spoken_entry("Said to members", "announcement", label="TLP:GREEN")

    page = client.get(build_history_url())
    assert page.status_code == 200
    assert "Said openly" in page.text
    assert "Said to members" not in page.text
    assert client.get(build_history_url("_own")).status_code == 302


def test_public_version_is_the_same_for_representatives(
    client, organisation_history_scene, build_history_url, delegate
):
    organisation_history_scene.add_spoken_entry("Said to members", "announcement", label="TLP:GREEN")
    client.force_login(delegate)

    assert "Said to members" not in client.get(build_history_url()).text
    assert "Said to members" in client.get(build_history_url("_own")).text


def test_former_representative_cannot_open_representatives_version(client, build_history_url, delegate):
    Affiliation.objects.filter(person=delegate).update(may_speak=False)
    client.force_login(delegate)

    assert client.get(build_history_url("_own")).status_code == 403


def test_organisation_that_is_not_in_the_directory_has_no_page(client, coalition, organisation):
    merged = OrganisationFactory(coalition=coalition, merged_into=organisation)
    applicant = OrganisationFactory(coalition=coalition)

    for each in (merged, applicant):
        assert client.get(reverse("records:organisation_record", args=[coalition.slug, each.pk])).status_code == 404


@pytest.mark.parametrize("file_extension", ["docx", "pdf"])
def test_downloaded_files_contain_whole_record(
    client, organisation_history_scene, build_history_url, delegate, organisation, file_extension
):
    organisation_history_scene.fill_whole_scene()
    client.force_login(delegate)
    own = FILE_READERS[file_extension](client.get(build_history_url("_own_file", file_extension)).content)
    public = FILE_READERS[file_extension](client.get(build_history_url("_file", file_extension)).content)

    for words in (f"Record of {organisation.name}", "An announcement", "2009", "The meeting", "A commitment"):
        assert words in own.replace("\r\n", " ").replace("\n", " ")
    for section in ("Open items", "Contributions", "Signatures and positions", "Requests to the organisation"):
        assert section in own
    assert "TLP:AMBER" in own
    assert "An announcement" in public
    for words in ("TLP:", "A question", "not signed yet", "Requests to the organisation"):
        assert words not in public


def test_file_is_named_after_the_organisation_and_the_day(client, build_history_url, organisation):
    headers = client.get(build_history_url("_file", "docx")).headers

    assert organisation.name in headers["Content-Disposition"]
    assert client.get(build_history_url("_file", "exe")).status_code == 404


def test_long_section_is_shortened_and_can_be_shown_in_full(client, organisation_history_scene, build_history_url):
    meeting = organisation_history_scene.hold_scene_meeting()
    for number in range(30):
        organisation_history_scene.add_spoken_entry(f"Announcement {number:02}", "announcement", meeting)

    assert client.get(build_history_url()).text.count("<h3>") == organisation_record.MAX_HISTORY_LINES_SHOWN
    assert "Show all 30 entries: Contributions" in client.get(build_history_url()).text
    assert client.get(build_history_url(), {"section": "said"}).text.count("<h3>") == 30


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("url_suffix", "row_count"), [("", PUBLIC_QUERIES), ("_own", OWN_QUERIES)])
def test_query_count_is_the_same_for_any_number_of_lines(
    client,
    organisation_history_scene,
    build_history_url,
    delegate,
    django_assert_num_queries,
    url_suffix,
    row_count,
    count,
):
    for _number in range(count):
        organisation_history_scene.fill_whole_scene()
    client.force_login(delegate)

    with django_assert_num_queries(row_count):
        assert client.get(build_history_url(url_suffix)).status_code == 200


def test_menu_leads_representatives_to_the_record(client, coalition, organisation, build_history_url, delegate):
    address = reverse("records:own_organisation", args=[coalition.slug])
    client.force_login(delegate)
    assert client.get(address).headers["Location"] == build_history_url("_own")
    assert f'href="{address}"' in client.get(reverse("coalitions:directory", args=[coalition.slug])).text

    second = MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation
    AffiliationFactory(organisation=second, person=delegate, may_speak=True)
    page = client.get(address).text
    assert organisation.name in page
    assert second.name in page


def test_own_organisation_page_explains_missing_representation(
    client, coalition, organisation, build_history_url, member
):
    address = reverse("records:own_organisation", args=[coalition.slug])
    directory = reverse("coalitions:directory", args=[coalition.slug])
    client.force_login(member)
    assert "I belong to this organisation" in client.get(address).text
    assert f'href="{address}"' not in client.get(directory).text

    AffiliationFactory(organisation=organisation, person=member)
    page = client.get(address).text
    assert "You do not represent an organisation in this coalition." in page
    assert f'href="{build_history_url()}"' in page
    assert f'href="{address}"' in client.get(directory).text


def test_organisation_page_links_to_version_for_reader(
    client, coalition, organisation, build_history_url, delegate, coordinator
):
    page = reverse("coalitions:organisation_detail", args=[coalition.slug, organisation.pk])

    for person, address in [
        (None, build_history_url()),
        (coordinator, build_history_url()),
        (delegate, build_history_url("_own")),
    ]:
        if person is not None:
            client.force_login(person)
        assert f'href="{address}"' in client.get(page).text


def test_empty_history_page_and_file_say_that_there_are_no_entries(client, build_history_url):
    assert "This organisation has no public entries." in client.get(build_history_url()).text
    assert "This version contains no entries." in extract_docx_text(
        client.get(build_history_url("_file", "docx")).content
    )
