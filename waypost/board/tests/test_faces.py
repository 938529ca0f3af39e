"""A card as it is drawn: what it says, in which order, and that nothing in it is believed."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import translation

from waypost.accounts.models import Business, User
from waypost.board.faces import Drawing
from waypost.board.models import Label, Status, Step, Task, TaskLink
from waypost.board.reading import Face, faces
from waypost.talk.models import Comment
from waypost.tests import factories

TODAY = dt.date(2026, 10, 12)
pytestmark = pytest.mark.time_machine(dt.datetime(2026, 10, 12, 9, tzinfo=dt.UTC))
EVIL = "<b onclick=\"x('%')\">&"


def card(business: Business, **fields: object) -> Task:
    return Task.objects.create(business=business, **{"title": "Cut the reel", **fields})


def face_of(business: Business) -> Face:
    (face,) = faces(business, business.tasks.all())
    return face


def drawn(business: Business, *, may_write: bool = True) -> str:
    return Drawing(business.slug, may_write)(face_of(business))


def said(html: str) -> str:
    """The words of a card, as they are read."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_bare_card_says_its_title_and_that_nobody_has_it(business: Business) -> None:
    card(business)
    assert said(drawn(business)) == "Cut the reel Nobody yet Move"


def test_a_full_card_says_everything_once(business: Business, owner: User, editor: User) -> None:
    initiative = factories.make_initiative(factories.make_goal(business), title="Advent")
    task = card(
        business,
        initiative=initiative,
        assignee=owner,
        reviewer=editor,
        status=Status.REVIEW,
        role="creative",
        priority=Task.Priority.HIGH,
        due_date=TODAY - dt.timedelta(days=1),
        hold_reason="Waits for candles",
        hold_since=TODAY - dt.timedelta(days=2),
        repeats="FREQ=WEEKLY",
        moved_on=2,
    )
    task.labels.add(Label.objects.create(business=business, name="Video", colour="teal"))
    task.labels.add(Label.objects.create(business=business, name="Autumn", colour="amber"))
    for number in range(3):
        Step.objects.create(task=task, text="Step", is_done=number == 0)
    TaskLink.objects.create(task=task, key="x/1", title="A post", path="/p/1/")
    Comment.objects.create(business=business, thread=task.thread, author=owner, text="Hm")
    assert said(drawn(business)) == (
        "Autumn Video Cut the reel Waits for candles since 10 October Advent High 11 October late"
        " Checklist: 1/3 Comments: 1 A post Repeats Ed Editor reviews moved on 2 times"
        " OO Olga Owner Creative Move"
    )


def test_every_text_of_a_card_is_escaped(business: Business) -> None:
    person = factories.make_user(name=EVIL)
    initiative = factories.make_initiative(factories.make_goal(business), title=EVIL)
    task = card(
        business,
        title=EVIL,
        initiative=initiative,
        assignee=person,
        reviewer=person,
        status=Status.REVIEW,
        hold_reason=EVIL,
    )
    task.labels.add(Label.objects.create(business=business, name=EVIL))
    TaskLink.objects.create(task=task, key="x/1", title=EVIL, path=f"/p/{EVIL}/")
    html = drawn(business)
    assert "<b" not in html
    assert '"x(' not in html
    assert html.count("&lt;b onclick=&quot;x(&#x27;%&#x27;)&quot;&gt;&amp;") == 10


def test_a_person_without_a_name_is_called_by_the_address(business: Business) -> None:
    nameless = factories.make_user(email="mojca@example.com", name="")
    card(business, assignee=nameless)
    assert face_of(business).assignee == str(nameless) == "mojca@example.com"


def test_a_done_card_is_neither_late_nor_due_today(business: Business) -> None:
    card(business, status=Status.DONE, due_date=TODAY - dt.timedelta(days=1))
    face = face_of(business)
    assert (face.is_late, face.is_done) == (False, True)
    assert (face._replace(due_date=TODAY).is_today, face._replace(status="next").is_late) == (
        False,
        True,
    )


def test_who_only_looks_has_no_way_to_move_a_card(business: Business) -> None:
    task = card(business)
    html = drawn(business, may_write=False)
    assert "data-moves-card" not in html
    assert f'href="{reverse("board:look", args=[business.slug, task.pk])}"' in html


def test_one_drawing_speaks_the_language_it_was_made_in(business: Business) -> None:
    card(business, due_date=TODAY, priority=Task.Priority.LOW)
    with translation.override("sl"):
        assert said(drawn(business)) == "Cut the reel Nizka 12. 10. danes Še nihče Premakni"
    assert said(drawn(business)) == "Cut the reel Low 12 October today Nobody yet Move"


def test_a_long_name_of_a_link_is_shortened_on_the_card(business: Business) -> None:
    task = card(business)
    TaskLink.objects.create(task=task, key="x/1", title="A" * 60, path="/p/1/")
    assert said(drawn(business)) == f"Cut the reel {'A' * 27}… Nobody yet Move"


def test_cards_come_in_the_order_of_their_places(business: Business) -> None:
    for place in (30, 10, 20):
        card(business, title=str(place), position=place)
    found = faces(business, business.tasks.all())
    assert [face.title for face in found] == ["10", "20", "30"]
    assert sorted(face.order for face in found) == [face.order for face in found]
