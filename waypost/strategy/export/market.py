"""Who buys and who else sells: places, segments, personas, competitors."""

import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from PIL import Image as Pixels
from PIL import ImageOps, UnidentifiedImageError

from waypost.documents.values import (
    Heading,
    Image,
    Paragraph,
    Part,
    Profile,
    Profiles,
    Table,
)
from waypost.library.models import Asset
from waypost.market.channel_words import display_of
from waypost.market.kinds import Kind
from waypost.market.models import ChannelReading, Competitor, Persona, Segment
from waypost.market.territories import country_name, language_name
from waypost.strategy.export.about import grid, has_swot
from waypost.strategy.export.material import Material
from waypost.strategy.export.wording import (
    DASH,
    chapter,
    day,
    facts,
    listed,
    number,
    own_questions,
    share,
    to_do,
)
from waypost.strategy.questions import Section

PICTURE = 300  # pixels across
READINGS = 12  # of one competitor, the newest


def places(material: Material, section: Section) -> list[Part]:
    parts: list[Part] = []
    if material.places:
        headings = (
            _("Area"),
            _("Country"),
            _("Language"),
            _("Orders"),
            _("Standing"),
            _("Shopping days"),
        )
        rows = tuple(
            (
                each.name,
                country_name(each.country) or DASH,
                language_name(each.language) or DASH,
                share(each.share_of_orders) or DASH,
                str(each.get_standing_display()),
                each.shopping or DASH,
            )
            for each in material.places
        )
        parts.append(Table(headings, rows, (2, 1.5, 1.4, 1, 1.4, 3), numbers=frozenset({3})))
    elif material.draft:
        parts.append(Paragraph(to_do()))
    if material.days:
        parts += [Heading(_("Days that matter in the next year"), 2), _days(material)]
    return chapter(material, section, [*parts, *own_questions(material, section)])


def _days(material: Material) -> Table:
    headings = (_("Day"), _("What happens"), _("Kind"))
    rows = tuple((day(each.day), each.words, str(each.kind.label)) for each in material.days)
    return Table(headings, rows, (1.3, 4, 1.5))


def segments(material: Material, section: Section) -> list[Part]:
    parts: list[Part] = []
    for each in material.segments:
        parts += [Heading(_short(str(each)), 2), *listed(material, _segment(each))]
    if not material.segments and material.draft:
        parts.append(Paragraph(to_do()))
    return chapter(material, section, [*parts, *own_questions(material, section)])


def _short(text: str) -> str:
    line = text.split("\n")[0]
    return line if len(line) <= 80 else line[:79] + "…"


def _segment(each: Segment) -> list[tuple[str, str]]:
    return [
        (_("Who buys"), str(each.get_kind_display())),
        (_("Trade"), each.industry),
        (_("Occupation"), each.occupation),
        (_("Where they are"), each.location),
        (_("What they want to achieve at work"), each.business_goals),
    ]


def personas(material: Material, section: Section) -> list[Part]:
    return chapter(material, section, _personas(material, section))


def _personas(material: Material, section: Section) -> Iterator[Part]:
    meant = [each for each in material.personas if not each.negative]
    others = [each for each in material.personas if each.negative]
    if meant:
        yield Profiles(tuple(_profile(material, each) for each in meant))
    elif material.draft:
        yield Paragraph(to_do())
    if others:
        yield Heading(_("Who is not our customer"), 2)
        yield Profiles(tuple(_profile(material, each) for each in others))
    yield from own_questions(material, section)


def _profile(material: Material, each: Persona) -> Profile:
    told = _negative(each) if each.negative else []
    return Profile(
        each.name,
        each.tagline,
        facts(material, [*told, *_persona(each)]),
        portrait(each.picture, each.name),
        quiet=each.negative,
    )


def _negative(each: Persona) -> list[tuple[str, str]]:
    return [(_("How advertisements leave them out"), each.exclusion_rule)]


