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

ids = count(5000)


def edited(data: bytes, *deeds: Callable[[Document], object]) -> bytes:
    word = docx.Document(io.BytesIO(data))
    for deed in deeds:
        deed(word)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def at(word: Document, words: str) -> Paragraph:
    cells = [p for table in word.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return next(paragraph for paragraph in [*word.paragraphs, *cells] if words in paragraph.text)


def plainly(old: str, new: str) -> Callable[[Document], object]:
    """With change tracking switched off."""

    def deed(word: Document) -> None:
        run = next(run for run in at(word, old).runs if old in run.text)
        run.text = run.text.replace(old, new)

    return deed


def tracked(old: str, new: str, author: str = "Somebody") -> Callable[[Document], object]:
    def deed(word: Document) -> None:
        run = next(run for run in at(word, old).runs if old in run.text)._r
        before, _, behind = run.text.partition(old)
        for text, how in ((before, ""), (old, "del"), (new, "ins"), (behind, "")):
            if text:
                run.addprevious(_wrapped(run, text, how, author))
        run.getparent().remove(run)

    return deed


def _wrapped(run, text, how, author):
    copy = deepcopy(run)
    copy.text = text
    if not how:
        return copy
    if how == "del":
        for words in copy.findall(qn("w:t")):
            words.tag = qn("w:delText")
    change = _change(how, author)
    change.append(copy)
    return change


def _change(how, author="Somebody"):
    change = OxmlElement(f"w:{how}")
    change.set(qn("w:id"), str(next(ids)))
    change.set(qn("w:author"), author)
    return change


def _all_of(paragraph: Paragraph, how: str) -> None:
    """The whole paragraph, with its end, is inserted, deleted, moved away or moved here."""
    for run in list(paragraph._p.iter(qn("w:r"))):
        change = _change(how)
        run.addprevious(change)
        change.append(run)
        if how == "del":
            for words in run.findall(qn("w:t")):
                words.tag = qn("w:delText")
    of_its_end = OxmlElement("w:rPr")
    of_its_end.append(_change(how))
    paragraph._p.get_or_add_pPr().append(of_its_end)


def taken_out(words: str) -> Callable[[Document], object]:
    return lambda word: _all_of(at(word, words), "del")


def moved(words: str, before: str) -> Callable[[Document], object]:
    """As Word tracks it: the mark stays where the words were."""

    def deed(word: Document) -> None:
        old = at(word, words)
        new = at(word, before).insert_paragraph_before(old.text.partition("] ")[2])
        _all_of(new, "moveTo")
        _all_of(old, "moveFrom")

    return deed


def added(words: str, before: str, *, track: bool = True) -> Callable[[Document], object]:
    def deed(word: Document) -> None:
        new = at(word, before).insert_paragraph_before(words)
        if track:
            _all_of(new, "ins")

    return deed


def remark(words: str, said: str, author: str = "") -> Callable[[Document], object]:
    """A comment beside the run that holds these words, parted so that it stands at them alone."""

    def deed(word: Document) -> None:
        paragraph = at(word, words)
        run = next(run for run in paragraph.runs if words in run.text)
        before, _, behind = run.text.partition(words)
        if before:
            run._r.addprevious(_wrapped(run._r, before, "", ""))
        if behind:
            run._r.addnext(_wrapped(run._r, behind, "", ""))
        run.text = words
        word.add_comment(run, text=said, author=author)

    return deed


def without_marks(word: Document) -> None:
    """As a copy in a new document: no bookmarks, no properties."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(word.element.body.iter(qn(tag))):
            mark.getparent().remove(mark)
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("custom-properties"):
            package.rels.pop(key)


def text_box(words: str, beside: str) -> Callable[[Document], object]:
    def deed(word: Document) -> None:
        run = at(word, beside).add_run()
        box = run._r.makeelement(qn("w:pict"))
        content = box.makeelement(qn("w:txbxContent"))
        paragraph, inner, text = (box.makeelement(qn(f"w:{tag}")) for tag in ("p", "r", "t"))
        text.text = words
        inner.append(text)
        paragraph.append(inner)
        content.append(paragraph)
        box.append(content)
        run._r.append(box)

    return deed


def nested_table(words: str) -> Callable[[Document], object]:
    return lambda word: setattr(word.tables[0].rows[-1].cells[-1].add_table(1, 1).cell(0, 0), "text", words)
