"""Find what an Office file fetches from elsewhere when it is opened.

A template, a frame or an object that lies on another machine is how harmless files bring harm, and how their sender
learns who opened them. A template on the writer's own disk leads nowhere, and most files of an office name one.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote
from zipfile import ZipFile

from jukwaa.core.documents.text_cleaning import decode_text_bytes

_RELATIONS_FILE_SUFFIX = ".rels"
_RELATIONSHIP_PATTERN = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
_RELATION_ATTRIBUTE_PATTERN = re.compile(r"""\b(Type|Target|TargetMode)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_FETCHED_RELATION_TYPES = ("attachedtemplate", "oleobject", "frame", "subdocument")
_LOCAL_PATH_PATTERN = re.compile(
    r"file:/{3}(?![/\\])|(?:file:/{0,3})?[a-z]:[/\\]|\.{1,2}[/\\]|/(?![/\\])|[^/\\:]+$", re.IGNORECASE
)


def has_external_references(zip_archive: ZipFile) -> bool:
    """Whether opening this document in its program asks another machine for a part of it."""
    return any(
        parts.get("targetmode", "").lower() == "external"
        and parts.get("type", "").lower().rpartition("/")[2] in _FETCHED_RELATION_TYPES
        and not _LOCAL_PATH_PATTERN.match(unquote(parts.get("target", "")).strip())
        for parts in _find_package_relations(zip_archive)
    )


def _find_package_relations(zip_archive: ZipFile) -> Iterator[dict[str, str]]:
    for name in zip_archive.namelist():
        if name.lower().endswith(_RELATIONS_FILE_SUFFIX):
            for relation in _RELATIONSHIP_PATTERN.findall(decode_text_bytes(zip_archive.read(name)).text):
                yield {
                    key.lower(): unescape(one or other)
                    for key, one, other in _RELATION_ATTRIBUTE_PATTERN.findall(relation)
                }
