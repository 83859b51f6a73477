"""What people do to a draft in Word, done with python-docx: with change tracking on, and switched off."""

import io
from collections.abc import Callable
from copy import deepcopy
from itertools import count

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

change_ids = count(5000)


def edit_document(data: bytes, *edits: Callable[[Document], object]) -> bytes:
    word = docx.Document(io.BytesIO(data))
    for edit in edits:
        edit(word)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def find_paragraph(word: Document, words: str) -> Paragraph:
    cells = [p for table in word.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return next(paragraph for paragraph in [*word.paragraphs, *cells] if words in paragraph.text)


def replace_untracked(old: str, new: str) -> Callable[[Document], object]:
    """With change tracking switched off."""

    def replace_words(word: Document) -> None:
        run = next(run for run in find_paragraph(word, old).runs if old in run.text)
        run.text = run.text.replace(old, new)

    return replace_words


def replace_tracked(old: str, new: str, author: str = "Somebody") -> Callable[[Document], object]:
    def replace_words(word: Document) -> None:
        run = next(run for run in find_paragraph(word, old).runs if old in run.text)._r
        before, _, behind = run.text.partition(old)
        for text, how in ((before, ""), (old, "del"), (new, "ins"), (behind, "")):
            if text:
                run.addprevious(_build_text_run(run, text, how, author))
        run.getparent().remove(run)

    return replace_words


def _build_text_run(run, text, how, author):
    copy = deepcopy(run)
    copy.text = text
    if not how:
        return copy
    if how == "del":
        for words in copy.findall(qn("w:t")):
            words.tag = qn("w:delText")
    change = _build_change(how, author)
    change.append(copy)
    return change


def _build_change(how, author="Somebody"):
    change = OxmlElement(f"w:{how}")
    change.set(qn("w:id"), str(next(change_ids)))
    change.set(qn("w:author"), author)
    return change


def _mark_paragraph_changed(paragraph: Paragraph, how: str) -> None:
    """The whole paragraph, with its end, is inserted, deleted, moved away or moved here."""
    for run in list(paragraph._p.iter(qn("w:r"))):
        change = _build_change(how)
        run.addprevious(change)
        change.append(run)
        if how == "del":
            for words in run.findall(qn("w:t")):
                words.tag = qn("w:delText")
    of_its_end = OxmlElement("w:rPr")
    of_its_end.append(_build_change(how))
    paragraph._p.get_or_add_pPr().append(of_its_end)


def delete_paragraph(words: str) -> Callable[[Document], object]:
    return lambda word: _mark_paragraph_changed(find_paragraph(word, words), "del")


def move_paragraph(words: str, before: str) -> Callable[[Document], object]:
    """As Word tracks it: the mark stays where the words were."""

    def move_before_paragraph(word: Document) -> None:
        old = find_paragraph(word, words)
        new = find_paragraph(word, before).insert_paragraph_before(old.text.partition("] ")[2])
        _mark_paragraph_changed(new, "moveTo")
        _mark_paragraph_changed(old, "moveFrom")

    return move_before_paragraph


def insert_paragraph(words: str, before: str, *, track: bool = True) -> Callable[[Document], object]:
    def insert_before_paragraph(word: Document) -> None:
        new = find_paragraph(word, before).insert_paragraph_before(words)
        if track:
            _mark_paragraph_changed(new, "ins")

    return insert_before_paragraph


def comment_on(words: str, said: str, author: str = "") -> Callable[[Document], object]:
    """A comment beside the run that holds these words, parted so that it stands at them alone."""

    def add_comment_at_words(word: Document) -> None:
        paragraph = find_paragraph(word, words)
        run = next(run for run in paragraph.runs if words in run.text)
        before, _, behind = run.text.partition(words)
        if before:
            run._r.addprevious(_build_text_run(run._r, before, "", ""))
        if behind:
            run._r.addnext(_build_text_run(run._r, behind, "", ""))
        run.text = words
        word.add_comment(run, text=said, author=author)

    return add_comment_at_words


def remove_marks(word: Document) -> None:
    """As a copy in a new document: no bookmarks, no properties."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(word.element.body.iter(qn(tag))):
            mark.getparent().remove(mark)
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("custom-properties"):
            package.rels.pop(key)


def add_text_box(words: str, beside: str) -> Callable[[Document], object]:
    def replace_in_all_runs(word: Document) -> None:
        run = find_paragraph(word, beside).add_run()
        box = run._r.makeelement(qn("w:pict"))
        content = box.makeelement(qn("w:txbxContent"))
        paragraph, inner, text = (box.makeelement(qn(f"w:{tag}")) for tag in ("p", "r", "t"))
        text.text = words
        inner.append(text)
        paragraph.append(inner)
        content.append(paragraph)
        box.append(content)
        run._r.append(box)

    return replace_in_all_runs


def add_nested_table(words: str) -> Callable[[Document], object]:
    return lambda word: setattr(word.tables[0].rows[-1].cells[-1].add_table(1, 1).cell(0, 0), "text", words)
