"""Areas of work as the outside world sorts them: one readable file each in `data/`, checked when it is loaded."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jukwaa.coalitions.models import AreaOfWork


class SchemeError(ValueError):
    """A data file is broken; the message names it and says what is wrong."""


@dataclass(frozen=True)
class AreaSchemePart:
    scheme: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class AreaScheme:
    source: str
    year: int
    parts: tuple[AreaSchemePart, ...]


@cache
def load_area_scheme(scheme_name: str) -> AreaScheme:
    """Raises SchemeError, or LookupError for a scheme that has no file."""
    file = files("jukwaa.coalitions").joinpath(f"data/{scheme_name}.toml")
    if scheme_name not in list_scheme_names():
        raise LookupError(f"no scheme is called {scheme_name!r}")
    return parse_area_scheme(file.read_text(encoding="utf-8"), scheme_name)


def list_scheme_names() -> list[str]:
    folder = files("jukwaa.coalitions").joinpath("data")
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def parse_area_scheme(text: str, scheme_name: str) -> AreaScheme:
    try:
        data = tomllib.loads(text)
        parts = tuple(
            AreaSchemePart(str(AreaOfWork.Scheme(part["scheme"])), tuple(part["names"])) for part in data["parts"]
        )
        return AreaScheme(source=str(data["source"]), year=int(data["year"]), parts=parts)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SchemeError(f"{scheme_name}.toml: {error}") from error
