"""What somebody does in LibreOffice, done by a script: `python3 libreoffice_edits.py PIPE DEED IN OUT [PLAN]`.

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
PARAGRAPH_BREAK_CODE = 0


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


def build_office_property(property_name, property_value):
    given = PropertyValue()
    given.Name, given.Value = property_name, property_value
    return given


def iter_office_paragraphs(document_part):
    """The words of each paragraph and of each row of a table, in order."""
    found = []
    for piece in document_part.Text if hasattr(document_part, "Text") else document_part:
        if piece.supportsService("com.sun.star.text.TextTable"):
            rows = {}
            for name in piece.CellNames:
                cell = piece.getCellByName(name)
                rows.setdefault("".join(filter(str.isdigit, name)), []).append(cell.String)
            found += [" | ".join(cells) for cells in rows.values()]
        else:
            found.append(piece.String)
    return found


def dispatch_office_command(context, document, office_command):
    helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    helper.executeDispatch(document.CurrentController.Frame, office_command, "", 0, ())


def find_words_in_office(document, searched_text):
    """The first place where these words stand, in a paragraph or in a cell."""
    for text, paragraph in list_paragraph_texts(document):
        at = paragraph.String.find(searched_text)
        if at >= 0:
            cursor = text.createTextCursorByRange(paragraph.Start)
            cursor.goRight(at, False)
            cursor.goRight(len(searched_text), True)
            return cursor
    raise LookupError(searched_text)


def list_paragraph_texts(document):
    for piece in document.Text:
        if piece.supportsService("com.sun.star.text.TextTable"):
            for cell in map(piece.getCellByName, piece.CellNames):
                yield from ((cell, paragraph) for paragraph in cell)
        else:
            yield document.Text, piece


def replace_words(document, words, by):
    find_words_in_office(document, words).String = by


def add_paragraph_after(document, words, said):
    """A new paragraph behind the one that holds these words."""
    cursor = document.Text.createTextCursorByRange(find_words_in_office(document, words))
    cursor.gotoEndOfParagraph(False)
    document.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK_CODE, False)
    document.Text.insertString(cursor, said, False)


def remove_paragraph(document, words):
    """The whole paragraph that holds these words, with its end."""
    cursor = document.Text.createTextCursorByRange(find_words_in_office(document, words))
    cursor.gotoStartOfParagraph(False)
    cursor.gotoNextParagraph(True)
    cursor.String = ""


def add_comment(document, words, said, author):
    place = find_words_in_office(document, words)
    note = document.createInstance("com.sun.star.text.textfield.Annotation")
    note.Content, note.Author = said, author
    place.Text.insertTextContent(place, note, True)


EDIT_FUNCTIONS = {
    "replace": replace_words,
    "add-after": add_paragraph_after,
    "remove": remove_paragraph,
    "comment": add_comment,
}


def run_office_plan(pipe, edit_action, source_path, target_path, plan="[]"):
    context, desk = connect_to_office(pipe)
    document = desk.loadComponentFromURL(
        Path(source_path).as_uri(), "_blank", 0, (build_office_property("Hidden", True),)
    )
    try:
        if edit_action in {"Accept", "Reject"}:
            dispatch_office_command(context, document, f".uno:{edit_action}AllTrackedChanges")
        for name, *words in json.loads(plan):
            if name == "tracking":
                document.RecordChanges = words[0]
            else:
                EDIT_FUNCTIONS[name](document, *words)
        document.storeToURL(Path(target_path).as_uri(), (build_office_property("FilterName", WORD_FILTER_NAME),))
        sys.stdout.write(json.dumps(iter_office_paragraphs(document)))
    finally:
        document.close(True)


if __name__ == "__main__":
    run_office_plan(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(0)  # the bridge to LibreOffice sometimes crashes while Python shuts down
