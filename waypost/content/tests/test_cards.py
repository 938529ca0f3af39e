"""The card of a post goes where the post goes."""

import pytest

from waypost.accounts.models import Business, User
from waypost.board import actions as board
from waypost.content import actions
from waypost.content.actions.deciding import card_key
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def test_a_post_in_review_puts_its_card_there_and_takes_it_back(
    business: Business, owner: User, editor: User
) -> None:
    item = factories.make_item(business, author=owner)
    card = board.add_card(business, by=owner, title="Write the post")
    other = board.add_card(business, by=owner, title="Order the wax")
    board.link(card, key=card_key(item), title=item.title, path="/", by=owner)

    def stands() -> str:
        card.refresh_from_db()
        return card.status

    actions.submit_for_review(item, by=owner)
    assert stands() == "review"
    actions.back_to_draft(item, by=owner)
    assert stands() == "in_progress"
    actions.submit_for_review(item, by=owner)
    actions.approve(item, by=editor)
    assert stands() == "done"
    other.refresh_from_db()
    assert other.status == "backlog"
