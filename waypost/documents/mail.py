"""Documents as a mail: HTML that every mail program draws, and the same as plain text.

Mail programs know neither style sheets nor grids: everything is tables with their look at
each element, 600 pixels at most, and readable at 320. Nothing is fetched from anywhere.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from waypost.documents import values
from waypost.documents.letters import clean, paragraphs
from waypost.documents.values import Document, Letterhead

INK, QUIET, ACCENT = "#24211d", "#635d55", "#0f5f5f"
LINE, SHADE, GROUND = "#d9d3c9", "#f3f0eb", "#faf8f5"
FONT = "font-family:Inter,'Helvetica Neue',Arial,sans-serif"
TEXT = f"{FONT};font-size:15px;line-height:22px;color:{INK}"
SMALL = f"{FONT};font-size:13px;line-height:19px;color:{QUIET}"
BUTTON = (
    f"{FONT};font-size:15px;line-height:22px;font-weight:600;color:#ffffff;background:{ACCENT};"
    "border-radius:6px;padding:11px 18px;display:inline-block;text-decoration:none"
)
ACROSS = 2  # cards beside each other
LONG = 10  # letters of a number that would take two lines on a phone


def html(document: Document, *, button: tuple[str, str], foot: tuple[str, str]) -> str:
    """A whole page; ``button`` and ``foot``, a quiet link, are words and address of each."""
    inner = [
        *_title(document.head),
        *(MAKERS[type(part)](part) for part in document.parts),
        f'<p style="margin:28px 0 8px">{_link(button, BUTTON)}</p>',
        f'<p style="{SMALL};margin:14px 0 0">{_link(foot, f"color:{QUIET}")}</p>',
    ]
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light">'
        f"<title>{_safe(document.head.title)}</title></head>"
        f'<body style="margin:0;padding:0;background:{GROUND}">'
        f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
        f'style="background:{GROUND}"><tr><td align="center" style="padding:16px 8px">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
        f'style="max-width:600px;background:#ffffff;border:1px solid {LINE};border-radius:8px">'
        f'<tr><td style="padding:24px 20px">{"".join(inner)}</td></tr></table>'
        "</td></tr></table></body></html>"
    )


def _link(told: tuple[str, str], style: str) -> str:
    words, address = told
    return f'<a href="{escape(address)}" style="{style}">{_safe(words)}</a>'


def plain(document: Document) -> str:
    """The same words, a blank line between the parts."""
    told = (PLAIN[type(part)](part) for part in document.parts)
    return "\n\n".join(clean(each) for each in told if each)


def _safe(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")


def _line(text: str, style: str, tag: str = "p") -> str:
    return f'<{tag} style="{style}">{_safe(text)}</{tag}>'


def _title(head: Letterhead) -> Iterable[str]:
    yield _line(head.business, f"{SMALL};margin:0 0 2px")
    large = f"{FONT};font-size:22px;line-height:28px;font-weight:600;color:{ACCENT};margin:0"
    yield _line(head.title, large, "h1")
    told = " · ".join(filter(None, [head.period, head.version]))
    yield _line(told, f"{SMALL};margin:4px 0 16px")


def _heading(part: values.Heading) -> str:
    size = 17 if part.level == 1 else 15
    style = f"{FONT};font-size:{size}px;line-height:24px;font-weight:600;color:{INK}"
    return _line(part.text, f"{style};margin:26px 0 8px", f"h{part.level + 1}")


def _paragraph(part: values.Paragraph) -> str:
    style = f"{SMALL if part.quiet else TEXT};margin:8px 0"
    return "".join(_line(each, style) for each in paragraphs(part.text))


def _table(rows: Iterable[str], look: str = "") -> str:
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
        f'style="border-collapse:collapse;{look}">{"".join(rows)}</table>'
    )


def _cards(part: values.Cards) -> str:
    rows = []
    for place in range(0, len(part.cards), ACROSS):
        couple = part.cards[place : place + ACROSS]
        rows.append(f"<tr>{''.join(map(_card, couple))}</tr>")
    return _table(rows)


def _card(card: values.Card) -> str:
    size = 20 if len(card.value) < LONG else 17
    number = f"{FONT};font-size:{size}px;line-height:28px;font-weight:600;color:{INK}"
    note = f'<br><span style="{SMALL}">{_safe(card.note)}</span>' if card.note else ""
    return (
        f'<td width="{100 // ACROSS}%" valign="top" '
        f'style="border:1px solid {LINE};padding:10px 12px">'
        f'<span style="{SMALL}">{_safe(card.word)}</span><br>'
        f'<span style="{number}">{_safe(card.value)}</span>{note}</td>'
    )


def _facts(part: values.Facts) -> str:
    """The name above its words: beside each other they are too narrow on a phone."""
    rows = (
        f'<tr><td style="border-bottom:1px solid {LINE};padding:8px 0;{TEXT}">'
        f"<strong>{_safe(fact.label)}</strong><br>{_safe(fact.value)}</td></tr>"
        for fact in part.facts
    )
    return _table(rows, f"border-top:1px solid {LINE}")


def _items(items: Iterable[str], style: str = TEXT) -> str:
    made = "".join(_line(each, f"{style};margin:4px 0", "li") for each in items)
    return f'<ul style="margin:8px 0;padding-left:20px">{made}</ul>'


def _question(part: values.Question) -> str:
    asked = _line(part.text, f"{SMALL};font-style:italic;margin:10px 0 2px")
    return asked + _paragraph(values.Paragraph(part.answer))


def _callout(part: values.Callout) -> str:
    title = _line(part.title, f"{TEXT};font-weight:600;color:{ACCENT};margin:0")
    look = f"background:{SHADE};border-left:4px solid {ACCENT};padding:12px 14px"
    box = f'<tr><td style="{look}">{title}{_items(part.items)}</td></tr>'
    return _table([box], "margin:16px 0")


MAKERS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        values.Heading: _heading,
        values.Paragraph: _paragraph,
        values.Cards: _cards,
        values.Facts: _facts,
        values.Items: lambda part: _items(part.items),
        values.Question: _question,
        values.Callout: _callout,
    }
)


def _fact_lines(facts: Iterable[values.Fact]) -> str:
    return "\n".join(f"• {fact.label}: {fact.value}" for fact in facts)


def _card_lines(part: values.Cards) -> str:
    return "\n".join(
        f"• {card.word}: {card.value}{f' ({card.note})' if card.note else ''}"
        for card in part.cards
    )


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"• {each}" for each in items)


PLAIN: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        values.Heading: lambda part: f"{part.text.upper()}",
        values.Paragraph: lambda part: "\n\n".join(paragraphs(part.text)),
        values.Cards: _card_lines,
        values.Facts: lambda part: _fact_lines(part.facts),
        values.Items: lambda part: _listed(part.items),
        values.Question: lambda part: f"{part.text}\n{part.answer}",
        values.Callout: lambda part: f"{part.title}\n{_listed(part.items)}",
    }
)
