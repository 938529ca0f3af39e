"""A form that remembers what its person was shown."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from waypost.kit.careful.merging import Choice, Clash
from waypost.kit.careful.values import fingerprint, plain, posted

LONGEST = 10_000  # characters of a text whose field names no limit of its own
READER = "careful-user"  # hidden field: whose page this is

TOO_LONG = _(
    "This text has %(show_value)s characters and %(limit_value)s fit. Nothing of it is lost: "
    "it stays here until you shorten it."
)


class CarefulMixin:
    """Stands before ``forms.Form`` or ``forms.ModelForm``; fields of files and fields made of
    several controls cannot be careful.

    The form itself never writes: :func:`waypost.kit.careful.save` merges and a store writes.
    """

    fields: dict[str, forms.Field]
    data: Any
    is_bound: bool
    careful_user = ""  # key of the signed-in person, set by ``for_person``

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clashes: dict[str, Clash] = {}
        self.refreshed: set[str] = set()
        if self.is_bound:
            self.data = _with_plain_newlines(self.data)
        for name, field in self.fields.items():
            _make_careful(name, field)

    def for_person(self, user: Any) -> "CarefulMixin":
        """Print on the page whose it is, so that nobody else saves it by mistake."""
        self.careful_user = str(user.pk)
        return self

    @property
    def careful_names(self) -> list[str]:
        return [name for name, field in self.fields.items() if not field.disabled]

    @cached_property
    def was(self) -> dict[str, str]:
        """Fingerprint of each value that the person was shown."""
        if not self.is_bound:
            return {
                name: fingerprint(self.fields[name], self._kept(name))
                for name in self.careful_names
            }
        nothing = {name: fingerprint(self.fields[name], None) for name in self.careful_names}
        return {name: self._sent("was", name) or nothing[name] for name in self.careful_names}

    def came_back(self, name: str) -> bool:
        """Whether the field stood on the page that was sent."""
        widget, key = self.fields[name].widget, self._key(name)
        left_out = widget.value_omitted_from_data(self.data, MultiValueDict(), key)
        return f"was-{key}" in self.data or not left_out

    def choice(self, name: str) -> Choice:
        return Choice.read(self._sent("choose", name))

    def seen(self, name: str) -> str:
        """Fingerprint of the other person's value that a choice was made against."""
        return self._sent("theirs", name)

    def show(self, name: str, value: Any) -> None:
        """Put a stored value where the sent one was."""
        self.data.setlist(self._key(name), posted(self.fields[name], value))
        self.refreshed.add(name)

    def careful_hidden(self) -> SafeString:
        """The hidden fields; the component prints them."""
        rows = [(f"was-{self._key(name)}", self.was[name]) for name in self.careful_names]
        if self.careful_user:
            rows.append((READER, self.careful_user))
        line = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
        return format_html("{}", format_html_join("", line, rows))

    def save(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("a careful form is saved by waypost.kit.careful.save")

    def _post_clean(self) -> None:
        # A ModelForm would put everything that was sent into its row here.
        pass

    def _kept(self, name: str) -> Any:
        row = getattr(self, "instance", None)
        if row is not None and name in {each.name for each in row._meta.get_fields()}:
            return row._meta.get_field(name).value_from_object(row) if row.pk else None
        return self.get_initial_for_field(self.fields[name], name)  # type: ignore[attr-defined]

    def _key(self, name: str) -> str:
        return str(self.add_prefix(name))  # type: ignore[attr-defined]

    def _sent(self, kind: str, name: str) -> str:
        return str(self.data.get(f"{kind}-{self._key(name)}", ""))


def _with_plain_newlines(data: Any) -> QueryDict:
    copied = QueryDict(mutable=True)
    lists = data.lists() if isinstance(data, MultiValueDict) else _as_lists(data)
    for key, values in lists:
        copied.setlist(key, [plain(each) if isinstance(each, str) else each for each in values])
    return copied


def _as_lists(data: Any) -> list[tuple[str, list[Any]]]:
    return [
        (key, list(value) if isinstance(value, list | tuple) else [value])
        for key, value in data.items()
    ]


def _make_careful(name: str, field: forms.Field) -> None:
    if isinstance(field, forms.FileField) or isinstance(field.widget, forms.MultiWidget):
        raise TypeError(f"the field {name} cannot be careful")
    if not isinstance(field, forms.CharField):
        return
    if field.max_length is None:
        field.max_length = LONGEST
        field.validators.append(MaxLengthValidator(LONGEST))
    # A browser cuts what is pasted at "maxlength", without a word.
    field.widget.attrs.pop("maxlength", None)
    field.error_messages["max_length"] = TOO_LONG
