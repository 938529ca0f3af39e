"""Owners are told that a connection ends or broke: each event once, by one process.

The row of a notice is written before the mail goes out. Two workers that find the same
event are told apart by the database; a worker that dies in between sends no mail rather
than two, and the pages show the event anyway.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from waypost.accounts.models import User
from waypost.accounts.permissions import Role
from waypost.connections.models import Connection, Health, Notice
from waypost.kit.backoff import full_jitter
from waypost.kit.mail import sends_mail

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=3)
GIVE_UP = 20  # refusals of the mail server; the pages say it all the while


def tell_owners(now: datetime) -> None:
    """Write a notice for what nobody was told of yet, and send its mail."""
    for connection in Connection.objects.untold(now):
        about, event = _event(connection)
        notice, is_new = Notice.objects.get_or_create(
            connection=connection, event=event, about=about, defaults={"told_at": now}
        )
        if is_new:
            _mail(notice)
    for notice in Notice.objects.filter(mail_again_at__lte=now).select_related(
        "connection__business"
    ):
        _mail_again(notice, now)


def _event(connection: Connection) -> tuple[datetime, str]:
    if connection.health == Health.BROKEN:
        assert connection.broken_at is not None
        return connection.broken_at, Notice.Event.BROKEN
    assert connection.ends_at is not None
    return connection.ends_at, Notice.Event.ENDING


def _mail_again(notice: Notice, now: datetime) -> None:
    mine = Notice.objects.filter(pk=notice.pk, mail_again_at=notice.mail_again_at)
    if not mine.update(mail_again_at=None):
        return
    if is_over(notice):
        log.info("notice %s is not mailed any more: it is over", notice.pk)
        return
    _mail(notice)


def is_over(notice: Notice) -> bool:
    """Whether the connection was connected again since."""
    connection = notice.connection
    if notice.event == Notice.Event.BROKEN:
        return connection.health != Health.BROKEN or connection.broken_at != notice.about
    return connection.health != Health.CONNECTED or connection.ends_at != notice.about


def _mail(notice: Notice) -> None:
    connection = notice.connection
    if not sends_mail():
        log.info("no mail about connection %s: WAYPOST_EMAIL_URL is not set", connection.pk)
        return
    owners = User.objects.filter(
        memberships__business=connection.business_id, memberships__role=Role.OWNER, is_active=True
    )
    told = 0
    for owner in owners.order_by("pk")[notice.mailed_to :]:
        try:
            _write_to(owner, notice)
        except OSError as error:
            # Everything that smtplib raises is one. Who has their mail is not written to again.
            log.warning("mail about connection %s failed: %r", connection.pk, error)
            _try_later(notice, told)
            return
        told += 1
    Notice.objects.filter(pk=notice.pk).update(mailed_to=F("mailed_to") + told)


def _try_later(notice: Notice, told: int) -> None:
    tries = notice.mail_tries + 1
    wait = full_jitter(tries, first=FIRST_PAUSE, ceiling=LONGEST_PAUSE)
    Notice.objects.filter(pk=notice.pk).update(
        mailed_to=F("mailed_to") + told,
        mail_tries=tries,
        mail_again_at=timezone.now() + wait if tries < GIVE_UP else None,
    )


def _write_to(owner: User, notice: Notice) -> None:
    connection = notice.connection
    business = connection.business
    with override(owner.language or business.language), timezone.override(business.zone):
        subject, text = _words(notice)
        send_mail(subject, text, None, [owner.email])


def _words(notice: Notice) -> tuple[str, str]:
    connection = notice.connection
    page = reverse("connections:list", args=[connection.business.slug])
    told = {
        "account": connection,
        "business": connection.business,
        "day": date_format(timezone.localtime(notice.about)),
        "reason": connection.broken_reason,
        "link": f"{settings.PUBLIC_URL}{page}",
    }
    if notice.event == Notice.Event.BROKEN:
        return (
            _("%(business)s: %(account)s must be connected again") % told,
            _(
                "Waypost can no longer publish through %(account)s.\n\n"
                "%(reason)s\n\n"
                "Posts for this account wait. Connect it again here:\n%(link)s\n\n"
                "Posts less than an hour late then go out by themselves. For later ones Waypost "
                "asks you."
            )
            % told,
        )
    return (
        _("%(business)s: %(account)s stops working on %(day)s") % told,
        _(
            "The connection to %(account)s ends on %(day)s, and Waypost cannot renew it by "
            "itself.\n\n"
            "Connect it again before that day, so that every post goes out:\n%(link)s"
        )
        % told,
    )
