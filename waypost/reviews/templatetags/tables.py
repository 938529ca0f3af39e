"""Rows of a report's tables, written here since a report has thousands of cells."""

from collections.abc import Mapping

from django.template import Library
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from waypost.documents.values import Table
from waypost.reviews.leading import Place

register = Library()
FIRST = '<th scope="row" class="min-w-40 font-normal">{}</th>'
STACKED = "table-stack"
LINK = '<a class="link" href="{}">{}</a>'


@register.simple_tag
def table_rows(table: Table, links: Mapping[Place, str] | str = "", look: str = "") -> SafeString:
    """The first cell of each row is its heading; a cell may have several lines.

    ``links`` are the addresses of first cells, by the heading above and their words. Only
    tables that are stacked on a phone need the heading at each cell.
    """
    known = links if isinstance(links, Mapping) else {}
    opened = [
        format_html('<td class="num"{}>' if at in table.numbers else "<td{}>", label)
        for at, label in enumerate(_labels(table, look))
    ]
    cells = [FIRST, *(f"{each}{{}}</td>" for each in opened[1:])]
    row = f"<tr>{''.join(cells)}</tr>"
    return format_html_join("\n", row, (_cells(table, each, known) for each in table.rows))


def _labels(table: Table, look: str) -> list[str]:
    if look != STACKED:
        return [""] * len(table.headings)
    return [format_html(' data-label="{}"', heading) for heading in table.headings]


def _cells(table: Table, row: tuple[str, ...], links: Mapping[Place, str]) -> list[str]:
    first, *others = map(_cell, row)
    address = links.get((table.headings[0], row[0]))
    return [format_html(LINK, address, first) if address else first, *others]


def _cell(text: str) -> str:
    return linebreaksbr(text) if "\n" in text else text
