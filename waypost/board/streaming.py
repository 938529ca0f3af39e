"""The parts of a large JSON object one after the other, without holding all of it.

A board of ten thousand cards is a file of fifty megabytes, and ten times that as Python
values. So the file is read in pieces, and what stands in a list at the top is handed out one
element at a time.
"""

import json
from collections.abc import Iterator
from typing import IO, Any

PIECE = 256 * 1024  # characters that are read at once
LARGEST_PART = 8 * 1024 * 1024  # characters of one element
SPACE = " \t\r\n"


class NoJson(ValueError):
    """The text is no JSON object, or one part of it is far too large."""


def parts(stream: IO[str]) -> Iterator[tuple[str, Any]]:
    """``(name, value)`` of an object; for a list once for each element.

    ``{"a": 1, "b": [2, 3]}`` gives ``a 1``, ``b 2``, ``b 3``. Raises ``NoJson``.
    """
    reader = _Reader(stream)
    reader.expect("{")
    if reader.peek() == "}":
        return
    while True:
        name = reader.value()
        if not isinstance(name, str):
            raise NoJson("a name is missing")
        reader.expect(":")
        if reader.peek() == "[":
            yield from ((name, element) for element in reader.elements())
        else:
            yield name, reader.value()
        if reader.take() == "}":
            return


class _Reader:
    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream
        self.text = ""
        self.at = 0
        self.is_over = False
        self.decoder = json.JSONDecoder()

    def _more(self) -> bool:
        if self.is_over:
            return False
        piece = self.stream.read(PIECE)
        self.is_over = not piece
        self.text, self.at = self.text[self.at :] + piece, 0
        if len(self.text) > LARGEST_PART + 2 * PIECE:
            raise NoJson("one part is too large")
        return bool(piece)

    def peek(self) -> str:
        """The next sign that is no space."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in SPACE:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._more():
                raise NoJson("it ends too early")

    def take(self) -> str:
        sign = self.peek()
        if sign not in ",}":
            raise NoJson(f"a comma is missing before {sign!r}")
        self.at += 1
        return sign

    def expect(self, sign: str) -> None:
        if self.peek() != sign:
            raise NoJson(f"{sign!r} is missing")
        self.at += 1

    def value(self) -> Any:
        self.peek()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if not self._more():
                    raise NoJson(str(error)) from error
                continue
            except RecursionError as error:
                raise NoJson("it is nested too deeply") from error
            # A number at the very end of the piece may go on in the next one.
            if end == len(self.text) and self._more():
                continue
            self.at = end
            return value

    def elements(self) -> Iterator[Any]:
        self.expect("[")
        if self.peek() == "]":
            self.at += 1
            return
        while True:
            yield self.value()
            sign = self.peek()
            if sign not in ",]":
                raise NoJson(f"a comma is missing before {sign!r}")
            self.at += 1
            if sign == "]":
                return
