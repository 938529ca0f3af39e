"""Whatever a server puts into its answer, no secret is kept about a delivery."""

import json
import logging
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.providers.tests.worlds import World
from waypost.publishing.models import Attempt, Delivery
from waypost.publishing.running import clean
from waypost.publishing.tests.walking import armed, run
from waypost.tests import factories

SECRET = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=6, max_size=40
)
WORDS = st.text(max_size=60)


@given(secret=SECRET, before=WORDS, after=WORDS)
def test_a_secret_is_taken_out_of_any_sentence(secret: str, before: str, after: str) -> None:
    assume("*" not in secret)
    assume(secret not in before + after)
    assert secret not in clean(f"{before}{secret}{after}", [secret])


@given(secret=SECRET, before=WORDS)
def test_a_secret_is_taken_out_of_addresses_and_json(secret: str, before: str) -> None:
    assume("*" not in secret)
    for form in {quote(secret, safe=""), quote(secret), json.dumps(secret)[1:-1]}:
        assume(form not in before)
        assert form not in clean(f"{before} {form} end", [secret])


@given(secrets=st.lists(SECRET, min_size=2, max_size=4), words=WORDS)
def test_of_secrets_that_hold_each_other_nothing_is_left(secrets: list[str], words: str) -> None:
    assume(not any("*" in secret for secret in secrets))
    joined = "|".join([*secrets, secrets[0] + secrets[1]])
    cleaned = clean(f"{words}|{joined}", secrets)
    assume(not any(secret in words for secret in secrets))
    assert all(secret not in cleaned for secret in secrets)


def test_words_without_a_secret_stay_as_they_are() -> None:
    words = "The server did not take this: Text is too long"
    assert clean(words, ["abc", "", "s3cr3t-token"]) == words


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 401, 422, 429, 500])
def test_a_server_that_echoes_the_token_does_not_get_it_into_our_rows(
    status: int,
    business: Business,
    channel: Connection,
    world: World,
    caplog: pytest.LogCaptureFixture,
) -> None:
    token = next(iter(world.credentials.secrets.values()))
    said = f"The token {token} is not good for {quote(token)}"
    item = factories.scheduled_item(business, channel)
    world.server.fail_next(
        world.publish_path, status=status, body={"error": "InvalidRequest", "message": said}
    )
    with caplog.at_level(logging.DEBUG):
        run(armed(item))
    kept = f"{list(Attempt.objects.values_list())} {list(Delivery.objects.values_list())}"
    assert Attempt.objects.exists()
    channel.refresh_from_db()
    for secret in world.credentials.secrets.values():
        assert secret not in kept
        assert secret not in channel.broken_reason
