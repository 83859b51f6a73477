"""What stands in the archive that a person downloads."""

import io
import json
import zipfile

from django.urls import reverse


def archive_of(client, person):
    client.force_login(person)
    response = client.get(reverse("accounts:export"))
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def downloaded(client, person):
    """The data, each part by its name; a part without rows is an empty list."""
    data = json.loads(archive_of(client, person).read("your-data.json"))
    return Parts(data)


class Parts(dict):
    def __missing__(self, name):
        return []
