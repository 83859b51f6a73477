"""What is kept in this repository belongs to everybody: nothing in it points to one machine or one registry."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Built from parts, so that this file passes its own test.
PLACES = ["/wo" + "rk/", "/ho" + "me/", "/Us" + "ers/", "/ro" + "ot/"]
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "deb" + ".debian.org"]
FORBIDDEN = re.compile("|".join([*(f"(?<![\\w.]){re.escape(place)}" for place in PLACES), *map(re.escape, REGISTRIES)]))
# Whatever is left to be done is done, or written down where people look for it.
LEFT = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def texts() -> dict[str, str]:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    found = {}
    for name in filter(None, names):
        try:
            found[name] = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or a file that is being moved
    return found


def test_no_text_names_a_place_on_somebodys_machine_or_a_registry():
    assert {name: FORBIDDEN.findall(text) for name, text in texts().items() if FORBIDDEN.search(text)} == {}


def test_nothing_is_left_to_be_done_in_a_comment():
    code = {name: text for name, text in texts().items() if name.endswith((".py", ".html", ".css", ".js"))}

    assert [name for name, text in code.items() if LEFT.search(text)] == []


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]

    assert len(numbers) == len(set(numbers))
