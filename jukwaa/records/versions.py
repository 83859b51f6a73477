"""Keeping how a record reads, each time that it changes."""

import hashlib
import json
import secrets
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from jukwaa.accounts.models import Person
from jukwaa.records.models import Record, Version


def save_record_version(record: Record, *, author: Person | None) -> str:
    """Keep how the record reads now; returns the keyed digest that the activity holds."""
    content = json.loads(json.dumps(record.content(), cls=DjangoJSONEncoder))
    salt = secrets.token_hex(16)
    Version.objects.create(record_id=record.pk, number=record.version, content=content, salt=salt, author=author)
    return compute_salted_digest(content, salt)


def compute_salted_digest(version_content: dict[str, Any], digest_salt: str) -> str:
    canonical = json.dumps(version_content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(canonical.encode(), key=digest_salt.encode(), digest_size=32).hexdigest()
