"""Drawings as files: SVG as it is, PNG through the PDF writer."""

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
