"""Tests that keep the house: floors, doors, names and words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from waypost import settings as settings_module
from waypost.providers import registry

PACKAGE = Path(settings_module.__file__).parent
ROOT = PACKAGE.parent


def sources(pattern: str = "*.py") -> list[Path]:
    return sorted(
        path
        for path in PACKAGE.rglob(pattern)
        if not {"tests", "migrations", "static"} & set(path.relative_to(PACKAGE).parts)
    )


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def views(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from views(each)
        else:
            yield each


@pytest.mark.parametrize("path", sources(), ids=named)
def test_no_import_hides_in_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text())
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    hidden = [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_every_view_says_who_may_see_it() -> None:
    """Sign-in pages of allauth guard themselves; everything else is ours to mark."""
    unmarked = [
        str(each.pattern)
        for each in views()
        if not each.callback.__module__.startswith("allauth.")
        and not getattr(each.callback, "permission", "")
    ]
    assert unmarked == []


OUTSIDE_PROVIDERS = [
    path
    for path in sources("*.py") + sources("*.html")
    if not path.is_relative_to(PACKAGE / "providers")
]


@pytest.mark.parametrize("path", OUTSIDE_PROVIDERS, ids=named)
def test_no_network_is_named_outside_of_its_file(path: Path) -> None:
    assert quoted_networks(path) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "frontend").rglob("*.ts")), ids=lambda path: path.name
)
def test_no_island_knows_a_network(path: Path) -> None:
    assert quoted_networks(path) == []


def quoted_networks(path: Path) -> list[str]:
    ids = "|".join(re.escape(each) for each in registry.ALL)
    return re.findall(rf"""["'`]({ids})["'`]""", path.read_text())


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text()
    documented = re.findall(r"^\| `([A-Z0-9_]+)`", page, flags=re.MULTILINE)
    assert sorted(documented) == sorted({*settings_module.VARIABLES, *READ_BEFORE_DJANGO})


READ_BEFORE_DJANGO = {"WAYPOST_WEB_PROCESSES"}
"""Read by ``waypost up`` and ``web``, which do not load the settings."""


@pytest.mark.parametrize("path", sources("*.html"), ids=named)
def test_no_template_carries_script_or_style_of_its_own(path: Path) -> None:
    """The content security policy would silently drop it."""
    text = path.read_text()
    found = re.findall(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)[^>]*>", text)
    data_only = [each for each in found if 'type="application/json"' not in each]
    assert data_only == []


@pytest.mark.parametrize("path", sources("*.html"), ids=named)
def test_numbers_of_rows_are_written_without_separators(path: Path) -> None:
    """``{{ task.pk }}`` is 1,217 from the thousandth on, and no address or form knows that."""
    found = re.findall(r"\{\{ *(?:[a-z_]+\.)*(?:pk|id|[a-z]+_id) *\}\}", path.read_text())
    assert [each for each in found if not re.search(r"auto_id|attrs\.id|{{ id }}", each)] == []


@pytest.mark.parametrize("path", sources(), ids=named)
def test_files_stay_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 420


def test_tests_leave_the_data_of_this_machine_alone() -> None:
    assert "waypost-test-" in str(settings.DATA)
