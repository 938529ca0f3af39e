"""`make test`: the suite on SQLite and on PostgreSQL side by side, then the browser tests.

Prints the three outputs one after the other, and one closing line.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PYTHON = sys.executable
BIN = Path(PYTHON).parent
COVERAGE = Path("var") / "coverage"


def start(
    name: str, words: list[str], **environment: str
) -> tuple[str, subprocess.Popen[str], Path]:
    """Start one run; its output goes to a file so that runs do not mix."""
    COVERAGE.mkdir(parents=True, exist_ok=True)
    out = COVERAGE / f"{name}.txt"
    process = subprocess.Popen(
        words,
        stdout=out.open("w"),
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
    )
    return name, process, out


def finish(run: tuple[str, subprocess.Popen[str], Path]) -> bool:
    name, process, out = run
    code = process.wait()
    print(f"── {name} " + "─" * (60 - len(name)))
    print(out.read_text())
    if code:
        print(f"{name}: ended with code {code}")
    return code == 0


def pytest(*words: str) -> list[str]:
    return [str(BIN / "pytest"), *words]


def main() -> int:
    shutil.rmtree(COVERAGE, ignore_errors=True)
    runs = [
        start(
            "sqlite",
            pytest("-n", "1", "--cov", "--cov-report=term:skip-covered"),
            COVERAGE_FILE=str(COVERAGE / "data"),
        ),
        start(
            "postgresql",
            [PYTHON, "tools/on_postgres.py", *pytest("-n", "1")],
        ),
    ]
    good = [finish(run) for run in runs]
    if shutil.which("chromium"):
        good.append(finish(start("browser", pytest("-m", "browser", "-rs"))))
    else:
        print("browser: left out, the package chromium is missing")
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
