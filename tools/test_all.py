"""`make test`: the suite on SQLite and on PostgreSQL side by side, and the browser tests.

Prints the outputs one after the other, and one closing line.
"""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable
BIN = Path(PYTHON).parent
COVERAGE = Path("var") / "coverage"
FAULTS = "waypost/publishing/tests/faults"


@dataclass(frozen=True)
class Job:
    """A run of pytest, and what its environment says besides ours."""

    name: str
    words: list[str]
    environment: dict[str, str]


def run(job: Job) -> bool:
    """Run one job to its end; its output goes to a file so that jobs do not mix."""
    out = COVERAGE / f"{job.name}.txt"
    with out.open("w") as stream:
        code = subprocess.run(
            job.words,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, **job.environment},
            check=False,
        ).returncode
    print(f"── {job.name} " + "─" * (60 - len(job.name)))
    print(out.read_text())
    if code:
        print(f"{job.name}: ended with code {code}")
    return code == 0


def pytest(*words: str) -> list[str]:
    return [str(BIN / "pytest"), *words]


def jobs() -> list[Job]:
    """The longest first; two run at a time.

    The proofs by fault go without the counting of lines, which would make them twice as long and
    which the other tests of the publisher do as well.
    """
    alone = "--ignore=" + FAULTS
    covered = pytest(alone, "-n", "1", "--cov", "--cov-report=term:skip-covered")
    return [
        Job("sqlite", covered, {"COVERAGE_FILE": str(COVERAGE / "data")}),
        Job(
            "postgresql",
            [PYTHON, "tools/on_postgres.py", *pytest("-n", "1")],
            {"WAYPOST_DATABASE_TESTS_ONLY": "yes"},
        ),
        Job("faults on sqlite", pytest(FAULTS), {}),
        *browser(),
    ]


def browser() -> list[Job]:
    if shutil.which("chromium"):
        return [Job("browser", pytest("-m", "browser", "-rs"), {})]
    print("browser: left out, the package chromium is missing")
    return []


def main() -> int:
    shutil.rmtree(COVERAGE, ignore_errors=True)
    COVERAGE.mkdir(parents=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        good = list(pool.map(run, jobs()))
    passed = failed = 0
    for out in COVERAGE.glob("*.txt"):
        text = out.read_text()
        passed += sum(int(n) for n in re.findall(r"(\d+) passed", text))
        failed += sum(int(n) for n in re.findall(r"(\d+) (?:failed|errors?)\b", text))
    if not all(good) and not failed:
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 0 if all(good) and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
