"""What a person fills in about an item: the composer's form, which saves itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import roles_with
from waypost.connections.models import Connection
from waypost.content.actions import Draft
from waypost.content.adapting import draft_of, fields_for, in_parts, without_part
from waypost.content.forms import DueForm
from waypost.content.models import Item, Kind
from waypost.content.picking import ChosenField, Picker
from waypost.content.tags import tidy
from waypost.goals.models import Goal, Initiative
from waypost.kit.careful import CarefulMixin
from waypost.kit.numbers import NumberField
from waypost.library.forms import PicturesField
from waypost.library.models import Asset
from waypost.market.models import Persona, Product

LANGUAGES = (
    "bg", "bs", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is",
    "it", "lt", "lv", "mk", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv",
    "tr", "uk",
)  # fmt: skip
TITLE_FROM_TEXT = 60  # characters
NONE = gettext_lazy("none")
RELATED = ("goal", "initiative", "persona", "product", "owner", "reviewer")
PLAIN = ("title", "kind", "text", "link", "language", "cta", "tags")


def title_of(text: str) -> str:
    """The title of an item that got none: the first words of its text."""
    return Truncator(next(iter(text.strip().splitlines()), "")).chars(TITLE_FROM_TEXT)


class Once(Sequence[Any]):
    """Rows that are read when somebody first asks for them, and not again."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._source = rows

    @cached_property
    def _rows(self) -> list[Any]:
        return list(self._source)

    def __getitem__(self, place: Any) -> Any:
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)


class UploadsForm(forms.Form):
    """The files that are sent with the composer; they cannot be careful."""

    new_pictures = PicturesField(label=gettext_lazy("Add pictures"), required=False)


