"""Compare and set as one prepared statement.

Django works the words of a statement out anew each time it is asked, which costs ten times
what the database takes to carry them out. A post passes five such statements on its way,
and a thousand posts may be due in one second; so the words are kept here by their shape.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def compare_and_set(row: Model, seen: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    """Write ``changes`` into ``row`` where its columns still hold ``seen``; True when they did.

    Both map names of fields to values; ``None`` in ``seen`` means an empty column. Expressions
    and rows of other tables are values that only Django understands: with one of them, it
    writes the statement. ``row`` itself stays as it is.
    """
    model = type(row)
    if not all(_is_plain(value) for value in (*seen.values(), *changes.values())):
        rows = model._default_manager.filter(pk=row.pk, **_asked(seen))
        return bool(rows.update(**changes))
    empty = tuple(value is None for value in seen.values())
    words = _words(model, tuple(changes), tuple(seen), empty, connection.vendor)
    held = {name: value for name, value in seen.items() if value is not None}
    values = [*_stored(model, changes), row.pk, *_stored(model, held)]
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        return bool(cursor.rowcount)


def _is_plain(value: Any) -> bool:
    return not (isinstance(value, Model) or hasattr(value, "resolve_expression"))


def _asked(seen: Mapping[str, Any]) -> dict[str, Any]:
    """``seen`` as Django's own filter wants it."""
    empty = {f"{name}__isnull": True for name, value in seen.items() if value is None}
    return empty | {name: value for name, value in seen.items() if value is not None}


def _stored(model: type[Model], values: Mapping[str, Any]) -> Iterable[Any]:
    """The values as the database takes them, in their order."""
    return [
        _field(model, name).get_db_prep_save(value, connection) for name, value in values.items()
    ]


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    found = model._meta.get_field(name)
    assert isinstance(found, Field)
    return found


@cache
def _words(
    model: type[Model],
    changed: tuple[str, ...],
    seen: tuple[str, ...],
    empty: tuple[bool, ...],
    vendor: str,
) -> str:
    """The statement; ``vendor`` is there because each kind of database has its quotes."""

    def column(name: str) -> str:
        return connection.ops.quote_name(str(_field(model, name).column))

    table = connection.ops.quote_name(model._meta.db_table)
    setting = ", ".join(f"{column(name)} = %s" for name in changed)
    pk = connection.ops.quote_name(str(model._meta.pk.column))
    tests = [
        f"{column(name)} IS NULL" if is_empty else f"{column(name)} = %s"
        for name, is_empty in zip(seen, empty, strict=True)
    ]
    where = " AND ".join([f"{pk} = %s", *tests])
    return f"UPDATE {table} SET {setting} WHERE {where}"  # noqa: S608
