"""What somebody does in LibreOffice, done by a script: `python3 hands.py PIPE DEED IN OUT [PLAN]`.

It runs under Debian's own Python, which has `uno`, and speaks with the LibreOffice that listens at the pipe. It prints
the paragraphs of the document as JSON, when all is done.
"""

import json
import os
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

WORD_FILTER_NAME = "MS Word 2007 XML"
MAX_CONNECTION_TRIES = 200
PARAGRAPH_BREAK = 0


def connect_to_office(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for left in range(MAX_CONNECTION_TRIES, 0, -1):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if left == 1:
                raise
            time.sleep(0.1)
    raise AssertionError("not reached")


def build_office_property(name, value):
    given = PropertyValue()
    given.Name, given.Value = name, value
    return given


def iter_office_paragraphs(part):
    """The words of each paragraph and of each row of a table, in order."""
    found = []
    for piece in part.Text if hasattr(part, "Text") else part:
        if piece.supportsService("com.sun.star.text.TextTable"):
            rows = {}
            for name in piece.CellNames:
                cell = piece.getCellByName(name)
                rows.setdefault("".join(filter(str.isdigit, name)), []).append(cell.String)
            found += [" | ".join(cells) for cells in rows.values()]
        else:
            found.append(piece.String)
    return found


def dispatch_office_command(context, document, command):
    helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    helper.executeDispatch(document.CurrentController.Frame, command, "", 0, ())


def find_words_in_office(document, words):
    """The first place where these words stand, in a paragraph or in a cell."""
    for text, paragraph in list_paragraph_texts(document):
        at = paragraph.String.find(words)
        if at >= 0:
            cursor = text.createTextCursorByRange(paragraph.Start)
            cursor.goRight(at, False)
            cursor.goRight(len(words), True)
            return cursor
    raise LookupError(words)


def list_paragraph_texts(document):
    for piece in document.Text:
        if piece.supportsService("com.sun.star.text.TextTable"):
            for cell in map(piece.getCellByName, piece.CellNames):
                yield from ((cell, paragraph) for paragraph in cell)
        else:
            yield document.Text, piece


def replace(document, words, by):
    find_words_in_office(document, words).String = by


def add_after(document, words, said):
    """A new paragraph behind the one that holds these words."""
    cursor = document.Text.createTextCursorByRange(find_words_in_office(document, words))
    cursor.gotoEndOfParagraph(False)
    document.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    document.Text.insertString(cursor, said, False)


def remove(document, words):
    """The whole paragraph that holds these words, with its end."""
    cursor = document.Text.createTextCursorByRange(find_words_in_office(document, words))
    cursor.gotoStartOfParagraph(False)
    cursor.gotoNextParagraph(True)
    cursor.String = ""


def comment(document, words, said, author):
    place = find_words_in_office(document, words)
    note = document.createInstance("com.sun.star.text.textfield.Annotation")
    note.Content, note.Author = said, author
    place.Text.insertTextContent(place, note, True)


EDIT_FUNCTIONS = {"replace": replace, "add-after": add_after, "remove": remove, "comment": comment}


def run_office_plan(pipe, deed, source, target, plan="[]"):
    context, desk = connect_to_office(pipe)
    document = desk.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (build_office_property("Hidden", True),))
    try:
        if deed in {"Accept", "Reject"}:
            dispatch_office_command(context, document, f".uno:{deed}AllTrackedChanges")
        for name, *words in json.loads(plan):
            if name == "tracking":
                document.RecordChanges = words[0]
            else:
                EDIT_FUNCTIONS[name](document, *words)
        document.storeToURL(Path(target).as_uri(), (build_office_property("FilterName", WORD_FILTER_NAME),))
        sys.stdout.write(json.dumps(iter_office_paragraphs(document)))
    finally:
        document.close(True)


if __name__ == "__main__":
    run_office_plan(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(0)  # the bridge to LibreOffice sometimes crashes while Python shuts down
