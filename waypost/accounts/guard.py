"""The one door to every page: finds the business, checks the permission, marks the view.

A test walks the URLconf and fails for a view without one of these marks.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from waypost.accounts import second_step
from waypost.accounts.actions.people import was_here
from waypost.accounts.leftover import NoLongerHere, show_gone
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import NAMES

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


class BusinessRequest(PersonRequest):
    """A request inside one business; ``member`` says who asks and what they may do."""

    business: Business
    member: Member
    htmx: Any


class MarkedView(Protocol):
    permission: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def mark(view: Any, permission: str) -> Any:
    """Note on the view what it asks of a person; the house test reads it."""
    view.permission = permission
    return view


def business_view(
    permission: str,
) -> Callable[[Callable[Concatenate[BusinessRequest, P], HttpResponseBase]], MarkedView]:
    """The view of a page under ``/b/<slug>/``, for members whose role carries ``permission``.

    A stranger gets 404 (as if there were no such business), a colleague of a lesser role
    403. Times are shown in the business's zone while the view runs.
    """
    if permission not in NAMES:
        raise LookupError(f"no permission {permission!r}")

    def decorate(view: Callable[Concatenate[BusinessRequest, P], HttpResponseBase]) -> MarkedView:
        @login_required
        @wraps(view)
        def guarded(
            request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            try:
                inside = enter(request, slug)
            except NoLongerHere as gone:
                return show_gone(request, gone)
            if second_step.is_missing(inside.member):
                return second_step.show_missing(request, inside.business)
            if not inside.member.may(permission):
                raise PermissionDenied
            with timezone.override(inside.business.zone):
                return view(inside, *args, **kwargs)

        return cast(MarkedView, mark(guarded, permission))

    return decorate


def enter(request: HttpRequest, slug: str) -> BusinessRequest:
    """Find the signed-in person's business by its address part; 404 for a stranger.

    Raises ``NoLongerHere`` for somebody who was in it.
    """
    member = (
        Member.objects.select_related("business")
        .annotate(has_step=second_step.has_step())
        .filter(user=cast(User, request.user), business__slug=slug)
        .first()
    )
    if member is None:
        raise _stranger(request, slug)
    inside = cast(BusinessRequest, request)
    inside.member, inside.business = member, member.business
    member.user = inside.user
    return inside


def _stranger(request: HttpRequest, slug: str) -> Exception:
    user = cast(User, request.user)
    business = Business.objects.filter(slug=slug).first()
    day = was_here(user, business) if business else None
    return NoLongerHere(business, day) if business and day else Http404()


def signed_in_view(
    view: Callable[Concatenate[PersonRequest, P], HttpResponseBase],
) -> MarkedView:
    """A page for anybody who is signed in, outside of a business."""
    return cast(MarkedView, mark(login_required(cast(Any, view)), "signed in"))


def operator_view(
    view: Callable[Concatenate[PersonRequest, P], HttpResponseBase],
) -> MarkedView:
    """A page for those who keep the installation running; 403 for everybody else."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not cast(User, request.user).is_operator:
            raise PermissionDenied
        return view(cast(PersonRequest, request), *args, **kwargs)

    return cast(MarkedView, mark(guarded, "operator"))


def open_view(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> MarkedView:
    """A page for everybody, also without an account."""
    return cast(MarkedView, mark(view, "open"))
