"""A worker is killed at every step that it takes; each post stands exactly once."""

import pytest

from waypost.publishing.tests.faults.boundaries import Walk, as_worker, kill
from waypost.publishing.tests.faults.network import NETWORKS, USUAL, some
from waypost.publishing.tests.faults.shop import Shop

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pictures", [0, 1], ids=["text", "picture"])
@pytest.mark.parametrize("name", some(*NETWORKS, at_once=USUAL))
def test_a_post_whose_worker_dies_at_any_step_stands_exactly_once(
    name: str, pictures: int, shop: Shop
) -> None:
    network = shop.network(name)
    for at in range(1, 80):
        walk = Walk(at, kill)
        shop.post(network, pictures=pictures)
        alive = as_worker(shop.work, walk)
        assert alive != walk.struck
        shop.verdict()
        if alive:
            break
    else:
        raise AssertionError("a post takes more steps than this test kills at")
    assert at > 8, "the steps are not seen any more"
