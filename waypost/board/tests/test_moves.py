"""Moving cards: the rules, the order, two people at once, and Undo."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.board import actions
from waypost.board.actions import END, TOP, Move, Overtaken
from waypost.board.columns import columns_of, find_column
from waypost.board.models import TASK, BoardSettings, Status, Task
from waypost.board.rules import Given
from waypost.kit.errors import Refusal
from waypost.live.models import Change

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
DUE = date(2026, 12, 1)
FEW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def card(business: Business, status: str = Status.BACKLOG, **fields: Any) -> Task:
    title = fields.pop("title", "Cut the reel")
    made = actions.add_card(business, by=None, title=title)
    Task.objects.filter(pk=made.pk).update(status=status, **fields)
    made.refresh_from_db()
    return made


def go(task: Task, to: str, *, by: User, below: int = END, **given_: Any) -> dict[str, Any]:
    names = ("assignee", "due_date", "reviewer")
    fields: dict[str, Any] = {name: given_.pop(name) for name in names if name in given_}
    column = find_column(task.business, to)
    assert column is not None
    task.refresh_from_db()
    move = Move(column, task.moves, below, Given(fields=fields, **given_))
    return actions.move_card(task, move, by=by)


def refused(task: Task, to: str, *, by: User, **given_: Any) -> tuple[str, str]:
    with pytest.raises(Refusal) as caught:
        go(task, to, by=by, **given_)
    return caught.value.field, caught.value.message


def order(business: Business, status: str) -> list[str]:
    return [task.title for task in business.tasks.filter(status=status)]


def test_next_needs_somebody_and_a_day(business: Business, owner: User) -> None:
    task = card(business)
    assert refused(task, "next", by=owner) == ("assignee", "Say who does it.")
    assert refused(task, "next", by=owner, assignee=owner)[0] == "due_date"
    go(task, "next", by=owner, assignee=owner, due_date=DUE)
    task.refresh_from_db()
    assert (task.status, task.assignee, task.due_date, task.moves) == ("next", owner, DUE, 1)


def test_on_hold_asks_a_reason_and_forgets_it_afterwards(business: Business, owner: User) -> None:
    task = card(business)
    assert refused(task, "on_hold", by=owner, reason=" ")[0] == "reason"
    go(task, "on_hold", by=owner, reason="The wax is late")
    task.refresh_from_db()
    assert (task.hold_reason, task.hold_since is None) == ("The wax is late", False)
    go(task, "backlog", by=owner)
    task.refresh_from_db()
    assert (task.hold_reason, task.hold_since) == ("", None)
    assert [event.new for event in task.events.filter(what="moved")] == [
        "Backlog",
        "On hold: The wax is late",
    ]


def test_alone_review_may_be_skipped(business: Business, owner: User) -> None:
    task = card(business, Status.IN_PROGRESS, assignee=owner)
    go(task, "done", by=owner)
    task.refresh_from_db()
    assert (task.is_done, task.done_at is None) == (True, False)


def test_in_a_team_somebody_else_reviews(business: Business, owner: User, editor: User) -> None:
    task = card(business, Status.IN_PROGRESS, assignee=editor)
    assert refused(task, "done", by=editor)[1] == "Somebody reviews it first: move it to “Review”."
    assert refused(task, "review", by=editor)[0] == "reviewer"
    assert refused(task, "review", by=editor, reviewer=editor)[0] == "reviewer"
    go(task, "review", by=editor, reviewer=owner)
    assert refused(task, "done", by=editor)[1] == (
        "You did this task, so Olga Owner says that it is done."
    )
    assert refused(task, "in_progress", by=owner) == ("comment", "Say what is still missing.")
    go(task, "in_progress", by=owner, comment="The sound")
    go(task, "review", by=editor)
    go(task, "done", by=owner)
    task.refresh_from_db()
    assert task.is_done


def test_a_task_does_not_jump_over_columns(business: Business, owner: User) -> None:
    task = card(business, Status.NEXT, assignee=owner, due_date=DUE)
    assert refused(task, "done", by=owner) == (
        "column",
        "From “Next” a task does not go to “Done” at once; “In progress” comes first.",
    )


def test_nobody_has_more_in_progress_than_agreed(business: Business, owner: User) -> None:
    for number in range(3):
        card(business, Status.IN_PROGRESS, assignee=owner, title=f"Task {number}")
    task = card(business, Status.NEXT, assignee=owner, due_date=DUE)
    assert refused(task, "in_progress", by=owner) == (
        "column",
        "Olga Owner has 3 tasks in progress already. Finish one of them first.",
    )
    BoardSettings.objects.create(business=business, at_work=4)
    go(task, "in_progress", by=owner)
    task.refresh_from_db()
    assert task.status == "in_progress"


def test_a_column_holds_no_more_than_its_limit(business: Business, owner: User) -> None:
    backlog = find_column(business, "backlog")
    assert backlog is not None
    actions.change_column(backlog, name="", limit=1, by=owner)
    card(business)
    task = card(business, Status.ON_HOLD)
    assert refused(task, "backlog", by=owner)[1].startswith("“Backlog” holds 1 card at most.")


def test_cards_keep_the_order_they_were_put_in(business: Business, owner: User) -> None:
    a, b, c = (card(business, title=word) for word in "abc")
    go(c, "backlog", by=owner, below=TOP)
    assert order(business, "backlog") == ["c", "a", "b"]
    go(c, "backlog", by=owner, below=a.pk)
    assert order(business, "backlog") == ["a", "c", "b"]
    go(a, "backlog", by=owner, below=b.pk)
    assert order(business, "backlog") == ["c", "b", "a"]


@FEW
@given(data=st.data())
def test_room_is_made_where_there_is_none(business: Business, owner: User, data: Any) -> None:
    business.tasks.all().delete()
    cards = [card(business, title=f"{number}") for number in range(4)]
    # As close to each other as two cards can stand.
    for place, each in enumerate(cards):
        Task.objects.filter(pk=each.pk).update(position=place)
    shown = [each.title for each in cards]
    for _ in range(data.draw(st.integers(1, 5))):
        moved = data.draw(st.sampled_from(cards))
        shown.remove(moved.title)
        place = data.draw(st.integers(0, len(shown)))
        above = next((each.pk for each in cards if place and each.title == shown[place - 1]), TOP)
        go(moved, "backlog", by=owner, below=above)
        shown.insert(place, moved.title)
        assert order(business, "backlog") == shown


def test_of_two_who_move_one_card_the_second_is_told(business: Business, owner: User) -> None:
    task = card(business)
    hold = find_column(business, "on_hold")
    assert hold is not None
    seen = task.moves
    actions.move_card(task, Move(hold, seen, END, Given(reason="wax")), by=owner)
    with pytest.raises(Overtaken) as caught:
        actions.move_card(task, Move(hold, seen, END, Given(reason="post")), by=owner)
    assert (caught.value.task.hold_reason, caught.value.task.moves) == ("wax", seen + 1)


def test_a_ticked_step_does_not_stop_a_drag(business: Business, owner: User) -> None:
    task = card(business)
    seen = task.moves
    actions.tick_step(actions.add_step(task, text="Cut", by=owner), done=True, by=owner)
    backlog = find_column(business, "backlog")
    assert backlog is not None
    actions.move_card(task, Move(backlog, seen, TOP), by=owner)


def test_undo_puts_it_back_once_and_not_over_a_later_move(business: Business, owner: User) -> None:
    task = card(business)
    kept = go(task, "on_hold", by=owner, reason="wax")
    actions.undo_move(business, kept, by=owner)
    task.refresh_from_db()
    assert (task.status, task.hold_reason) == ("backlog", "")
    with pytest.raises(Refusal) as caught:
        actions.undo_move(business, kept, by=owner)
    assert "Somebody moved this task since" in caught.value.message


def test_every_move_is_told_to_open_pages(business: Business, owner: User) -> None:
    task = card(business)
    go(task, "on_hold", by=owner, reason="wax")
    task.refresh_from_db()
    told = Change.objects.order_by("-pk")[0]
    assert (told.business, told.topic, told.row, told.version, told.by) == (
        business,
        "board",
        task.pk,
        task.version,
        owner,
    )


@FEW
@given(st.lists(st.sampled_from(Status.values), max_size=8))
def test_a_card_only_goes_ways_of_the_graph(
    business: Business, owner: User, wanted: list[str]
) -> None:
    task = card(business)
    for new in wanted:
        task.refresh_from_db()
        old = task.status
        more: dict[str, Any] = {"reason": "r", "comment": "c", "assignee": owner, "due_date": DUE}
        try:
            go(task, new, by=owner, **more)
        except Refusal:
            pass
        else:
            assert old == new or TASK.allows(old, new)
        task.refresh_from_db()
        assert task.status in {old, new}
    task.delete()


def test_a_linked_card_follows_what_was_decided_elsewhere(business: Business, owner: User) -> None:
    task = card(business, Status.NEXT, assignee=owner, due_date=DUE)
    other = card(business)
    actions.link(task, key="content/item/1", title="Post", path="/", by=owner)
    assert actions.follow(business, "content/item/1", to="review", by=owner) == 1
    assert actions.follow(business, "content/item/1", to="review", by=owner) == 0
    task.refresh_from_db()
    other.refresh_from_db()
    assert (task.status, task.moves, other.status) == ("review", 1, "backlog")


def test_own_columns_follow_the_rules_of_their_meaning(business: Business, owner: User) -> None:
    ideas = actions.add_column(business, name="Ideas", meaning="on_hold", limit=None, by=owner)
    assert [str(each) for each in columns_of(business)].index("Ideas") == 4
    task = card(business)
    assert refused(task, ideas.key, by=owner)[0] == "reason"
    go(task, ideas.key, by=owner, reason="later")
    task.refresh_from_db()
    assert (task.column, task.status) == (ideas, "on_hold")
    assert actions.remove_column(ideas, by=owner) == 1
    task.refresh_from_db()
    assert (task.column_key, task.status) == ("on_hold", "on_hold")


def test_the_page_moves_as_the_island_does(
    page: Client, business: Business, owner: User, viewer: User, sign_in: SignIn
) -> None:
    task = card(business)
    address = reverse("board:move", args=[business.slug, task.pk])
    assert page.post(address, {"column": "on_hold", "moves": "0"}).status_code == 422
    island = {"X-Board": "1"}
    asked = page.post(address, {"column": "on_hold", "moves": "0"}, headers=island)
    assert "What does it wait for?" in asked.json()["form"]
    assert "Say what it waits for." not in asked.json()["form"]
    empty = {"column": "on_hold", "moves": "0", "asked": "1"}
    assert "Say what it waits for." in page.post(address, empty, headers=island).json()["form"]
    jump = page.post(address, {"column": "done", "moves": "0"}, headers=island)
    assert (jump.status_code, "“Next” comes first" in jump.json()["said"]) == (422, True)
    sent = {"column": "on_hold", "moves": "0", "reason": "wax", "below": "0"}
    told = page.post(address, sent, headers=island).json()
    assert (told["pk"], told["card"]["column"]) == (task.pk, "on_hold")
    assert "wax" in told["card"]["html"]
    late = page.post(address, {**sent, "column": "backlog"}, headers=island)
    assert (late.status_code, late.json()["card"]["column"]) == (409, "on_hold")
    back = page.post(told["undo"], headers=island).json()
    assert back["card"]["column"] == "backlog"
    assert page.post(told["undo"], headers=island).status_code == 409
    assert sign_in(viewer).post(address, sent).status_code == 403


def test_a_personal_board_holds_only_what_is_theirs(
    page: Client, business: Business, owner: User, editor: User
) -> None:
    card(business, assignee=owner, title="Mine")
    card(business, assignee=editor, title="Theirs", role="copy")
    card(business, Status.REVIEW, assignee=editor, reviewer=owner, title="To look at")
    address = reverse("board:board", args=[business.slug])

    def shown(query: str) -> list[str]:
        lanes = page.get(f"{address}?{query}").context["board"].lanes
        return [face.title for lane in lanes for face in lane.faces]

    assert shown("") == ["Mine", "Theirs", "To look at"]
    assert shown("who=me") == ["Mine", "To look at"]
    assert shown(f"who={editor.pk}") == ["Theirs", "To look at"]
    assert shown("role=copy") == ["Theirs"]
    assert shown("q=mine") == ["Mine"]
    assert shown("who=x&label=y") == []


def test_news_are_asked_for_where_no_connection_is(page: Client, business: Business) -> None:
    task = card(business)
    told = page.get(reverse("board:changes", args=[business.slug]) + "?since=0").json()
    assert told["changes"] == [{"row": task.pk, "version": 1, "by": None}]
    cards = page.get(reverse("board:cards", args=[business.slug]) + f"?ids={task.pk},999,x").json()
    assert list(cards["cards"]) == [str(task.pk)]
