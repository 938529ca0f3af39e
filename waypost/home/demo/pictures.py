"""Pictures for the demo's posts, drawn when it is loaded: nobody's photographs."""

import io
from collections.abc import Callable, Mapping
from math import cos, pi, sin

from PIL import Image, ImageDraw

SIDE = 800  # pixels
_WAX, _DARK, _FLAME, _GLOW = "#e2a33b", "#b97a1c", "#fff1b8", "#f7c65a"

Draw = ImageDraw.ImageDraw


def candle(pen: Draw) -> None:
    """One candle on a table, burning."""
    pen.rectangle((0, 620, SIDE, SIDE), fill="#6b4a2f")
    pen.ellipse((250, 90, 550, 390), fill="#8a6a3a")
    pen.ellipse((310, 150, 490, 330), fill="#b08a48")
    pen.rounded_rectangle((310, 320, 490, 660), radius=24, fill=_WAX)
    pen.line((400, 330, 400, 280), fill="#3a2a1a", width=8)
    pen.polygon([(400, 160), (436, 250), (400, 296), (364, 250)], fill=_GLOW)
    pen.polygon([(400, 206), (420, 256), (400, 288), (380, 256)], fill=_FLAME)


def comb(pen: Draw) -> None:
    """Honeycomb, some cells full."""
    width, height = 116, 100
    for row in range(-1, 10):
        for column in range(-1, 8):
            x = column * width * 1.5 / 1.3 + (row % 2) * width * 0.58
            full = (row * 5 + column * 3) % 4
            _cell(pen, x, row * height * 0.98, 60, _DARK if full == 0 else _WAX)


def _cell(pen: Draw, x: float, y: float, radius: float, colour: str) -> None:
    corners = [
        (x + radius * cos(pi / 6 + n * pi / 3), y + radius * sin(pi / 6 + n * pi / 3))
        for n in range(6)
    ]
    pen.polygon(corners, fill=colour, outline="#7c4f10", width=6)


def three(pen: Draw) -> None:
    """A set of three candles of different heights."""
    pen.rectangle((0, 640, SIDE, SIDE), fill="#54604f")
    for x, top, colour in ((180, 420, _DARK), (345, 300, _WAX), (510, 370, "#c98d2b")):
        pen.rounded_rectangle((x, top, x + 120, 690), radius=18, fill=colour)
        pen.line((x + 60, top + 6, x + 60, top - 34), fill="#2b2118", width=7)


def _person(pen: Draw, skin: str, hair: str, coat: str, *, long: bool) -> None:
    """Head and shoulders of somebody who does not exist."""
    if long:
        pen.rounded_rectangle((240, 190, 560, 620), radius=150, fill=hair)
    pen.ellipse((130, 560, 670, 1060), fill=coat)
    pen.rounded_rectangle((345, 470, 455, 640), radius=40, fill=skin)
    pen.ellipse((265, 200, 535, 530), fill=skin)
    pen.chord((255, 170, 545, 440), 180, 360, fill=hair)
    for x in (340, 436):
        pen.ellipse((x, 340, x + 24, 364), fill="#2b2118")
    pen.arc((345, 380, 455, 460), 20, 160, fill="#7c4a3a", width=8)


def teacher(pen: Draw) -> None:
    _person(pen, "#f0c8a5", "#7a4a26", "#8c3f4d", long=True)


def designer(pen: Draw) -> None:
    _person(pen, "#e8b48c", "#2b2118", "#2f6f6a", long=True)


def manager(pen: Draw) -> None:
    _person(pen, "#edc3a0", "#6b6258", "#37506b", long=False)


SHAPES: Mapping[str, tuple[str, Callable[[Draw], None]]] = {
    "candle": ("#3d2f2a", candle),
    "comb": ("#f3d9a0", comb),
    "three": ("#dfe3d6", three),
    "teacher": ("#f3e4cf", teacher),
    "designer": ("#d7e6e1", designer),
    "manager": ("#dde3ea", manager),
}


def drawn(shape: str) -> bytes:
    """A square PNG; ``shape`` is a key of :data:`SHAPES`."""
    background, draw = SHAPES[shape]
    image = Image.new("RGB", (SIDE, SIDE), background)
    draw(ImageDraw.Draw(image))
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()
