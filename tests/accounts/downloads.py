"""The archive that a person downloads with their data."""

import io
import json
import zipfile

from django.urls import reverse


def download_personal_archive(client, person):
    client.force_login(person)
    response = client.get(reverse("accounts:export"))
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def download_personal_data(client, person):
    """The data, each part by its name; a part without rows is an empty list."""
    data = json.loads(download_personal_archive(client, person).read("your-data.json"))
    return DownloadParts(data)


class DownloadParts(dict):
    def __missing__(self, name):
        return []
