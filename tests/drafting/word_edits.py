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


def edit_word_document(file_content: bytes, *edits: Callable[[Document], object]) -> bytes:
    word = docx.Document(io.BytesIO(file_content))
    for edit in edits:
        edit(word)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def find_word_paragraph(document: Document, paragraph_text: str) -> Paragraph:
    cells = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return next(paragraph for paragraph in [*document.paragraphs, *cells] if paragraph_text in paragraph.text)


def replace_untracked(old_text: str, new_text: str) -> Callable[[Document], object]:
    """With change tracking switched off."""

    def replace_words(document: Document) -> None:
        run = next(run for run in find_word_paragraph(document, old_text).runs if old_text in run.text)
        run.text = run.text.replace(old_text, new_text)

    return replace_words


def replace_tracked(old_text: str, new_text: str, author: str = "Somebody") -> Callable[[Document], object]:
    def replace_words(document: Document) -> None:
        run = next(run for run in find_word_paragraph(document, old_text).runs if old_text in run.text)._r
        before, _, behind = run.text.partition(old_text)
        for text, how in ((before, ""), (old_text, "del"), (new_text, "ins"), (behind, "")):
            if text:
                run.addprevious(_build_text_run(run, text, how, author))
        run.getparent().remove(run)

    return replace_words


def _build_text_run(docx_run, text, change_type, author):
    copy = deepcopy(docx_run)
    copy.text = text
    if not change_type:
        return copy
    if change_type == "del":
        for words in copy.findall(qn("w:t")):
            words.tag = qn("w:delText")
    change = _build_tracked_change(change_type, author)
    change.append(copy)
    return change


def _build_tracked_change(change_type, author="Somebody"):
    change = OxmlElement(f"w:{change_type}")
    change.set(qn("w:id"), str(next(change_ids)))
    change.set(qn("w:author"), author)
    return change


def _mark_paragraph_changed(word_paragraph: Paragraph, change_type: str) -> None:
    """The whole paragraph, with its end, is inserted, deleted, moved away or moved here."""
    for run in list(word_paragraph._p.iter(qn("w:r"))):
        change = _build_tracked_change(change_type)
        run.addprevious(change)
        change.append(run)
        if change_type == "del":
            for words in run.findall(qn("w:t")):
                words.tag = qn("w:delText")
    of_its_end = OxmlElement("w:rPr")
    of_its_end.append(_build_tracked_change(change_type))
    word_paragraph._p.get_or_add_pPr().append(of_its_end)


def delete_paragraph(paragraph_text: str) -> Callable[[Document], object]:
    return lambda word: _mark_paragraph_changed(find_word_paragraph(word, paragraph_text), "del")


def move_paragraph(paragraph_text: str, next_text: str) -> Callable[[Document], object]:
    """As Word tracks it: the mark stays where the words were."""

    def move_before_paragraph(document: Document) -> None:
        old = find_word_paragraph(document, paragraph_text)
        new = find_word_paragraph(document, next_text).insert_paragraph_before(old.text.partition("] ")[2])
        _mark_paragraph_changed(new, "moveTo")
        _mark_paragraph_changed(old, "moveFrom")

    return move_before_paragraph


def insert_paragraph(inserted_text: str, next_text: str, *, is_tracked: bool = True) -> Callable[[Document], object]:
    def insert_before_paragraph(document: Document) -> None:
        new = find_word_paragraph(document, next_text).insert_paragraph_before(inserted_text)
        if is_tracked:
            _mark_paragraph_changed(new, "ins")

    return insert_before_paragraph


def comment_on(paragraph_text: str, comment_text: str, author: str = "") -> Callable[[Document], object]:
    """A comment beside the run that holds these words, parted so that it stands at them alone."""

    def add_comment_at_words(document: Document) -> None:
        paragraph = find_word_paragraph(document, paragraph_text)
        run = next(run for run in paragraph.runs if paragraph_text in run.text)
        before, _, behind = run.text.partition(paragraph_text)
        if before:
            run._r.addprevious(_build_text_run(run._r, before, "", ""))
        if behind:
            run._r.addnext(_build_text_run(run._r, behind, "", ""))
        run.text = paragraph_text
        document.add_comment(run, text=comment_text, author=author)

    return add_comment_at_words


def remove_bookmarks_and_properties(document: Document) -> None:
    """As a copy in a new document: no bookmarks, no properties."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(document.element.body.iter(qn(tag))):
            mark.getparent().remove(mark)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("custom-properties"):
            package.rels.pop(key)


def add_text_box(added_text: str, neighbour_text: str) -> Callable[[Document], object]:
    def replace_in_all_runs(document: Document) -> None:
        run = find_word_paragraph(document, neighbour_text).add_run()
        box = run._r.makeelement(qn("w:pict"))
        content = box.makeelement(qn("w:txbxContent"))
        paragraph, inner, text = (box.makeelement(qn(f"w:{tag}")) for tag in ("p", "r", "t"))
        text.text = added_text
        inner.append(text)
        paragraph.append(inner)
        content.append(paragraph)
        box.append(content)
        run._r.append(box)

    return replace_in_all_runs


def add_nested_table(added_text: str) -> Callable[[Document], object]:
    return lambda word: setattr(word.tables[0].rows[-1].cells[-1].add_table(1, 1).cell(0, 0), "text", added_text)
