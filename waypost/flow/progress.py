"""How far long work is, while it holds a transaction that nobody else can look into.

Kept where the wake-ups are: beside the database, so that it is seen before the work is
committed. It may be lost at any time; only a page shows it.
"""

import json
import logging

from waypost.flow.engine import EmptyData, huey

log = logging.getLogger(__name__)


def say(name: str, done: int, steps: int) -> None:
    """``done`` of ``steps``. A store that does not answer stops no work."""
    try:
        huey.storage.put_data(_key(name), json.dumps([done, steps]).encode())
    except Exception:
        # Each store has a driver with faults of its own.
        log.warning("nobody hears how far %s is", name, exc_info=True)


def heard(name: str) -> tuple[int, int] | None:
    """(done, steps) as it was last said; ``None`` where nothing is known."""
    try:
        found = huey.storage.peek_data(_key(name))
    except Exception:
        # As above: the page then says only that the work goes on.
        log.warning("it is not known how far %s is", name, exc_info=True)
        return None
    if found is EmptyData:
        return None
    done, steps = json.loads(bytes(found))
    return int(done), int(steps)


def forget(name: str) -> None:
    try:
        huey.storage.pop_data(_key(name))
    except Exception:
        # As above: what stays is overwritten by the next work of this name.
        log.warning("what was said about %s stays", name, exc_info=True)


def _key(name: str) -> str:
    return f"progress:{name}"
