"""Round levels for the axis of a chart."""

from decimal import Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def scale(low: Decimal, high: Decimal) -> list[Decimal]:
    """Three to seven round levels from at most ``low`` to at least ``high``."""
    span = high - low or abs(high) or Decimal(1)
    step = _round_step(span / 4)
    first = (low / step).to_integral_value("ROUND_FLOOR") * step
    levels = [first]
    while levels[-1] < high or len(levels) < 2:
        levels.append(levels[-1] + step)
    return levels


def _round_step(rough: Decimal) -> Decimal:
    power = Decimal(1).scaleb(rough.adjusted())
    return next(step * power for step in STEPS if step * power >= rough)
