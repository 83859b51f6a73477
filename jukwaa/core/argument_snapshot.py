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

    def _record_argument_value(self, value: Any, nesting_depth: int) -> None:
        if isinstance(value, models.Model):
            self._record_object_attributes(value)
            self._record_object_attributes(value._state)  # noqa: SLF001 - Django has no other word for what was saved
        elif isinstance(value, File | IOBase):
            self._files.append(value)
        elif nesting_depth:
            for part in self._iterate_contained_values(value):
                self._record_argument_value(part, nesting_depth - 1)

    def _iterate_contained_values(self, value: Any) -> Iterator[Any]:
        if isinstance(value, dict | list | set):
            self._contents.append((value, copy.copy(value)))
        if isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, list | set | tuple | frozenset):
            yield from value
        elif is_dataclass(value) and not isinstance(value, type):
            yield from (getattr(value, field.name) for field in fields(value))

    def _record_object_attributes(self, value: Any) -> None:
        self._contents.append((vars(value), dict(vars(value))))
        for attribute in vars(value).values():
            if isinstance(attribute, dict | list | set):
                self._contents.append((attribute, copy.copy(attribute)))
            elif isinstance(attribute, FieldFile):
                self._contents.append((vars(attribute), dict(vars(attribute))))
                self._record_argument_value(vars(attribute).get("_file"), 0)
