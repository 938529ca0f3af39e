"""Gathers every text of the product into the catalogues, without GNU gettext.

`make messages` runs it; the tests use `gather` to see that nothing is missing.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "waypost"
LANGUAGES = ("sl",)
UNSTABLE = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Report-Msgid', '"Last-Tr')
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def texts() -> Iterator[tuple[str, tuple[str, ...] | str, str | None]]:
    """(file, text or (singular, plural), context) of everything a person may read."""
    for path in sorted(
        [path for kind in ("*.py", "*.html", "*.txt") for path in PACKAGE.rglob(kind)]
    ):
        inner = path.relative_to(PACKAGE).parts
        if {"tests", "migrations", "static"} & set(inner):
            continue
        for function, found in calls_in(path):
            yield path.relative_to(ROOT).as_posix(), *split(function, found)


def calls_in(path: Path) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Every call of a gettext function with its literal arguments."""
    source = path.read_text()
    if path.suffix in {".html", ".txt"}:
        # Django turns the tags into calls and blanks the rest; indentation would confuse
        # Python's tokenizer and means nothing here.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines()) + "\n"
    stream = io.BytesIO(source.encode())
    for _line, function, found, _comments in extract_python(stream, list(KEYWORDS), [], {}):
        yield function, found if isinstance(found, tuple) else (found,)


def split(function: str, found: tuple[str | None, ...]) -> tuple[tuple[str, ...] | str, str | None]:
    """The text of one call, and its context."""
    words = [word or "" for word in found]
    context = words.pop(0) if function.removesuffix("_lazy") in {"pgettext", "npgettext"} else None
    if function.removesuffix("_lazy") in {"ngettext", "npgettext"}:
        return (words[0], words[1]), context
    return words[0], context


def gather() -> Catalog:
    """A catalogue without translations of all texts in the code."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for place, text, context in texts():
        if text and text != ("", ""):
            flags = ["python-format"] if "%(" in str(text) else []
            catalogue.add(text, locations=[(place, 0)], context=context, flags=flags)
    return catalogue


def file_of(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    with file_of(language).open("rb") as stream:
        return read_po(stream, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    # A date would make every run a change.
    catalogue.header_comment = "# Waypost"
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(UNSTABLE)]
    file_of(language).write_text("".join(kept))


def faults(catalogue: Catalog) -> list[tuple[str, str]]:
    """(text, what is wrong) where a translation would not take the same values.

    Babel takes “% of category” for a format word; only texts with named values are judged.
    """
    return [
        (str(each.id), str(error))
        for each in catalogue
        if each.id and "%(" in str(each.id)
        for error in each.check()
    ]


def compile_all() -> None:
    """Write the .mo file beside each catalogue; stops at a translation that would break."""
    for language in LANGUAGES:
        catalogue = read(language)
        if found := faults(catalogue):
            raise SystemExit(f"{file_of(language)}: {found}")
        with file_of(language).with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)


def main() -> None:
    if sys.argv[1:] == ["compile"]:
        compile_all()
    else:
        gather_all()


def gather_all() -> None:
    """Bring every catalogue up to date with the code and say what is left to translate."""
    found = gather()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write(language, catalogue)
        print(f"{language}: {len(catalogue)} texts, {len(untranslated(catalogue))} to translate")


def untranslated(catalogue: Catalog) -> list[str]:
    """Texts whose translation, or one of its plural forms, is empty."""
    return [str(each.id) for each in catalogue if each.id and not all(forms(each))]


def forms(message: Message) -> list[str]:
    """The translations of one text: one, or one for each plural form."""
    if isinstance(message.string, str):
        return [message.string]
    return list(message.string or ()) or [""]


if __name__ == "__main__":
    main()
