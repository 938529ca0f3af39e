"""The customer journey as it is drawn: stages, steps, and whether somebody walked them."""

from dataclasses import dataclass

from waypost.accounts.models import Business
from waypost.strategy.models import StepCheck
from waypost.strategy.progress import Chapter, Told
from waypost.strategy.questions import Words
from waypost.strategy.sections.journey import STAGES
from waypost.strategy.values import words


@dataclass(frozen=True)
class Step:
    """One step: what happens, and what the last walk found."""

    told: Told
    text: str
    check: StepCheck | None

    @property
    def state(self) -> str:
        """``works``, ``broken_step``, ``unchecked``; ``missing``: nobody said what happens."""
        if not self.text:
            return "missing"
        if self.check is None:
            return "unchecked"
        return "works" if self.check.works else "broken_step"


@dataclass(frozen=True)
class Stretch:
    title: Words
    steps: tuple[Step, ...]


def stages(business: Business, chapter: Chapter) -> list[Stretch]:
    """The journey of ``chapter``, without what is not relevant; one query."""
    checks = {check.step: check for check in business.step_checks.select_related("checked_by")}
    told = {one.question.key: one for one in chapter.told if one.state != "not_relevant"}
    drawn = [
        Stretch(
            stage.title,
            tuple(_step(told[key], checks.get(key)) for key in stage.steps if key in told),
        )
        for stage in STAGES
    ]
    return [stretch for stretch in drawn if stretch.steps]


def _step(told: Told, check: StepCheck | None) -> Step:
    text = words(told.question, told.answer.value) if told.answer else ""
    return Step(told, text, check)
