"""Tasks, and what they tell their initiative."""

from datetime import date, timedelta

import pytest

from waypost.accounts.models import Business, User
from waypost.board import actions
from waypost.board.models import Task
from waypost.goals.models import Initiative
from waypost.kit.errors import Refusal
from waypost.tests import factories


@pytest.fixture
def initiative(business: Business) -> Initiative:
    return factories.make_initiative(factories.make_goal(business))


def titles(initiative: Initiative) -> list[str]:
    return [task.title for task in initiative.tasks.all()]


def progress(initiative: Initiative) -> tuple[int, bool]:
    initiative.refresh_from_db()
    return initiative.progress, initiative.counts_tasks


def test_tasks_stand_in_the_order_they_were_added(initiative: Initiative) -> None:
    for title in ("Write", " Translate ", "Post"):
        actions.add_task(initiative, title=title)
    assert titles(initiative) == ["Write", "Translate", "Post"]
    assert {task.business for task in initiative.tasks.all()} == {initiative.business}


def test_a_task_has_a_title(initiative: Initiative) -> None:
    with pytest.raises(Refusal) as caught:
        actions.add_task(initiative, title="   ")
    assert (caught.value.field, titles(initiative)) == ("title", [])


def test_an_initiative_is_as_far_as_its_tasks(initiative: Initiative, owner: User) -> None:
    assert progress(initiative) == (0, False)
    first, second, third = (actions.add_task(initiative, title=str(n)) for n in range(3))
    assert progress(initiative) == (0, True)
    actions.finish(first, by=owner)
    assert progress(initiative) == (33, True)
    actions.finish(second, by=owner)
    actions.finish(third, by=owner)
    assert progress(initiative) == (100, True)
    actions.reopen(second, by=owner)
    assert progress(initiative) == (67, True)


def test_what_is_done_knows_since_when(initiative: Initiative, owner: User) -> None:
    task = actions.add_task(initiative, title="Write")
    actions.finish(task, by=owner)
    task.refresh_from_db()
    assert (task.is_done, task.done_at is None) == (True, False)
    assert list(Task.objects.done()) == [task]
    actions.reopen(task, by=owner)
    task.refresh_from_db()
    assert (task.status, task.done_at, task.assignee) == (Task.Status.NEXT, None, owner)
    assert list(Task.objects.open()) == [task]


def test_without_tasks_the_progress_is_typed_again(initiative: Initiative, owner: User) -> None:
    task = actions.add_task(initiative, title="Write")
    actions.finish(task, by=owner)
    actions.remove(task)
    assert progress(initiative) == (100, False)


def test_a_progress_that_was_typed_is_not_replaced_by_a_tick(
    initiative: Initiative, owner: User
) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(progress=40)
    initiative.refresh_from_db()
    first, _second = (actions.add_task(initiative, title=word) for word in "ab")
    actions.finish(first, by=owner)
    assert progress(initiative) == (40, False)
    actions.count_tasks(initiative, counted=True)
    assert progress(initiative) == (50, True)
    actions.count_tasks(initiative, counted=False)
    assert progress(initiative) == (50, False)


def test_a_done_initiative_stays_complete_whatever_its_tasks_say(initiative: Initiative) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(status="done", progress=100)
    initiative.refresh_from_db()
    actions.add_task(initiative, title="A late thought")
    actions.count_tasks(initiative, counted=True)
    assert progress(initiative) == (100, True)


def test_a_task_changes_places_with_its_neighbour(initiative: Initiative) -> None:
    first, second, third = (actions.add_task(initiative, title=word) for word in "abc")
    actions.move(third, by=-1)
    assert titles(initiative) == ["a", "c", "b"]
    actions.move(first, by=1)
    assert titles(initiative) == ["c", "a", "b"]
    actions.move(second, by=1)
    assert titles(initiative) == ["c", "a", "b"]


def test_a_removed_task_comes_back_where_it_was_and_only_once(
    initiative: Initiative, owner: User
) -> None:
    first, _second = (actions.add_task(initiative, title=word) for word in "ab")
    due = date.today() + timedelta(days=3)
    actions.edit_task(first, title="a", assignee=owner, due_date=due)
    actions.finish(first, by=owner)
    kept = actions.remove(first)
    assert titles(initiative) == ["b"]
    for _twice in range(2):
        actions.put_back(initiative.business, kept)
    back = initiative.tasks.first()
    assert back is not None
    assert (back.title, back.assignee, back.due_date, back.is_done) == ("a", owner, due, True)
    assert back.done_at is not None
    assert titles(initiative) == ["a", "b"]
    assert progress(initiative) == (50, True)


def test_a_task_does_not_come_back_without_its_initiative(initiative: Initiative) -> None:
    kept = actions.remove(actions.add_task(initiative, title="a"))
    initiative.delete()
    with pytest.raises(Initiative.DoesNotExist):
        actions.put_back(initiative.business, kept)
    assert not Task.objects.exists()


def test_somebody_who_left_is_not_brought_back(initiative: Initiative) -> None:
    gone = factories.make_user()
    task = actions.add_task(initiative, title="a")
    actions.edit_task(task, title="a", assignee=gone, due_date=None)
    assert actions.put_back(initiative.business, actions.remove(task)).assignee is None
