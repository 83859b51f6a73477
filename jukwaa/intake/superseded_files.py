"""Drafts that are not for members, and versions of a file that a later one replaces. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

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
_MARK_END_PATTERN = re.compile(r"[,:;.()]|\s[-\u2013\u2014]\s")
_BRACKETS_PATTERN = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_NAME_PART_PATTERN = re.compile(r"[()\[\]_]|\s[-\u2013\u2014]\s")

type VersionNumber = tuple[int, ...]


class FileVersion(NamedTuple):
    number: VersionNumber
    is_adopted: bool
    file_name: str


type FileVersions = Mapping[tuple[PurePosixPath, str], list[FileVersion]]  # by folder and name without the number


def split_drive_path(path: str) -> PurePosixPath:
    """The folders and the file of a path in a ZIP, with either slash."""
    return PurePosixPath(path.replace("\\", "/"))


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
        if _is_superseded_line(line, words):
            return line.strip()
    if (
        _is_superseded_name(path.stem, words["superseded"])
        or _is_name_not_to_use(path.stem, words["not_to_use"])
        or _is_name_of_unfinished_file(path.stem, words)
    ):
        return path.name
    folders = words["old_folders"] | words["superseded"] | words["not_to_use"]
    return next((part for part in path.parts[:-1] if fold_text(part) in folders), "")


def _is_superseded_line(line: str, words: dict[str, frozenset[str]]) -> bool:
    """As "Obsolete, see the version of May" and "Superseded on 3 May" are, and "Obsolete laws" is not."""
    if len(fold_text(line).split()) > MAX_MARK_WORDS:
        return False
    beginning = f"{fold_text(_MARK_END_PATTERN.split(line.strip(' *#([-_'), maxsplit=1)[0])} "
    rests = [beginning.removeprefix(f"{mark} ") for mark in words["superseded"] if beginning.startswith(f"{mark} ")]
    return any(_can_follow_mark(rest.split(), words) for rest in rests)


def _can_follow_mark(rest: list[str], words: dict[str, frozenset[str]]) -> bool:
    """Whether nothing else follows than a date, what replaces the text, or a word such as "version"."""
    if not rest or rest[0] in words["superseded_by"]:
        return True
    if rest[0] in words["superseded_texts"]:
        return not rest[1:] or rest[1] in words["superseded_by"] | words["superseded_texts_of"] or rest[1].isdecimal()
    return any(map(str.isdecimal, rest if rest[0] in words["superseded_on"] else [])) or all(map(str.isdecimal, rest))


def _is_superseded_name(stem: str, marks: frozenset[str]) -> bool:
    """Whether a mark is at the end, in brackets, between dashes or before one word: "Rules (obsolete)".

    "Superseded", and marks of several words such as "old version", are hardly ever the subject of a text.
    """
    name = f" {fold_text(stem)}"
    first, *following = name.split() or [""]
    has_one_word = len([word for word in following if word.isalpha()]) == 1
    return (
        name.endswith(tuple(f" {mark}" for mark in marks))
        or any(f" {mark} " in name for mark in marks if " " in mark)
        or first == "superseded"
        or (first in marks and has_one_word)
        or any(fold_text(part) in marks for part in _NAME_PART_PATTERN.split(stem))
    )


def _is_name_not_to_use(stem: str, marks: frozenset[str]) -> bool:
    """As "List of 2024 DO NOT USE" is, and "Why children do not use hotlines" is not."""
    ending = fold_text(_COPY_PATTERN.sub("", stem)).rstrip(" 0123456789")
    capitals = "" if stem.isupper() else fold_text(" ".join(filter(str.isupper, stem.replace("_", " ").split())))
    return (
        ending.endswith(tuple(f" {mark}" for mark in marks))
        or any(f" {mark} " in f" {capitals} " for mark in marks)
        or any(fold_text(part) in marks for part in _NAME_PART_PATTERN.split(stem))
    )


def _is_name_of_unfinished_file(stem: str, words: dict[str, frozenset[str]]) -> bool:
    """As "Rules FINAL_v2 OLD" and "Notes (raw, not sent)" are, and "Consultation draft" and "Ten years old" are not."""
    bare = _COPY_PATTERN.sub("", stem)
    for brackets in _BRACKETS_PATTERN.findall(bare):
        if all(fold_text(part) in words["unfinished"] for part in re.split(r"[,;/]", brackets)):
            return True
    name = fold_text(_VERSION_PATTERN.sub(" ", bare)).rstrip(" 0123456789").split()
    for length in (1, 2, 3):
        before, mark = name[:-length], " ".join(name[-length:])
        if mark in words["unfinished"] and before and before[-1] not in words["unfinished_of_others"]:
            return True
    last = bare.split()[-1:] or [""]
    return len(name) > 1 and not stem.isupper() and last[0].isupper() and fold_text(last[0]) in words["unfinished"]


def _is_draft_for_nobody(line_words: set[str], words: dict[str, frozenset[str]]) -> bool:
    """As "Draft, not for circulation" is, and "Draft, not for circulation outside the coalition" is not."""
    return bool(line_words & words["words"] and line_words & words["not"]) and not line_words & words["outside"]


def group_file_versions(paths: Iterable[str]) -> FileVersions:
    """The files with a number of a version, by folder and by their name without it."""
    versions: dict[tuple[PurePosixPath, str], list[FileVersion]] = defaultdict(list)
    for path in map(split_drive_path, paths):
        name, version = _split_version(path)
        if name and version:
            versions[path.parent, name].append(version)
    return versions


def find_newer_version(path: PurePosixPath, versions: FileVersions) -> str:
    """The name of a file in the same folder that has the same name, but for a higher number of its version.

    A draft does not replace a file that was signed or adopted.
    """
    name, version = _split_version(path)
    if version is None:
        return ""
    newer = [
        other
        for other in versions.get((path.parent, name), [])
        if other.number > version.number and other.is_adopted >= version.is_adopted
    ]
    return max(newer).file_name if newer else ""


def _split_version(path: PurePosixPath) -> tuple[str, FileVersion | None]:
    """The name without the number, and without words such as "good" after it; no version if it counts parts."""
    words = load_private_words()["drafts"]
    stem = _COPY_PATTERN.sub("", path.stem)
    found = [*_VERSION_PATTERN.finditer(stem)]
    if not found:
        return fold_text(stem), None
    before, after = fold_text(stem[: found[-1].start()]), fold_text(stem[found[-1].end() :]).split()
    if before.split()[-1:] and before.split()[-1] in words["parts"]:
        return fold_text(stem), None
    name = " ".join([before, *(word for word in after if word not in words["qualifiers"] | words["adopted"])])
    digits = [*map(int, found[-1][1].split("."))]
    while len(digits) > 1 and not digits[-1]:  # v1.0 is v1
        digits.pop()
    return name, FileVersion(tuple(digits), not words["adopted"].isdisjoint({*before.split(), *after}), path.name)
