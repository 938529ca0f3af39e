"""The emoji that a small business needs, by their names in the person's language."""

from django.utils.translation import gettext_lazy as _

EMOJI = (
    ("😀", _("smile")), ("😂", _("laughter, tears of joy")), ("😍", _("in love, heart eyes")),
    ("🥰", _("happy, hearts")), ("😉", _("wink")), ("😎", _("cool, sunglasses")),
    ("🤔", _("thinking")), ("😮", _("surprise")), ("😢", _("sad, tear")),
    ("🙏", _("thank you, please")), ("👍", _("thumb up, good")), ("👏", _("applause")),
    ("🙌", _("hurray, raised hands")), ("💪", _("strong, arm")), ("👋", _("wave, hello")),
    ("🤝", _("handshake, deal")), ("👉", _("pointing right")), ("👇", _("pointing down")),
    ("❤️", _("red heart")), ("💚", _("green heart")), ("💛", _("yellow heart")),
    ("✨", _("sparkles, new")), ("⭐", _("star")), ("🔥", _("fire, hot")),
    ("🎉", _("party, celebration")), ("🎁", _("gift, present")), ("🎂", _("birthday cake")),
    ("🕯️", _("candle")), ("💡", _("idea, bulb")), ("📣", _("announcement, megaphone")),
    ("📢", _("news, loudspeaker")), ("📸", _("photo, camera")), ("🎬", _("film, video")),
    ("🎧", _("music, headphones")), ("📅", _("calendar, date")),
    ("⏰", _("alarm clock, time")), ("⏳", _("hourglass, soon over")), ("📍", _("place, pin")),
    ("🏠", _("home, house")), ("🏪", _("shop")), ("🛒", _("basket, shopping")),
    ("🛍️", _("shopping bags")), ("💳", _("card, payment")), ("💶", _("money, euro")),
    ("🏷️", _("price, label")), ("📦", _("parcel, box")), ("🚚", _("delivery, lorry")),
    ("✅", _("done, tick")), ("❌", _("no, cross")), ("❓", _("question")),
    ("❗", _("important")), ("🆕", _("new")), ("🔝", _("top")), ("➡️", _("arrow right")),
    ("🔗", _("link, chain")), ("🌱", _("plant, sprout, green")), ("🌸", _("blossom, spring")),
    ("☀️", _("sun, summer")), ("🍂", _("leaves, autumn")), ("❄️", _("snow, winter")),
    ("🎄", _("Christmas tree")), ("🐝", _("bee, honey")), ("🐶", _("dog")), ("🐱", _("cat")),
    ("☕", _("coffee")), ("🍷", _("wine")), ("🍰", _("cake, dessert")),
    ("🍓", _("strawberry, fruit")), ("🥖", _("bread")), ("🌍", _("Earth, world")),
    ("♻️", _("recycling")), ("🏆", _("prize, winner")), ("🚀", _("rocket, start")),
    ("✍️", _("writing hand")), ("📚", _("books")), ("🎨", _("art, paint")),
    ("✂️", _("scissors, handicraft")), ("🧵", _("thread, sewing")),
    ("👗", _("dress, fashion")), ("👶", _("baby")), ("🧘", _("yoga, calm")),
    ("🚲", _("bicycle")), ("🏖️", _("beach, holidays")),
)  # fmt: skip
