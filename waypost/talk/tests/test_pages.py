"""The pages of a talk: who sees what, with and without script."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.talk import actions
from waypost.talk.models import Comment, Mention, Talked
from waypost.talk.places import Place
from waypost.tests import factories

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def place(business: Business) -> Place:
    path = f"/b/{business.slug}/"
    return Place(business, "strategy/company.story", "Your <story>", path)


def at(place: Place, name: str = "thread", *more: int) -> str:
    return reverse(f"talk:{name}", args=[place.business.slug, place.token, *more])


def on(comment: Comment, name: str) -> str:
    return reverse(f"talk:{name}", args=[comment.business.slug, comment.pk])


def html(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_new_place_says_that_nobody_spoke(page: Client, place: Place) -> None:
    shown = html(page.get(at(place)))
    assert "Nobody has said anything here yet." in shown
    assert "Comments: Your &lt;story&gt;" in shown


def test_a_comment_is_written_without_script(page: Client, place: Place, owner: User) -> None:
    answer = page.post(at(place, "write"), {"text": "Is this <b>true</b>?"})
    assert (answer.status_code, answer.headers["Location"]) == (302, at(place))
    comment = Comment.objects.get()
    assert (comment.thread, comment.title, comment.path, comment.author) == (
        place.thread,
        place.title,
        place.path,
        owner,
    )
    shown = html(page.get(at(place)))
    assert "Is this &lt;b&gt;true&lt;/b&gt;?" in shown
    assert "<b>true" not in shown


def test_with_script_the_drawer_and_the_button_are_answered(page: Client, place: Place) -> None:
    answer = page.post(at(place, "write"), {"text": "Hello"}, headers=HTMX)
    shown = html(answer)
    assert answer.status_code == 200
    assert "<html" not in shown
    assert f'<a id="{place.anchor}"' in shown
    assert 'hx-swap-oob="true"' in shown
    assert "<span>1 comment</span>" in shown


@pytest.mark.parametrize("text", ["", "x" * 2001, "x" * 100_000])
def test_a_wrong_comment_stays_in_its_field(page: Client, place: Place, text: str) -> None:
    answer = page.post(at(place, "write"), {"text": text})
    assert answer.status_code == 422
    assert f">\n{text}</textarea>" in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_wrong_answer_stays_below_its_comment(page: Client, place: Place, owner: User) -> None:
    root = actions.write(place, text="Question", by=owner)
    answer = page.post(at(place, "answer", root.pk), {"text": "x" * 3000})
    assert answer.status_code == 422
    assert 'class="talk-answer" open' in html(answer)
    page.post(at(place, "answer", root.pk), {"text": "Short"})
    assert root.replies.get().text == "Short"


def test_an_answer_needs_a_first_comment_of_the_same_place(
    page: Client, place: Place, owner: User
) -> None:
    elsewhere = factories.make_comment(place.business, thread="market/persona/1")
    root = actions.write(place, text="Question", by=owner)
    answer = actions.write(place, text="Answer", by=owner, reply_to=root)
    for wrong in (elsewhere, answer):
        assert page.post(at(place, "answer", wrong.pk), {"text": "x"}).status_code == 404


def test_a_viewer_may_comment(place: Place, viewer: User, sign_in: SignIn) -> None:
    sign_in(viewer).post(at(place, "write"), {"text": "From the accountant"})
    assert Comment.objects.get().author == viewer


def test_one_edits_and_removes_only_ones_own(
    page: Client, place: Place, owner: User, editor: User, sign_in: SignIn
) -> None:
    comment = actions.write(place, text="Mine", by=owner)
    other = sign_in(editor)
    assert "Remove" not in html(other.get(at(place)))
    for name in ("edit", "remove"):
        assert other.post(on(comment, name), {"text": "Changed"}).status_code == 404
    assert "Mine</textarea>" in html(page.get(on(comment, "edit")))
    assert page.post(on(comment, "edit"), {"text": ""}).status_code == 422
    assert page.post(on(comment, "edit"), {"text": "Changed"}).headers["Location"] == at(place)
    comment.refresh_from_db()
    assert (comment.text, comment.edited_at is None) == ("Changed", False)


def test_a_removed_comment_can_be_put_back(
    page: Client, place: Place, owner: User, editor: User, sign_in: SignIn
) -> None:
    comment = actions.write(place, text="Mine", by=owner)
    shown = html(page.post(on(comment, "remove"), headers=HTMX))
    assert f'action="{on(comment, "put_back")}"' in shown
    assert "Nobody has said anything" in shown
    assert sign_in(editor).post(on(comment, "put_back")).status_code == 404
    answer = page.post(on(comment, "put_back"))
    assert answer.headers["Location"] == comment.address
    assert Comment.objects.standing().count() == 1
    actions.remove(comment)
    assert "Mine" in html(page.post(on(comment, "put_back"), headers=HTMX))


def test_putting_back_too_late_says_so(page: Client, place: Place, owner: User) -> None:
    comment = actions.write(place, text="Mine", by=owner)
    comment.removed_at = timezone.now() - timedelta(days=3)
    comment.save()
    page.post(on(comment, "put_back"))
    assert "removed more than a day ago" in html(page.get(at(place)))


def test_a_removed_first_comment_stays_as_a_gap_above_its_answers(
    page: Client, place: Place, owner: User, editor: User
) -> None:
    root = actions.write(place, text="A secret", by=owner)
    actions.write(place, text="An answer", by=editor, reply_to=root)
    actions.remove(root)
    shown = html(page.get(at(place)))
    assert "This comment was removed." in shown
    assert "An answer" in shown
    assert "A secret" not in shown


def test_a_settled_talk_is_folded_and_can_be_opened(
    page: Client, place: Place, owner: User
) -> None:
    root = actions.write(place, text="Question", by=owner)
    assert page.post(on(root, "resolve")).status_code == 302
    shown = html(page.get(at(place)))
    assert "1 settled talk" in shown
    assert "Settled by Olga Owner" in shown
    page.post(on(root, "reopen"))
    assert "settled talk" not in html(page.get(at(place)))


def test_opening_the_talk_sees_the_call(
    place: Place, owner: User, editor: User, sign_in: SignIn
) -> None:
    actions.write(place, text="@Ed, look", by=owner)
    sign_in(owner).get(at(place))
    assert Mention.objects.unseen_by(editor, place.business).count() == 1
    shown = html(sign_in(editor).get(at(place)))
    assert '<span class="call" title="Ed Editor">@Ed</span>, look' in shown
    assert Mention.objects.unseen_by(editor, place.business).count() == 0


def test_visiting_a_comment_leads_to_its_place_and_sees_the_call(
    place: Place, owner: User, editor: User, sign_in: SignIn
) -> None:
    comment = actions.write(place, text="@Ed", by=owner)
    answer = sign_in(editor).get(on(comment, "visit"))
    assert answer.headers["Location"] == (
        f"/b/{place.business.slug}/?talk=strategy%2Fcompany.story#talk-strategy-company-story"
    )
    assert not Mention.objects.unseen_by(editor, place.business).exists()


def test_a_stranger_reaches_nothing_of_a_talk(
    place: Place, owner: User, stranger: User, sign_in: SignIn
) -> None:
    comment = actions.write(place, text="Secret", by=owner)
    own = stranger.memberships.get().business.slug
    client = sign_in(stranger)
    assert client.get(at(place)).status_code == 404
    assert client.post(at(place, "write"), {"text": "x"}).status_code == 404
    # Not even with our signature, through a business of one's own.
    for name in ("thread", "write"):
        url = reverse(f"talk:{name}", args=[own, place.token])
        assert client.post(url, {"text": "x"}).status_code in {404, 405}
    assert client.get(reverse("talk:thread", args=[own, place.token])).status_code == 404
    assert client.get(reverse("talk:visit", args=[own, comment.pk])).status_code == 404
    assert Comment.objects.count() == 1


def test_the_people_to_call_are_those_of_the_business(
    page: Client, place: Place, editor: User, stranger: User
) -> None:
    shown = html(page.get(at(place)))
    assert '["Ed Editor"]' in shown
    assert str(stranger) not in shown


def test_a_long_thread_takes_few_queries(
    page: Client, place: Place, owner: User, editor: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        root = actions.write(place, text=f"@Ed {number}", by=owner)
        for each in (owner, editor):
            actions.write(place, text="@Olga", by=each, reply_to=root)
    with django_assert_max_num_queries(10):
        assert html(page.get(at(place))).count('class="talk-line"') == 30


# --- the button ---


def button(business: Business, user: User, source: str, query: str = "", **context: Any) -> str:
    request: Any = RequestFactory().get(f"/b/{business.slug}/strategy/{query}")
    request.business, request.user = business, user
    request.member = business.members.get(user=user)
    template = Template("{% load talk %}" + source)
    return " ".join(template.render(Context({"request": request, **context})).split())


def test_the_button_says_how_many_comments_there_are(business: Business, owner: User) -> None:
    source = '{% talk "strategy/company.story" "Your story" %}'
    assert "<span>Comment</span>" in button(business, owner, source)
    comment = factories.make_comment(business)
    factories.make_comment(business)
    shown = button(business, owner, source)
    assert "<span>2 comments</span>" in shown
    assert '<span class="sr-only">: Your story</span>' in shown
    Comment.objects.exclude(pk=comment.pk).delete()
    actions.resolve(comment, by=owner)
    assert "<span>Settled</span>" in button(business, owner, source)


def test_the_button_opens_by_itself_at_its_address_only(business: Business, owner: User) -> None:
    source = '{% talk "strategy/company.story" "Your story" %}'
    query = "?talk=strategy/company.story"
    assert 'hx-trigger="load, click"' in button(business, owner, source, query)
    assert "hx-trigger" not in button(business, owner, source, "?talk=strategy/other")


def test_many_buttons_with_counts_ask_for_nothing(
    business: Business, owner: User, django_assert_num_queries: Any
) -> None:
    counts: Mapping[str, Talked] = {"a/1": Talked(3, 0)}
    source = '{% for n in "12" %}{% talk "a/"|add:n "Title" counts=counts %}{% endfor %}'
    with django_assert_num_queries(1):  # who asks
        shown = button(business, owner, source, counts=counts)
    assert ("<span>3 comments</span>" in shown, "<span>Comment</span>" in shown) == (True, True)


def test_outside_of_a_business_there_is_no_button(owner: User) -> None:
    request = RequestFactory().get("/")
    template = Template('{% load talk %}{% talk "a/1" "Title" %}')
    assert template.render(Context({"request": request})).strip() == ""
