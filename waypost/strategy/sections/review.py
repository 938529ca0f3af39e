"""Four questions that are asked again and again while the strategy is carried out.

They are answered with each report; the strategy only prints them.
"""

from waypost.reviews.questions import ASKS
from waypost.strategy.questions import Question, one_by_one

SCREENS = one_by_one(*(Question(key=key, ask=ask) for key, ask in ASKS.items()))
