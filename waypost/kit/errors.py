"""An action's way of saying no to a person."""


class Refusal(Exception):
    """The action was not done; ``message`` is a sentence for the person.

    ``field`` names the form field to show it beside; empty: above the form.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
