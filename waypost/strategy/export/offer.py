"""What is sold and how it reaches people: products, prices, distribution, journey, channels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.documents.values import (
    Facts,
    Heading,
    Journey,
    Paragraph,
    Part,
    Profile,
    Profiles,
    Question,
    Step,
    Table,
    Tick,
    Ticks,
)
from waypost.kit.numbers import shown
from waypost.market.channel_words import METRICS, display_of
from waypost.market.kinds import Kind
from waypost.market.models import Channel, Product, Tool
from waypost.market.pricing import Pricing
from waypost.market.setup import OF_CHANNEL, Item, of_channel
from waypost.market.territories import language_name
from waypost.market.workload import Workload, workload
from waypost.strategy.export.market import portrait
from waypost.strategy.export.material import Material
from waypost.strategy.export.wording import (
    DASH,
    asked,
    chapter,
    day,
    facts,
    money,
    number,
    own_questions,
    said,
    share,
    to_do,
    yes_no,
)
from waypost.strategy.questions import Section
from waypost.strategy.sections.journey import STAGES

BESIDE = 6  # channels in one table
MARKS: Mapping[bool | None, str] = {True: "☒", False: "☐", None: DASH}


def products(material: Material, section: Section) -> list[Part]:
    parts: list[Part] = []
    if material.products:
        cards = tuple(
            Profile(
                each.name,
                each.made_in,
                facts(material, _product(each)),
                portrait(each.picture, each.name),
            )
            for each in material.products
        )
        parts.append(Profiles(cards))
    elif material.draft:
        parts.append(Paragraph(to_do()))
    return chapter(material, section, [*parts, *own_questions(material, section)])


def _product(each: Product) -> list[tuple[str, str]]:
    unique = ": ".join(filter(None, [yes_no(each.unique), each.unique_note]))
    return [
        (_("What it is"), each.description),
        (_("How it feels to own it"), each.feeling),
        (_("Made of"), each.materials),
        (_("Proof of quality"), each.quality),
        (_("Unique"), unique),
        (_("Made by hand"), yes_no(each.handmade)),
    ]


def prices(material: Material, section: Section) -> list[Part]:
    priced = [each for each in material.products if each.price_gross is not None]
    parts: list[Part] = []
    if priced:
        reasons = [part for each in priced for part in _reasons(material, each)]
        parts += [_price_table(material, priced)]
        parts += [Heading(_("In detail"), 2), *reasons] if reasons else []
    elif material.draft:
        parts.append(Paragraph(to_do()))
    return chapter(material, section, [*parts, *own_questions(material, section)])


def _price_table(material: Material, priced: Iterable[Product]) -> Table:
    headings = (
        _("Product"),
        _("Price with VAT"),
        _("VAT"),
        _("Price without VAT"),
        _("Cost"),
        _("Margin"),
        _("Markup"),
        _("Orders a year"),
        _("Reinvested"),
    )
    rows = tuple(_price(each, material.business.currency) for each in priced)
    widths = (2.6, 1.3, 0.9, 1.3, 1.2, 1, 1, 1, 1.1)
    return Table(headings, rows, widths, numbers=frozenset(range(1, 9)))


def _price(each: Product, currency: str) -> tuple[str, ...]:
    pricing = Pricing.of(each)
    amounts = (
        money(each.price_gross, currency),
        share(each.vat_rate),
        money(pricing.net.value, currency),
        money(each.unit_cost, currency),
        share(pricing.margin.value),
        share(pricing.markup.value),
        number(each.orders_per_year),
        share(each.reinvest_share),
    )
    return (each.name, *[word or DASH for word in amounts])


def _reasons(material: Material, each: Product) -> list[Part]:
    afford = str(each.get_affordable_display()) if each.affordable else ""
    told = [
        (_("Why it costs that much"), each.price_reason),
        (_("Can the buyer afford it"), ": ".join(filter(None, [afford, each.affordable_note]))),
    ]
    found = facts(material, told)
    return [Heading(each.name, 3), Facts(found)] if found else []


def distribution(material: Material, section: Section) -> list[Part]:
    return chapter(material, section, _distribution(material, section))


def _distribution(material: Material, section: Section) -> Iterator[Part]:
    for question in section.questions:
        if question.key == "networks":
            names = ", ".join(each.name for each in material.channels)
            if names or material.draft:
                yield Question(str(question.ask), names or to_do())
        else:
            yield from asked(material, section, question.key)


def journey(material: Material, section: Section) -> list[Part]:
    return chapter(material, section, _journey(material, section))


def _journey(material: Material, section: Section) -> Iterator[Part]:
    first = 1
    for stage in STAGES:
        steps = [step for key in stage.steps for step in _step(material, section, key)]
        if steps:
            yield Heading(str(stage.title), 2)
            yield Journey(tuple(steps), first=first)
        first += len(steps)
    yield from own_questions(material, section)


def _step(material: Material, section: Section, key: str) -> Iterator[Step]:
    question = section.question(key)
    if question is None or not material.is_relevant(section, question):
        return
    text = said(material, section, key)
    if text or material.draft:
        tested = bool(text) and key in material.walked
        yield Step(str(question.ask), text or to_do(), tested=tested)


def channels(material: Material, section: Section) -> list[Part]:
    return chapter(material, section, _channels(material, section))


def _channels(material: Material, section: Section) -> Iterator[Part]:
    yield from asked(material, section, "site_purpose")
    if material.channels:
        yield _channel_table(material.channels)
        yield from _workload(material)
    elif material.draft:
        yield Paragraph(to_do())
    for each in material.channels:
        told = facts(material, _channel(each))
        if told:
            yield Heading(each.name, 2)
            yield Facts(told)
    yield from own_questions(material, section)


def _channel_table(rows: Iterable[Channel]) -> Table:
    headings = (
        _("Channel"),
        _("Network"),
        _("Standing"),
        _("Handle"),
        _("Posts a week"),
        _("Share of the ads"),
        _("Help for customers"),
    )
    told = tuple(
        (
            each.name,
            str(display_of(each.network).name),
            str(each.get_standing_display()),
            each.handle or each.url or DASH,
            number(each.posts_per_week) or DASH,
            share(each.ad_share) or DASH,
            yes_no(each.does_support),
        )
        for each in rows
    )
    return Table(headings, told, (2, 1.4, 1.4, 2.2, 1.1, 1.1, 1.2), numbers=frozenset({4, 5}))


def _workload(material: Material) -> Iterator[Part]:
    work = workload(material.channels, material.minutes, material.staff.hours)
    if not work.posts:
        return
    yield Heading(_("Work in a week"), 2)
    headings = (_("Channel"), _("Posts a week"), _("Hours a week"))
    rows = [(load.channel.name, number(load.posts), _hours(load.hours)) for load in work.loads]
    rows.append((_("Together"), number(work.posts), _hours(work.needed)))
    last = frozenset({len(rows) - 1})
    yield Table(headings, tuple(rows), (4, 1.2, 1.2), numbers=frozenset({1, 2}), groups=last)
    if work.available is not None:
        yield Paragraph(_balance(work))


def _hours(hours: Decimal) -> str:
    return shown(hours, places=1)


def _balance(work: Workload) -> str:
    have = _("Hours a week that people have: %(hours)s.") % {"hours": number(work.available)}
    if not work.too_much:
        return have
    lack = _("Hours a week that nobody has: %(hours)s.") % {"hours": _hours(work.too_much)}
    return f"{have} {lack}"


def _channel(each: Channel) -> list[tuple[str, str]]:
    return [
        (_("What it is for"), each.purpose),
        (_("What is posted"), _mix(each.content_mix)),
        (_("What is measured"), ", ".join(str(METRICS.get(key, key)) for key in each.metrics)),
        (_("Languages"), ", ".join(language_name(code) for code in each.languages)),
        (_("Tone of voice"), each.voice),
        (_("Themes"), each.pillars),
    ]


def _mix(mix: Mapping[str, object]) -> str:
    names: Mapping[str, object] = dict(Kind.choices)
    return ", ".join(f"{names.get(kind, kind)} {often}" for kind, often in mix.items())


def setup(material: Material) -> list[Part]:
    """What is set up for each channel, and the tools in use."""
    parts: list[Part] = []
    if material.channels or material.ticks or material.draft:
        items = of_channel(None, material.ticks)
        parts += [Heading(_("For the whole business"), 2), Ticks(tuple(map(_tick, items)))]
        parts += [Heading(_("For each channel"), 2)] if material.channels else []
        for start in range(0, len(material.channels), BESIDE):
            parts.append(_checks(material, material.channels[start : start + BESIDE]))
    if material.tools:
        parts += [Heading(_("Tools"), 2), _tools(material)]
    return [Heading(_("Setting up")), *parts] if parts else []


def _tick(each: Item) -> Tick:
    done_at, note = (each.tick.done_at, each.tick.note) if each.tick else (None, "")
    when = day(timezone.localdate(done_at)) if done_at else ""
    return Tick(str(each.check.label), each.done, ", ".join(filter(None, [when, note])))


def _checks(material: Material, channels: Sequence[Channel]) -> Table:
    """What is done for which channel; a dash where it does not apply."""
    found = [
        {item.check.key: item.done for item in of_channel(each, material.ticks)}
        for each in channels
    ]
    rows = tuple(
        (str(check.label), *[MARKS[done.get(check.key)] for done in found]) for check in OF_CHANNEL
    )
    headings = (_("Done"), *[each.name for each in channels])
    return Table(headings, rows, (3.5, *[1.2] * len(channels)))


def _tools(material: Material) -> Table:
    headings = (
        _("Tool"),
        _("Used for"),
        _("Subscription"),
        _("Price"),
        _("Trial ends"),
        _("Renews"),
    )
    rows = tuple(_tool(each, material.business.currency) for each in material.tools)
    return Table(headings, rows, (1.8, 3, 1.2, 1.2, 1.3, 1.3), numbers=frozenset({3}))


def _tool(each: Tool, currency: str) -> tuple[str, ...]:
    return (
        each.name,
        each.used_for or DASH,
        str(each.get_period_display()),
        money(each.price, currency) or DASH,
        day(each.trial_ends_on) or DASH,
        day(each.renews_on) or DASH,
    )
