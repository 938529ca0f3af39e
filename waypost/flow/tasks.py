"""What every task of a worker has around it."""

from collections.abc import Callable
from functools import wraps

from django.db import close_old_connections


def own_connection(task: Callable[..., None]) -> Callable[..., None]:
    """A worker thread lives long; a database connection that died in between is replaced."""

    @wraps(task)
    def run(*args: int) -> None:
        close_old_connections()
        try:
            task(*args)
        finally:
            close_old_connections()

    return run
