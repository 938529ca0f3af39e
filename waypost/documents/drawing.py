"""A small writer of SVG: shapes and words on a white sheet, safe for any text.

Coordinates are pixels from the upper left corner. Colours are the caller's.
"""

from xml.sax.saxutils import escape, quoteattr

from waypost.documents.values import Picture

# The browser finds the first, the PDF writer the last.
FONTS = "Inter, 'Helvetica Neue', Arial, 'Libertinus Serif', sans-serif"


class Drawing:
    """Collects shapes; :meth:`picture` closes it."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    def rect(
        self, x: float, y: float, width: float, height: float, *, radius: float = 0, **look: str
    ) -> None:
        round_corner = {"rx": _number(radius)} if radius else {}
        box = {"x": x, "y": y, "width": width, "height": height}
        self._add("rect", {name: _number(size) for name, size in box.items()} | round_corner | look)

    def line(self, x1: float, y1: float, x2: float, y2: float, **look: str) -> None:
        ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
        self._add("line", {name: _number(size) for name, size in ends.items()} | look)

    def polygon(self, *points: tuple[float, float], **look: str) -> None:
        corners = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._add("polygon", {"points": corners} | look)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: int = 12,
        bold: bool = False,
        anchor: str = "start",
        fill: str,
    ) -> None:
        """``y`` is the line the letters stand on; ``anchor`` start, middle or end."""
        look = {"x": _number(x), "y": _number(y), "font-size": str(size), "fill": fill}
        look |= {"text-anchor": anchor} if anchor != "start" else {}
        look |= {"font-weight": "600"} if bold else {}
        self._parts.append(f"<text{_attributes(look)}>{escape(_printable(words))}</text>")

    def picture(self, alt: str = "") -> Picture:
        head = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(self.width),
            "height": str(self.height),
            "viewBox": f"0 0 {self.width} {self.height}",
            "font-family": FONTS,
            "role": "img",
        }
        title = f"<title>{escape(_printable(alt))}</title>" if alt else ""
        body = "\n".join(self._parts)
        return Picture(f"<svg{_attributes(head)}>{title}\n{body}\n</svg>\n", alt)

    def _add(self, name: str, attributes: dict[str, str]) -> None:
        self._parts.append(f"<{name}{_attributes(attributes)}/>")


def _attributes(pairs: dict[str, str]) -> str:
    return "".join(f" {name.replace('_', '-')}={quoteattr(word)}" for name, word in pairs.items())


def _number(size: float) -> str:
    return f"{size:.1f}".removesuffix(".0")


def _printable(words: str) -> str:
    # XML has no way to write control characters.
    return "".join(letter for letter in words if letter.isprintable())
