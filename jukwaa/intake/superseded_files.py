"""Drafts that are not for members, and versions of a file that a later one replaces. Pure."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from jukwaa.core.circulation import excludes_members, find_circulation_limit, find_off_record_remark
from jukwaa.intake.private_contents import load_private_words
from jukwaa.places.text_folding import fold_text

MAX_MARK_WORDS = 6  # a line with more is a sentence about something that was superseded
DRAFT_LINES = 12  # at the beginning
EDGE_LINES = 5  # at the beginning and the end
_VERSION_PATTERN = re.compile(
    r"(?<![^\W_])v(?:ers(?:i[oó]n|ão|ione)?)?[\s._-]?(\d{1,2}(?:\.\d{1,3}){0,3})(?![^\W_])", re.IGNORECASE
)
_COPY_PATTERN = re.compile(r"\(\d{1,2}\)\s*$")

type VersionNumber = tuple[int, ...]


def find_superseded_mark(path: PurePosixPath, text: str) -> str:
    """The words that say that a file is a draft not meant for members, or replaced; an empty string if there are none.

    They are in a line of their own, or are the name of a folder or a part of the file's name.
    """
    words = load_private_words()["drafts"]
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines[:DRAFT_LINES]:
        limit = find_circulation_limit(line)
        if limit and (excludes_members(limit) or _is_draft_for_nobody({*fold_text(line).split()}, words)):
            return limit
    if remark := find_off_record_remark(text):
        return remark
    for line in [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]:
        folded = fold_text(line)
        if len(folded.split()) <= MAX_MARK_WORDS and folded.startswith(tuple(words["superseded"])):
            return line.strip()
    if any(f" {word} " in f" {fold_text(path.stem)} " for word in words["superseded"]):
        return path.name
    return next((part for part in path.parts[:-1] if fold_text(part) in words["old_folders"] | words["superseded"]), "")


def _is_draft_for_nobody(line_words: set[str], words: dict[str, frozenset[str]]) -> bool:
    """As "Draft, not for circulation" is, and "Draft, not for circulation outside the coalition" is not."""
    return bool(line_words & words["words"] and line_words & words["not"]) and not line_words & words["outside"]


def find_newer_version(path: PurePosixPath, other_paths: Iterable[str]) -> str:
    """The name of a file in the same folder that has the same name, but for a higher number of its version."""
    name, version = _split_version(path)
    if not name or not version:
        return ""
    found = [
        (other_version, other.name)
        for other in map(PurePosixPath, other_paths)
        if other.parent == path.parent
        for other_name, other_version in [_split_version(other)]
        if other_name == name and other_version > version
    ]
    return max(found)[1] if found else ""


def _split_version(path: PurePosixPath) -> tuple[str, VersionNumber]:
    """The name without the number, and without words such as "good" after it."""
    qualifiers = load_private_words()["drafts"]["qualifiers"]
    stem = _COPY_PATTERN.sub("", path.stem)
    found = [*_VERSION_PATTERN.finditer(stem)]
    if not found:
        return fold_text(stem), ()
    number = found[-1]
    version = tuple(map(int, number[1].split(".")))
    tail = [word for word in fold_text(stem[number.end() :]).split() if word not in qualifiers]
    return " ".join([fold_text(stem[: number.start()]), *tail]), version
