"""A PDF out of a document, by Typst. Only the template is code; the document is one string of data."""

import base64
import json
from pathlib import Path
from typing import Any, cast

import typst
from pypdfium2 import PdfDocument

from jukwaa.core.documents.child.text_builder import OnPage

_TYPST_TEMPLATE_PATH = Path(__file__).parents[1] / "outgoing" / "report.typ"
_DEFAULT_FONT_NAME = "Libertinus Serif"  # inside the wheel, so that the same document looks the same everywhere
_FONTS_BY_SCRIPT = (
    *("Amiri", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Devanagari", "Noto Serif Bengali"),
    *(
        "Noto Serif Thai",
        "Noto Serif Ethiopic",
        "Noto Serif CJK SC",
        "Noto Serif CJK JP",
        "DejaVu Serif",
        "DejaVu Sans",
    ),
)


def typeset(path: Path, child_orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """The PDF after PDF/UA-1, or the best that can be made, and what is wrong with it."""
    del child_orders, on_page
    fonts = typst.Fonts()
    there = set(fonts.families())
    document = json.loads(path.read_bytes())
    document["fonts"] = [_DEFAULT_FONT_NAME, *(name for name in _FONTS_BY_SCRIPT if name in there)]
    compiler = typst.Compiler(
        root=path.parent,
        font_paths=fonts,
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        package_path=path.parent,
        package_cache_path=path.parent,
    )
    template = _TYPST_TEMPLATE_PATH.read_bytes()
    try:
        pdf, warnings = compiler.compile(template, format="pdf", pdf_standards="ua-1", timestamp=0), []
    except typst.TypstError as error:
        pdf = compiler.compile(template, format="pdf", timestamp=0)
        warnings = ["missing" if "font" in error.message else "standard"]
    pdf = cast("bytes", pdf)
    return {"pdf": base64.b64encode(pdf).decode(), "pages": len(PdfDocument(pdf)), "warnings": warnings}
