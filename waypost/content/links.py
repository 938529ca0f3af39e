"""The link of a post as it goes out: its clicks are told apart by UTM tags, made by rule."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote_plus, unquote_plus, urlsplit, urlunsplit

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item, LinkRule, ShortLink, Variant
from waypost.providers.networks import key_of

LONGEST_WORD = 80  # characters of one tag


def tagged(url: str, tags: Mapping[str, str]) -> str:
    """``url`` with ``tags`` (utm_source → words) at the end of its query, before the fragment.

    Words become lower case with ``_`` for spaces; what ``url`` asks for otherwise is kept as it
    stands, its own utm_* are replaced. Anything but http(s) is answered as it is.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return url
    kept = [each for each in parts.query.split("&") if each and not _is_tag(each)]
    added = [
        f"{name}={quote_plus(word(value), safe='')}" for name, value in tags.items() if word(value)
    ]
    return urlunsplit(parts._replace(query="&".join([*kept, *added])))


def word(text: str) -> str:
    """``" Autumn Sale "`` → ``"autumn_sale"``."""
    return "_".join(text.lower().split())[:LONGEST_WORD]


def _is_tag(pair: str) -> bool:
    return unquote_plus(pair.partition("=")[0]).lower().startswith("utm_")


def is_tagged(url: str) -> bool:
    return any(_is_tag(each) for each in urlsplit(url).query.split("&"))


def rule_of(item: Item) -> LinkRule | None:
    """The rule of the item's business where it is in force; asked for once."""
    known = item.__dict__
    if "_link_rule" not in known:
        known["_link_rule"] = LinkRule.objects.filter(
            business=item.business_id, active=True
        ).first()
    rule: LinkRule | None = known["_link_rule"]
    return rule


def share_rule(business: Business, items: Iterable[Item]) -> None:
    """Let all ``items`` know the rule of their business, asked for once."""
    rule = LinkRule.objects.filter(business=business, active=True).first()
    for item in items:
        item.__dict__["_link_rule"] = rule


def applies(rule: LinkRule, url: str) -> bool:
    """Whether ``url`` lies on a site whose clicks the business can see."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    own = sites_of(rule)
    return bool(host) and (
        not own or any(host == each or host.endswith(f".{each}") for each in own)
    )


def sites_of(rule: LinkRule) -> list[str]:
    """The hosts that the rule is for, without ``www.``; none means all."""
    sites = [each.strip().removeprefix("www.") for each in rule.sites.lower().split(",")]
    return [each for each in sites if each]


def tags_for(rule: LinkRule, item: Item, connection: Connection) -> dict[str, str]:
    """The UTM tags of ``item`` on one channel."""
    initiative = item.initiative
    words = {
        "{network}": key_of(connection.provider_id, connection.settings),
        "{account}": connection.handle,
        "{initiative}": initiative.title if initiative else "",
        "{item}": f"{item.pk or 'post'} {item.title}",
        "{type}": item.kind,
    }
    return {
        f"utm_{name}": _filled(getattr(rule, name), words)
        for name in ("source", "medium", "campaign", "content")
    }


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    for name, value in words.items():
        pattern = pattern.replace(name, value)
    return pattern


def long_link(item: Item, connection: Connection) -> str:
    """The item's link with its tags for one channel."""
    rule = rule_of(item) if item.link else None
    if rule is None or not applies(rule, item.link):
        return item.link
    return tagged(item.link, tags_for(rule, item, connection))


def link_for(variant: Variant) -> str:
    """The link that goes out on this channel."""
    item, rule = variant.item, None
    if item.link:
        rule = rule_of(item)
    if rule and rule.shortens:
        short = ShortLink.objects.filter(item=item, connection=variant.connection_id).first()
        if short:
            return short.address
    return long_link(item, variant.connection)
