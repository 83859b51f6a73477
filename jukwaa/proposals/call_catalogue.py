"""The calls that a coalition can choose: those that Jukwaa ships with, and its own, which take their place."""

from dataclasses import dataclass
from functools import lru_cache

from jukwaa.coalitions.models import Coalition
from jukwaa.proposals.call import CallForProposals
from jukwaa.proposals.call_files import get_shipped_calls_for_proposals, read_shipped_call_files
from jukwaa.proposals.call_parser import CallFileError, parse_call_toml
from jukwaa.proposals.models import CallFile


@dataclass(frozen=True)
class CallCatalogueEntry:
    """A call with its file. `version` is 0 for a file that Jukwaa ships with. `call` is None if it cannot be read."""

    name: str
    text: str
    call: CallForProposals | None
    version: int = 0


@lru_cache(maxsize=256)  # a file is read again and again, and says the same each time
def parse_stored_call(text: str) -> CallForProposals | None:
    """Return the call of a stored file; None if it cannot be read any more, as after an upgrade."""
    try:
        return parse_call_toml(text)
    except CallFileError:
        return None


def get_call_catalogue(coalition: Coalition) -> dict[str, CallCatalogueEntry]:
    """Return all calls of a coalition by name."""
    texts = read_shipped_call_files()
    found = {
        name: CallCatalogueEntry(name, texts[name], call) for name, call in get_shipped_calls_for_proposals().items()
    }
    for file in CallFile.objects.of(coalition).current().exclude(text="").order_by("name"):
        found[file.name] = CallCatalogueEntry(file.name, file.text, parse_stored_call(file.text), file.number)
    return found


def get_last_call_version_number(coalition: Coalition, call_name: str) -> int:
    """Return the number of the last version that was saved, removals included; 0 if there is none."""
    numbers = CallFile.objects.of(coalition).filter(name=call_name).order_by("-number").values_list("number", flat=True)
    return numbers.first() or 0
