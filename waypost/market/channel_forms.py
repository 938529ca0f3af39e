"""Forms of channels."""

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import User
from waypost.kit.careful import CarefulMixin, Row
from waypost.kit.numbers import NumberField
from waypost.market.channel_actions import MIX, edit_channel
from waypost.market.channel_words import AIMS, METRICS, display_of, habit, networks
from waypost.market.kinds import USUAL_MINUTES, Kind
from waypost.market.models import Channel
from waypost.market.product_forms import NOT_BELOW, percent
from waypost.providers.networks import key_of

MOST_POSTS = 200  # a week; nobody means more


def network_choices() -> list[tuple[str, str]]:
    return [(key, str(display.name)) for key, display in networks().items()]


class NewChannelForm(forms.Form):
    network = forms.ChoiceField(label=gettext_lazy("Where is it?"), choices=network_choices)
    name = forms.CharField(
        label=gettext_lazy("What do you call it?"),
        max_length=120,
        help_text=gettext_lazy("For example “Instagram in German”."),
    )
    aim = forms.ChoiceField(
        label=gettext_lazy("What is it mainly for?"),
        choices=[(key, aim.label) for key, aim in AIMS.items()],
        initial="known",
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It suggests what to measure. You can change all of it."),
    )


class LanguagesField(forms.Field):
    """Languages as people write them: ``sl, de``; a list of BCP 47 codes."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, list | tuple):
            return list(value)
        words = re.split(r"[\s,;]+", value or "")
        return list(dict.fromkeys(_code(word) for word in words if word))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value


def _code(word: str) -> str:
    """``"de_at"`` → ``"de-AT"``; raises ``ValidationError`` for what is no language."""
    try:
        return str(Locale.parse(word.replace("_", "-"), sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValidationError(
            _("“%(word)s” is not the short name of a language. Write sl, de or en.")
            % {"word": word}
        ) from error


def _posts(label: Any, help_text: Any = "") -> NumberField:
    return NumberField(
        label=label,
        help_text=help_text,
        required=False,
        max_digits=5,
        decimal_places=1,
        min_value=0,
        max_value=MOST_POSTS,
        error_messages={
            "min_value": NOT_BELOW,
            "max_value": gettext_lazy("More than 200 posts a week cannot be meant."),
        },
    )


class ChannelForm(CarefulMixin, forms.ModelForm):  # type: ignore[type-arg]
    GROUPS = (
        (
            gettext_lazy("What it is"),
            ("name", "network", "handle", "url", "connection", "languages"),
        ),
        (gettext_lazy("What it is for"), ("purpose", "standing", "does_support")),
        (gettext_lazy("How it speaks"), ("voice", "pillars")),
        (gettext_lazy("What is posted, and how often"), ("posts_per_week",)),
        (gettext_lazy("What is measured, and what it may cost"), ("metrics", "ad_share")),
    )
    POSTS = 3  # the group that also holds the mix

    network = forms.ChoiceField(label=gettext_lazy("Where is it?"), choices=network_choices)
    url = forms.URLField(
        label=gettext_lazy("Address of the page"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    languages = LanguagesField(
        label=gettext_lazy("In which languages?"),
        required=False,
        help_text=gettext_lazy("Short names, for example “sl, de”."),
    )
    posts_per_week = _posts(gettext_lazy("How many posts a week?"))
    metrics = forms.MultipleChoiceField(
        label=gettext_lazy("Which numbers will you look at?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A few are enough: those that say whether it does what it is for."),
    )
    ad_share = percent(
        gettext_lazy("Share of the ad budget, in percent"),
        gettext_lazy("All channels together should make 100."),
        most=gettext_lazy("One channel cannot get more than 100 percent."),
    )

    class Meta:
        model = Channel
        fields = (
            "name",
            "network",
            "handle",
            "url",
            "connection",
            "languages",
            "purpose",
            "standing",
            "does_support",
            "voice",
            "pillars",
            "posts_per_week",
            "metrics",
            "ad_share",
        )
        labels = {
            "name": gettext_lazy("What do you call it?"),
            "handle": gettext_lazy("Name of the profile"),
            "connection": gettext_lazy("Connected account"),
            "purpose": gettext_lazy("What is it for?"),
            "standing": gettext_lazy("How does it stand among the others?"),
            "does_support": gettext_lazy("Customers get help here"),
            "voice": gettext_lazy("How does it sound?"),
            "pillars": gettext_lazy("Which themes come again and again?"),
        }
        help_texts = {
            "handle": gettext_lazy("What stands after the @."),
            "connection": gettext_lazy("With it, Waypost can publish and count for this channel."),
            "standing": gettext_lazy(
                "Primary is where you sell most; a test has an end that you decide on beforehand."
            ),
            "voice": gettext_lazy("For example “Warm and exact, like a neighbour who knows bees”."),
            "pillars": gettext_lazy(
                "Three to five, one in each line. For example “How it is made”, “Who uses it”."
            ),
        }
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "voice": forms.Textarea(attrs={"rows": 2}),
            "pillars": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, instance: Channel, **kwargs: Any) -> None:
        self.base_fields = self.base_fields | {  # type: ignore[misc]  # of this form alone
            f"{MIX}{kind.value}": _posts(kind.label) for kind in Kind
        }
        initial = {f"{MIX}{kind}": _count(count) for kind, count in instance.content_mix.items()}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self._offer_accounts(instance)
        self._suggest(instance)

    def _offer_accounts(self, channel: Channel) -> None:
        connection = self.fields["connection"]
        assert isinstance(connection, forms.ModelChoiceField)
        usable = channel.business.connections.usable()
        same = [
            each.pk for each in usable if key_of(each.provider_id, each.settings) == channel.network
        ]
        if channel.connection_id:
            same.append(channel.connection_id)
        connection.queryset = channel.business.connections.filter(pk__in=same)
        connection.empty_label = str(_("Not connected"))
        self.accounts = len(same)

    def _suggest(self, channel: Channel) -> None:
        metrics = self.fields["metrics"]
        assert isinstance(metrics, forms.MultipleChoiceField)
        own = [(key, key) for key in channel.metrics if key not in METRICS]
        metrics.choices = [*METRICS.items(), *own]
        usual = habit(channel.network)
        if usual.most:
            words = _("Usual for small firms on %(network)s: %(range)s a week.")
            span = f"{usual.least}–{usual.most}" if usual.least < usual.most else f"{usual.least}"
            told = words % {"network": display_of(channel.network).name, "range": span}
            constant = _("Choose what you can keep up in your worst week.")
            self.fields["posts_per_week"].help_text = f"{told} {constant}"
        example = AIMS[_aim_of(channel)].example
        self.fields["purpose"].help_text = _("For example: %(example)s") % {"example": example}

    def groups(self) -> Iterator[tuple[int, Promise, list[BoundField]]]:
        for number, (title, names) in enumerate(self.GROUPS):
            yield number, title, [self[name] for name in names]

    def mix(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(MIX)]


def _aim_of(channel: Channel) -> str:
    """An aim whose example suits the channel's standing."""
    return next(key for key, aim in AIMS.items() if aim.standing == channel.standing)


