"""``waypost import metrics FILE``: numbers of channels by day or month, or totals of posts."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.documents.kinds import BadFile, ImportKind, ImportResult, RowError
from waypost.insights import imports, post_imports
from waypost.insights.metric_files import read_table
from waypost.insights.post_files import PostTable, read_posts
from waypost.insights.store import Recorded


def read_file(business: Business, path: Path, dry_run: bool) -> ImportResult:
    """With what is remembered of such a file, or what can be guessed for sure."""
    content = path.read_bytes()
    posts = read_posts(content, path.name)
    if posts is not None:
        return _of_posts(business, posts, path.name, dry_run=dry_run)
    table = read_table(content, path.name)
    choices = imports.first_choices(business, table, path.name)
    _refuse(imports.what_lacks(choices))
    done = imports.bring(business, table, choices, by=None, dry_run=dry_run)
    return _result(done.recorded, done.errors)


def _of_posts(business: Business, posts: PostTable, name: str, *, dry_run: bool) -> ImportResult:
    choices = post_imports.first_choices(business, posts, name)
    _refuse(post_imports.what_lacks(choices))
    done = post_imports.bring_posts(business, posts, choices, dry_run=dry_run)
    # A file tells of every post on the network, also of those that Waypost did not send.
    return _result(done.recorded, done.errors, done.unmatched)


def _refuse(lacks: str) -> None:
    if lacks:
        where = _("Import a file of this kind on the page once; it is remembered then.")
        raise BadFile(f"{lacks} {where}")


def _result(
    counts: Recorded, errors: list[RowError], left_out: Iterable[RowError] = ()
) -> ImportResult:
    return ImportResult(
        counts.added, counts.changed, counts.unchanged, errors, left_out=list(left_out)
    )


NUMBERS = ImportKind("metrics", read_file)
