"""A link with which a client approves a post, or asks for changes, without an account."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.content.actions import approving
from waypost.content.models import ITEM, Item, ReviewLink, Status
from waypost.kit.errors import Refusal
from waypost.kit.tokens import fingerprint, new_token
from waypost.talk import actions as talk
from waypost.talk.places import Place

LASTS = (3, 7, 30)  # days


def create_review_link(item: Item, *, client: str, days: int, by: User) -> tuple[ReviewLink, str]:
    """A new link and its token, which is told here once and kept nowhere.

    Raises ``Refusal`` for somebody who may not work on the post.
    """
    _require(item, by)
    token = new_token()
    link = ReviewLink.objects.create(
        item=item,
        client=client,
        token_hash=fingerprint(token),
        expires_at=timezone.now() + timedelta(days=days),
        created_by=by,
    )
    return link, token


def find_review_link(token: str) -> ReviewLink | None:
    """The link that ``token`` opens; None when it is unknown, over or revoked."""
    rows = ReviewLink.objects.open().select_related("item__business", "created_by")
    return rows.filter(token_hash=fingerprint(token)).first()


def revoke_review_link(link: ReviewLink, *, by: User) -> None:
    """It opens nothing from now on. Raises ``Refusal`` as making one does."""
    _require(link.item, by)
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])


def _require(item: Item, by: User) -> None:
    if not approving.Standing(item.business, by).may(item, "content.write"):
        raise Refusal(_("Your role does not allow this. Ask an editor or the owner."))


@transaction.atomic
def answer_review(link: ReviewLink, *, approves: bool, comment: str, seen: str) -> None:
    """What the client says about the post that they saw (its fingerprint).

    Raises ``Refusal`` where the post was changed or decided about meanwhile, or where changes
    are asked for without saying which.
    """
    item = Item.objects.select_for_update().select_related("business").get(pk=link.item_id)
    if item.status != Status.IN_REVIEW:
        raise Refusal(_("This post does not wait for an answer any more."))
    if seen != approving.fingerprint(item):
        raise Refusal(_("The post was changed while you were reading. Look at it once more."))
    if not approves and not comment.strip():
        raise Refusal(_("Say what should be different."), field="comment")
    link.answer = ReviewLink.Answer.APPROVED if approves else ReviewLink.Answer.CHANGES
    link.comment, link.answered_at = comment.strip(), timezone.now()
    link.save(update_fields=["answer", "comment", "answered_at"])
    _tell(link, item)
    if approves and approving.needs_lead(item):
        return  # the lead has the last word on prices and giveaways
    new = Status.APPROVED if approves else Status.DRAFT
    moved = ITEM.move(
        item, Status.IN_REVIEW, new, version=item.version + 1, updated_at=timezone.now()
    )
    if moved and approves:
        approving.record(item, guest=link.client)


def _tell(link: ReviewLink, item: Item) -> None:
    """The answer joins the comments on the post, in the name of who made the link."""
    if link.created_by is None:
        return
    said = (
        _("%(client)s approved this post.")
        if link.answer == ReviewLink.Answer.APPROVED
        else _("%(client)s asks for changes.")
    )
    words = said % {"client": link.client}
    path = reverse("publishing:item", args=[item.business.slug, item.pk])
    place = Place(item.business, f"content/item/{item.pk}", item.title, path)
    talk.write(place, text=f"{words}\n{link.comment}".strip(), by=link.created_by)
