"""Pages for somebody who has a secret address and no account."""

from typing import Any, TypeVar, cast

from django import forms
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy, ngettext

LASTS = (7, 30, 90)
"""Days that such an address may work for."""

PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}

Answer = TypeVar("Answer", bound=HttpResponseBase)


def private(answer: Answer, **others: str) -> Answer:
    """``answer`` with headers that keep it, and its address, to whoever asked for it.

    ``others`` replace a header: ``Cache_Control="private, no-cache"``.
    """
    changed = {name.replace("_", "-"): value for name, value in others.items()}
    for name, value in (PRIVATE | changed).items():
        answer.headers[name] = value
    return answer


def check_days(days: int) -> None:
    """Raises ``ValueError`` for anything that ``LinkForm`` does not offer."""
    if days not in LASTS:
        raise ValueError(f"a link lasts {LASTS} days, not {days}")


class LinkForm(forms.Form):
    """How long a new address shall work."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("How long the link works"), coerce=int, initial=30
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["days"]).choices = [_days(days) for days in LASTS]


def _days(days: int) -> tuple[int, str]:
    return days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
