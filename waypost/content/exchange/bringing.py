"""Doing what a plan says: everything, or with one fault nothing."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.content.actions import Clash, rewrite
from waypost.content.actions.approving import Standing
from waypost.content.actions.bulk import AT_ONCE, NewItem, decide, write_many
from waypost.content.exchange.planning import Plan, Post
from waypost.content.models import Status
from waypost.documents.kinds import RowError
from waypost.kit.errors import Refusal
from waypost.kit.http import HostNotAllowed, client
from waypost.library.actions import add_picture, erase
from waypost.library.models import Asset

log = logging.getLogger(__name__)
LONGEST_FETCH = 30.0  # seconds for one picture


class Stumbled(Exception):
    """Rows could not be brought, so nothing was; ``errors`` says which and why."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__(f"{len(errors)} rows")
        self.errors = errors


@dataclass(frozen=True)
class Fetched:
    """Pictures by their address, and why others did not come."""

    assets: Mapping[str, Asset]
    failed: Mapping[str, str]
    new: tuple[Asset, ...]  # were not in the library before


@transaction.atomic
def bring(
    business: Business, plan: Plan, *, by: User, beat: Callable[[int], None] = lambda done: None
) -> list[RowError]:
    """Write everything; answers sentences about what turned out otherwise.

    ``beat`` is told how many posts are written, though all of them stand only in the end.
    Raises ``Stumbled`` for a plan with errors, and when somebody changed a post meanwhile;
    then nothing is written.
    """
    if plan.errors:
        raise Stumbled(plan.errors)
    added = plan.of("added")
    notes = _add(business, added, by, beat)
    for done, post in enumerate(plan.of("changed"), start=len(added) + 1):
        _change(post, by)
        beat(done)
    return notes


def _add(
    business: Business, posts: list[Post], by: User, beat: Callable[[int], None]
) -> list[RowError]:
    """What needs a decision is a draft first, and stays one where the decision is refused."""
    drafts = [
        NewItem(post.draft, post.target if post.target in AT_ONCE else Status.DRAFT)
        for post in posts
        if post.draft
    ]
    notes, who = [], Standing(business, by)
    try:
        items = write_many(business, drafts, by=by)
    except Refusal as refusal:  # what the rows were read with has changed
        raise Stumbled([RowError(0, refusal.message)]) from refusal
    for done, (item, post) in enumerate(zip(items, posts, strict=True), start=1):
        beat(done)
        if post.target not in AT_ONCE:
            try:
                decide(item, post.target, by=by, who=who)
            except Refusal as refusal:
                said = _("It becomes a draft: %(why)s") % {"why": refusal.message}
                notes.append(RowError(post.line, said))
    return notes


def _change(post: Post, by: User) -> None:
    item, draft = post.item, post.draft
    assert item
    assert draft
    try:
        if item.is_editable:
            stays_idea = item.status == Status.IDEA and post.target in {"", Status.IDEA}
            rewrite(item, draft=draft, version=item.version, by=by, stays_idea=stays_idea)
        if post.target and post.target != item.status:
            decide(item, post.target, by=by)
    except Clash as clash:
        text = _("Somebody changed this post a moment ago. Check the file again.")
        raise Stumbled([RowError(post.line, text)]) from clash
    except Refusal as refusal:
        raise Stumbled([RowError(post.line, refusal.message)]) from refusal


def fetch(
    business: Business, addresses: Iterable[str], *, by: User, beat: Callable[[], None]
) -> Fetched:
    """Bring pictures into the library; ``beat`` is called after each one.

    An address that leads into a private network is refused (:mod:`waypost.kit.http`).
    """
    known = set(business.assets.values_list("pk", flat=True))
    assets: dict[str, Asset] = {}
    failed: dict[str, str] = {}
    with client(
        largest_answer=settings.UPLOAD_MAX_BYTES + 1, longest_call=LONGEST_FETCH
    ) as browser:
        for address in addresses:
            try:
                assets[address] = _fetch_one(browser, business, address, by)
            except Refusal as refusal:
                failed[address] = refusal.message
            beat()
    new = {asset.pk: asset for asset in assets.values() if asset.pk not in known}
    return Fetched(assets, failed, tuple(new.values()))


def _fetch_one(browser: httpx.Client, business: Business, address: str, by: User) -> Asset:
    try:
        answer = browser.get(address, follow_redirects=True)
        answer.raise_for_status()
    except HostNotAllowed as error:
        raise Refusal(str(error)) from error
    except httpx.HTTPStatusError as error:
        message = _("The picture %(address)s cannot be fetched: the server answers %(code)s.")
        words = {"address": address, "code": error.response.status_code}
        raise Refusal(message % words) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        log.info("a picture of an import could not be fetched: %s", type(error).__name__)
        message = _("The picture %(address)s cannot be fetched: there is no answer, or too much.")
        raise Refusal(message % {"address": address}) from error
    name = PurePosixPath(urlsplit(address).path).name or "picture"
    upload = SimpleUploadedFile(name, answer.content)
    try:
        return add_picture(business, upload=upload, by=by)
    except Refusal as refusal:
        raise Refusal(f"{address}: {refusal.message}") from refusal


def picture_errors(plan: Plan, failed: Mapping[str, str]) -> list[RowError]:
    """Failed pictures by the rows that want them."""
    return [
        RowError(post.line, failed[address])
        for post in plan.of("added", "changed")
        for address in post.addresses
        if address in failed
    ]


def forget(fetched: Fetched) -> None:
    """Take pictures out of the library again that came for an import which did not happen."""
    for asset in fetched.new:
        erase(asset)
