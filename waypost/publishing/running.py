"""One worker's hold on one delivery: its lease, its calls, and what is kept about them."""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import quote

from django.utils import timezone

from waypost.kit import http
from waypost.kit.masking import MASK, masked
from waypost.providers.allowance import listening
from waypost.providers.base import Credentials, Post, Publishes
from waypost.providers.errors import Busy, Disconnected, Processing, Refused
from waypost.publishing.limits import Limits
from waypost.publishing.models import DELIVERY, LEASE, Attempt, Delivery

log = logging.getLogger(__name__)
T = TypeVar("T")

RENEWED_AFTER = timedelta(seconds=15)
"""How old a lease is before a call that comes further renews it."""
_SHORTEST_SECRET = 4  # characters; less would mask half of every sentence


class LostLease(Exception):
    """Another worker holds the delivery now; this one must stop at once."""


class NoClearAnswer(Exception):
    """A call ended in a way that says nothing about its effect."""


@dataclass
class Run:
    """One worker's hold on one delivery."""

    delivery: Delivery
    provider: Publishes
    post: Post
    credentials: Credentials
    limits: Limits
    goes_on: bool = True  # whether a part or a comment may wait for this one

    @property
    def holding(self) -> dict[str, str]:
        return {"lease_token": self.delivery.lease_token}

    def move(self, old: str, new: str, **changes: Any) -> None:
        """Move the row as the holder of its lease; raises ``LostLease``."""
        if not DELIVERY.move(self.delivery, old, new, holding=self.holding, **changes):
            raise LostLease

    def keep(self, **changes: Any) -> None:
        """Write columns and renew the lease; raises ``LostLease``."""
        changes["lease_until"] = timezone.now() + LEASE
        held = Delivery.objects.filter(
            pk=self.delivery.pk, status=self.delivery.status, **self.holding
        )
        if not held.update(**changes):
            raise LostLease
        for name, value in changes.items():
            setattr(self.delivery, name, value)

    def beat(self) -> None:
        """The call that is being made comes further, so the lease may last for longer.

        Raises ``LostLease``: what is being sent is another worker's by now.
        """
        until = self.delivery.lease_until
        if until is None or until - timezone.now() < LEASE - RENEWED_AFTER:
            self.keep()
            http.goes_on()

    def call(self, step: str, act: Callable[[], T], *, paid: bool = False) -> T:
        """Ask the network and keep a line about it, whatever it answers.

        Lets ``Busy``, ``Refused`` and ``Disconnected`` through, without secrets in their
        words; anything else leaves as ``NoClearAnswer``. A call that the network has said
        it will refuse is ``Busy`` without being made, unless it was ``paid`` for before.
        """
        if not paid:
            self.limits.spend(self.provider.price(step))
        started = timezone.now()
        outcome, detail = Attempt.Outcome.DONE, ""
        try:
            with listening(self.limits.told):
                return act()
        except (Busy, Refused, Disconnected) as answer:
            detail = clean(str(answer), self.credentials.secrets.values())
            outcome = _outcome(answer)
            raise _worded(answer, detail) from None
        except LostLease:
            outcome, detail = Attempt.Outcome.UNKNOWN, "LostLease"
            raise
        except Exception as fault:
            # Whatever it was, the call may have had its effect: it is unknown.
            outcome, detail = Attempt.Outcome.UNKNOWN, type(fault).__name__
            log.warning("delivery %s: %s: no clear answer", self.delivery.pk, step, exc_info=True)
            raise NoClearAnswer(detail) from fault
        finally:
            Attempt.objects.create(
                delivery=self.delivery,
                step=step,
                started_at=started,
                ended_at=timezone.now(),
                outcome=outcome,
                detail=detail,
            )


def clean(text: str, secrets: Iterable[str]) -> str:
    """``text`` without the secrets that a server may have put into its answer.

    Each is looked for as it is and as it stands in an address or in JSON.
    """
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            for form in _forms(secret):
                text = text.replace(form, MASK)
    return masked(text)


def _forms(secret: str) -> list[str]:
    in_json = (json.dumps(secret, ensure_ascii=plain)[1:-1] for plain in (True, False))
    found = {secret, quote(secret), quote(secret, safe=""), *in_json}
    return sorted(found, key=len, reverse=True)


def _outcome(answer: Exception) -> Attempt.Outcome:
    match answer:
        case Processing():
            return Attempt.Outcome.PENDING
        case Busy():
            return Attempt.Outcome.BUSY
        case Refused():
            return Attempt.Outcome.REFUSED
    return Attempt.Outcome.DISCONNECTED


def _worded(answer: Busy | Refused | Disconnected, words: str) -> Busy | Refused | Disconnected:
    """The same answer with other words."""
    match answer:
        case Busy():
            return type(answer)(words, after=answer.after)
        case Refused():
            return Refused(words, field=answer.field)
    return Disconnected(words)
