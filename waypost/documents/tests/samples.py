"""One document with every part, and what must be found in each file made of it."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from PIL import Image as Pixels

from waypost.documents import values
from waypost.documents.drawing import Drawing
from waypost.documents.values import (
    Box,
    Callout,
    Card,
    Cards,
    Contents,
    Cover,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Image,
    Items,
    Journey,
    Letterhead,
    Lines,
    OnePage,
    PageBreak,
    Paragraph,
    Profile,
    Profiles,
    Question,
    Step,
    Table,
    Tick,
    Ticks,
)

DAY = dt.date(2026, 10, 12)
HEAD = Letterhead("Strategija podjetja", "Čebelarstvo Žnidaršič & Co", DAY, "2026", "Različica 3")
TRICKY = "Išče <b>darilo</b> za $20 & *čaj* z #oznako, piše @nam `kodo`, C:\\pot"
STORY = "Začela je z dvema panjema.\n\nDanes čebele živijo\nv šestdesetih panjih."


def pixels() -> Image:
    stream = io.BytesIO()
    Pixels.new("RGB", (60, 40), "#0f5f5f").save(stream, "PNG")
    return Image(stream.getvalue(), "png", "Žig podjetja")


def drawn() -> Image:
    drawing = Drawing(300, 60)
    drawing.rect(0, 0, 300, 60, fill="#a9d3d0")
    return Image(drawing.picture().svg.encode(), "svg", "Načrt leta")


def profile(**changes: Any) -> Profile:
    facts = (Fact("Poklic", "učiteljica"), Fact("Osebno", "dva otroka"), Fact("Ovire", TRICKY))
    told = {"name": "Špela", "tagline": "34 let, Kranj", "facts": facts, "picture": pixels()}
    return Profile(**{**told, **changes})


PARTS = (
    Cover("Osnutek za pogovor", pixels()),
    Contents("Vsebina"),
    PageBreak(),
    Heading("Podjetje"),
    Paragraph("Kratka dejstva o podjetju.", quiet=True),
    Question("Kakšna je vaša zgodba?", STORY, "Pišite, kot govorite."),
    Question("Kaj kupci iščejo?", TRICKY),
    Heading("Mejniki", 2),
    Facts((Fact("2019", "prva sveča"), Fact("2023", "prva trgovina"))),
    Heading("Še en mejnik", 3),
    Items(("vosek", TRICKY)),
    Items(("najprej", "potem"), numbered=True),
    Heading("SWOT"),
    Grid((Box("Prednosti", ("ročno delo",), "Kaj zmorete?"), Box("Slabosti", ("malo časa",)))),
    Callout("Zato bomo …", ("odprli nemški profil",)),
    drawn(),
    Table(("Pobuda", "Cena"), (("Skupina", ""), ("Žetev", "12,50")), groups=frozenset({0})),
    Cards((Card("Sledilci", "9.010", "od 12.000"),)),
    Profiles((profile(), profile(name="Lovec na popuste", picture=None, quiet=True))),
    Journey((Step("Kako najde pot?", "Po priporočilu.", tested=True), Step("Kako plača?"))),
    Ticks((Tick("Dva koraka prijave", done=True, note="12. 10."), Tick("Kode na varnem"))),
    Lines(3),
)
DOCUMENT = Document(HEAD, PARTS)


def words_of(value: object) -> Iterator[str]:
    """Every text that a person wrote into ``value``, but not those of pictures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from words_of(each)
    elif is_dataclass(value) and not isinstance(value, Image):
        for field in fields(value):
            yield from words_of(getattr(value, field.name))


def squeezed(text: str) -> str:
    """Letters without the spaces and line ends that a page adds."""
    return "".join(text.split())


def missing(found: str, value: object = DOCUMENT) -> list[str]:
    """What ``value`` says and ``found`` does not."""
    there = squeezed(found)
    return [words for words in words_of(value) if squeezed(words) not in there]


QUESTIONS = tuple(Question(f"Vprašanje številka {number}?", tip="Namig") for number in range(1, 11))


def one_page(*answers: str, room: int = 0) -> OnePage:
    asked = tuple(
        values.Question(each.text, answers[place % len(answers)] if answers else "", each.tip)
        for place, each in enumerate(QUESTIONS)
    )
    return OnePage(HEAD, asked, "Nekateri odgovori so skrajšani.", room)
