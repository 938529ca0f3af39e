"""What a page is made of, read from its HTML: enough to tell whether it shows anything new."""

from html.parser import HTMLParser


class Markup(HTMLParser):
    """``kinds``: one line for each sort of element; ``headings``: texts of h1; ``title``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.kinds: set[str] = set()
        self.headings: list[str] = []
        self.title = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        words = (str(given.get(name)) for name in ("class", "role", "type"))
        self.kinds.add(" ".join([tag, *words, *sorted(set(given) - {"id"})]))
        if tag == "h1":
            self.headings.append("")
        if tag in {"h1", "title"}:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "h1":
            self.headings[-1] += data
        elif self._inside == "title":
            self.title += data

    def faults(self) -> list[str]:
        """What is missing of a title that says which page it is, and one h1 with words."""
        headings = [" ".join(text.split()) for text in self.headings]
        title = self.title.strip(" ·\n")
        faults = []
        if len(headings) != 1 or not headings[0]:
            faults.append(f"headings {headings}")
        if title in {"", "Waypost"}:
            faults.append(f"title {title!r}")
        return faults
