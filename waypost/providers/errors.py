"""The three things a network may answer that a publisher can act on.

Anything else that leaves the irreversible call (a timeout, a cut connection, an
unreadable answer, a 5xx) means that the outcome is *unknown*: the caller records
it and asks the network later, it never sends again blindly.
"""

from datetime import timedelta


class ProviderError(Exception):
    """Base of the answers below; never raised itself."""


class Busy(ProviderError):
    """Nothing was accepted; the same call may be made again.

    ``after`` is how long the network asked us to wait, or ``None`` when it did not say.
    """

    def __init__(self, message: str = "", *, after: timedelta | None = None) -> None:
        super().__init__(message)
        self.after = after


class Processing(Busy):
    """What was uploaded is accepted, and the network is still at work on it.

    Only a staging step answers so. Nothing is wrong: the step is asked again with
    patience, for as long as a video may take.
    """


class Refused(ProviderError):
    """The network will never take this; ``message`` is a sentence for the owner.

    ``field`` names the part of the post or form to mend (``text``, ``pictures``,
    ``link``, or the name of a connect field); empty when it is the whole.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Disconnected(ProviderError):
    """The credentials are no longer accepted; the owner must connect again.

    ``message`` is a sentence for the owner.
    """

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message
