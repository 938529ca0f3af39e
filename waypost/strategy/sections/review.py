"""Four questions that are asked again and again while the strategy is carried out.

They are answered with each report; the strategy only prints them.
"""

from django.utils.translation import gettext_lazy as _

from waypost.strategy.questions import Question, one_by_one

SCREENS = one_by_one(
    Question(key="result", ask=_("What came out of what we have done?")),
    Question(key="next", ask=_("What will we do next?")),
    Question(key="effective", ask=_("Does our strategy work?")),
    Question(key="improve", ask=_("What can we do better?")),
)
