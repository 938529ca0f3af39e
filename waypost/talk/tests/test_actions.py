"""Comments: writing, answering, calling, settling, removing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.talk import actions
from waypost.talk.models import LONGEST, Comment, Mention, Talked
from waypost.talk.places import Place
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(business: Business) -> Place:
    return Place(business, "strategy/company.story", "Your story", f"/b/{business.slug}/")


def called(comment: Comment) -> list[str]:
    return [str(each.user) for each in comment.mentions.order_by("user__name")]


def test_a_comment_knows_its_place(place: Place, owner: User) -> None:
    comment = actions.write(place, text=" Good.\r\nReally. ", by=owner)
    assert (comment.text, comment.author, comment.place) == ("Good.\nReally.", owner, place)


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1)])
def test_an_empty_or_endless_comment_is_refused(place: Place, owner: User, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.write(place, text=text, by=owner)
    assert refused.value.field == "text"
    assert not Comment.objects.exists()


def test_an_answer_to_an_answer_joins_the_same_talk(place: Place, owner: User) -> None:
    root = actions.write(place, text="First", by=owner)
    answer = actions.write(place, text="Second", by=owner, reply_to=root)
    again = actions.write(place, text="Third", by=owner, reply_to=answer)
    assert (answer.reply_to, again.reply_to) == (root, root)


def test_an_answer_opens_a_settled_talk(place: Place, owner: User) -> None:
    root = actions.write(place, text="First", by=owner)
    actions.resolve(root, by=owner)
    actions.write(place, text="But …", by=owner, reply_to=root)
    root.refresh_from_db()
    assert (root.resolved_at, root.resolved_by) == (None, None)


def test_only_people_of_the_business_are_called(
    place: Place, owner: User, editor: User, stranger: User
) -> None:
    text = f"@{editor} and @{stranger} and @{owner}"
    comment = actions.write(place, text=text, by=owner)
    assert called(comment) == ["Ed Editor", "Olga Owner"]
    assert list(Mention.objects.unseen_by(owner, place.business)) == []
    assert [each.comment for each in Mention.objects.unseen_by(editor, place.business)] == [comment]


def test_an_edit_calls_only_who_was_not_called_before(
    place: Place, owner: User, editor: User, viewer: User
) -> None:
    comment = actions.write(place, text="@Ed @Vid", by=owner)
    actions.see(editor, place.business, place.thread)
    actions.edit(comment, text="@Ed Editor: done")
    assert called(comment) == ["Ed Editor"]
    mention = comment.mentions.get()
    assert (mention.written, mention.seen_at is None) == ("@Ed Editor", False)
    assert comment.edited_at is not None


def test_an_edit_that_changes_nothing_is_none(place: Place, owner: User) -> None:
    comment = actions.write(place, text="Same", by=owner)
    actions.edit(comment, text="Same ")
    assert comment.edited_at is None


def test_seeing_a_thread_leaves_other_threads_unseen(
    place: Place, owner: User, editor: User
) -> None:
    other = Place(place.business, "market/persona/5", "Ana", place.path)
    actions.write(place, text="@Ed", by=owner)
    there = actions.write(other, text="@Ed", by=owner)
    actions.see(editor, place.business, place.thread)
    assert [each.comment for each in Mention.objects.unseen_by(editor, place.business)] == [there]


def test_a_removed_comment_calls_nobody_and_can_come_back(
    place: Place, owner: User, editor: User
) -> None:
    comment = actions.write(place, text="@Ed", by=owner)
    actions.remove(comment)
    assert not Mention.objects.unseen_by(editor, place.business).exists()
    assert Comment.objects.counts(place.business) == {}
    actions.put_back(comment)
    assert Mention.objects.unseen_by(editor, place.business).count() == 1


def test_after_a_day_it_is_too_late_and_the_text_is_gone(place: Place, owner: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        alone = actions.write(place, text="Alone", by=owner)
        answered = actions.write(place, text="Secret", by=owner)
        actions.write(place, text="Answer", by=owner, reply_to=answered)
        actions.remove(alone)
        actions.remove(answered)
    with pytest.raises(Refusal):
        actions.put_back(alone)
    actions.remove(actions.write(place, text="New", by=owner))
    texts = Comment.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["", "Answer", "New"]


def test_a_business_forgets_only_its_own(place: Place, owner: User, stranger: User) -> None:
    theirs = factories.make_comment(
        stranger.memberships.get().business, removed_at=timezone.now() - timedelta(days=5)
    )
    actions.remove(actions.write(place, text="New", by=owner))
    assert Comment.objects.filter(pk=theirs.pk).exists()


def test_comments_of_many_threads_are_counted_in_one_query(
    business: Business, owner: User, stranger: User, django_assert_num_queries: Any
) -> None:
    for number in range(110):
        factories.make_comment(business, thread=f"strategy/question.{number}")
    root = factories.make_comment(business, thread="strategy/question.0")
    factories.make_comment(business, thread="strategy/question.0", reply_to=root)
    actions.resolve(root, by=owner)
    factories.make_comment(business, thread="market/persona/1")
    factories.make_comment(stranger.memberships.get().business, thread="strategy/question.0")
    with django_assert_num_queries(1):
        counts = Comment.objects.counts(business, "strategy/")
    assert len(counts) == 110
    assert counts["strategy/question.0"] == Talked(open=1, resolved=2)
    assert counts["strategy/none"] == Talked(0, 0)
    assert str(root) == root.text
    assert "market/persona/1" not in counts


def test_a_person_who_leaves_leaves_the_comments(place: Place, owner: User, editor: User) -> None:
    comment = actions.write(place, text="@Olga", by=editor)
    editor.delete()
    comment.refresh_from_db()
    assert (comment.author, str(comment.mentions.get())) == (None, f"@Olga ({comment.pk})")
