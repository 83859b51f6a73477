"""Files and links on an item: what happened to each of them, and what is not taken, in a sentence."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.library import actions
from jukwaa.library.actions.web_links import add_web_link, remove_web_link
from jukwaa.library.models import WebLink
from jukwaa.records import index, policies
from jukwaa.records.actions import attach_file_to_record
from jukwaa.records.models import Attachment, Held, Label, Passage, State
from jukwaa.records.tasks import read_attachment
from tests.core import documents as make
from tests.factories import ItemFactory

pytestmark = pytest.mark.django_db

PROSE = " ".join(f"In meeting {n} providers said what they had taken down, and who asked for it." for n in range(40))
RELATIONSHIPS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
TEMPLATE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
REMOTE_XML = (
    f'<Relationships xmlns="{RELATIONSHIPS_NAMESPACE}"><Relationship Id="r1" Type="{TEMPLATE_TYPE}" '
    'TargetMode="External" Target="{}"/>'
    "</Relationships>"
)


@pytest.fixture
def draft(coalition, member):
    return ItemFactory(coalition=coalition, author=member, title="Nine providers at one table")


@pytest.fixture
def published_item(coalition, member):
    return ItemFactory(coalition=coalition, author=member, published=True)


@pytest.fixture
def author(client, member):
    client.force_login(member)
    return client


def upload_file(client, library_item, file_name, file_content):
    return client.post(
        reverse("records:attachment_add", args=["ours", library_item.pk]),
        {"file": ContentFile(file_content, name=file_name)},
    )


def attach_file(library_item, file_name, file_content, actor):
    """A file that hangs on an item and was read."""
    attachment = attach_file_to_record(actor=actor, record=library_item, file_name=file_name, data=file_content)
    read_attachment.call(attachment.pk)
    attachment.refresh_from_db()
    return attachment


def build_photo_with_location(image_format="JPEG", image_size=(40, 30)):
    """A picture that says where and with what it was taken."""
    stream = io.BytesIO()
    picture = Image.new("RGB", image_size, "red")
    exif = Image.Exif()
    exif[0x010F] = "A camera with a name"
    exif[0x0112] = 6  # lies on its side
    picture.save(stream, image_format, exif=exif)
    return stream.getvalue()


def add_word_macros(file_content):
    return make.replace_zip_parts(file_content, **{"word/vbaProject.bin": b"x"})


def link_word_template(url):
    return make.replace_zip_parts(make.build_word_file(), **{"word/_rels/settings_xml.rels": REMOTE_XML.format(url)})


def test_file_is_processed_and_only_text_is_shown_before_publication(author, draft, member):
    assert upload_file(author, draft, "minutes.txt", b"The word is baobab.").url == draft.get_absolute_url()
    attachment = Attachment.objects.get()
    file, text = (
        reverse(f"records:{name}", args=["ours", attachment.pk]) for name in ("attachment", "attachment_text")
    )
    assert "We are reading this file." in author.get(draft.get_absolute_url()).text
    assert "We are reading this file." in author.get(text).text
    read_attachment.call(attachment.pk)

    page = author.get(draft.get_absolute_url()).text
    assert "We are reading this file." not in page
    assert (f'href="{file}"' in page, f'href="{text}"' in page) == (False, True)
    assert author.get(file).url == text
    assert "The word is baobab." in author.get(text).text

    actions.publish_item(actor=member, item=draft)
    page = author.get(draft.get_absolute_url()).text
    assert (f'href="{file}"' in page, f'href="{text}"' in page) == (True, True)
    assert b"".join(author.get(file).streaming_content) == b"The word is baobab."


@pytest.mark.parametrize(
    ("record_state", "was_published", "is_waiting"),
    [
        (State.DRAFT, False, True),
        (State.SUBMITTED, False, True),
        (State.SAFEGUARDING, True, True),
        (State.HELD, False, True),
        (State.HELD, True, False),
        (State.WITHDRAWN, False, True),
        (State.PUBLISHED, True, False),
    ],
)
def test_file_waits_until_item_is_released(draft, member, record_state, was_published, is_waiting):
    attachment = attach_file(draft, "a.txt", b"Members met.", member)
    draft.state, draft.published_at = record_state, draft.created_at if was_published else None
    attachment.record = draft

    assert attachment.is_waiting_for_review is is_waiting


def test_unreadable_file_is_saved_and_reason_shown(author, draft, member):
    blank = make.build_minimal_pdf(make.zlib.compress(b"q Q"))
    scan = attach_file(draft, "scan.pdf", blank, member)
    page = author.get(draft.get_absolute_url()).text

    assert (scan.state, scan.reason, scan.text) == ("unreadable", "scan", "")
    assert "because its pages are images" in page
    assert "because its pages are images" in author.get(reverse("records:attachment_text", args=["ours", scan.pk])).text
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.update(reason="")


def test_pdf_result_links_to_page(author, draft, member):
    pdf = make.build_pdf_file("#for n in range(12) [The baobab of part #(n + 500) grew. #pagebreak(weak: true)]")
    attachment = attach_file(draft, "parts.pdf", pdf, member)
    passages = dict(Passage.objects.filter(record=draft, anchor__startswith="file-").values_list("anchor", "text"))

    assert len(attachment.pages) == len(passages) == 12
    assert "baobab of part 510 grew" in passages[f"file-{attachment.pk}-p11"]
    shown = author.get(reverse("records:attachment_text", args=["ours", attachment.pk]), {"at": "11"}).text
    assert ('id="page=11"' in shown, "baobab of part 510 grew" in shown, 'id="page=2"' in shown) == (True, True, False)
    for nonsense in ("99", "x", "-1"):
        assert (
            'id="page=1"'
            in author.get(reverse("records:attachment_text", args=["ours", attachment.pk]), {"at": nonsense}).text
        )


def test_pdf_of_2000_pages_is_read_completely(author, draft, member):
    pdf = make.build_pdf_file("#for n in range(2000) [The baobab of part #(n + 500) grew. #pagebreak(weak: true)]")
    upload_file(author, draft, "long.pdf", pdf)
    attachment = Attachment.objects.get()
    read_attachment.call(attachment.pk)
    task = DBTaskResult.objects.get(task_path=index.index_remaining_passages.module_path)
    index.index_remaining_passages.call(*task.args_kwargs["args"])

    assert Passage.objects.get(anchor=f"file-{attachment.pk}-p2000").text.strip() == "The baobab of part 2499 grew."
    page = author.get(reverse("records:attachment_text", args=["ours", attachment.pk])).text
    assert ("2000 pages" in page or "2,000 pages" in page, len(page) < 50_000) == (True, True)


def test_file_is_indexed_in_its_language(draft, member):
    french = "Les fournisseurs ont décidé de se réunir chaque mois pour mieux protéger les enfants en ligne. " * 3
    attachment = attach_file(draft, "notes.txt", french.encode(), member)
    page = attach_file(draft, "page.html", b'<html lang="sw"><p>Watoto walindwe mtandaoni.</p></html>', member)

    languages = dict(Passage.objects.filter(record=draft).values_list("anchor", "language"))
    assert (languages[f"file-{attachment.pk}"], languages[f"file-{page.pk}"], languages[""]) == ("fr", "sw", "en")


def test_processed_file_is_visible_to_visitors_at_once(client, published_item, member):
    attachment = attach_file_to_record(actor=member, record=published_item, file_name="a.txt", data=b"Members met.")
    assert "We are reading this file." in client.get(published_item.get_absolute_url()).text
    read_attachment.call(attachment.pk)

    assert "We are reading this file." not in client.get(published_item.get_absolute_url()).text


@pytest.mark.parametrize(
    ("file_name", "file_content", "error_text"),
    [
        (
            "bomb.pdf",
            make.build_minimal_pdf(make.build_zlib_bomb(300)),
            "unpacks to far more data than a document needs",
        ),
        ("plan.docx", add_word_macros(make.build_word_file()), "This document contains macros"),
        ("plan.docm", add_word_macros(make.build_word_file()), "save it as .docx or PDF"),
        ("plan.docx", link_word_template("https://elsewhere.example/a.dotm"), "loads content from another computer"),
        ("plan.docx", link_word_template("file://server/a.dotm"), "loads content from another computer"),
        (
            "drawing.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            "We do not accept .svg files",
        ),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Type shown by the file name: PNG image"),
        ("photo.jpg", build_photo_with_location(), "We do not accept pictures here"),
        ("empty.pdf", b"", "This file is empty"),
    ],
    ids=["bomb", "macros", "docm", "template", "share", "svg", "svg as png", "picture", "empty"],
)
def test_unaccepted_file_is_refused_with_explanation(author, draft, file_name, file_content, error_text):
    before = Activity.objects.count()
    answer = upload_file(author, draft, file_name, file_content)

    assert (answer.status_code, error_text in answer.text) == (422, True)
    assert (Attachment.objects.count(), Activity.objects.count()) == (0, before)
    assert "Do not report abuse here" in answer.text


@pytest.mark.parametrize("url", ["file:///C:/Office/Normal.dotm", "Normal.dotm", "..\\Report.dotx"])
def test_file_with_local_template_is_accepted(author, draft, url):
    assert upload_file(author, draft, "plan.docx", link_word_template(url)).status_code == 302


def test_file_name_with_bidi_characters_is_shown_safely(author, draft, member):
    attach_file_to_record(actor=member, record=draft, file_name="annex\u202efdp.txt", data=b"Members met.")
    upload_file(author, draft, "annex\u202efdp.txt", b"Members met.")
    attachment = Attachment.objects.get()
    page = author.get(draft.get_absolute_url()).text

    assert attachment.name == "annexfdp.txt"
    assert ("<bdi>annexfdp.txt</bdi>" in page, "\u202e" in page) == (True, False)


def test_file_uploaded_twice_is_attached_once(author, draft):
    for name in ("a.txt", "b.txt"):
        assert upload_file(author, draft, name, b"Members met.").status_code == 302

    attachment = Attachment.objects.get()
    assert Activity.objects.filter(verb="attached").count() == 1
    attachment.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        attachment.save()


@pytest.mark.parametrize(("image_format", "file_name"), [("JPEG", "stall.jpg"), ("PNG", "stall.png")])
def test_picture_is_re_encoded_where_pictures_are_accepted(author, coalition, member, image_format, file_name):
    item = ItemFactory(coalition=coalition, author=member, kind="initiative", published=True)
    brought = build_photo_with_location(image_format)
    assert b"A camera with a name" in brought
    upload_file(author, item, file_name, brought)

    attachment = Attachment.objects.get()
    kept = b"".join(author.get(reverse("records:attachment", args=["ours", attachment.pk])).streaming_content)
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == (image_format, (30, 40), {})
    assert (attachment.state, attachment.size) == ("picture", len(kept))
    assert b"camera" not in kept
    upload_file(author, item, file_name, brought)
    assert Attachment.objects.count() == 1


def test_damaged_or_oversized_picture_is_refused(author, coalition, member):
    item = ItemFactory(coalition=coalition, author=member, kind="toolkit")
    vast = make.zlib.compress(b"")  # the header alone decides
    header = b"IHDR" + (20_000).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00"
    png = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + header + make.zlib.crc32(header).to_bytes(4)
    png += len(vast).to_bytes(4) + b"IDAT" + vast + make.zlib.crc32(b"IDAT" + vast).to_bytes(4)

    assert "more than 60 million pixels" in upload_file(author, item, "vast.png", png).text
    assert "may be damaged" in upload_file(author, item, "half.jpg", build_photo_with_location()[:-300]).text
    assert Attachment.objects.count() == 0


def test_file_with_disclosure_goes_to_safeguarding_lead_only(author, draft, member):
    hung_file = attach_file_to_record(actor=member, record=draft, file_name="notes.txt", data=b"My uncle touches me.")
    read_attachment.call(hung_file.pk)

    assert (Attachment.objects.count(), Held.objects.get().door) == (0, "attachment")


def test_duplicate_file_is_recognised(author, draft, member, coalition):
    other = ItemFactory(coalition=coalition, author=member, title="Providers in the north", published=True)
    attach_file(other, "minutes.txt", PROSE.encode(), member)
    attach_file(draft, "same.txt", PROSE.encode(), member)
    attach_file(draft, "near.txt", PROSE.replace("meeting 7", "session 7").encode(), member)
    attach_file(draft, "different.txt", PROSE.replace("said", "denied").replace("asked", "begged").encode(), member)
    page = author.get(draft.get_absolute_url()).text

    assert "The same file as “<bdi>same.txt</bdi>” is already attached to:" in page
    assert "A file with nearly the same text as “<bdi>near.txt</bdi>” is already attached to:" in page
    assert "different.txt</bdi>” is here" not in page
    assert page.count("Providers in the north") == 2


@pytest.mark.parametrize("hiding_fields", [{"state": State.DRAFT}, {"label": Label.RED, "published": True}])
def test_duplicate_notice_hides_unreadable_files(author, draft, member, coalition, rapporteur, hiding_fields):
    other = ItemFactory(coalition=coalition, author=rapporteur, title="Behind a door", **hiding_fields)
    attach_file(other, "minutes.txt", PROSE.encode(), rapporteur)
    attach_file(draft, "minutes.txt", PROSE.encode(), member)

    page = author.get(draft.get_absolute_url()).text
    assert ("is already attached to" in page, "Behind a door" in page) == (False, False)


def test_duplicate_notice_is_shown_to_editors_only(client, coalition, published_item, rapporteur):
    for item in (ItemFactory(coalition=coalition, published=True), published_item):
        attach_file(item, "minutes.txt", PROSE.encode(), rapporteur)

    assert "is already attached to" not in client.get(published_item.get_absolute_url()).text
    client.force_login(rapporteur)
    assert "is already attached to" in client.get(published_item.get_absolute_url()).text


def test_web_link_is_added_shown_with_host_and_removed(author, draft):
    add = reverse("library:web_link_add", args=["ours", draft.pk])
    assert "Do not report abuse here" in author.get(add).text
    for _twice in range(2):
        author.post(add, {"url": "www.itu.int/en/cop?a=1&b=2", "title": "Guidelines"})
    link = WebLink.objects.get()
    page = author.get(draft.get_absolute_url()).text

    assert (link.url, link.host) == ("https://www.itu.int/en/cop?a=1&b=2", "www.itu.int")
    assert '<a href="https://www.itu.int/en/cop?a=1&amp;b=2" rel="nofollow noopener noreferrer">' in page
    assert "<bdi>www.itu.int</bdi>" in page

    remove = reverse("library:web_link_remove", args=["ours", link.pk])
    assert (author.get(remove).status_code, WebLink.objects.count()) == (200, 1)
    author.post(remove)
    assert WebLink.objects.count() == 0
    assert list(Activity.objects.filter(verb__contains="link").values_list("verb", flat=True)) == [
        "added-link",
        "removed-link",
    ]


@pytest.mark.parametrize(
    ("url", "error_text"),
    [
        ("javascript:alert(1)", "Enter the address of a web page"),
        ("ftp://files.example/a", "Enter the address of a web page"),
        ("data:text/html,x", "Enter the address of a web page"),
        ("not a link", "Enter the address of a web page"),
        ("https://itu.int@elsewhere.example/", "the user name or password"),
        ("", "Enter the address of the page"),
    ],
)
def test_invalid_web_link_shows_error_and_keeps_typed_values(author, draft, url, error_text):
    answer = author.post(reverse("library:web_link_add", args=["ours", draft.pk]), {"url": url, "title": "Guidelines"})

    assert (answer.status_code, error_text in answer.text, 'value="Guidelines"' in answer.text) == (422, True, True)
    assert WebLink.objects.count() == 0


def test_database_rejects_invalid_web_links(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        WebLink.objects.create(item=draft, url="javascript:alert(1)")


def test_lookalike_host_is_shown_in_ascii():
    assert WebLink(url="https://іtu.int/").host == "xn--tu-goc.int"
    assert WebLink(url=f"https://{'é' * 70}.int/").host == f"{'é' * 70}.int"


def test_web_links_are_changed_by_editors_of_item_only(client, published_item, member, outsider, coalition):
    link = add_web_link(actor=member, item=published_item, url="https://itu.int/")
    urls = [
        reverse("library:web_link_add", args=["ours", published_item.pk]),
        reverse("library:web_link_remove", args=["ours", link.pk]),
    ]
    client.force_login(outsider)

    assert [client.post(url, {"url": "https://itu.int/a"}).status_code for url in urls] == [403, 403]
    assert [client.get(url).status_code for url in urls] == [403, 403]
    with pytest.raises(PermissionDenied):
        add_web_link(actor=outsider, item=published_item, url="https://itu.int/a")
    with pytest.raises(PermissionDenied):
        remove_web_link(actor=outsider, link=link)
    assert WebLink.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_files_duplicates_and_links_cost_four_queries(rf, draft, member, coalition, django_assert_num_queries, count):
    other = ItemFactory(coalition=coalition, author=member, published=True)
    for number in range(count):
        text = f"{PROSE} {number}".encode()
        attach_file(draft, f"{number}.txt", text, member)
        attach_file(other, f"{number}.txt", text, member)
        add_web_link(actor=member, item=draft, url=f"https://itu.int/{number}")
    standing = Standing(member, coalition)
    assert standing.is_rapporteur is False
    assert policies.is_author(standing, draft) is True
    context = {"item": draft, "coalition": coalition, "standing": standing, "request": rf.get("/")}
    parts = Template("{% load records library_files %}{% files_of item %}{% alike_of item %}{% web_links_of item %}")

    with django_assert_num_queries(4):
        page = parts.render(Context(context))

    assert (page.count('id="file-'), page.count('id="link-'), page.count("The same file as")) == (count,) * 3
