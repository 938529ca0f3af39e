"""A business that answered everything, in words that must be found again in its files."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from waypost.accounts.models import Business
from waypost.goals.models import Goal
from waypost.market.models import Competitor
from waypost.strategy.models import Answer, State
from waypost.strategy.questions import Kind, Part, all_questions, path
from waypost.strategy.sections import SECTIONS
from waypost.tests import factories

HTML = "Išče <b>darilo</b> & čaj za $20 z #oznako, piše @nam `kodo` *hitro*"
DAY = dt.date(2026, 3, 14)


def answer(business: Business, key: str, **value: object) -> Answer:
    made, _new = Answer.objects.update_or_create(
        business=business,
        key=key,
        defaults={
            "value": value,
            "state": State.ANSWERED,
            "updated_at": timezone.now(),
        },
    )
    return made


def value_of(key: str, part: Part) -> object:
    """Something to say to one part of a question, told apart by its key."""
    match part.kind:
        case Kind.LIST:
            return [f"Prva črta {key}", f"Druga črta {key}"]
        case Kind.TIMELINE:
            return [["2019", f"Začetek {key}"], ["2020-11-02", f"Trgovina {key}"]]
        case Kind.DATE:
            return "2026-01-01" if part.name != "end" else "2026-12-31"
        case Kind.NUMBER:
            return "420"
        case Kind.URL:
            return "https://svit.example/"
        case Kind.YES_NO:
            return True
        case Kind.CHOICE:
            return part.options[0][0]
        case Kind.MANY:
            return [option for option, _word in part.options[:2]]
    return f"Odgovor {key} {part.name}: {HTML}"


def answer_all(business: Business) -> None:
    """Every question that is answered with words of its own."""
    for section, question in all_questions(SECTIONS):
        if question.is_asked_here:
            key = path(section, question)
            answer(business, key, **{part.name: value_of(key, part) for part in question.parts})


def tell(business: Business) -> None:
    """Answers, and one or two rows of everything."""
    answer_all(business)
    _people(business)
    _market(business)
    _offer(business)
    _plan(business)


def _people(business: Business) -> None:
    member = business.members.first()
    assert member is not None
    member.hours_a_week = Decimal("8.5")
    member.save()
    business.hat_holders.create(hat="lead", holder=member, note="Ima zadnjo besedo o cenah")
    business.hat_holders.create(hat="copy", outside="Žiga Pišek")


def _market(business: Business) -> None:
    business.places.create(
        name="Maribor z okolico",
        country="SI",
        language="sl",
        share_of_orders=Decimal("0.55"),
        shopping="Martinovo",
    )
    business.key_days.create(date=DAY, name="Teden čebel", yearly=True)
    business.segments.create(occupation="Učiteljice in učitelji", location="Gorenjska")
    channel = business.channels.create(
        name="Glavni profil",
        network="instagram",
        handle="@svit",
        purpose=f"Predstavitev: {HTML}",
        posts_per_week=Decimal("3.5"),
        ad_share=Decimal("0.6"),
        content_mix={"photo": 2, "reel": 1},
        languages=["sl", "de"],
    )
    picture = factories.make_asset(business, alt="Nasmejana Špela")
    persona = business.personas.create(
        name="Špela",
        tagline="Ljubiteljica sveč",
        picture=picture,
        age_from=30,
        age_to=45,
        location="Kranj",
        income="average",
        challenges=HTML,
        usp="Sveča gori dvakrat dlje",
    )
    persona.channels.add(channel)
    business.personas.create(
        name="Lovec na popuste", negative=True, exclusion_rule="Izključi iskanje »zastonj«"
    )
    _competitors(business)


def _competitors(business: Business) -> None:
    for number, name in enumerate(("Drava sveče", "Žarek"), 1):
        rival = business.competitors.create(name=name, summary=f"Povzetek {name}", kind="leader")
        for month in (7, 8):
            business.channel_readings.create(
                competitor=rival,
                network="instagram",
                date=dt.date(2026, month, 1),
                followers=12_000 * number + month,
                avg_likes=Decimal("150.5"),
            )
        _swot(business, rival)
    _swot(business, None)


def _swot(business: Business, rival: Competitor | None) -> None:
    name = rival.name if rival else "naše"
    for quadrant in ("strengths", "weaknesses", "opportunities", "threats"):
        business.swot_points.create(
            competitor=rival, quadrant=quadrant, text=f"Točka {quadrant} {name}"
        )


def _offer(business: Business) -> None:
    business.products.create(
        name="Velika sveča",
        description=f"Opis: {HTML}",
        made_in="Radovljica",
        handmade=True,
        unique=True,
        unique_note="Vsaka je oštevilčena",
        price_gross=Decimal("24.40"),
        vat_rate=Decimal("0.22"),
        unit_cost=Decimal("8.00"),
        reinvest_share=Decimal("0.2"),
        price_reason="Vosek je drag",
    )
    business.setup_ticks.create(
        channel=business.channels.get(),
        key="two_factor",
        done_at=timezone.now(),
    )
    business.setup_ticks.create(key="one_email", done_at=timezone.now(), note="pri Neži")
    business.tools.create(name="Canva", used_for="Slike objav", price=Decimal("11.99"))


def _plan(business: Business) -> None:
    goal = factories.make_goal(
        business,
        title="Podvojiti občinstvo v Nemčiji",
        specific="Nemščina povsod",
        achievable="Lani smo rasli",
        why="Trg je večji",
        resources="Štiri ure na teden",
        metric="Sledilci",
        unit="ljudi",
        checkpoints=["weekly"],
    )
    first = factories.make_initiative(
        goal, title="Nemški profil", description=HTML, budget=Decimal("300")
    )
    factories.make_task(first, title="Prevesti opis")
    business.conclusions.create(
        section="swot", pairing="SO", text="Odprli bomo nemški profil", goal=goal
    )
    business.conclusions.create(section="company", text="Povedali bomo zgodbo", initiative=first)
    change = business.strategy_changes.create(
        date=DAY, trigger="Vosek se je podražil", change="Cene gredo gor"
    )
    change.goals.add(goal)
    line = factories.make_budget_line(business, plan=["100"] * 12)
    change.lines.add(line)


def goal_of(business: Business) -> Goal:
    return business.goals.get()
