"""Products: what their price leaves, and what goes back into marketing."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.kit.careful.values import posted
from waypost.kit.errors import Refusal
from waypost.market.completeness import fields_answered
from waypost.market.models import Product
from waypost.market.pricing import Pricing, ceiling
from waypost.market.product_actions import add_product
from waypost.market.product_forms import ProductForm
from waypost.tests.factories import make_asset

D = Decimal
SignIn = Callable[[User], Client]
CANDLES = Pricing(D("34.90"), D("0.22"), D("11.20"), D("0.65"), D("2.1"), D(900), D("0.25"))


def make_product(business: Business, **fields: Any) -> Product:
    values = {"name": "Candles", "vat_rate": D("0.22"), **fields}
    return Product.objects.create(business=business, **values)


def url(name: str, row: Any, *args: Any) -> str:
    slug = (row if isinstance(row, Business) else row.business).slug
    own = [] if isinstance(row, Business) else [row.pk]
    return reverse(f"market:{name}", args=[slug, *own, *args])


def typed(row: Product, **changes: str) -> dict[str, Any]:
    """What a browser sends when a person opened the page and changed only ``changes``."""
    form = ProductForm(instance=row, business=row.business)
    data: dict[str, Any] = {
        name: posted(field, form.initial.get(name)) for name, field in form.fields.items()
    }
    return data | {f"was-{name}": was for name, was in form.was.items()} | changes


def rounded(value: Decimal | None, places: str = "0.01") -> Decimal:
    assert value is not None
    return value.quantize(D(places), "ROUND_HALF_UP")


# --- what a price leaves ---


def test_the_set_of_candles_leaves_what_was_computed_by_hand() -> None:
    assert rounded(CANDLES.net.value) == D("28.61")
    assert rounded(CANDLES.profit.value) == D("17.41")
    assert rounded(CANDLES.margin.value, "0.001") == D("0.608")
    assert rounded(CANDLES.markup.value, "0.001") == D("1.554")
    assert rounded(CANDLES.wanted_net.value) == D("32.00")
    assert rounded(CANDLES.wanted_gross.value) == D("39.04")
    assert rounded(CANDLES.gap.value) == D("4.14")
    assert rounded(CANDLES.customer_year.value) == D("36.55")
    assert rounded(CANDLES.reinvest.value) == D("4.35")
    assert rounded(CANDLES.reinvest_year.value) == D("3916.48")
    assert CANDLES.warning == "The price is too low for the margin you want."


@pytest.mark.parametrize(
    ("price", "cost", "told"),
    [
        ("12.20", "11", "It sells for less than it costs: every piece sold loses money."),
        ("12.20", "10", "It sells for just what it costs: nothing is left."),
        ("12.20", "9", ""),
        (None, "9", ""),
        ("12.20", None, ""),
    ],
)
def test_a_price_below_its_cost_is_said_in_words(
    price: str | None, cost: str | None, told: str
) -> None:
    numbers = [None if each is None else D(each) for each in (price, cost)]
    assert Pricing(numbers[0], D("0.22"), numbers[1]).warning == told


def test_edges_have_a_reason_and_no_number() -> None:
    free = Pricing(D(0), D("0.22"), D(5))
    assert free.margin.reason == "A price of 0 or less has no margin."
    gift = Pricing(D(10), D(0), D(0), target_margin=D(1))
    assert gift.markup.reason == "Without a cost there is no markup."
    assert gift.margin.value == 1
    told = "A margin is always below 100 %: the cost is part of the price."
    assert gift.wanted_gross.reason == gift.wanted_net.reason == told
    assert Pricing().customer_year.reason == "A number above is still empty."


@given(
    cost=st.decimals(min_value=D("0.01"), max_value=10**6, places=2),
    share=st.decimals(min_value=0, max_value=D("0.99"), places=2),
    vat=st.decimals(min_value=0, max_value=D("0.3"), places=3),
)
def test_selling_at_the_wanted_price_reaches_the_wanted_margin(cost: D, share: D, vat: D) -> None:
    wanted = Pricing(None, vat, cost, share).wanted_gross.value
    there = Pricing(wanted, vat, cost, share)
    assert rounded(there.margin.value, "0.000001") == share
    assert rounded(there.gap.value, "0.000001") == 0


# --- the ceiling of the budget ---


def test_the_ceiling_adds_up_what_products_put_back(business: Business) -> None:
    make_product(business, price_gross=122, unit_cost=60, sold_per_year=10, reinvest_share="0.5")
    make_product(business, price_gross=61, unit_cost=40, sold_per_year=100, reinvest_share="0.2")
    make_product(business, price_gross=61, unit_cost=40)
    found = ceiling(business.products.all())
    assert (found.counted, found.of) == (2, 3)
    assert rounded(found.profit) == D("1400.00")
    assert rounded(found.amount.value) == D("400.00")


def test_what_loses_takes_its_part_off_the_ceiling(business: Business) -> None:
    sold = {"sold_per_year": 10, "reinvest_share": "0.5"}
    make_product(business, price_gross=122, unit_cost=60, **sold)
    make_product(business, price_gross=122, unit_cost=110, **sold)
    assert rounded(ceiling(business.products.all()).amount.value) == D("150.00")
    make_product(business, price_gross=122, unit_cost=150, **sold)
    assert ceiling(business.products.all()).amount.reason == "There was no profit to put back."


def test_without_numbers_there_is_no_ceiling(business: Business) -> None:
    make_product(business, price_gross=122)
    found = ceiling(business.products.all())
    assert (found.amount.value, found.profit, found.counted) == (None, None, 0)


# --- actions ---


def test_a_second_product_starts_with_the_vat_of_the_first(business: Business) -> None:
    make_product(business, vat_rate="0.095", reinvest_share="0.3")
    row = add_product(business, name=" Wraps ", by=None)
    row.refresh_from_db()
    assert (row.name, row.vat_rate, row.reinvest_share) == ("Wraps", D("0.095"), D("0.3"))


def test_two_products_of_one_name_are_refused(business: Business) -> None:
    make_product(business)
    with pytest.raises(Refusal) as refusal:
        add_product(business, name="CANDLES", by=None)
    assert refusal.value.field == "name"


def test_completeness_counts_no_as_an_answer(business: Business) -> None:
    row = make_product(business)
    assert fields_answered(row) == (0, 13)
    row.handmade, row.unit_cost, row.materials = False, D(0), "Wax"
    assert fields_answered(row) == (3, 13)


# --- pages ---


def test_the_empty_page_shows_how_to_begin(page: Client, business: Business) -> None:
    html = page.get(url("products", business)).content.decode()
    assert "No products yet" in html
    assert url("product_new", business) in html


def test_adding_leads_to_the_record(page: Client, business: Business) -> None:
    answer = page.post(url("product_new", business), {"name": "Wraps"})
    row = business.products.get()
    assert answer.headers["Location"] == url("product", row)
    again = page.post(url("product_new", business), {"name": "wraps"})
    assert again.context["form"].errors == {"name": ["There is a product of this name already."]}


def test_the_form_keeps_what_was_typed(page: Client, business: Business, owner: User) -> None:
    row = make_product(business, handmade=True)
    sent = typed(
        row,
        price_gross="1.234,50",
        vat_rate="9,5 %",
        unit_cost="11.2",
        target_margin="65",
        unique="no",
        handmade="",
        orders_per_year="2,1",
        description="<b>Calm</b>",
    )
    answer = page.post(url("product", row), sent)
    assert answer.headers["Location"] == url("products", business)
    row.refresh_from_db()
    assert (row.price_gross, row.vat_rate, row.unit_cost) == (D("1234.5"), D("0.095"), D("11.2"))
    assert (row.target_margin, row.orders_per_year) == (D("0.65"), D("2.1"))
    assert (row.unique, row.handmade, row.updated_by) == (False, None, owner)
    shown = page.get(url("product", row)).content.decode()
    assert "&lt;b&gt;Calm&lt;/b&gt;" in shown


def test_an_empty_rate_stays_what_it_was(page: Client, business: Business) -> None:
    row = make_product(business)
    page.post(url("product", row), typed(row, vat_rate=""))
    row.refresh_from_db()
    assert row.vat_rate == D("0.22")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("price_gross", "-1", "This number cannot be below zero. Write 0 or more."),
        ("price_gross", "dear", "“dear” is not a number. Write it like this: 1234.5"),
        (
            "target_margin",
            "100",
            "A margin is always below 100 percent: the cost is part of the price.",
        ),
        ("vat_rate", "101", "A rate of more than 100 percent cannot be meant."),
        ("reinvest_share", "101", "Not more than 100 percent of the profit can be put back."),
    ],
)
def test_a_wrong_number_is_explained_and_the_rest_is_saved(
    page: Client, business: Business, field: str, value: str, told: str
) -> None:
    row = make_product(business)
    answer = page.post(url("product", row), typed(row, materials="Wax", **{field: value}))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [told]
    row.refresh_from_db()
    assert row.materials == "Wax"


def test_the_result_follows_what_is_typed(page: Client, business: Business) -> None:
    row = make_product(business, price_gross=122, unit_cost=60)
    typing = {"price_gross": "244", "target_margin": "75", "unit_cost": "nonsense"}
    pricing = page.get(url("product", row), typing).context["pricing"]
    assert (pricing.price_gross, pricing.unit_cost) == (D(244), None)
    typing["unit_cost"] = "50"
    pricing = page.get(url("product", row), typing).context["pricing"]
    assert (pricing.margin.value, pricing.wanted_gross.value) == (D("0.75"), D(244))
    row.refresh_from_db()
    assert row.price_gross == D(122)


def test_a_loss_is_red_and_said(page: Client, business: Business) -> None:
    make_product(business, price_gross=D("12.20"), unit_cost=D(11))
    html = page.get(url("products", business)).content.decode()
    assert "It sells for less than it costs" in html
    assert 'class="num text-error"' in html


def test_the_picture_of_another_business_cannot_be_chosen(
    page: Client, business: Business, stranger: User
) -> None:
    foreign = make_asset(stranger.memberships.get().business)
    row = make_product(business)
    answer = page.post(url("product", row), typed(row, picture=str(foreign.pk)))
    assert list(answer.context["form"].errors) == ["picture"]


def test_products_are_put_away_and_come_back(page: Client, business: Business) -> None:
    row = make_product(business)
    answer = page.post(url("product_archive", row))
    (message,) = answer.wsgi_request._messages  # type: ignore[attr-defined]
    assert page.get(url("products", business)).context["rows"] == []
    page.post(str(message.extra_tags).removeprefix("undo:"))
    assert [each for each, *_ in page.get(url("products", business)).context["rows"]] == [row]


def test_products_change_places(page: Client, business: Business) -> None:
    first, _second, third = (make_product(business, name=name) for name in ("A", "B", "C"))
    page.post(url("product_move", third, "up"))
    page.post(url("product_move", first, "up"))
    assert [str(row) for row in business.products.all()] == ["A", "C", "B"]


def test_a_viewer_sees_prices_and_changes_nothing(
    business: Business, viewer: User, sign_in: SignIn
) -> None:
    row = make_product(business, price_gross=122, unit_cost=60)
    browser = sign_in(viewer)
    html = browser.get(url("products", business)).content.decode()
    assert "122.00" in html
    assert url("product", row) not in html
    assert browser.get(url("product", row)).status_code == 403
    assert browser.post(url("product_archive", row)).status_code == 403


def test_the_list_costs_the_same_for_many_products(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_product(business, name=f"Candle {number}", price_gross=10, unit_cost=5)
    with django_assert_max_num_queries(8):
        page.get(url("products", business))
