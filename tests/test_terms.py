"""The glossary: its names exist in the code, and its terms are translated one way."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jukwaa.core.message_catalogues import LOCALE_FOLDER, find_message_catalogues, read_message_catalogue

PROJECT_FOLDER = LOCALE_FOLDER.parent.parent
CATALOGUE_FILES = dict(find_message_catalogues())
INTERFACE, CODE = (PROJECT_FOLDER / "docs" / "glossary.md").read_text().split("\n## Part 2", 1)
COLUMN_BY_LANGUAGE = {"fr": 2, "es": 3, "ar": 4}
# Labels that are also verbs, units, or words for something else: what they mean depends on their place.
TERMS_WITH_SEVERAL_MEANINGS = {
    *("comment", "follow", "import", "release", "review", "support", "update", "use", "withdraw", "download"),
    *(
        "attendance",
        "audience",
        "correction",
        "date",
        "draft",
        "edition",
        "entry",
        "gap",
        "history",
        "invitation",
        "item",
    ),
    *(
        "label",
        "minutes",
        "outcome",
        "party",
        "position",
        "reply",
        "response",
        "term",
        "type",
        "withdrawn",
        "host",
        "owner",
    ),
}


def parse_table_rows(terms_part: str) -> Iterator[list[str]]:
    """The cells of each row of its tables, without the headings."""
    for line in terms_part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "Term":
            yield cells


def normalise_term_text(text: str) -> str:
    """A label without what changes with its place: capitals, kinds of spaces, the Arabic article."""
    words = re.sub(r"[\s\u00a0\u202f]+", " ", text.casefold().rstrip(" \u00a0\u202f:.")).split()
    return " ".join(word.removeprefix("ال") for word in words)


def load_interface_terms(language: str) -> dict[str, set[str]]:
    """Each term of the interface with the translations that the glossary gives."""
    return {
        cells[0]: {normalise_term_text(one) for one in cells[COLUMN_BY_LANGUAGE[language]].split(" / ")}
        for cells in parse_table_rows(INTERFACE)
        if cells[0] not in TERMS_WITH_SEVERAL_MEANINGS
    }


def test_each_interface_term_has_meaning_and_translations():
    assert [cells for cells in parse_table_rows(INTERFACE) if len(cells) != 5 or not all(cells)] == []


def test_interface_terms_are_unique():
    found = [cells[0] for cells in parse_table_rows(INTERFACE)]
    assert sorted(set(found)) == sorted(found)


@pytest.mark.parametrize("language", sorted(COLUMN_BY_LANGUAGE))
def test_glossary_label_has_glossary_translation(language):
    expected = load_interface_terms(language)
    wrong = [
        f"{message.id}: “{message.string}” instead of “{' / '.join(sorted(expected[term]))}”"
        for message in read_message_catalogue(language, CATALOGUE_FILES[language])
        if isinstance(message.id, str) and message.string and not message.context
        for term in [message.id.casefold().rstrip(":")]
        if term in expected and normalise_term_text(message.string) not in expected[term]
    ]
    assert wrong == [], "\n".join(wrong)


def list_code_names() -> list[str]:
    return [name for cells in parse_table_rows(CODE) for name in re.findall(r"`([^`]+)`", cells[-1])]


def find_defined_names(code: str) -> set[str]:
    """The classes and functions, what stands before an equals sign, and quoted names."""
    names = set(re.findall(r"\b(?:class|def|type) (\w+)", code)) | set(re.findall(r"[\"'](\w+)[\"']", code))
    for line in code.splitlines():
        target, is_assigned, _value = line.rpartition(" = ")
        if is_assigned:
            names.update(re.findall(r"\w+", target))
    return names


def test_glossary_code_names_exist():
    sources = {
        path: path.read_text() for path in (PROJECT_FOLDER / "jukwaa").rglob("*.py") if "migrations" not in path.parts
    }
    file_names = {path.name for path in sources}
    defined = find_defined_names("\n".join(sources.values()))

    def does_term_exist(term_name: str) -> bool:
        if "/" in term_name or term_name.endswith(".py"):
            return (
                (PROJECT_FOLDER / term_name).exists()
                or (PROJECT_FOLDER / "jukwaa" / term_name).exists()
                or term_name in file_names
            )
        return {*term_name.split(".")} <= defined

    assert [name for name in list_code_names() if not does_term_exist(name)] == []


def list_documentation_file_names() -> list[tuple[str, str]]:
    """Each page with the files that it names, except the blocks of the example, which a test of its own builds."""
    pages = [PROJECT_FOLDER / "README.md", PROJECT_FOLDER / "CONTRIBUTING.md", *(PROJECT_FOLDER / "docs").glob("*.md")]
    return [
        (page.name, name)
        for page in pages
        if page.name != "measured.md"  # what it says was true on the day of each measurement
        for name in re.findall(r"`([\w./-]+\.(?:py|html|toml))`", page.read_text())
        if not (page.name == "add-a-kind.md" and "notices/" in name)
    ]


def test_files_named_in_documentation_exist():
    folders = [PROJECT_FOLDER / name for name in ("jukwaa", "tests", "bench", "docs", "bin")]
    files = [*PROJECT_FOLDER.glob("*.*"), *(path for folder in folders for path in folder.rglob("*.*"))]
    path_ends = {
        "/".join(parts[start:])
        for path in files
        for parts in [path.relative_to(PROJECT_FOLDER).parts]
        for start in range(len(parts))
    }
    names = list_documentation_file_names()

    assert len(names) > 100
    assert [(page, name) for page, name in names if name not in path_ends] == []


def test_reader_modules_in_documentation_exist():
    reader_folder = PROJECT_FOLDER / "jukwaa" / "intake" / "reader"
    _before, table = (PROJECT_FOLDER / "docs" / "reading.md").read_text().split("| Step | Modules |", 1)
    rows = list(parse_table_rows(table.split("\n\n", 1)[0]))
    names = [name for cells in rows for name in re.findall(r"`([^`]+)`", cells[1])]

    assert len(names) > len(rows)
    assert [
        name for name in names if not (reader_folder / (name if name.endswith("/") else f"{name}.py")).exists()
    ] == []


def list_heading_anchors(page: Path) -> set[str]:
    """The anchors of its headings, as code hosts make them."""
    headings = re.findall(r"(?m)^#+ (.+)$", page.read_text())
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_documentation_links_lead_to_files_and_headings():
    pages = [*(PROJECT_FOLDER / "docs").rglob("*.md"), *PROJECT_FOLDER.glob("*.md")]
    broken = []
    for page in pages:
        for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", page.read_text()):
            file = page if not target else Path(page.parent, target)
            if "://" in target or target.startswith("mailto:"):
                continue
            if not file.exists() or (anchor and file.suffix == ".md" and anchor not in list_heading_anchors(file)):
                broken.append(f"{page.relative_to(PROJECT_FOLDER)}: {target}#{anchor}")
    assert broken == []
