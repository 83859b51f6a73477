"""Record the arguments of a call, so that it can be run a second time."""

import copy
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import IOBase
from typing import Any

from django.core.files import File
from django.db import models
from django.db.models.fields.files import FieldFile

MAX_SNAPSHOT_DEPTH = 3  # of lists, mappings and dataclasses that are looked into


class ArgumentSnapshot:
    """What the arguments of a call hold before it is run: saving a model changes it, and reading a file moves on."""

    def __init__(self, *arguments: object) -> None:
        self._files: list[Any] = []
        self._contents: list[tuple[Any, Any]] = []
        self._record_argument_value(arguments, MAX_SNAPSHOT_DEPTH + 1)

    def restore(self) -> None:
        """Put back what changed since, and go to the beginning of each file."""
        for target, content in self._contents:
            if target != content:
                target.clear()
                target.update(content) if isinstance(target, dict | set) else target.extend(content)
        for file in self._files:
            if not file.closed and file.seekable():
                file.seek(0)

    def _record_argument_value(self, snapshot_value: Any, nesting_depth: int) -> None:
        if isinstance(snapshot_value, models.Model):
            self._record_object_attributes(snapshot_value)
            self._record_object_attributes(snapshot_value._state)  # noqa: SLF001 - Django has no other word for what was saved
        elif isinstance(snapshot_value, File | IOBase):
            self._files.append(snapshot_value)
        elif nesting_depth:
            for part in self._iterate_contained_values(snapshot_value):
                self._record_argument_value(part, nesting_depth - 1)

    def _iterate_contained_values(self, snapshot_value: Any) -> Iterator[Any]:
        if isinstance(snapshot_value, dict | list | set):
            self._contents.append((snapshot_value, copy.copy(snapshot_value)))
        if isinstance(snapshot_value, dict):
            yield from snapshot_value.values()
        elif isinstance(snapshot_value, list | set | tuple | frozenset):
            yield from snapshot_value
        elif is_dataclass(snapshot_value) and not isinstance(snapshot_value, type):
            yield from (getattr(snapshot_value, field.name) for field in fields(snapshot_value))

    def _record_object_attributes(self, snapshot_value: Any) -> None:
        self._contents.append((vars(snapshot_value), dict(vars(snapshot_value))))
        for attribute in vars(snapshot_value).values():
            if isinstance(attribute, dict | list | set):
                self._contents.append((attribute, copy.copy(attribute)))
            elif isinstance(attribute, FieldFile):
                self._contents.append((vars(attribute), dict(vars(attribute))))
                self._record_argument_value(vars(attribute).get("_file"), 0)
