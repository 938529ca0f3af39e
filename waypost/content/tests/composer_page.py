"""The composer as a person has it open: what stands in it, and fingerprints of that."""

from typing import Any

from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.content.models import Item
from waypost.kit.careful.values import posted


def opened(browser: Client, business: Business, item: Item | None = None) -> dict[str, Any]:
    """What the browser would send if the person changed nothing."""
    args = [business.slug, item.pk] if item else [business.slug]
    answer: Any = browser.get(reverse(f"content:{'edit' if item else 'new'}", args=args))
    form = answer.context["form"]
    data: dict[str, Any] = {"key": str(form.key)}
    for name, field in form.fields.items():
        if values := posted(field, form[name].value()):
            data[name] = values if len(values) > 1 else values[0]
        data[f"was-{name}"] = form.was[name]
    return data


def autosave(browser: Client, address: str, data: dict[str, Any]) -> Any:
    """The answer to the script that saves, as JSON."""
    answer = browser.post(address, data, headers={"X-Autosave": "1"})
    assert answer.status_code == 200
    return answer.json()
