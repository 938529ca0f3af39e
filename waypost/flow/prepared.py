"""Questions of always the same shape, whose words are worked out once for a process.

The counterpart of ``one_statement`` for reading. Django composes the words of a query anew
each time it is asked, with every column of every table; for the few questions that each post
of a rush asks, this took most of the time. What comes back is made into rows by Django.
"""

import copy
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)

_STANDS_IN = 7_000_000_000
"""Numbers from here on stand for what will be asked for; no constant of a query is so high."""


class Prepared(Generic[M]):
    """``make`` answers the queryset for given values, each a number or a text.

    It is called once, with values that stand in for them, so it must not decide by them.
    """

    def __init__(
        self, make: Callable[..., "QuerySet[M, Any]"], *kinds: type[int] | type[str]
    ) -> None:
        self._make = make
        self._stand_ins = [kind(_STANDS_IN + place) for place, kind in enumerate(kinds)]
        self._compilers: dict[str, tuple[SQLCompiler, str, tuple[Any, ...]]] = {}

    def rows(self, *values: int | str) -> Iterator[M]:
        """The rows for ``values``, as the queryset would have made them."""
        compiler = self._asked(values)
        asked = SimpleNamespace(
            db=connection.alias,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
        )
        found: Iterator[M] = iter(ModelIterable(asked))  # type: ignore[arg-type]
        return found

    def first(self, *values: int | str) -> M | None:
        return next(self.rows(*values), None)

    def tuples(self, *values: int | str) -> list[tuple[Any, ...]]:
        """The rows for ``values`` of a queryset that ends with ``values_list``."""
        return [tuple(row) for row in self._asked(values).results_iter(tuple_expected=True)]

    def _asked(self, values: tuple[int | str, ...]) -> SQLCompiler:
        """A compiler of this thread that has done its work already."""
        if connection.vendor not in self._compilers:
            self._compilers[connection.vendor] = self._compile()
        compiler, words, constants = self._compilers[connection.vendor]
        filled = dict(zip(self._stand_ins, values, strict=True))
        parameters = tuple(filled.get(each, each) for each in constants)
        compiler = copy.copy(compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_named: (words, parameters)  # type: ignore[method-assign]
        return compiler

    def _compile(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        query = self._make(*self._stand_ins).query
        compiler = query.get_compiler(connection=connection)
        words, parameters = compiler.as_sql()
        return compiler, words, tuple(parameters)
