"""What stood in an item before."""

from typing import Any

from django.db import models

from waypost.accounts.models import User
from waypost.content.models.items import Item


class Revision(models.Model):
    """What one person wrote in one sitting."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="revisions")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=1000, blank=True)
    channels: Any = models.JSONField(default=dict, help_text="own texts by id of the connection")

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.item_id} at {self.at}"
