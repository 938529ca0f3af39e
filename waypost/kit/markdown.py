"""Text in Markdown that a person wrote, as HTML that is safe to show.

The two libraries are loaded when the first text is shown (decision 0007).
"""

from functools import cache
from typing import Any

from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

_INLINE = {"a", "br", "em", "strong", "s", "code"}
_BLOCKS = {"p", "hr", "pre", "blockquote", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = frozenset(_INLINE | _BLOCKS | _TABLES)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto"})


@cache
def _reader() -> Any:
    make = import_string("markdown_it.MarkdownIt")
    return make("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def as_html(text: str) -> SafeString:
    """``text`` as HTML; HTML in it is shown as it was typed. A heading begins below the page's."""
    if not text.strip():
        return SafeString("")
    html = _reader().render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = import_string("nh3.clean")
    safe: str = clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(safe)  # noqa: S308 - nh3 has just cleaned it
