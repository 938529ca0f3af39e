"""Google Analytics 4: visits, key events and revenue by UTM tags, with a service account.

Data API v1beta, as described by Google in August 2026. The manual* dimensions are those of the
UTM tags, which a link of Google Ads cannot replace. Numbers settle after two days.
"""

import base64
import datetime as dt
import json
import time
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.providers._calls import call, error_of, read_object, unreachable
from waypost.providers.base import ConnectField, Json
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.providers.visits import Came, Found, Tags, TellsVisits

SCOPE = "https://www.googleapis.com/auth/analytics.readonly"
DIMENSIONS = (
    "date",
    "sessionManualSource",
    "sessionManualMedium",
    "sessionManualCampaignName",
    "sessionManualAdContent",
)
METRICS = ("sessions", "keyEvents", "transactions", "totalRevenue")
ROWS, MOST_PAGES = 10_000, 50
HOUR = 3600
NOT_ALLOWED = frozenset({401, 403, 404})
OF_A_CLIENT = frozenset({"installed", "web"})
"""What stands in the file that people take most often instead of the right one."""


class GoogleAnalytics(TellsVisits):
    id = "google-analytics"
    name = "Google Analytics"
    blurb = gettext_lazy("Visits, key events and revenue of your site, by the link that led there.")
    steps = (
        gettext_lazy(
            "Open https://console.cloud.google.com/apis/library and switch on the Google "
            "Analytics Data API. If you have no project there yet, make one; it costs nothing."
        ),
        gettext_lazy(
            "Open https://console.cloud.google.com/iam-admin/serviceaccounts and make a service "
            "account: a reader that is no person. It needs no role."
        ),
        gettext_lazy(
            "Open that account, there Keys, Add key, and choose JSON. A file is downloaded; it "
            "is the key, so keep it for yourself."
        ),
        gettext_lazy(
            "Open https://analytics.google.com, there Admin, Property access management, and add "
            "the e-mail address of the service account as a viewer."
        ),
        gettext_lazy(
            "Copy the number of the property from Admin, Property details. Open the file with a "
            "text editor, and copy all of it into the second field below."
        ),
    )
    fields = (
        ConnectField("property", gettext_lazy("Number of the property"), placeholder="123456789"),
        ConnectField(
            "key",
            gettext_lazy("JSON key of the service account"),
            gettext_lazy("All that stands in the file, from the first { to the last }."),
            secret=True,
        ),
    )
    is_shop = False
    changes_for = 3
    api = "https://analyticsdata.googleapis.com"
    login = "https://oauth2.googleapis.com"

    def connect(self, values: Mapping[str, str]) -> Found:
        number = values["property"].strip().removeprefix("properties/")
        if not number.isdecimal():
            words = _("The number of a property has digits only; G-… is something else.")
            raise Refused(words, field="property")
        email, pem = _key(values["key"])
        secrets = {"property": number, "email": email, "key": pem}
        try:
            token = self._token(secrets)
        except Disconnected as gone:
            raise Refused(str(gone), field="key") from gone
        self._try(number, email, token)
        return Found(number, number, "", secrets)

    def _try(self, number: str, email: str, token: str) -> None:
        """Raises ``Refused`` with what is to be done, beside the field that it is about."""
        answer = self._ask(number, token, _question("yesterday", "yesterday"))
        if answer.status_code in NOT_ALLOWED:
            if _is_off(answer):
                words = _(
                    "In the project of this key the Google Analytics Data API is not switched on. "
                    "Do the first step, wait for some minutes, and try again."
                )
                raise Refused(words, field="key")
            words = _(
                "Google does not let %(email)s read the property %(number)s. Check the number, "
                "and add this address as a viewer."
            )
            raise Refused(words % {"email": email, "number": number}, field="property")
        if answer.status_code != 200:
            words = _("Google Analytics knows no property with this number.")
            raise Refused(words, field="property")

    def read(
        self, found: Found, first: dt.date, last: dt.date, *, zone: ZoneInfo, currency: str
    ) -> list[Came]:
        asked = _question(first.isoformat(), last.isoformat()) | {"currencyCode": currency}
        sums: dict[tuple[dt.date, Tags], Came] = {}
        for page in range(MOST_PAGES):
            more = {"limit": str(ROWS), "offset": str(page * ROWS)}
            rows = self._report(found.secrets, asked | more).get("rows", [])
            for came in map(_came, rows):
                sums[came.date, came.tags] = _joined(sums.get((came.date, came.tags)), came)
            if len(rows) < ROWS:
                break
        return list(sums.values())

    def _report(self, secrets: Mapping[str, str], question: Json) -> Json:
        answer = self._ask(secrets["property"], self._token(secrets), question)
        if answer.status_code in NOT_ALLOWED:
            raise Disconnected(_("Google does not let Waypost read this property any more."))
        if answer.status_code != 200:
            raise Refused(_("Google Analytics refuses the question."))
        return read_object(answer)

    def _ask(self, number: str, token: str, question: Json) -> httpx.Response:
        url = f"{self.api}/v1beta/properties/{number}:runReport"
        return call("POST", url, token=token, json=question)

    def _token(self, secrets: Mapping[str, str]) -> str:
        claims = {"iss": secrets["email"], "scope": SCOPE, "aud": f"{self.login}/token"}
        form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "assertion": _signed(claims, secrets["key"]),
        }
        answer = call("POST", f"{self.login}/token", data=form)
        if answer.status_code in {400, 401}:
            said = error_of(answer)[1]
            raise Disconnected(_("Google does not accept the key: %(said)s") % {"said": said})
        token = read_object(answer).get("access_token") if answer.status_code == 200 else None
        if not isinstance(token, str):
            raise Busy(_("Google gives no access now. Waypost tries again by itself."))
        return token


