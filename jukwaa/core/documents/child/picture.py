"""A picture drawn anew: what one sees of it, and nothing that a camera or a program wrote beside it.

Where and when it was taken, with which camera, the preview that shows what was cut away: all of it stays behind.
"""

import base64
import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from jukwaa.core.documents.child.text_builder import FileUnreadableError, OnPage

_PILLOW_FORMATS = {"png": "PNG", "jpeg": "JPEG"}
_GREY_MODES = {"1", "L"}  # scans: in colour they would be several times as large
_MAX_PICTURE_PIXELS = 60_000_000  # of the picture as it came: what a good camera makes
_MAX_SIDE_PIXELS = 2_400  # pixels of its longer side as it is kept: enough for a page of A4
_JPEG_QUALITY = 85
_FULL_SIZE_JPEG_QUALITY = 95  # of a picture that is to stay as it is: a scan is read letter by letter


def redraw(path: Path, child_orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """The picture upright and no larger than a page needs, in its own format or as PNG (`as_png`).

    With `is_full_size`, the picture keeps all its pixels.
    """
    del on_page
    is_full_size = bool(child_orders.get("is_full_size"))
    key, side = child_orders["picture"], child_orders.get("max_side", _MAX_SIDE_PIXELS)
    Image.MAX_IMAGE_PIXELS = None  # the library would warn or fail; we say so in a sentence
    with Image.open(path, formats=[_PILLOW_FORMATS[key]]) as picture:
        if picture.width * picture.height > _MAX_PICTURE_PIXELS:
            raise FileUnreadableError("picture_too_large")
        seen = ImageOps.exif_transpose(picture)  # turned as the camera was held, before that is forgotten
        if not is_full_size:
            seen.thumbnail((side, side))
        fresh = _copy_picture_pixels(seen, key)
    stream = io.BytesIO()
    made = "png" if child_orders.get("as_png") else key
    quality = _FULL_SIZE_JPEG_QUALITY if is_full_size else _JPEG_QUALITY
    fresh.save(
        stream, _PILLOW_FORMATS[made], optimize=not is_full_size, **({"quality": quality} if made == "jpeg" else {})
    )
    return {"picture": base64.b64encode(stream.getvalue()).decode()}


def _copy_picture_pixels(picture: Image.Image, format_key: str) -> Image.Image:
    """A new picture into which the pixels are painted: nothing that hung on the old one can come along."""
    clear = format_key == "png" and picture.has_transparency_data
    mode = "RGBA" if clear else picture.mode if picture.mode in _GREY_MODES else "RGB"
    fresh = Image.new(mode, picture.size)
    fresh.paste(picture.convert(mode))
    return fresh