def _persona(each: Persona) -> list[tuple[str, str]]:
    ages = dict.fromkeys(str(age) for age in (each.age_from, each.age_to) if age is not None)
    person = [
        _("%(ages)s years") % {"ages": "–".join(ages)} if ages else "",
        str(each.get_gender_display()) if each.gender else "",
        each.location,
    ]
    channels = ", ".join(str(channel) for channel in each.channels.all())
    formats = ", ".join(str(dict(Kind.choices).get(key, key)) for key in each.formats)
    spoken = [each.communication, channels, formats]
    return [
        (_("Work"), _lines(each.professional, _income(each))),
        (_("Private life"), each.personal),
        (_("Age, gender, place"), ", ".join(filter(None, person))),
        (_("Channels and content"), _lines(*spoken)),
        (_("Goals at work"), each.business_goals),
        (_("Private goals"), each.personal_goals),
        (_("Challenges"), each.challenges),
        (_("What we save or give them"), each.impact),
        (_("Objections and worries"), each.objections),
        (_("Why they buy all the same"), each.usp),
    ]


def _income(each: Persona) -> str:
    told = _("Income: %(band)s")
    return told % {"band": str(each.get_income_display()).lower()} if each.income else ""


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def portrait(asset: Asset | None, alt: str) -> Image | None:
    """A small square copy in a format that every program knows; none when the file is gone."""
    if asset is None:
        return None
    source = asset.thumbnail or asset.file
    try:
        with source.open("rb") as file, Pixels.open(file) as pixels:
            small = ImageOps.fit(pixels.convert("RGB"), (PICTURE, PICTURE))
    except (OSError, UnidentifiedImageError):
        return None
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=85)
    return Image(stream.getvalue(), "jpg", asset.alt or alt)


def competitors(material: Material, section: Section) -> list[Part]:
    return chapter(material, section, _competitors(material, section))


def _competitors(material: Material, section: Section) -> Iterator[Part]:
    if any(_told(material, each.pk) for each in material.competitors):
        yield Heading(_("Channels in comparison"), 2)
        yield _comparison(material)
    for each in material.competitors:
        yield Heading(each.name, 2)
        yield from listed(material, _competitor(each))
        readings = _told(material, each.pk)[-READINGS:]
        if readings:
            yield _statistics(readings)
        if has_swot(material, each):
            yield grid(material, each)
    if not material.competitors and material.draft:
        yield Paragraph(to_do())
    yield from own_questions(material, section)


def _competitor(each: Competitor) -> list[tuple[str, str]]:
    return [
        (_("Standing"), str(each.get_kind_display()) if each.kind else ""),
        (_("Address"), each.url),
        (_("In short"), each.summary),
        (_("Where they are"), each.location),
        (_("Milestones"), each.milestones),
        (_("How they sell"), each.distribution),
        (_("Where they speak"), each.communication),
        (_("Mission"), each.mission),
        (_("Goals"), each.goals),
    ]


def _numbers() -> tuple[str, ...]:
    return (
        _("Followers"),
        _("Likes a post"),
        _("Shares a post"),
        _("Comments a post"),
        _("Posts a week"),
    )


def _told(material: Material, competitor: int | None) -> list[ChannelReading]:
    """Readings of a channel; those that only count mentions are of no channel."""
    return [each for each in material.readings_of.get(competitor, []) if each.network]


def _counted(each: ChannelReading) -> tuple[str, ...]:
    counts = (
        each.followers,
        each.avg_likes,
        each.avg_shares,
        each.avg_comments,
        each.posts_per_week,
    )
    return tuple(number(count) or DASH for count in counts)


def _statistics(readings: list[ChannelReading]) -> Table:
    rows = tuple((_network(each), day(each.date), *_counted(each)) for each in readings)
    return _readings(_("Channel"), _("Day"), rows)


def _comparison(material: Material) -> Table:
    """The newest numbers of each channel, our own first."""
    rows = []
    whose = [(None, material.business.name)]
    for pk, name in [*whose, *((each.pk, each.name) for each in material.competitors)]:
        newest = {each.network: each for each in _told(material, pk)}
        rows += [(name, _network(each), *_counted(each)) for each in newest.values()]
    return _readings(_("Who"), _("Channel"), tuple(rows))


def _network(each: ChannelReading) -> str:
    return str(display_of(each.network).name)


def _readings(first: str, second: str, rows: tuple[tuple[str, ...], ...]) -> Table:
    widths = (1.8, 1.5, *[1.2] * 5)
    return Table((first, second, *_numbers()), rows, widths, numbers=frozenset(range(2, 7)))
