"""Whose link it was: UTM tags matched to channels, initiatives and posts by the rule of links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waypost.accounts.models import Business
from waypost.content.links import tags_for, word
from waypost.content.models import LinkRule, Variant
from waypost.providers.networks import key_of
from waypost.providers.referrers import network_of
from waypost.providers.visits import COUPON, REFERRAL, Tags

NAMES = ("utm_source", "utm_medium", "utm_campaign", "utm_content")


@dataclass(frozen=True)
class Match:
    """Primary keys; None where the tags do not say it, or say it of several."""

    connection: int | None = None
    initiative: int | None = None
    item: int | None = None


class Tagging:
    """The tags of every post of ``business`` that carries a link, as its rule makes them now.

    Four queries. Tags that several posts share name what is the same in all of them: the
    channel, the initiative, or the post itself. Without tags, the page before names the channel
    where the business has one account at that network, and a coupon the initiative whose links
    carry its code as campaign.
    """

    def __init__(self, business: Business) -> None:
        self._known: dict[Tags, Match] = {}
        self._campaigns: dict[str, int | None] = {}
        self._accounts = _only_accounts(business)
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
            same = self._campaigns.setdefault(tags[2], item.initiative_id) == item.initiative_id
            self._campaigns[tags[2]] = item.initiative_id if same else None

    def match(self, tags: Tags) -> Match:
        source, medium, campaign, content = (word(tag) for tag in tags)
        exact = self._known.get((source, medium, campaign, content))
        return exact or self._known.get((source, medium, campaign, "")) or self._untagged(tags)

    def _untagged(self, tags: Tags) -> Match:
        source, medium, campaign, _content = tags
        medium = medium.lower()
        if medium not in (REFERRAL, COUPON):
            return Match()
        initiative = self._campaigns.get(word(campaign)) if medium == COUPON else None
        return Match(self._accounts.get(network_of(source)), initiative)


def _only_accounts(business: Business) -> Mapping[str, int]:
    """By network, the account of the business there; left out where it has several."""
    found: dict[str, list[int]] = {}
    for each in business.connections.usable():
        found.setdefault(key_of(each.provider_id, each.settings), []).append(each.pk)
    return {network: keys[0] for network, keys in found.items() if len(keys) == 1}


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
