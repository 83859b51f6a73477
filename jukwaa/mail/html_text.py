"""The text of an HTML mail, for those that bring nothing else."""

import re
from html.parser import HTMLParser

import nh3

HTML_BLOCK_TAGS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "table", "pre", "hr"}
KEPT_HTML_TAGS = HTML_BLOCK_TAGS - {"ul", "ol", "table", "hr"}


class _TextExtractor(HTMLParser):
    """Fed only with what nh3 let through: balanced, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.depth = 0

    def _start_new_line(self) -> None:
        if self.lines[-1].strip("> "):
            self.lines.append("")
        self.lines[-1] = "> " * min(self.depth, 9)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        self.depth += tag == "blockquote"
        if tag == "br":
            self.lines.append("> " * min(self.depth, 9))
        else:
            self._start_new_line()
        self.lines[-1] += "- " if tag == "li" else ""

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - (tag == "blockquote"))
        self._start_new_line()

    def handle_data(self, data: str) -> None:
        self.lines[-1] += re.sub(r"\s+", " ", data)


def extract_text_from_html(html: str) -> str:
    """Lines of plain text; what stood in a blockquote begins with ">"."""
    clean = nh3.clean(
        html, tags=KEPT_HTML_TAGS, clean_content_tags={"script", "style", "title"}, attributes={}, link_rel=None
    )
    parser = _TextExtractor()
    parser.feed(clean)
    parser.close()
    return "\n".join(line.rstrip() for line in parser.lines).strip()
