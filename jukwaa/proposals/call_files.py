"""The calls that Jukwaa ships with: one file for each forum, edition and type of session in `data/calls/`."""

from functools import cache
from importlib.resources import files

from jukwaa.proposals.call import CallForProposals
from jukwaa.proposals.call_parser import CallFileError, parse_call_toml

CALL_FILE_SUFFIX = ".toml"


@cache
def read_shipped_call_files() -> dict[str, str]:
    """Return the text of each file by the name of its call."""
    folder = files("jukwaa.proposals").joinpath("data/calls")
    paths = sorted(
        (path for path in folder.iterdir() if path.name.endswith(CALL_FILE_SUFFIX)), key=lambda path: path.name
    )
    return {path.name.removesuffix(CALL_FILE_SUFFIX): path.read_text(encoding="utf-8") for path in paths}


@cache
def get_shipped_calls_for_proposals() -> dict[str, CallForProposals]:
    """Return the calls of all files that can be read: `jukwaa doctor` says what is wrong with the others."""
    found = {}
    for name, text in read_shipped_call_files().items():
        try:
            found[name] = parse_call_toml(text)
        except CallFileError:
            continue
    return found
