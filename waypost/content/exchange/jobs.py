"""A file on its way in: kept by the first page, worked off by a worker, looked at at any time.

Nothing is written before the last step, which is one transaction and belongs to whoever
holds the claim: a worker that died is followed by another one without harm.
"""

import secrets
import zlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.content.exchange.bringing import (
    Fetched,
    Stumbled,
    bring,
    fetch,
    forget,
    picture_errors,
)
from waypost.content.exchange.calendar_file import CalendarFile
from waypost.content.exchange.choices import Choices, first_choices, remember
from waypost.content.exchange.planning import Plan, plan
from waypost.content.models import IMPORT, CalendarImport, ImportState
from waypost.documents.kinds import BadFile, RowError
from waypost.flow import progress

MOST_TOLD = 200  # sentences that are kept
MOST_TRIES = 3
OFTEN = 100  # rows between two words about how far it is
WRITTEN_OFTEN = 20  # posts, which take longer


def keep(business: Business, *, name: str, content: bytes, by: User) -> CalendarImport:
    """A file that was just sent; raises ``BadFile`` for one that holds no table."""
    file = CalendarFile.read(content, name)
    choices = first_choices(business, file)
    return CalendarImport.objects.create(
        business=business,
        by=by,
        name=name[:200],
        content=zlib.compress(content),
        choices=choices.packed(),
    )


def file_of(job: CalendarImport) -> CalendarFile:
    return CalendarFile.read(zlib.decompress(bytes(job.content)), job.name)


def choices_of(job: CalendarImport) -> Choices:
    return Choices.unpacked(job.choices)


def choose(job: CalendarImport, choices: Choices) -> None:
    """What the person said about the file."""
    job.choices = choices.packed()
    job.save(update_fields=["choices"])


def start(job: CalendarImport, *, skip_pictures: bool = False) -> bool:
    """Hand it to the workers; False when one has it already."""
    if skip_pictures:
        choose(job, replace(choices_of(job), skip_pictures=True))
    changes: dict[str, Any] = {"beat_at": timezone.now(), "result": {}, "done": 0, "steps": 0}
    return any(
        IMPORT.move(job, state, ImportState.WAITING, **changes)
        for state in (ImportState.OPEN, ImportState.STOPPED)
    )


def run(pk: int) -> None:
    """The worker's part."""
    job = CalendarImport.objects.select_related("business", "by").filter(pk=pk).first()
    if job is None:
        return
    claim, now = secrets.token_hex(8), timezone.now()
    if not IMPORT.move(job, ImportState.WAITING, ImportState.RUNNING, claim=claim, beat_at=now):
        return
    try:
        result = _work(job)
    except Stumbled as stumbled:
        _end(job, ImportState.STOPPED, {"errors": _told(stumbled.errors)})
    except BadFile as error:
        _end(job, ImportState.STOPPED, {"errors": [[0, str(error)]]})
    else:
        job.result = result
    finally:
        progress.forget(_name(job))


def _work(job: CalendarImport) -> dict[str, Any]:
    """Answers the result of what was done. Raises ``Stumbled`` or ``BadFile``."""
    if job.by is None:
        raise BadFile(_("Whoever sent this file is not here any more. Send it again."))
    file, choices = file_of(job), choices_of(job)
    first = _read(job, file, choices)
    if first.errors:
        raise Stumbled(first.errors)
    fetched = _fetch(job, first)
    try:
        if fetched.failed:
            raise Stumbled(picture_errors(first, fetched.failed))
        return _bring(job, file, choices, fetched)
    except Stumbled:
        forget(fetched)
        raise


def _read(job: CalendarImport, file: CalendarFile, choices: Choices) -> Plan:
    """The first look at every row, before anything is locked; the page says how far it is."""
    assert job.by
    _beat(job, done=0, steps=len(file.part.lines), result={"doing": "rows"})

    def beat(count: int) -> None:
        if count and not count % OFTEN:
            _beat(job, done=count)

    return plan(job.business, file, choices, by=job.by, beat=beat)


def _fetch(job: CalendarImport, first: Plan) -> Fetched:
    assert job.by
    addresses = first.addresses
    doing = "pictures" if addresses else "posts"
    _beat(job, done=0, steps=len(addresses), result={"doing": doing})
    done = iter(range(1, len(addresses) + 1))
    return fetch(job.business, addresses, by=job.by, beat=lambda: _beat(job, done=next(done)))


def _bring(
    job: CalendarImport, file: CalendarFile, choices: Choices, fetched: Fetched
) -> dict[str, Any]:
    assert job.by
    with transaction.atomic():
        # Who holds the claim writes; its row stays locked until all of it is written.
        now = timezone.now()
        changes = {"ended_at": now, "beat_at": now}
        holding = {"claim": job.claim}
        if not IMPORT.move(job, ImportState.RUNNING, ImportState.DONE, holding=holding, **changes):
            raise Stumbled([RowError(0, _("Another worker has this file."))])
        final = plan(job.business, file, choices, by=job.by, fetched=fetched.assets)
        steps = len(final.of("added", "changed"))

        def beat(done: int) -> None:
            # Beside the transaction: what is written in it is seen by nobody before its end.
            if not done % WRITTEN_OFTEN:
                progress.say(_name(job), done, steps)

        notes = bring(job.business, final, by=job.by, beat=beat)
        result = {**final.counts, **_notes(final, notes)}
        CalendarImport.objects.filter(pk=job.pk).update(result=result)
        remember(job.business, file, choices)
    return result


def written(job: CalendarImport) -> tuple[int, int] | None:
    """(posts written, posts to write) while it is in its last step; ``None`` before."""
    return progress.heard(_name(job)) if job.status == ImportState.RUNNING else None


def _name(job: CalendarImport) -> str:
    return f"import:{job.pk}:{job.claim}"


def _notes(final: Plan, notes: Sequence[RowError]) -> dict[str, Any]:
    said = [RowError(post.line, note) for post in final.posts for note in post.notes]
    known = [[post.line, post.title] for post in final.of("known")]
    return {"notes": _told([*said, *notes]), "known_rows": known[:MOST_TOLD]}


def _beat(job: CalendarImport, **progress: Any) -> None:
    rows = CalendarImport.objects.filter(pk=job.pk, claim=job.claim)
    rows.update(beat_at=timezone.now(), **progress)


def _end(job: CalendarImport, state: str, result: dict[str, Any]) -> None:
    IMPORT.move(
        job,
        ImportState.RUNNING,
        state,
        holding={"claim": job.claim},
        result=result,
        ended_at=timezone.now(),
    )


def _told(errors: Sequence[RowError]) -> list[list[Any]]:
    ordered = sorted(errors, key=lambda error: error.row)
    return [list(asdict(error).values()) for error in ordered[:MOST_TOLD]]


def pick_up_left_behind() -> list[int]:
    """Keys of files that no worker holds any more, ready to be started again.

    One that was left behind again and again is given up: something in it kills workers.
    """
    now, found = timezone.now(), []
    for job in CalendarImport.objects.left_behind(now).defer("content"):
        if job.status == ImportState.RUNNING:
            if job.tries >= MOST_TRIES:
                text = _("The import broke off several times, so nothing was imported.")
                _end(job, ImportState.STOPPED, {"errors": [[0, text]]})
                continue
            holding = {"claim": job.claim}
            if not IMPORT.move(
                job, ImportState.RUNNING, ImportState.WAITING, holding=holding, beat_at=now,
                tries=job.tries + 1,
            ):  # fmt: skip
                continue
        found.append(job.pk)
    CalendarImport.objects.over(now).delete()
    return found
