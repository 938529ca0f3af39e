"""What the composer shows: its channels, and what the script needs to count and preview."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from waypost.connections.models import Connection
from waypost.content.adapting import comment_name, option_name, part_name, parts_shown, text_name
from waypost.content.emoji import EMOJI
from waypost.content.item_form import ItemForm
from waypost.content.links import is_tagged, rule_of, sites_of, tags_for
from waypost.content.links import word as tidy_word
from waypost.content.models import Item, LinkRule, Status
from waypost.content.offering import Offer
from waypost.content.picking import alt_name
from waypost.content.posts import problems
from waypost.library.models import Asset
from waypost.market.models import Product
from waypost.providers.abilities import comment_length, parts_after
from waypost.providers.base import Problem


@dataclass(frozen=True)
class Channel:
    """One channel of the composer, ready for the template."""

    connection: Connection
    chosen: bool
    text: forms.BoundField
    parts: list[forms.BoundField]
    next_part: int | None  # number of the part that may still be added
    comment: forms.BoundField | None
    comment_counting: list[dict[str, Any]]
    options: list[forms.BoundField]
    counting: dict[str, Any]
    problems: list[Problem]

    @property
    def own_counting(self) -> list[dict[str, Any]]:
        """The counter of its own text needs no name."""
        return [{**self.counting, "label": ""}]

    @property
    def has_own(self) -> bool:
        """Whether to show the channel's own text and choices at once."""
        fields = [self.text, *self.parts, *([self.comment] if self.comment else [])]
        return bool(self.problems or any(each.value() or each.errors for each in fields))

    @property
    def fields(self) -> dict[str, Any]:
        """For the script: where its words stand, and how they are counted."""
        connection, display = self.connection, self.connection.display
        limits = connection.composer.limits(connection.settings)
        return {
            **self.counting,
            "pk": connection.pk,
            "fold": display.fold,
            "parts": parts_after(connection.composer, connection.settings),
            "most_pictures": limits.pictures,
            "padded": limits.picture_ratio,
            "shape": display.shape,
            "album": display.album,
        }


@dataclass(frozen=True)
class Picked:
    """One chosen picture with the field that describes it."""

    asset: Asset
    alt: str
    position: int
    field: forms.BoundField


def page_of(form: ItemForm, *, offer: Offer | None) -> dict[str, Any]:
    """The context of the composer's template; ``offer`` is of the library, when it is open."""
    channels, business = _channels(form), form.business
    rule = rule_of(form.item or Item(business=business))
    return {
        "item": form.item,
        "channels": channels,
        "counters": [
            {**each.counting, "when": f"id_channel_{each.connection.pk}"} for each in channels
        ],
        "script": {
            "channels": [each.fields | _link_of(form, rule, each.connection) for each in channels],
            "variables": variables(form),
            "tags_links": rule is not None,
        },
        "any_chosen": any(each.chosen for each in channels),
        "link_help": _about_links(rule),
        "plan_open": any(form.errors.get(name) for name in PLAN),
        "emoji": EMOJI,
        "saved_texts": business.saved_texts.all(),
        "chosen": [
            Picked(each.asset, each.alt, each.position, form[alt_name(each.asset)])
            for each in form.picker.chosen
            if alt_name(each.asset) in form.fields
        ],
        "offer": offer,
        "may_be_idea": form.item is None or form.item.status == Status.IDEA,
        "checks": checks(form, rule),
    }


def _link_of(form: ItemForm, rule: LinkRule | None, connection: Connection) -> dict[str, Any]:
    """For the script: what the rule adds to the link here, and on which sites (empty: all)."""
    if rule is None:
        return {"tags": [], "sites": []}
    item = form.item or Item(business=form.business, title=_("post"))
    tags = {name: tidy_word(said) for name, said in tags_for(rule, item, connection).items()}
    return {
        "tags": [[name, said] for name, said in tags.items() if said],
        "sites": sites_of(rule),
    }


PLAN = (
    "title", "kind", "language", "initiative", "goal", "product", "persona", "owner", "reviewer",
    "tags",
)  # fmt: skip
"""Fields that are folded away while nothing is wrong with them."""


def _about_links(rule: LinkRule | None) -> str:
    if rule is None:
        return _("Nothing is added to it. A rule for UTM tags tells you which clicks it brings.")
    return _("Your rule adds UTM tags for each channel when the post goes out.")


def variables(form: ItemForm) -> dict[str, Any]:
    """What the names in braces of a saved text stand for."""
    business = form.business
    return {
        "fixed": {"business": business.name, "date": date_format(timezone.localdate())},
        "chosen": {
            "product": {
                str(each.pk): {"product": each.name, "price": _price(each, business.currency)}
                for each in form.rows["product"]
            },
            "initiative": {
                str(each.pk): {"initiative": each.title} for each in form.rows["initiative"]
            },
        },
    }


def _price(product: Product, currency: str) -> str:
    if product.price_gross is None:
        return ""
    return f"{localize(product.price_gross)} {currency}"


def checks(form: ItemForm, rule: LinkRule | None) -> list[dict[str, str]]:
    """What a finished post has; the script says anew what is missing while a person types."""
    value = {name: form[name].value() for name in ("text", "channels", "due_date", "due_time")}
    link = str(form["link"].value() or "")
    pictures = form.picker.chosen
    rows: list[tuple[str, str, str, Any]] = [
        ("text", "id_text", _("A text"), value["text"]),
        ("channels", "id_channels", _("A channel"), value["channels"]),
        ("due", "id_due_date", _("A day and time"), value["due_date"] and value["due_time"]),
        ("pictures", "pictures", _("A picture"), pictures),
        ("link", "id_link", _("A link"), link),
        ("initiative", "id_initiative", _("An initiative"), form["initiative"].value()),
    ]
    if pictures:
        described = all(each.alt for each in pictures)
        rows.insert(4, ("alt", "pictures", _("A description of each picture"), described))
    if link:
        told_apart = rule is not None or is_tagged(link)
        rows.append(("utm", "id_link", _("Clicks that are told apart (UTM)"), told_apart))
    return [
        {"key": key, "field": field, "word": word, "state": "done" if there else "missing"}
        for key, field, word, there in rows
    ]


def _channels(form: ItemForm) -> list[Channel]:
    chosen = {str(pk) for pk in form["channels"].value() or ()}
    found = problems(form.item) if form.item else []
    return [
        _channel(
            form,
            each,
            chosen=str(each.pk) in chosen,
            found=[problem for connection, problem in found if connection == each],
        )
        for each in form.connections
    ]


def _channel(
    form: ItemForm, connection: Connection, *, chosen: bool, found: list[Problem]
) -> Channel:
    composer, settings = connection.composer, connection.settings
    variant, data = form.variants.get(connection.pk), form.data if form.is_bound else None
    shown = parts_shown(connection, variant.parts if variant else [], data)
    comment = comment_length(composer, settings)
    counting = _counting(connection)
    return Channel(
        connection=connection,
        chosen=chosen,
        text=form[text_name(connection)],
        parts=[form[part_name(connection, number)] for number in range(2, shown + 2)],
        next_part=shown + 2 if shown < parts_after(composer, settings) else None,
        comment=form[comment_name(connection)] if comment else None,
        comment_counting=[{**counting, "label": "", "limit": comment}],
        options=[form[option_name(connection, option)] for option in composer.options],
        counting=counting,
        problems=found,
    )


def _counting(connection: Connection) -> dict[str, Any]:
    limits = connection.composer.limits(connection.settings)
    return {"label": str(connection), "limit": limits.text, **limits.counting}
