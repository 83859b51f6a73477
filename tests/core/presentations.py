"""Presentations with speaker notes and a hidden slide, as PowerPoint and LibreOffice write them."""

from tests.core.documents import zip_named_parts

PRESENTATION_XML = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING_XML = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONSHIPS_XML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION_XML = "http://schemas.openxmlformats.org/package/2006/relationships"
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
SPEAKER_NOTE = "Do not mention the late auditor"
HIDDEN_SLIDE = "Reserve for questions"


def _build_shape(text, placeholder="body"):
    return (
        f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{placeholder}"/></p:nvPr></p:nvSpPr><p:txBody>'
        f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _build_slide(tag, shapes, attributes=""):
    return (
        f'<p:{tag} xmlns:p="{PRESENTATION_XML}" xmlns:a="{DRAWING_XML}"{attributes}>'
        f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:{tag}>"
    )


def _build_relations(*relations):
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONSHIPS_XML}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{RELATION_XML}">{rows}</Relationships>'


def build_powerpoint_file(*, speaker_note=SPEAKER_NOTE, hidden_slide=HIDDEN_SLIDE, shown="Accounts 2025"):
    parts = {
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{PRESENTATION_XML}" xmlns:r="{RELATIONSHIPS_XML}">'
        '<p:sldIdLst><p:sldId id="256" r:id="rId1"/><p:sldId id="257" r:id="rId2"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": _build_relations(
            ("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml")
        ),
        "ppt/slides/slide1.xml": _build_slide("sld", _build_shape(shown)),
        "ppt/slides/_rels/slide1.xml.rels": _build_relations(("notesSlide", "../notesSlides/notesSlide1.xml")),
        "ppt/slides/slide2.xml": _build_slide("sld", _build_shape(hidden_slide), ' show="0"'),
        "ppt/notesSlides/notesSlide1.xml": _build_slide(
            "notes", _build_shape(speaker_note) + _build_shape("7", "sldNum")
        ),
    }
    return zip_named_parts({"[Content_Types].xml": "<Types/>"} | parts)


def build_open_presentation():
    namespaces = " ".join(
        f'xmlns:{name}="{OPEN_DOCUMENT}{path}:1.0"'
        for name, path in {
            "text": "text", "draw": "drawing", "style": "style", "presentation": "presentation", "office": "office"
        }.items()
    )  # fmt: skip
    return zip_named_parts(
        {
            "mimetype": "application/vnd.oasis.opendocument.presentation",
            "content.xml": f"<d {namespaces}>"
            '<style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/>'
            "</style:style>"
            '<draw:page draw:style-name="dp1"><text:p>Accounts 2025</text:p>'
            "<office:annotation><text:p>Check this sum</text:p></office:annotation>"
            f"<presentation:notes><text:p>{SPEAKER_NOTE}</text:p></presentation:notes></draw:page>"
            f'<draw:page draw:style-name="dp2"><text:p>{HIDDEN_SLIDE}</text:p></draw:page></d>',
        }
    )
