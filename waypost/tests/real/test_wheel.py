"""The wheel, installed where there is neither node nor a checkout, starts and is complete."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from waypost.tests.product import ROOT, Product, environment

pytestmark = pytest.mark.real


def run(*words: str | Path) -> None:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` of a fresh environment with the locked packages and the wheel."""
    venv = tmp_path_factory.mktemp("fresh") / "venv"
    locked = ROOT / "requirements" / "base.txt"
    own = ROOT / ".venv" / "uv" / "bin" / "uv"
    uv = str(own) if own.exists() else shutil.which("uv")
    python = venv / "bin" / "python"
    run(*([uv, "venv", "-q", "--python"] if uv else []), sys.executable, *_venv(uv), venv)
    install = [uv, "pip", "install", "-q", "--python", python] if uv else _pip(python)
    run(*install, "--require-hashes", "-r", locked)
    run(*install, "--no-deps", wheel)
    return python.parent


def _venv(uv: str | None) -> list[str]:
    return [] if uv else ["-m", "venv"]


def _pip(python: Path) -> list[str | Path]:
    return [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]


def test_it_carries_what_the_pages_need_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "waypost/static/dist/manifest.json" in names
    assert "waypost/home/demo/svit-in-sat.yaml" in names
    assert "waypost/locale/sl/LC_MESSAGES/django.mo" in names
    tests = re.compile(r"(^|/)tests/|(^|/)(conftest|testsettings)\.py$")
    assert [name for name in names if tests.search(name)] == []


def test_it_runs_with_styles_and_stops_where_there_is_no_node(
    installed: Path, tmp_path: Path
) -> None:
    environ = {**environment(tmp_path), "PATH": str(installed)}
    del environ["WAYPOST_DATA"]
    words = (str(installed / "waypost"),)
    with Product(tmp_path, words=words, environ=environ, cwd=tmp_path) as product:
        with httpx.Client(base_url=product.url, follow_redirects=True) as client:
            page = client.get("/")
            assert page.url.path == "/welcome/"
            assert "Welcome to Waypost" in page.text
            files = re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)
            answers = {path.rpartition(".")[2]: client.get(path) for path in files}
            assert {"css", "js", "svg"} <= set(answers)
            assert {answer.status_code for answer in answers.values()} == {200}
            assert answers["css"].headers["content-type"].startswith("text/css")
        assert (tmp_path / "var" / "waypost.sqlite3").exists()
        assert (tmp_path / "var").stat().st_mode & 0o077 == 0
