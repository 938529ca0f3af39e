"""Names of cells, for those who write formulas without loading a spreadsheet library."""


def letters(place: int) -> str:
    """The name of a column counted from 0: ``A``, ``Z``, ``AA``."""
    name, rest = "", place + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def quoted(text: str) -> str:
    """``text`` as a constant inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def tab(name: str) -> str:
    """The name of a sheet in front of a cell: ``'Goals'!``."""
    return "'" + name.replace("'", "''") + "'!"
