"""Papers about data protection: filled from the registry, marked as drafts, for coordinators and the operator."""

import io
from dataclasses import replace

import docx
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jukwaa.core.documents.outgoing import TypesettingError, to_text
from jukwaa.core.personal_data import personal_data_registry, purpose_registry
from jukwaa.privacy.actions import save_privacy_notice
from jukwaa.privacy.models import Notice
from jukwaa.privacy.papers import PAPERS_BY_NAME
from jukwaa.privacy.papers.building_blocks import build_controller_party, build_operator_party
from jukwaa.privacy.views import papers as views

pytestmark = pytest.mark.django_db
DRAFT_REMARK = "This is a draft, based on what the software does. It is not legal advice. Have a lawyer check it."


def get_paper_text(paper_name, paper_party):
    return to_text(PAPERS_BY_NAME[paper_name].document(paper_party))


def get_paper_url(route_name, file_extension="docx"):
    return reverse("notices:paper_file", args=["ours", route_name, file_extension])


@pytest.mark.parametrize("paper_name", PAPERS_BY_NAME)
def test_paper_is_marked_as_draft_for_lawyer(coalition, paper_name):
    for party in (build_controller_party(coalition), build_operator_party()):
        document = PAPERS_BY_NAME[paper_name].document(party)
        text = " ".join(to_text(document).split())

        assert (document.title.startswith("Draft: "), text.count(DRAFT_REMARK)) == (True, 2)


def test_record_of_processing_lists_purposes_and_retention(coalition, monkeypatch):
    model = next(each for each in personal_data_registry if each._meta.label == "coalitions.Membership")
    declared = personal_data_registry[model]
    monkeypatch.setitem(
        personal_data_registry._values, model, replace(declared, retention=replace(declared.retention, days=17))
    )

    text = get_paper_text("record-of-processing", build_controller_party(coalition))

    assert [str(each.title) for each in purpose_registry.values() if str(each.title) not in text] == []
    assert "Declined and withdrawn applications: removed after 17 days" in " ".join(text.split())


def test_annex_lists_each_group_of_people(coalition):
    text = " ".join(get_paper_text("processor-agreement-annex", build_controller_party(coalition)).split())

    assert [str(each.whose) for each in purpose_registry.values() if str(each.whose) not in text] == []


def test_papers_use_controller_from_notice(coordinator, coalition, settings):
    settings.OPERATOR, settings.PROVIDERS = "The operator, 1 Street", ["A host (server, Kenya)"]
    fields = {"responsible": "The secretariat", "contact": "privacy@example.org"}
    save_privacy_notice(
        actor=coordinator, coalition=coalition, notice_kind=Notice.Kind.PRIVACY, language="en", fields=fields
    )
    party = build_controller_party(coalition)

    assert [get_paper_text(name, party).count("The secretariat") for name in PAPERS_BY_NAME] == [1, 1, 1, 1, 0]
    assert "A host (server, Kenya)" in get_paper_text("transfer-notes", party)
    assert "The operator, 1 Street" in get_paper_text("processor-agreement-annex", party)


def test_coordinator_downloads_papers_as_word_and_pdf(client, coordinator, coalition):
    client.force_login(coordinator)
    page = client.get(reverse("notices:paper_list", args=["ours"])).text

    word, pdf = client.get(get_paper_url("breach-log")), client.get(get_paper_url("breach-log", "pdf"))

    assert [get_paper_url(name, ending) in page for name in PAPERS_BY_NAME for ending in ("docx", "pdf")] == [True] * 10
    assert docx.Document(io.BytesIO(word.content)).core_properties.title == "Draft: Log of personal data breaches"
    assert pdf.content.startswith(b"%PDF")


def test_members_and_visitors_cannot_download_papers(client, member, coalition):
    assert client.get(reverse("notices:paper_list", args=["ours"])).status_code == 302
    client.force_login(member)

    addresses = [reverse("notices:paper_list", args=["ours"]), get_paper_url("breach-log")]
    assert [client.get(each).status_code for each in addresses] == [403, 403]


def test_unknown_paper_is_not_found(client, coordinator, coalition):
    client.force_login(coordinator)

    assert [client.get(each).status_code for each in (get_paper_url("will"), get_paper_url("breach-log", "odt"))] == [
        404,
        404,
    ]


def test_pdf_failure_shows_message(client, coordinator, coalition, monkeypatch):
    def fail_to_render(_pdf_document):
        raise TypesettingError

    monkeypatch.setitem(views.PAPER_FILE_FORMATS, "pdf", (fail_to_render, "application/pdf"))
    client.force_login(coordinator)

    answer = client.get(get_paper_url("breach-log", "pdf"))
    assert (answer.status_code, "We could not create a PDF." in answer.text) == (503, True)


def test_command_writes_papers_of_operator_and_coalitions(coalition, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(views.PAPER_FILE_FORMATS, "pdf", (lambda _document: b"%PDF", "application/pdf"))

    call_command("papers", folder=tmp_path / "new")

    written = {str(path.relative_to(tmp_path / "new")) for path in tmp_path.rglob("*.*")}
    expected = {
        f"{who}/{name}.{end}" for who in ("operator", "ours") for name in PAPERS_BY_NAME for end in ("docx", "pdf")
    }
    assert written == expected
    assert "Have a lawyer check them." in capsys.readouterr().out


def test_command_explains_unwritable_folder(coalition, tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CommandError, match="Choose another folder"):
        call_command("papers", folder=tmp_path / "file" / "below")
    with pytest.raises(CommandError, match="Choose another language"):
        call_command("papers", folder=tmp_path, language="xx")
