"""`make test-real`: real counterparts, and beside them the proof by fault on PostgreSQL."""

import sys

from test_all import PYTHON, Job, pytest, run_all

FAULTS = "waypost/publishing/tests/faults"
ON_POSTGRES = [PYTHON, "tools/on_postgres.py", *pytest("-m", "real", "-rs", FAULTS)]

if __name__ == "__main__":
    jobs = [
        Job("real", pytest("-m", "real", "-rs"), {}),
        Job("proof by fault, postgresql", ON_POSTGRES, {}),
    ]
    sys.exit(0 if run_all(jobs) else 1)
