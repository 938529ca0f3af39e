"""What a person fills in about an item: the composer's form."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import roles_with
from waypost.content.actions import Draft
from waypost.content.adapting import draft_of, fields_for
from waypost.content.forms import DueForm
from waypost.content.models import Item, Kind
from waypost.content.picking import Picker
from waypost.content.tags import tidy
from waypost.goals.models import Goal, Initiative
from waypost.library.forms import PicturesField
from waypost.market.models import Persona, Product

LANGUAGES = (
    "bg", "bs", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is",
    "it", "lt", "lv", "mk", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv",
    "tr", "uk",
)  # fmt: skip
TITLE_FROM_TEXT = 60  # characters
NONE = gettext_lazy("none")
RELATED = ("goal", "initiative", "persona", "product", "owner", "reviewer")
PLAIN = ("title", "kind", "text", "link", "language", "tags")


class ItemForm(DueForm):
    """The composer: one form for the item, its channels and its pictures."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Only you and your colleagues see it. Empty: the first words of the text."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=Kind.choices)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    link = forms.URLField(
        label=gettext_lazy("Link"), max_length=1000, required=False, assume_scheme="https"
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), required=False)
    goal = forms.ModelChoiceField(
        Goal.objects.none(), label=gettext_lazy("Goal"), required=False, empty_label=NONE
    )
    initiative = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=gettext_lazy("Initiative"),
        required=False,
        empty_label=NONE,
    )
    persona = forms.ModelChoiceField(
        Persona.objects.none(), label=gettext_lazy("Persona"), required=False, empty_label=NONE
    )
    product = forms.ModelChoiceField(
        Product.objects.none(), label=gettext_lazy("Product"), required=False, empty_label=NONE
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Separate them with commas. You find posts by them."),
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Owner"), required=False, empty_label=NONE
    )
    reviewer = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Reviewer"), required=False, empty_label=NONE
    )
    channels = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Channels"), coerce=int, required=False
    )
    new_pictures = PicturesField(label=gettext_lazy("Add pictures"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        business: Business,
        *args: Any,
        item: Item | None = None,
        day: Any = None,
        author: User,
        **kwargs: Any,
    ) -> None:
        self.business, self.item = business, item
        self.variants = {v.connection_id: v for v in item.variants.all()} if item else {}
        kwargs["initial"] = self._of_item(item) if item else self._of_new(day, author)
        known = item.due_at if item else None
        super().__init__(*args, zone=business.zone, quiet=business.quiet, known=known, **kwargs)
        self.connections = list(business.connections.usable())
        self.picker = Picker(business, item, self.data if self.is_bound else None)
        self._offer_choices()
        for connection in self.connections:
            variant = self.variants.get(connection.pk)
            self.fields |= fields_for(connection, variant, self.data if self.is_bound else None)

    def _of_item(self, item: Item) -> dict[str, Any]:
        known = {name: getattr(item, name) for name in (*PLAIN, "version")}
        known |= {name: getattr(item, f"{name}_id") for name in RELATED}
        return {**known, "channels": list(self.variants)}

    def _of_new(self, day: Any, author: User) -> dict[str, Any]:
        known = {"language": self.business.language, "owner": author.pk}
        return {**known, "due_date": day, "due_time": time(10)} if day else known

    def _offer_choices(self) -> None:
        self.fields["due_date"].required = self.fields["due_time"].required = False
        self._queryset("goal", self.business.goals.open())
        people = User.objects.filter(memberships__business=self.business)
        self._queryset("owner", people)
        may_approve = self.business.members.filter(role__in=roles_with("content.approve"))
        self._queryset("reviewer", people.filter(memberships__in=may_approve))
        # What the item has already stays to be chosen, whatever became of it.
        persona, product = (
            (self.item.persona_id, self.item.product_id) if self.item else (None, None)
        )
        kept = Q(negative=False) | Q(pk=persona)
        self._queryset("persona", self.business.personas.filter(kept))
        kept = Q(archived_at=None) | Q(pk=product)
        self._queryset("product", self.business.products.filter(kept))
        initiatives = self.business.initiatives.select_related("goal")
        self._queryset("initiative", initiatives)
        names = [(code, get_language_info(code)["name_local"]) for code in LANGUAGES]
        names.sort(key=lambda each: each[1])
        self._choices("language", [("", _("not said")), *names])
        self._choices("channels", [(each.pk, str(each)) for each in self.connections])

    def _queryset(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["tags"] = tidy(cleaned.get("tags") or "")
        self._clean_title(cleaned)
        self._clean_goal(cleaned)
        return cleaned

    def _clean_title(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("title") and "title" not in self.errors:
            first_line = next(iter((cleaned.get("text") or "").strip().splitlines()), "")
            cleaned["title"] = Truncator(first_line).chars(TITLE_FROM_TEXT)
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Give the item a title, or write its text."))

    def _clean_goal(self, cleaned: dict[str, Any]) -> None:
        initiative: Initiative | None = cleaned.get("initiative")
        if initiative is None:
            return
        if cleaned.get("goal") not in (None, initiative.goal):
            message = _("This initiative belongs to the goal “%(goal)s”. Choose that goal.")
            self.add_error("initiative", message % {"goal": initiative.goal})
        cleaned["goal"] = initiative.goal

    def draft(self) -> Draft:
        """What the valid form says."""
        cleaned = self.cleaned_data
        return Draft(
            **{name: cleaned[name] for name in (*PLAIN, *RELATED)},
            due_at=self.due_at,
            channels=[
                draft_of(each, cleaned)
                for each in self.connections
                if each.pk in cleaned["channels"]
            ],
            pictures=self.picker.drafts(),
        )

    def renew_version(self, version: int) -> None:
        """The next save of what was typed shall replace ``version``."""
        assert isinstance(self.data, QueryDict)
        changed = self.data.copy()
        changed["version"] = str(version)
        self.data = changed
