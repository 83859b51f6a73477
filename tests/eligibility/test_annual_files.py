"""The annual report as Word, tagged PDF and EPUB, with its numbers as links; checked by EPUBCheck and qpdf."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.eligibility.models import AnnualReport
from tests.eligibility.annual_world import REPORT_YEAR, AnnualWorld

FILE_EXTENSIONS = ("docx", "pdf", "epub")
EPUBCHECK_JAR = Path("/usr/share/java/epubcheck.jar")  # Debian's; its own command needs a kernel that starts JARs
CLEAN_CHECKER_MESSAGES = ("No errors or warnings detected", "No syntax or stream encoding errors found")


@pytest.fixture
def annual_report_files(client, coalition, member):
    """Of a full year and of one in which nothing happened, in English and in Arabic."""
    AnnualWorld(coalition, 1).create_year_records()
    client.force_login(member)  # what visitors get is kept, while this changes the language without an action
    found = {}
    for language in ("en", "ar"):
        Coalition.objects.filter(pk=coalition.pk).update(language=language)
        for year in (REPORT_YEAR, 1999):
            AnnualReport.objects.update_or_create(
                coalition=coalition, year=year, defaults={"published_at": timezone.now()}
            )
            for ending in FILE_EXTENSIONS:
                address = reverse("eligibility:annual_file", args=["ours", year, ending])
                found[language, year, ending] = client.get(address).content
    return found


def test_files_contain_report_with_links_to_records(annual_report_files, settings):
    address = f"{settings.SITE_URL}{reverse('eligibility:annual_records', args=['ours', REPORT_YEAR, 'meetings'])}"
    word = docx.Document(io.BytesIO(annual_report_files["en", REPORT_YEAR, "docx"]))
    with zipfile.ZipFile(io.BytesIO(annual_report_files["en", REPORT_YEAR, "epub"])) as book:
        pages = b"".join(book.read(name) for name in book.namelist())

    assert word.paragraphs[1].text == f"Annual report {REPORT_YEAR}"
    assert address in {relation.target_ref for relation in word.part.rels.values() if relation.is_external}
    assert address.encode() in pages
    assert address.encode() in annual_report_files["en", REPORT_YEAR, "pdf"]


@pytest.mark.slow
def test_pdf_is_tagged_and_has_title_and_language(annual_report_files):
    for language, year in (("en", REPORT_YEAR), ("en", 1999), ("ar", REPORT_YEAR), ("ar", 1999)):
        pdf = annual_report_files[language, year, "pdf"]
        title = pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"]

        assert str(year) in title
        marks = (b"/StructTreeRoot", b"/MarkInfo", f"/Lang({language})".encode(), b"pdfuaid")
        assert [mark for mark in marks if mark not in pdf] == []


@pytest.mark.slow
def test_files_are_reproducible(annual_report_files, client, coalition):
    for ending in FILE_EXTENSIONS:
        address = reverse("eligibility:annual_file", args=["ours", 1999, ending])
        assert client.get(address).content == annual_report_files["ar", 1999, ending]


@pytest.mark.office
@pytest.mark.slow
def test_files_pass_external_validators(annual_report_files, tmp_path):
    """EPUBCheck reads the whole of an EPUB, qpdf the structure of a PDF. `docs/measured.md` tells of PDF/UA."""
    if not EPUBCHECK_JAR.exists() or shutil.which("qpdf") is None:
        pytest.fail("The tests of files need EPUBCheck and qpdf: bin/install-office.")
    for (language, year, ending), data in annual_report_files.items():
        path = tmp_path / f"{language}-{year}.{ending}"
        path.write_bytes(data)
    for path in sorted(tmp_path.iterdir()):
        if path.suffix == ".epub":
            run_file_checker("java", "-jar", str(EPUBCHECK_JAR), str(path))
        if path.suffix == ".pdf":
            run_file_checker("qpdf", "--check", str(path))


def run_file_checker(*order: str) -> None:
    done = subprocess.run(order, capture_output=True, check=False, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert any(sentence in said for sentence in CLEAN_CHECKER_MESSAGES), said
