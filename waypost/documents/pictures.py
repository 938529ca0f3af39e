"""Drawings as files: SVG as it is, PNG through the PDF writer."""

import base64
import io

from PIL import Image as Pixels

from waypost.documents.typesetting import typeset
from waypost.documents.values import Picture

SHEET = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")\n'
SHARPNESS = 144  # points per inch: one pixel of the drawing becomes 1.5


def svg(picture: Picture) -> bytes:
    """The bytes of an ``.svg`` file."""
    return picture.svg.encode()


def png(picture: Picture) -> bytes:
    """The same as pixels, on white."""
    files = {"main": SHEET, "picture.svg": svg(picture)}
    return typeset(files, "png", sharpness=SHARPNESS)


def wrapped(pixels: bytes) -> bytes:
    """A PNG or JPEG inside an SVG: files in memory reach typst as text only."""
    with Pixels.open(io.BytesIO(pixels)) as image:
        (width, height), mime = image.size, image.get_format_mimetype()
    data = base64.b64encode(pixels).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image href="data:{mime};base64,{data}" width="{width}" height="{height}"/></svg>'
    ).encode()
