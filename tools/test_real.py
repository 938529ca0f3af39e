"""`make test-real`: real counterparts, and beside them the proof by fault on PostgreSQL.

The two run side by side, as the two halves of `make test` do; prints one output after the other.
"""

import sys

from test_all import PYTHON, finish, pytest, start

FAULTS = "waypost/publishing/tests/faults"


def main() -> int:
    runs = [
        start("real", pytest("-m", "real", "-rs")),
        start(
            "proof by fault, postgresql",
            [PYTHON, "tools/on_postgres.py", *pytest("-m", "real", "-rs", FAULTS)],
        ),
    ]
    good = [finish(run) for run in runs]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
