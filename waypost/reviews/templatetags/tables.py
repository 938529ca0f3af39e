"""Rows of a report's tables, written here since a report has thousands of cells."""

from django.template import Library
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from waypost.documents.values import Table

register = Library()
FIRST = '<th scope="row" class="min-w-40 font-normal">{}</th>'
NUMBER, WORDS = '<td class="num">{}</td>', "<td>{}</td>"


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """The first cell of each row is its heading; a cell may have several lines."""
    opened = [
        '<td class="num">' if at in table.numbers else "<td>" for at in range(len(table.headings))
    ]
    cells = [FIRST, *(f"{each}{{}}</td>" for each in opened[1:])]
    row = f"<tr>{''.join(cells)}</tr>"
    return format_html_join("\n", row, ([_cell(text) for text in each] for each in table.rows))


def _cell(text: str) -> str:
    return linebreaksbr(text) if "\n" in text else text
