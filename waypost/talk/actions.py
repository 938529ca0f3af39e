"""Verbs on comments."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind
from waypost.talk.mentioning import mentioned
from waypost.talk.models import LONGEST, UNDO_LASTS, Comment, Mention
from waypost.talk.places import Place


@transaction.atomic
def write(place: Place, *, text: str, by: User, reply_to: Comment | None = None) -> Comment:
    """Raises ``Refusal`` (field ``text``) for an empty or a too long text.

    An answer to an answer joins the same talk; it opens one that was resolved.
    """
    root = (reply_to.reply_to or reply_to) if reply_to else None
    comment = Comment.objects.create(
        business=place.business,
        thread=place.thread,
        title=place.title,
        path=place.path,
        author=by,
        reply_to=root,
        text=_worded(text),
    )
    if root is not None and root.resolved_at:
        reopen(root)
    _call(comment)
    return comment


@transaction.atomic
def edit(comment: Comment, *, text: str) -> None:
    """Raises ``Refusal`` (field ``text``). Who is still called is not called again."""
    worded = _worded(text)
    if worded == comment.text:
        return
    comment.text, comment.edited_at = worded, timezone.now()
    comment.save(update_fields=["text", "edited_at"])
    _call(comment)


@transaction.atomic
def remove(comment: Comment) -> None:
    """Take it off the page; for a day it can be put back."""
    comment.removed_at = timezone.now()
    comment.save(update_fields=["removed_at"])
    _forget(comment.business)


def put_back(comment: Comment) -> None:
    """Undo :func:`remove`; raises ``Refusal`` when that was too long ago."""
    if comment.removed_at and comment.removed_at < timezone.now() - UNDO_LASTS:
        raise Refusal(_("This comment was removed more than a day ago."))
    comment.removed_at = None
    comment.save(update_fields=["removed_at"])


def resolve(root: Comment, *, by: User) -> None:
    """The talk is settled; its comments are folded away."""
    root.resolved_at, root.resolved_by = timezone.now(), by
    root.save(update_fields=["resolved_at", "resolved_by"])


def reopen(root: Comment) -> None:
    root.resolved_at = root.resolved_by = None
    root.save(update_fields=["resolved_at", "resolved_by"])


def see(user: User, business: Business, thread: str) -> None:
    """The person has opened the talk: what called them there is seen."""
    calls = Mention.objects.unseen_by(user, business)
    calls.filter(comment__thread=thread).update(seen_at=timezone.now())


def _worded(text: str) -> str:
    worded = text.replace("\r\n", "\n").strip()
    if not worded:
        raise Refusal(_("Write something first."), field="text")
    if len(worded) > LONGEST:
        said = _("A comment has at most %(most)s characters; this one has %(here)s.")
        raise Refusal(said % {"most": LONGEST, "here": len(worded)}, field="text")
    return worded


def _call(comment: Comment) -> None:
    """Only people of the business are called; whoever writes has seen it."""
    people = User.objects.filter(memberships__business=comment.business)
    called = mentioned(comment.text, people)
    comment.mentions.exclude(user__in=called).delete()
    known = {mention.user_id: mention for mention in comment.mentions.all()}
    now = timezone.now()
    for person, written in called.items():
        mention = known.get(person.pk) or Mention(comment=comment, user=person)
        mention.written = written
        if person.pk == comment.author_id:
            mention.seen_at = mention.seen_at or now
        mention.save()
    _tell(comment, [person for person in called if person.pk not in known])


def _tell(comment: Comment, people: Iterable[User]) -> None:
    business = comment.business
    tell(
        people,
        Kind.MENTIONED,
        business=business,
        key=f"comment:{comment.pk}",
        url=reverse("talk:visit", args=[business.slug, comment.pk]),
        by=comment.author,
        thing=comment.title,
        why=comment.text,
    )


def _forget(business: Business) -> None:
    """Delete for good what was removed long ago; a place with answers below it stays, empty."""
    old = business.comments.filter(removed_at__lt=timezone.now() - UNDO_LASTS)
    answers = Comment.objects.filter(reply_to=OuterRef("pk"))
    old.filter(~Exists(answers)).delete()
    old.exclude(text="").update(text="")
