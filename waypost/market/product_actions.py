"""Verbs on products."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.market.models import Product
from waypost.market.ordering import last_position


def add_product(business: Business, *, name: str, by: User | None) -> Product:
    """A product below the others; what the last one says about VAT and reinvesting is kept.

    Raises ``Refusal`` (field ``name``) for a name that another product has.
    """
    others = business.products.filter(archived_at=None)
    if others.filter(name__iexact=name.strip()).exists():
        raise Refusal(_("There is a product of this name already."), field="name")
    like = others.order_by("-position", "-pk").first()
    usual: dict[str, Any] = {"updated_by": by, "position": last_position(business.products.all())}
    if like:
        usual |= {"vat_rate": like.vat_rate, "reinvest_share": like.reinvest_share}
    return Product.objects.create(business=business, name=name.strip(), **usual)


def archive_product(product: Product) -> None:
    """It counts nowhere any more, and can come back."""
    product.archived_at = timezone.now()
    product.save(update_fields=["archived_at"])


def restore_product(product: Product) -> None:
    product.archived_at = None
    product.save(update_fields=["archived_at"])