def _question(first: str, last: str) -> Json:
    return {
        "dateRanges": [{"startDate": first, "endDate": last}],
        "dimensions": [{"name": name} for name in DIMENSIONS],
        "metrics": [{"name": name} for name in METRICS],
    }


def _key(text: str) -> tuple[str, str]:
    """E-mail address and private key out of the file; raises ``Refused``."""
    words = _("This is not the JSON key of a service account. Paste the whole file.")
    try:
        found = json.loads(text)
        if OF_A_CLIENT & set(found):
            words = _(
                "This is the file of an OAuth client. What is needed is the JSON key of a service "
                "account: do the second and the third step."
            )
        email, pem = str(found["client_email"]), str(found["private_key"])
        _private(pem)
    except (ValueError, KeyError, TypeError, UnsupportedAlgorithm) as error:
        raise Refused(words, field="key") from error
    return email, pem


def _is_off(answer: httpx.Response) -> bool:
    """Whether the project has not switched the API on, which Google answers as 403, too."""
    return "SERVICE_DISABLED" in answer.text or "accessNotConfigured" in answer.text


def _private(pem: str) -> RSAPrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("no RSA key")
    return key


def _signed(claims: Mapping[str, Any], pem: str) -> str:
    """A JSON Web Token (RFC 7519) with RS256, good for an hour."""
    now = int(time.time())
    head = {"alg": "RS256", "typ": "JWT"}
    body = {**claims, "iat": now, "exp": now + HOUR}
    text = b".".join(_base64(json.dumps(part).encode()) for part in (head, body))
    return b".".join((text, _base64(_private(pem).sign(text, PKCS1v15(), SHA256())))).decode()


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _came(row: Json) -> Came:
    """Raises ``Busy`` for a row that cannot be read."""
    try:
        day, *tags = (str(each["value"]) for each in row["dimensionValues"])
        sessions, events, orders, revenue = (
            Decimal(str(each["value"])) for each in row["metricValues"]
        )
        source, medium, campaign, content = (_told(tag) for tag in tags)
        date = dt.datetime.strptime(day, "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise unreachable(GoogleAnalytics.api) from error
    told = (source, medium, campaign, content)
    return Came(date, told, int(sessions), int(events), int(orders), revenue)


def _told(tag: str) -> str:
    """Empty for ``(not set)`` and ``(direct)``."""
    return "" if tag.startswith("(") and tag.endswith(")") else tag


def _joined(one: Came | None, other: Came) -> Came:
    """Rows whose tags differ only in how nothing is said."""
    if one is None:
        return other
    return Came(
        other.date,
        other.tags,
        (one.sessions or 0) + (other.sessions or 0),
        (one.key_events or 0) + (other.key_events or 0),
        (one.orders or 0) + (other.orders or 0),
        (one.revenue or Decimal(0)) + (other.revenue or Decimal(0)),
    )
