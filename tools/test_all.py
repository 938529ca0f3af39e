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
OUTPUTS = Path("var") / "tests"
WALK = "waypost/tests/browser/test_walk.py"


@dataclass(frozen=True)
class Job:
    """A run of pytest, and what its environment says besides ours."""

    name: str
    words: list[str]
    environment: dict[str, str]


def run(job: Job) -> bool:
    """Run one job to its end; its output goes to a file so that jobs do not mix."""
    out = OUTPUTS / f"{job.name}.txt"
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
    """The longest first; two run at a time."""
    return [
        Job(
            "postgresql",
            [PYTHON, "tools/on_postgres.py", *pytest("-n", "1")],
            {"WAYPOST_DATABASE_TESTS_ONLY": "yes"},
        ),
        Job("sqlite", pytest("-n", "1"), {}),
        *browser(),
    ]


def browser() -> list[Job]:
    """The walk over all pages asks as much as all others, so it has a job of its own."""
    if shutil.which("chromium"):
        asked = ("-m", "browser", "-rs")
        return [
            Job("browser-walk", pytest(*asked, WALK), {}),
            Job("browser", pytest(*asked, f"--ignore={WALK}"), {}),
        ]
    print("browser: left out, the package chromium is missing")
    return []


def run_all(jobs: list[Job]) -> bool:
    """Run the jobs, two at a time, and print one closing line; whether all of them passed."""
    shutil.rmtree(OUTPUTS, ignore_errors=True)
    OUTPUTS.mkdir(parents=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        good = list(pool.map(run, jobs))
    text = "\n".join(out.read_text() for out in OUTPUTS.glob("*.txt"))
    passed = sum(int(n) for n in re.findall(r"(\d+) passed", text))
    failed = sum(int(n) for n in re.findall(r"(\d+) (?:failed|errors?)\b", text))
    if not all(good) and not failed:
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return all(good) and not failed


if __name__ == "__main__":
    sys.exit(0 if run_all(jobs()) else 1)
