"""Files made by code, good and bad, for the tests of documents."""

import io
import struct
import zipfile
import zlib
from functools import cache, reduce

import docx
import typst

from jukwaa.core.documents.incoming import FileRefused


def build_zip_file(**parts):
    """A ZIP of these parts; `__` stands for a slash and the last `_` for a dot."""
    return zip_named_parts({name.replace("__", "/").replace("_xml", ".xml"): text for name, text in parts.items()})


def zip_named_parts(zip_parts_by_name):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in zip_parts_by_name.items():
            archive.writestr(name, content)
    return stream.getvalue()


def build_word_file(add_content=None, **properties):
    """A Word document that `add_content` filled."""
    document = docx.Document()
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    (add_content or (lambda document: document.add_paragraph("Members agreed to meet again.")))(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def build_open_document_spreadsheet(sheet_name, sheet_rows, *, columns="", hidden_rows=()):
    """An .ods file of one sheet. `columns` is XML; `hidden_rows` are the places of rows that a filter hides."""
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    spaces = " ".join(f'xmlns:{name}="{url}"' for name, url in names.items())
    rows = "".join(
        f"<table:table-row{' table:visibility="filter"' if number in hidden_rows else ''}>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for number, row in enumerate(sheet_rows)
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="{sheet_name}">{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zip_named_parts(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{names["office"]}"/>',
        }
    )


def replace_zip_parts(data, **changes):
    """The same ZIP with parts changed or added; names as for `build_zip_file`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zip_named_parts(
        {**parts, **{name.replace("__", "/").replace("_xml", ".xml"): part for name, part in changes.items()}}
    )


def build_pdf_file(typst_markup, language="en"):
    """A PDF as people's programs make them."""
    head = (
        f'#set document(title: "A report")\n#set text(lang: "{language}", font: ("Libertinus Serif", "DejaVu Sans"))\n'
    )
    return typst.compile((head + typst_markup).encode(), format="pdf", timestamp=0)


def build_minimal_pdf(*streams, filters="/FlateDecode", extra=""):
    """A small PDF with these streams as its pages' contents, and tables that hold."""
    count = len(streams)
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode()]
    for at, stream in enumerate(streams):
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents {4 + 2 * at} 0 R>>".encode())
        objects.append(f"<</Length {len(stream)}/Filter {filters}>>stream\n".encode() + stream + b"\nendstream")
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    return body + head + table + f"trailer<</Size {size}/Root 1 0 R{extra}>>\nstartxref\n{len(body)}\n%%EOF".encode()


@cache
def build_zlib_bomb(bomb_megabytes, pdf_head=b""):
    """So many megabytes of spaces, packed, behind a head. One is packed; that the packing repeats costs nothing."""
    engine = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    megabyte = b" " * (1 << 20)
    first, block = (engine.compress(data) + engine.flush(zlib.Z_FULL_FLUSH) for data in (pdf_head, megabyte))
    checksum = reduce(lambda value, _: zlib.adler32(megabyte, value), range(bomb_megabytes), zlib.adler32(pdf_head))
    return b"\x78\xda" + first + block * bomb_megabytes + engine.flush() + checksum.to_bytes(4)


def falsify_entry_size(file_content, entry_name, false_size):
    """The same ZIP, whose entry claims to be of another size, in both of its headers."""
    for signature, offset, name_at in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        at = file_content.find(signature)
        while at >= 0 and file_content[at + name_at : at + name_at + len(entry_name)] != entry_name.encode():
            at = file_content.find(signature, at + 1)
        file_content = file_content[: at + offset] + struct.pack("<L", false_size) + file_content[at + offset + 4 :]
    return file_content


def get_extraction_refusal(call, *args, **kwargs):
    """The code with which it was refused; None if it was not."""
    try:
        call(*args, **kwargs)
    except FileRefused as refused:
        return refused.code
    return None