def _count(value: Any) -> Decimal:
    return Decimal(str(value))


class ChannelRow(Row):
    """Keeps a channel; the numbers of its mix lie in one column."""

    def __init__(self, channel: Channel, *, by: User) -> None:
        super().__init__(
            channel, by=by, write=lambda row, changes: edit_channel(row, changes, by=by)
        )

    def read(self, names: Collection[str]) -> Mapping[str, Any]:
        values = dict(super().read([name for name in names if not name.startswith(MIX)]))
        mix = self.row.content_mix  # type: ignore[attr-defined]
        for name in names:
            if name.startswith(MIX):
                count = mix.get(name.removeprefix(MIX))
                values[name] = None if count is None else _count(count)
        return values


class MinutesForm(forms.Form):
    """How long one piece of each kind takes this business; empty: as long as is usual."""

    def __init__(self, minutes: Mapping[str, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            self.fields[kind.value] = forms.IntegerField(
                label=kind.label,
                required=False,
                min_value=1,
                max_value=6000,
                initial=minutes[kind],
                help_text=_("usual: %(n)s min") % {"n": USUAL_MINUTES[kind]},
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "invalid": gettext_lazy("Write whole minutes, for example 45."),
                    "min_value": gettext_lazy("Nothing is made in less than a minute."),
                    "max_value": gettext_lazy("More than 100 hours for one post cannot be meant."),
                },
            )
