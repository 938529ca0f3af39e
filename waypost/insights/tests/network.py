"""A network that tells numbers, for tests: what it shall answer is set on the instance."""

from collections.abc import Mapping, Sequence
from typing import Any

from waypost.providers.base import Credentials, Measures, Provider


class Chatter(Provider, Measures):
    """Notes every question; ``trouble`` is raised instead of an answer."""

    id = "chatter"
    name = "Chatter"
    colour = "#123456"
    blurb = "For tests."
    setup_help = "Nothing to do."
    account_metrics = ("followers",)
    post_metrics = ("likes", "comments", "shares")

    def __init__(self) -> None:
        self.followers: int | None = 100
        self.posts: dict[str, dict[str, int]] = {}
        self.trouble: list[Exception] = []
        self.asked: list[Any] = []

    def measure_account(self, credentials: Credentials) -> dict[str, int]:
        self._answer("account")
        return {} if self.followers is None else {"followers": self.followers}

    def measure_posts(
        self, credentials: Credentials, remote_ids: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        self._answer(list(remote_ids))
        return {each: self.posts[each] for each in remote_ids if each in self.posts}

    def _answer(self, question: object) -> None:
        self.asked.append(question)
        if self.trouble:
            raise self.trouble.pop(0)


def numbers(likes: int, comments: int, shares: int) -> Mapping[str, int]:
    return {"likes": likes, "comments": comments, "shares": shares}
