"""What is kept in this repository belongs to everybody: nothing in it points to one machine or one registry."""

import re
import subprocess
from pathlib import Path

PROJECT_FOLDER = Path(__file__).resolve().parent.parent
# Built from parts, so that this file passes its own test.
LOCAL_PATH_PATTERNS = ["/wo" + "rk/", "/ho" + "me/", "/Us" + "ers/", "/ro" + "ot/"]
REGISTRY_HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "deb" + ".debian.org"]
FORBIDDEN_PATTERNS = re.compile(
    "|".join([*(f"(?<![\\w.]){re.escape(place)}" for place in LOCAL_PATH_PATTERNS), *map(re.escape, REGISTRY_HOSTS)])
)
# Whatever is left to be done is done, or written down where people look for it.
TODO_PATTERN = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def load_project_texts() -> dict[str, str]:
    names = subprocess.run(
        ["git", "ls-files"], cwd=PROJECT_FOLDER, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    found = {}
    for name in filter(None, names):
        try:
            found[name] = (PROJECT_FOLDER / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or a file that is being moved
    return found


def test_no_text_names_local_path_or_registry():
    assert {
        name: FORBIDDEN_PATTERNS.findall(text)
        for name, text in load_project_texts().items()
        if FORBIDDEN_PATTERNS.search(text)
    } == {}


def test_no_comment_has_todo():
    code = {name: text for name, text in load_project_texts().items() if name.endswith((".py", ".html", ".css", ".js"))}

    assert [name for name, text in code.items() if TODO_PATTERN.search(text)] == []


def test_decision_numbers_are_unique():
    numbers = [path.name[:4] for path in sorted((PROJECT_FOLDER / "docs" / "decisions").glob("*.md"))]

    assert len(numbers) == len(set(numbers))
