"""Whatever file is shared with an item, the answer is the item or a sentence, and what was typed is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.library.models import Item
from jukwaa.records.models import Attachment
from tests.core import documents as make
from tests.library.test_files import add_word_macros, build_photo_with_location, link_word_template
from tests.library.test_sharing import ITEM_FORM_DATA

pytestmark = pytest.mark.django_db

PICTURE_REFUSAL = "We do not accept pictures here"
REFUSED_FILES = [
    ("good-practice", "photo.jpg", build_photo_with_location(), PICTURE_REFUSAL),
    ("good-practice", "photo.png", build_photo_with_location("PNG"), PICTURE_REFUSAL),
    ("good-practice", "photo", build_photo_with_location(), PICTURE_REFUSAL),
    ("good-practice", "half.jpg", build_photo_with_location()[:-300], PICTURE_REFUSAL),
    ("toolkit", "half.jpg", build_photo_with_location()[:-300], "may be damaged"),
    ("toolkit", "half.png", build_photo_with_location("PNG")[:60], "may be damaged"),
    ("toolkit", "photo.png", build_photo_with_location(), "Type shown by the file name: PNG image"),
    ("good-practice", "drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "We do not accept .svg files."),
    ("good-practice", "moving.gif", b"GIF89a" + bytes(60), "We do not accept .gif files."),
    ("good-practice", "run.exe", b"MZ\x90\x00" * 99, "We do not accept .exe files."),
    ("good-practice", "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx or PDF"),
    ("good-practice", "plan.docm", add_word_macros(make.build_word_file()), "save it as .docx or PDF"),
    ("good-practice", "plan.docx", add_word_macros(make.build_word_file()), "This document contains macros"),
    (
        "good-practice",
        "plan.docx",
        link_word_template("file://server/a.dotm"),
        "loads content from another computer",
    ),
    ("good-practice", "half.docx", make.build_word_file()[:300], "damaged or incomplete"),
    ("good-practice", "plan.pdf", make.build_word_file(), "Type shown by the file name: PDF"),
    (
        "good-practice",
        "bomb.pdf",
        make.build_minimal_pdf(make.build_zlib_bomb(300)),
        "unpacks to far more data than a document needs",
    ),
    ("good-practice", "empty.pdf", b"", "This file is empty"),
    ("good-practice", "noise.txt", bytes(range(1, 32)) * 90, "could not tell what type of file it is"),
]


@pytest.fixture
def share_item_with_file(client, coalition, member):
    client.force_login(member)
    page = reverse("library:item_new", args=[coalition.slug])
    return lambda kind, name, data: client.post(
        f"{page}?kind={kind}", {**ITEM_FORM_DATA, "file": SimpleUploadedFile(name, data)}
    )


@pytest.mark.parametrize(
    ("item_kind", "file_name", "file_content", "error_text"),
    REFUSED_FILES,
    ids=[f"{row[0]}-{row[1]}" for row in REFUSED_FILES],
)
def test_unaccepted_file_is_refused_and_item_form_keeps_values(
    share_item_with_file, item_kind, file_name, file_content, error_text
):
    answer = share_item_with_file(item_kind, file_name, file_content)
    errors = answer.context["form"].errors

    assert (answer.status_code, list(errors), error_text in str(errors["file"])) == (422, ["file"], True), errors
    assert ITEM_FORM_DATA["what_worked"] in answer.text
    assert (Item.objects.count(), Attachment.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("file_name", "file_content"), [("plan.docx", make.build_word_file()), ("plan.txt", b"Ten steps.")]
)
def test_accepted_file_is_attached_to_good_practice(share_item_with_file, file_name, file_content):
    assert share_item_with_file("good-practice", file_name, file_content).status_code == 302
    assert Attachment.objects.get().name == file_name


def test_good_practice_form_does_not_accept_pictures(client, share_item_with_file, coalition):
    page = reverse("library:item_new", args=[coalition.slug])
    shown = {
        kind: client.get(page, {"kind": kind}).context["form"].fields["file"].help_text
        for kind in ("good-practice", "toolkit")
    }

    assert [".png" in shown[kind] for kind in shown] == [False, True]