class ItemFields(DueForm):
    """One form for the item, its channels and its pictures."""

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
    cta = forms.CharField(
        label=gettext_lazy("Call to action"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("What people shall do: “Order now”, “Write us a comment”."),
    )
    boost = NumberField(
        label=gettext_lazy("Boost"),
        min_value=Decimal(0),
        max_value=Decimal("9999999.99"),
        decimal_places=2,
        required=False,
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
    pictures = ChosenField(label=gettext_lazy("Pictures"), coerce=int, required=False)

    def __init__(
        self,
        business: Business,
        data: Any = None,
        *,
        item: Item | None = None,
        key: UUID | None = None,
        day: Any = None,
        author: User,
        member: Member | None = None,
    ) -> None:
        self.business, self.item, self.key = business, item, key or uuid4()
        self.author, self.member = author, member
        self.variants = {v.connection_id: v for v in item.variants.all()} if item else {}
        self.connections = self._channels()
        self.picker = Picker(business, item, data)
        self.typed = data
        initial = self._of_item(item) if item else self._of_new(day, author)
        known = item.due_at if item else None
        super().__init__(
            data, zone=business.zone, quiet=business.quiet, known=known, initial=initial
        )
        self.rows: dict[str, Sequence[Any]] = {}
        self._offer_choices()
        for connection in self.connections:
            variant = self.variants.get(connection.pk)
            self.fields |= fields_for(connection, variant, self.typed)
        self.fields |= self.picker.fields()

    def _channels(self) -> list[Connection]:
        """Those that ``member`` may work on, and those that the item has already."""
        usable = list(self.business.connections.usable())
        may_use = self.member.may_use if self.member else (lambda _pk: True)
        return [each for each in usable if may_use(each.pk) or each.pk in self.variants]

    def _of_item(self, item: Item) -> dict[str, Any]:
        known = {name: getattr(item, name) for name in PLAIN}
        known |= {name: getattr(item, f"{name}_id") for name in RELATED}
        known |= {"title": typed_title(item), "boost": item.boost}
        return {**known, "channels": list(self.variants), "pictures": self.picker.saved_ids}

    def _of_new(self, day: Any, author: User) -> dict[str, Any]:
        known = {"kind": Kind.POST, "language": self.business.language, "owner": author.pk}
        return {**known, "due_date": day, "due_time": time(10)} if day else known

    def _offer_choices(self) -> None:
        self.fields["due_date"].required = self.fields["due_time"].required = False
        self._queryset("goal", self.business.goals.open())
        self._offer_people()
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
        said = _("What you want to pay for more reach, in %(currency)s.")
        self.fields["boost"].help_text = said % {"currency": self.business.currency}
        names = [(code, get_language_info(code)["name_local"]) for code in LANGUAGES]
        names.sort(key=lambda each: each[1])
        self._choices("language", [("", _("not said")), *names])
        self._choices("channels", [(each.pk, str(each)) for each in self.connections])
        self._choices("pictures", [(each.asset.pk, each.asset.name) for each in self.picker.chosen])

    def _offer_people(self) -> None:
        """Both lists of people are drawn from one query."""
        members = self.business.members.select_related("user").order_by("user__name", "user_id")
        approving = roles_with("content.approve")
        people = User.objects.filter(memberships__business=self.business)
        self._queryset("owner", people, (each.user for each in members))
        may_approve = self.business.members.filter(role__in=approving)
        shown = (each.user for each in members if each.role in approving)
        self._queryset("reviewer", people.filter(memberships__in=may_approve), shown)

    def _queryset(self, name: str, rows: Any, shown: Iterable[Any] | None = None) -> None:
        """``rows`` may be chosen; they (or ``shown``) are read when the page is first drawn."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        once = self.rows[name] = Once(rows if shown is None else shown)
        field.choices = lambda: [("", NONE), *((each.pk, str(each)) for each in once)]

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["tags"] = tidy(cleaned.get("tags") or "")
        for missing, other in (("due_date", "due_time"), ("due_time", "due_date")):
            if missing in self.errors:  # half a moment is none: the other half stays typed
                cleaned.pop(other, None)
        if not (cleaned.get("title") or (cleaned.get("text") or "").strip()):
            self._want_title()
        self._clean_goal(cleaned)
        return cleaned

    def _want_title(self) -> None:
        if not {"title", "text"} & set(self.errors):
            self.add_error("title", _("Give the item a title, or write its text."))

    def _clean_goal(self, cleaned: dict[str, Any]) -> None:
        initiative: Initiative | None = cleaned.get("initiative")
        if initiative is None:
            return
        if cleaned.get("goal") not in (None, initiative.goal):
            message = _("This initiative belongs to the goal “%(goal)s”. Choose that goal.")
            self.add_error("initiative", message % {"goal": initiative.goal})
        cleaned["goal"] = initiative.goal

    def draft(self, values: Mapping[str, Any], *, due_at: Any, keep_gaps: bool = False) -> Draft:
        """What ``values``, by the names of the fields, say; the invalid ones are not there."""
        said: dict[str, Any] = {name: values.get(name) or "" for name in PLAIN}
        said["title"] = said["title"] or title_of(said["text"])
        chosen = set(values.get("channels") or ())
        return Draft(
            **{**said, "kind": said["kind"] or Kind.POST},
            **_related(values),
            boost=values.get("boost"),
            due_at=due_at,
            channels=[
                draft_of(each, values, keep_gaps=keep_gaps)
                for each in self.connections
                if each.pk in chosen
            ],
            pictures=self.picker.drafts(values),
        )


class ItemForm(CarefulMixin, ItemFields):
    """The composer. All its fields exist before they are made careful."""

    def changed(
        self, *, pictures: Sequence[Asset] = (), split: int = 0, removed: str = ""
    ) -> "ItemForm":
        """The same form as it was typed, with ``pictures`` chosen at its end, and the text of
        the channel ``split`` in parts that fit.
        """
        data = self.data.copy()
        for asset in pictures:
            if str(asset.pk) not in data.getlist("pictures"):
                data.appendlist("pictures", str(asset.pk))
        for connection in self.connections:
            if connection.pk == split:
                data.update(in_parts(connection, data))
            data.update(without_part(connection, data, removed) if removed else {})
        form = ItemForm(
            self.business,
            data,
            item=self.item,
            key=self.key,
            author=self.author,
            member=self.member,
        )
        form.careful_user = self.careful_user
        return form


def typed_title(item: Item) -> str:
    """The item's title, empty where it was made of the text."""
    return "" if item.title == title_of(item.text) else item.title


def _related(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) for name in RELATED}
