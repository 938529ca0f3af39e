"""Ecwid by Lightspeed: the orders of a shop, by the UTM tags that led to them.

REST API v3, as in the official Java client of July 2026. An order carries no utm_content, so
that it can be told which initiative and channel it came through, and rarely which post.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.providers._calls import call, read_object, unreachable
from waypost.providers.base import ConnectField, Json
from waypost.providers.errors import Disconnected, Refused
from waypost.providers.referrers import host_of
from waypost.providers.visits import COUPON, REFERRAL, Came, Found, Tags, TellsVisits

PAID = "PAID,PARTIALLY_REFUNDED"
PAGE, MOST_PAGES = 100, 200


class Ecwid(TellsVisits):
    id = "ecwid"
    name = "Ecwid"
    blurb = gettext_lazy("Paid orders of your shop, by the link that led to them.")
    steps = (
        gettext_lazy(
            "Open https://my.ecwid.com, there Apps, then My apps, and make a custom app that may "
            "read the profile of the shop and its orders."
        ),
        gettext_lazy("Copy the secret token of that app into the second field below."),
        gettext_lazy(
            "Copy the number of the shop into the first field. It stands at the foot of every "
            "page of the control panel."
        ),
    )
    fields = (
        ConnectField("store", gettext_lazy("Number of the shop"), placeholder="12345678"),
        ConnectField("token", gettext_lazy("Secret token"), secret=True, placeholder="secret_…"),
    )
    is_shop = True
    changes_for = 30  # returns and refunds
    api = "https://app.ecwid.com"

    def connect(self, values: Mapping[str, str]) -> Found:
        store, token = values["store"].strip(), values["token"].strip()
        if not store.isdecimal():
            raise Refused(_("The number of a shop has digits only."), field="store")
        try:
            profile = self._get(store, token, "profile")
        except Disconnected as gone:
            words = _("Ecwid does not accept this token for this shop.")
            raise Refused(words, field="token") from gone
        units, settings = _part(profile, "formatsAndUnits"), _part(profile, "settings")
        name = str(settings.get("storeName") or store)
        secrets = {"store": store, "token": token}
        return Found(store, name, str(units.get("currency") or ""), secrets)

    def read(
        self, found: Found, first: dt.date, last: dt.date, *, zone: ZoneInfo, currency: str
    ) -> list[Came]:
        start = dt.datetime.combine(first, dt.time(), zone)
        end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), zone)
        sums: dict[tuple[dt.date, Tags], tuple[int, Decimal]] = {}
        for order in self._orders(found.secrets, start, end):
            at = dt.datetime.fromtimestamp(int(order["createTimestamp"]), zone)
            key = (at.date(), _tags(order))
            number, revenue = sums.get(key, (0, Decimal(0)))
            sums[key] = number + 1, revenue + _worth(order)
        return [
            Came(day, tags, orders=number, revenue=revenue)
            for (day, tags), (number, revenue) in sums.items()
            if first <= day <= last
        ]

    def _orders(
        self, secrets: Mapping[str, str], start: dt.datetime, end: dt.datetime
    ) -> Iterator[Json]:
        """Every paid order; one that a new order pushes onto the next page counts once."""
        seen: set[str] = set()
        for page in range(MOST_PAGES):
            asked = {
                "createdFrom": int(start.timestamp()),
                "createdTo": int(end.timestamp()) - 1,
                "paymentStatus": PAID,
                "limit": PAGE,
                "offset": page * PAGE,
            }
            answer = self._get(secrets["store"], secrets["token"], "orders", **asked)
            items = answer.get("items")
            if not isinstance(items, list):
                raise unreachable(self.api)
            for order in items:
                if str(order["id"]) not in seen:
                    seen.add(str(order["id"]))
                    yield order
            if len(items) < PAGE:
                return

    def _get(self, store: str, token: str, path: str, **asked: Any) -> Json:
        answer = call("GET", f"{self.api}/api/v3/{store}/{path}", token=token, params=asked)
        if answer.status_code in {401, 402, 403, 404}:
            raise Disconnected(_("Ecwid does not let Waypost read this shop any more."))
        if answer.status_code != 200:
            raise Refused(_("Ecwid refuses the question."))
        return read_object(answer)


def _part(row: Json, name: str) -> Json:
    part = row.get(name)
    return part if isinstance(part, dict) else {}


def _tags(order: Json) -> Tags:
    """Those of the link; without them the coupon and the page that the buyer came from."""
    utm = _part(order, "utmData")
    source, medium, campaign = (str(utm.get(n) or "") for n in ("source", "medium", "campaign"))
    if source or medium or campaign:
        return source, medium, campaign, ""
    host = host_of(str(order.get("globalReferer") or ""))
    coupon = str(_part(order, "discountCoupon").get("code") or "")
    if coupon:
        return host, COUPON, coupon, ""
    return host, REFERRAL if host else "", "", ""


def _worth(order: Json) -> Decimal:
    try:
        return Decimal(str(order["total"])) - Decimal(str(order.get("refundedAmount") or 0))
    except (InvalidOperation, KeyError) as error:
        raise unreachable(Ecwid.api) from error
