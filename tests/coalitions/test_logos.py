"""Logos: drawn anew as a small PNG, shown where the organisation is, and changed by those who may change it."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from jukwaa.coalitions.actions import merge_organisations
from jukwaa.coalitions.logos import MAX_LOGO_BYTES
from jukwaa.coalitions.models import Activity, OrganisationLogo
from tests.factories import MembershipFactory, OrganisationFactory
from tests.schema_org import read_linked_data

pytestmark = pytest.mark.django_db
LOGO_IMAGE_PATTERN = re.compile(r'<img class="logo" src="([^"]+)" width="(\d+)" height="(\d+)" alt="">')


def draw_picture(image_format="PNG", image_size=(800, 400), file_name="logo.png", **more):
    stream = io.BytesIO()
    Image.new("RGB", image_size, "#a1421d").save(stream, image_format, **more)
    return SimpleUploadedFile(file_name, stream.getvalue())


def photo_with_location():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Amina"
    return draw_picture("JPEG", file_name="logo.jpg", exif=exif)


def upload_logo(client, organisation, logo_file):
    return client.post(reverse("coalitions:logo_change", args=["ours", organisation.pk]), {"logo": logo_file})


@pytest.mark.parametrize("logo_file", [draw_picture(), photo_with_location()], ids=["PNG", "JPEG"])
def test_logo_is_converted_to_small_png(client, organisation, delegate, logo_file):
    client.force_login(delegate)
    assert upload_logo(client, organisation, logo_file).status_code == 302
    client.logout()
    path, *size = LOGO_IMAGE_PATTERN.search(client.get(organisation.get_absolute_url()).text).groups()
    answer = client.get(path)
    drawn = Image.open(io.BytesIO(answer.content))

    assert (drawn.format, drawn.size, size) == ("PNG", (256, 128), ["256", "128"])
    assert b"Amina" not in answer.content
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        "image/png",
        "public, max-age=3600",
    )


def test_new_logo_has_a_new_address(client, organisation, delegate):
    client.force_login(delegate)
    upload_logo(client, organisation, draw_picture())
    first = OrganisationLogo.objects.get().fingerprint
    upload_logo(client, organisation, draw_picture(image_size=(100, 100)))
    second = OrganisationLogo.objects.get()

    assert (second.width, second.fingerprint == first) == (100, False)
    assert client.get(reverse("coalitions:logo_image", args=["ours", organisation.pk, first])).status_code == 404
    assert Activity.objects.filter(kind="organisation", verb="changed").count() == 2


@pytest.mark.parametrize(
    ("logo_file", "expected_sentence"),
    [
        (SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "We do not accept .svg files."),
        (SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n nothing"), "We could not read this picture."),
        (
            SimpleUploadedFile("logo.png", b"\x89" * (MAX_LOGO_BYTES + 1)),
            "Choose a smaller file. A logo can be",
        ),
        (SimpleUploadedFile("logo.png", b""), "Choose another file. This one is empty."),
    ],
    ids=["SVG", "broken", "too large", "empty"],
)
def test_file_that_is_no_logo_is_refused(client, organisation, delegate, logo_file, expected_sentence):
    client.force_login(delegate)
    answer = upload_logo(client, organisation, logo_file)
    errors = answer.context["form"].errors["logo"]

    assert (answer.status_code, len(errors), OrganisationLogo.objects.count()) == (422, 1, 0)
    assert expected_sentence in errors[0]


def test_logo_is_removed(client, organisation, delegate):
    client.force_login(delegate)
    upload_logo(client, organisation, draw_picture())
    client.post(reverse("coalitions:logo_remove", args=["ours", organisation.pk]))

    assert OrganisationLogo.objects.count() == 0
    assert LOGO_IMAGE_PATTERN.search(client.get(organisation.get_absolute_url()).text) is None


def test_only_those_who_may_change_the_organisation_change_its_logo(client, organisation, member):
    client.force_login(member)

    assert upload_logo(client, organisation, draw_picture()).status_code == 403
    assert client.post(reverse("coalitions:logo_remove", args=["ours", organisation.pk])).status_code == 403


def test_logo_of_an_applicant_is_not_public(client, coalition, coordinator):
    organisation = OrganisationFactory(coalition=coalition)
    MembershipFactory(coalition=coalition, organisation=organisation, standing="applied", starts_on=None)
    client.force_login(coordinator)
    upload_logo(client, organisation, draw_picture())
    path = reverse("coalitions:logo_image", args=["ours", organisation.pk, OrganisationLogo.objects.get().fingerprint])

    assert client.get(path).headers["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get(path).status_code == 404


def test_logo_is_in_linked_data(client, organisation, delegate, settings):
    client.force_login(delegate)
    upload_logo(client, organisation, draw_picture())
    client.logout()
    page = client.get(organisation.get_absolute_url()).text

    assert read_linked_data(page)[0]["logo"] == f"{settings.SITE_URL}{LOGO_IMAGE_PATTERN.search(page)[1]}"


@pytest.mark.parametrize("both_have_logo", [True, False])
def test_merged_organisation_keeps_a_logo(client, coalition, coordinator, organisation, both_have_logo):
    other = OrganisationFactory(coalition=coalition)
    client.force_login(coordinator)
    upload_logo(client, other, draw_picture(image_size=(10, 10)))
    if both_have_logo:
        upload_logo(client, organisation, draw_picture(image_size=(20, 20)))
    merge_organisations(actor=coordinator, surviving_organisation=organisation, merged_organisation=other)

    assert list(OrganisationLogo.objects.values_list("organisation", "width")) == [
        (organisation.pk, 20 if both_have_logo else 10)
    ]
