"""What is different on one channel: its fields in the composer, and what they say."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.connections.models import Connection
from waypost.content.actions import ChannelDraft
from waypost.content.models import Variant
from waypost.content.splitting import split
from waypost.providers.abilities import comment_length, parts_after
from waypost.providers.base import ConnectField, Post

ADD_PART = "add_part"
"""The button that offers one more part and saves nothing yet; its value is the channel."""


REMOVE_PART = "remove_part"
"""The button that takes one part out; its value is ``<channel>_<number>``."""


def without_part(connection: Connection, data: Mapping[str, Any], value: str) -> dict[str, str]:
    """The parts of a channel with the one that ``value`` names taken out: those after it move up.

    The last name stays with an empty text, which says that there is one less.
    """
    most = parts_after(connection.composer, connection.settings)
    names = [part_name(connection, number) for number in range(2, most + 2)]
    sent = [name for name in names if name in data]
    gone = f"part_{value}"
    if gone not in sent:
        return {}
    kept = [str(data.get(name) or "") for name in sent if name != gone]
    return dict(zip(sent, [*kept, ""], strict=True))


def text_name(connection: Connection) -> str:
    return f"text_{connection.pk}"


def option_name(connection: Connection, option: ConnectField) -> str:
    return f"option_{connection.pk}_{option.name}"


def part_name(connection: Connection, number: int) -> str:
    """Parts are numbered as readers count them: the post itself is part 1."""
    return f"part_{connection.pk}_{number}"


def comment_name(connection: Connection) -> str:
    return f"comment_{connection.pk}"


def fields_for(
    connection: Connection, variant: Variant | None, data: Mapping[str, Any] | None
) -> dict[str, forms.Field]:
    """The fields of one channel by name; ``data`` is what the form was sent with."""
    fields: dict[str, forms.Field] = {text_name(connection): _own_text(variant)}
    written = list(variant.parts) if variant else []
    for number in range(2, parts_shown(connection, written, data) + 2):
        initial = written[number - 2] if number - 2 < len(written) else ""
        label = _("Part %(number)d") % {"number": number}
        fields[part_name(connection, number)] = _words(label, initial)
    if comment_length(connection.composer, connection.settings):
        said = variant.comment if variant else ""
        fields[comment_name(connection)] = _words(gettext_lazy("First comment"), said)
    chosen = variant.options if variant else {}
    for option in connection.composer.options:
        fields[option_name(connection, option)] = _option_field(option, chosen)
    return fields


def parts_shown(connection: Connection, written: list[str], data: Mapping[str, Any] | None) -> int:
    """How many further parts the form shows, those that are empty as well."""
    most = parts_after(connection.composer, connection.settings)
    if data is None:
        return min(len(written), most)
    sent = sum(part_name(connection, number) in data for number in range(2, most + 2))
    return min(sent + (data.get(ADD_PART) == str(connection.pk)), most)


def draft_of(
    connection: Connection, values: Mapping[str, Any], *, keep_gaps: bool = False
) -> ChannelDraft:
    """What the fields of one channel say; empty parts are left out.

    With ``keep_gaps`` only those at the end are: while somebody types, no text may move.
    """
    text = values.get(text_name(connection)) or ""
    most = parts_after(connection.composer, connection.settings)
    typed = [values.get(part_name(connection, number)) or "" for number in range(2, most + 2)]
    while typed and not typed[-1].strip():
        typed.pop()
    return ChannelDraft(
        connection,
        text if text.strip() else "",
        parts=[part for part in typed if keep_gaps or part.strip()],
        comment=(values.get(comment_name(connection)) or "").strip(),
        options={
            option.name: values.get(option_name(connection, option), option.initial)
            for option in connection.composer.options
        },
    )


def in_parts(connection: Connection, data: Mapping[str, Any]) -> dict[str, str]:
    """The text of a channel and its parts anew, each as long as the network takes."""
    composer, settings = connection.composer, connection.settings
    most = parts_after(composer, settings)
    own = str(data.get(text_name(connection)) or "")
    typed = [own if own.strip() else str(data.get("text") or "")]
    typed += [str(data.get(part_name(connection, n)) or "") for n in range(2, most + 2)]
    whole = "\n\n".join(each.strip() for each in typed if each.strip())
    link = str(data.get("link") or "")

    def fits(text: str) -> bool:
        found = composer.check(Post(text, link=link), settings)
        return not any(problem.field == "text" for problem in found)

    first, *rest = split(whole, fits, most=most + 1) or [""]
    names = [text_name(connection), *(part_name(connection, n) for n in range(2, most + 2))]
    return dict(zip(names, [first, *rest, *[""] * most], strict=False))


def stored(
    connection: Connection, variant: Variant | None, names: Collection[str]
) -> dict[str, Any]:
    """What is kept of one channel, by those of ``names`` that are its fields."""
    chosen = variant.options if variant else {}
    values = {
        option_name(connection, option): chosen.get(option.name, option.initial)
        for option in connection.composer.options
    }
    values[text_name(connection)] = variant.text if variant else ""
    values[comment_name(connection)] = variant.comment if variant else ""
    parts = dict(enumerate(variant.parts if variant else [], start=2))
    for number in range(2, parts_after(connection.composer, connection.settings) + 2):
        values[part_name(connection, number)] = parts.get(number, "")
    return {name: value for name, value in values.items() if name in names}


def _own_text(variant: Variant | None) -> forms.CharField:
    field = _words(gettext_lazy("Text only for this channel"), variant.text if variant else "")
    field.help_text = gettext_lazy("Leave it empty to use the text above.")
    return field


def _words(label: Any, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        initial=initial,
        max_length=20_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _option_field(option: ConnectField, chosen: dict[str, Any]) -> forms.Field:
    """The form field for one choice that a provider offers for each post."""
    shown: dict[str, Any] = {
        "label": option.label,
        "help_text": option.help,
        "required": option.required,
        "initial": chosen.get(option.name, option.initial),
    }
    if option.kind == "check":
        return forms.BooleanField(**{**shown, "required": False})
    if option.choices:
        return forms.ChoiceField(choices=option.choices, **shown)
    return forms.CharField(max_length=500, **shown)
