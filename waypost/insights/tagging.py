"""Whose link it was: UTM tags matched to channels, initiatives and posts by the rule of links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waypost.accounts.models import Business
from waypost.content.links import tags_for, word
from waypost.content.models import LinkRule, Variant
from waypost.providers.visits import Tags

NAMES = ("utm_source", "utm_medium", "utm_campaign", "utm_content")


@dataclass(frozen=True)
class Match:
    """Primary keys; None where the tags do not say it, or say it of several."""

    connection: int | None = None
    initiative: int | None = None
    item: int | None = None


class Tagging:
    """The tags of every post of ``business`` that carries a link, as its rule makes them now.

    Three queries. Without a rule nothing matches. Tags that several posts share name what is
    the same in all of them: the channel, the initiative, or the post itself.
    """

    def __init__(self, business: Business) -> None:
        self._known: dict[Tags, Match] = {}
        rule = LinkRule.objects.filter(business=business, active=True).first()
        if rule:
            rows = Variant.objects.filter(item__business=business).exclude(item__link="")
            self._learn(rule, rows.select_related("item__initiative", "connection"))

    def _learn(self, rule: LinkRule, variants: Iterable[Variant]) -> None:
        for variant in variants:
            item = variant.item
            tags = _plain(tags_for(rule, item, variant.connection))
            found = Match(variant.connection_id, item.initiative_id, item.pk)
            # A shop may not tell utm_content, so the tags are known without it, too.
            for key in {tags, (*tags[:3], "")}:
                self._known[key] = _common(self._known.get(key), found)

    def match(self, tags: Tags) -> Match:
        source, medium, campaign, content = (word(tag) for tag in tags)
        exact = self._known.get((source, medium, campaign, content))
        return exact or self._known.get((source, medium, campaign, ""), Match())


def _plain(tags: Mapping[str, str]) -> Tags:
    source, medium, campaign, content = (word(tags.get(name, "")) for name in NAMES)
    return source, medium, campaign, content


def _common(one: Match | None, other: Match) -> Match:
    if one is None:
        return other
    return Match(
        one.connection if one.connection == other.connection else None,
        one.initiative if one.initiative == other.initiative else None,
        one.item if one.item == other.item else None,
    )
