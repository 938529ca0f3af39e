"""``waypost import calendar``: the same as the pages do, in one go."""

from pathlib import Path

from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.accounts.permissions import Role
from waypost.content.exchange.bringing import Stumbled, bring, fetch, forget, picture_errors
from waypost.content.exchange.calendar_file import CalendarFile, content_of
from waypost.content.exchange.choices import Choices, first_choices, order_of_file
from waypost.content.exchange.import_forms import missing
from waypost.content.exchange.planning import Plan, plan
from waypost.content.exchange.told import unknown_channels
from waypost.documents.kinds import BadFile, ImportKind, ImportResult, RowError


def read_file(business: Business, path: Path, dry_run: bool) -> ImportResult:
    """By an owner's hand. Raises ``BadFile`` where a page would ask a question."""
    by = business.members.filter(role=Role.OWNER).earliest("pk").user
    file = CalendarFile.read(content_of(path), path.name)
    choices = first_choices(business, file)
    _refuse_questions(business, file, choices)
    first = plan(business, file, choices, by=by)
    if first.errors or dry_run:
        return _result(first, first.errors)
    fetched = fetch(business, first.addresses, by=by, beat=lambda: None)
    final = plan(business, file, choices, by=by, fetched=fetched.assets)
    try:
        if fetched.failed:
            raise Stumbled(picture_errors(first, fetched.failed))
        bring(business, final, by=by)
    except Stumbled as stumbled:
        forget(fetched)
        return _result(first, stumbled.errors)
    return _result(final, [])


def _refuse_questions(business: Business, file: CalendarFile, choices: Choices) -> None:
    if lacking := missing(choices.columns):
        words = ", ".join(lacking)
        raise BadFile(_("The file has no column with this heading: %(words)s.") % {"words": words})
    part = file.part.mapped(choices.columns)
    cells = [part.values(line) for line in part.lines]
    unknown = [
        word
        for word in unknown_channels(business, (row.get("channel") for row in cells))
        if word not in choices.channels
    ]
    if unknown:
        words = ", ".join(unknown[:10])
        raise BadFile(_("There is no channel called: %(words)s.") % {"words": words})
    if order_of_file(file, choices.columns).asked:
        raise BadFile(_("Days like 12/10/2026 can be read in two ways. Write 2026-10-12."))


def _result(done: Plan, errors: list[RowError]) -> ImportResult:
    counts = done.counts
    return ImportResult(
        counts["added"], counts["changed"], counts["unchanged"] + counts["known"], errors
    )


CALENDAR = ImportKind("calendar", read_file)
