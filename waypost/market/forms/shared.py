"""What the forms of the market have in common."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.kit.days import NotADay, parse_day
from waypost.library.models import Asset

Groups = tuple[tuple[str | Promise, tuple[str, ...]], ...]
PICTURES = 24  # that one chooses from; more would not be seen


@dataclass(frozen=True)
class Part:
    """One question: its field, and a worked example while it is empty."""

    field: BoundField
    example: str | Promise = ""


@dataclass(frozen=True)
class Group:
    """A few questions that belong together."""

    title: str | Promise
    parts: list[Part]

    @property
    def answered(self) -> int:
        return sum(bool(_value(part.field)) for part in self.parts)

    @property
    def asked(self) -> int:
        return len(self.parts)

    @property
    def is_done(self) -> bool:
        return self.answered == self.asked


def _value(field: BoundField) -> Any:
    value = field.value()
    return value.strip() if isinstance(value, str) else value


class GroupedMixin:
    """A form whose questions come in groups; a field that was taken out is left out."""

    GROUPS: ClassVar[Groups] = ()
    EXAMPLES: ClassVar[Mapping[str, str | Promise]] = {}

    fields: dict[str, forms.Field]

    def groups(self) -> Iterator[Group]:
        for title, names in self.GROUPS:
            parts = [self._part(name) for name in names if name in self.fields]
            if parts:
                yield Group(title, parts)

    def _part(self, name: str) -> Part:
        field: BoundField = self[name]  # type: ignore[index]
        return Part(field, "" if _value(field) else self.EXAMPLES.get(name, ""))


class DayField(forms.DateField):
    """A day as people write it, also where the browser has no calendar of its own."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **kwargs})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                return parse_day(value)
            except NotADay as error:
                raise ValidationError(str(error), code="invalid") from error
        return super().to_python(value)


class PictureChoice(forms.RadioSelect):
    """Pictures of the library to choose one from."""

    template_name = "market/picture_choice.html"
    slug = ""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(name, value, label, *args, **kwargs)
        picture = getattr(value, "instance", None)
        if picture is not None:
            option["picture"] = reverse("library:thumbnail", args=[self.slug, picture.pk])
            option["alt"] = picture.alt or picture.name
        return option


class PictureField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The newest pictures of the library, and the one that was chosen before."""

    widget = PictureChoice

    def __init__(self, **kwargs: Any) -> None:
        empty = {"queryset": Asset.objects.none(), "required": False, "empty_label": _("None")}
        super().__init__(**{**empty, **kwargs})

    def offer(self, business: Business, chosen: int | None) -> None:
        newest = list(business.assets.pictures().values_list("pk", flat=True)[:PICTURES])
        self.queryset = business.assets.filter(pk__in=[*newest, chosen or 0])
        self.empty_label = _("No picture")
        self.widget.slug = business.slug


def area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})
