"""Documents as Markdown (CommonMark with the tables and boxes of GitHub).

Whatever people wrote stays text: every sign that Markdown or HTML would act on is escaped.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.formats import date_format

from waypost.documents import values
from waypost.documents.letters import clean, paragraphs
from waypost.documents.values import Document, Letterhead, OnePage

ANYWHERE = re.compile(r"([\\`*_\[\]<>&|~$])")
LETTERS = re.compile(r"[^\w\- ]")
RULE = "\\_" * 40


def render(document: Document | OnePage) -> bytes:
    """The bytes of an ``.md`` file, UTF-8."""
    if isinstance(document, OnePage):
        blocks = [*_title(document.head), *_asked(document)]
    else:
        blocks = _title(document.head)
        headings = [part for part in document.parts if isinstance(part, values.Heading)]
        for part in document.parts:
            if isinstance(part, values.Contents):
                blocks += _contents(part, headings)
            else:
                blocks += MAKERS[type(part)](part)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def escaped(text: str) -> str:
    """``text`` as Markdown that shows exactly its letters; ends of lines are kept."""
    lines = [line.strip() for line in clean(text).split("\n")]
    return "\\\n".join(_at_start(ANYWHERE.sub(r"\\\1", line)) for line in lines if line)


def _at_start(line: str) -> str:
    """Signs that begin a heading, a list or a line below a heading."""
    if found := re.match(r"\d{1,9}(?=[.)])", line):
        return f"{found[0]}\\{line[found.end() :]}"
    return f"\\{line}" if line[:1] in ("#", "-", "+", "=") else line


def _line(text: str) -> str:
    """The same on one line, where Markdown allows only one."""
    return escaped(" ".join(clean(text).split()))


def _in_table(text: str) -> str:
    return "<br>".join(escaped(line) for line in clean(text).split("\n") if line.strip())


def _paragraphs(text: str) -> list[str]:
    return [escaped(each) for each in paragraphs(text)]


def _title(head: Letterhead) -> list[str]:
    day = date_format(head.date, "DATE_FORMAT")
    told = [head.business, head.period, head.version, day]
    return [f"# {_line(head.title)}", " · ".join(_line(each) for each in told if each)]


def _asked(page: OnePage) -> Iterable[str]:
    for number, each in enumerate(page.questions, 1):
        yield f"## {number}\\. {_line(each.text)}"
        if page.room and each.tip:
            yield f"> {_line(each.tip)}"
        yield from _paragraphs(each.answer) or [RULE] * page.room


def _contents(part: values.Contents, headings: Iterable[values.Heading]) -> list[str]:
    """Links to the anchors that GitHub and most other programs make of headings."""
    seen: dict[str, int] = {}
    lines = []
    for each in headings:
        anchor = LETTERS.sub("", clean(each.text).strip().lower()).replace(" ", "-")
        seen[anchor] = seen.get(anchor, -1) + 1
        again = f"-{seen[anchor]}" if seen[anchor] else ""
        if each.level <= 2:
            lines.append(f"{'  ' * (each.level - 1)}- [{_line(each.text)}](#{anchor}{again})")
    return [f"**{_line(part.title)}**", "\n".join(lines)]


def _heading(part: values.Heading) -> list[str]:
    # A "#" at the end would close the heading.
    return [f"{'#' * (part.level + 1)} {_line(part.text).replace('#', chr(92) + '#')}"]


def _question(part: values.Question) -> list[str]:
    asked, tip = f"*{_line(part.text)}*", f"> {_line(part.tip)}" if part.tip else ""
    answer = _paragraphs(part.answer)
    return [asked, *answer, tip] if answer else [asked, tip, *[RULE] * part.room]


def _table(part: values.Table) -> list[str]:
    marks = ["--:" if place in part.numbers else "---" for place in range(len(part.headings))]
    lines = [_row([_in_table(each) for each in part.headings]), _row(marks)]
    for number, row in enumerate(part.rows):
        cells = [_in_table(each) for each in row]
        bold = number in part.groups
        lines.append(_row([f"**{cell}**" if bold and cell else cell for cell in cells]))
    return ["\n".join(lines)]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _list(items: Iterable[str], mark: str = "-") -> str:
    return "\n".join(f"{mark} {_under(mark, escaped(each))}" for each in items)


def _under(mark: str, words: str) -> str:
    """Further lines of an item stand below its first one."""
    return words.replace("\n", "\n" + " " * (len(mark) + 1))


def _items(part: values.Items) -> list[str]:
    if not part.numbered:
        return [_list(part.items)]
    lines = [_list([each], f"{number}.") for number, each in enumerate(part.items, 1)]
    # Two lists that follow each other would be counted as one.
    return ["<!-- -->", "\n".join(lines)]


def _ticks(part: values.Ticks) -> list[str]:
    lines = []
    for each in part.ticks:
        note = f" ({_line(each.note)})" if each.note else ""
        lines.append(f"- [{'x' if each.done else ' '}] {_line(each.text)}{note}")
    return ["\n".join(lines)]


def _facts(facts: Iterable[values.Fact], room: int = 0) -> list[str]:
    lines = []
    for each in facts:
        value = "<br>".join(escaped(line) for line in paragraphs(each.value))
        words = f"**{_line(each.label)}:** {value or (RULE if room else '')}".rstrip()
        lines.append(f"- {_under('-', words)}")
    return ["\n".join(lines)]


def _grid(part: values.Grid) -> list[str]:
    made = []
    for box in part.boxes:
        made += [f"**{_line(box.title)}**", f"*{_line(box.note)}*" if box.note else ""]
        made += [_list(box.items)] if box.items else [RULE] * part.room
    return made


def _cards(part: values.Cards) -> list[str]:
    facts = [
        values.Fact(card.word, f"{card.value} ({card.note})" if card.note else card.value)
        for card in part.cards
    ]
    return _facts(facts)


def _profiles(part: values.Profiles) -> list[str]:
    made = []
    for each in part.profiles:
        made.append(f"**{_line(each.name)}**" if each.name else RULE)
        made += [_line(each.tagline), *_facts(each.facts, part.room), "---"]
    return made[:-1]


def _journey(part: values.Journey) -> list[str]:
    lines = []
    for number, step in enumerate(part.steps, part.first):
        words = f"**{_line(step.title)}**{' ✓' if step.tested else ''}"
        told = "<br>".join(_paragraphs(step.text)) or (RULE if part.room else "")
        lines.append(f"{number}. {_under(f'{number}.', f'{words}<br>{told}' if told else words)}")
    return ["\n".join(lines)]


def _callout(part: values.Callout) -> list[str]:
    lines = f"**{_line(part.title)}**\n\n{_list(part.items)}".split("\n")
    return ["\n".join(f"> {line}".rstrip() for line in lines)]


def _cover(part: values.Cover) -> list[str]:
    return [escaped(part.note)]


def _image(part: values.Image) -> list[str]:
    # A text file carries no picture; its words can stand for it.
    return [f"*{_line(part.alt)}*" if part.alt else ""]


MAKERS: Mapping[type, Callable[[Any], list[str]]] = MappingProxyType(
    {
        values.Heading: _heading,
        values.Paragraph: lambda part: _paragraphs(part.text),
        values.Table: _table,
        values.Cards: _cards,
        values.Image: _image,
        values.Cover: _cover,
        values.PageBreak: lambda _part: ["---"],
        values.Question: _question,
        values.Items: _items,
        values.Ticks: _ticks,
        values.Lines: lambda part: [RULE] * part.number,
        values.Grid: _grid,
        values.Facts: lambda part: _facts(part.facts, part.room),
        values.Profiles: _profiles,
        values.Journey: _journey,
        values.Callout: _callout,
    }
)
