"""Mail to people: at once, and once a day; each with a way to stop it."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from waypost.accounts.models import User
from waypost.documents import mail
from waypost.documents.values import Paragraph
from waypost.notices.enclosures import Enclosure, enclosed
from waypost.notices.kinds import Kind, Way
from waypost.notices.models import Notice

SALT = "waypost.notices.off"


def off_link(user: User, way: Way, kind: str = "") -> str:
    """The full address that ends mail of one kind, or of all kinds."""
    token = signing.dumps([user.pk, str(way), kind], salt=SALT, compress=True)
    return f"{settings.PUBLIC_URL}{reverse('notices_off', args=[token])}"


def read_off(token: str) -> tuple[User, Way, list[str]] | None:
    """Whose mail, which way and which kinds a link ends; None when nobody made it."""
    try:
        pk, way, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=pk).first()
    return (user, Way(way), [kind] if kind else list(Kind.values)) if user else None


def write_at_once(notice: Notice) -> None:
    """Raises ``OSError`` when the mail server does not take it."""
    user, business = notice.user, notice.business
    with override(user.language or business.language), timezone.override(business.zone):
        off = off_link(user, Way.MAIL, notice.kind)
        carried = enclosed(notice)
        inner = mail.plain(carried.document) if carried else ""
        parts = [f"{notice}.", notice.more, inner, notice.full_url, _foot(off)]
        subject = f"{business}: {notice}"
        _send(user, subject, "\n\n".join(part for part in parts if part), off, notice, carried)


def write_digest(user: User, notices: Sequence[Notice]) -> None:
    """All that is new, by business. Raises ``OSError`` when the mail server does not take it."""
    business = notices[0].business
    with override(user.language or business.language):
        off = off_link(user, Way.DIGEST)
        count = len(notices)
        said = ngettext("%(n)s thing is new", "%(n)s things are new", count) % {"n": count}
        lines: list[str] = []
        for each in {notice.business_id: notice.business for notice in notices}.values():
            lines.append(f"{each}\n")
            lines += [
                f"• {notice}\n  {notice.full_url}\n"
                for notice in notices
                if notice.business_id == each.pk
            ]
        _send(user, f"Waypost: {said}", "\n".join([*lines, _foot(off)]), off)


def _foot(off: str) -> str:
    return "-- \n" + _("No more mail of this kind: %(link)s") % {"link": off}


def _drawn(notice: Notice, carried: Enclosure, off: str) -> str:
    """What it carries as HTML, with what the notice says above it."""
    said = tuple(Paragraph(part) for part in [notice.more] if part)
    whole = replace(carried.document, parts=(*said, *carried.document.parts))
    foot = (_("No more mail of this kind"), off)
    return mail.html(whole, button=(carried.words, notice.full_url), foot=foot)


def _send(
    user: User,
    subject: str,
    text: str,
    off: str,
    notice: Notice | None = None,
    carried: Enclosure | None = None,
) -> None:
    letter = EmailMultiAlternatives(
        subject=" ".join(subject.split())[:200],
        body=text,
        to=[user.email],
        headers={
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    if notice and carried:
        letter.attach_alternative(_drawn(notice, carried, off), "text/html")
        for file in carried.files:
            letter.attach(file.name, file.content, file.mime)
    letter.send()
