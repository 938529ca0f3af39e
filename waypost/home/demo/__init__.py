"""The demo business: a candle workshop with a year behind it, all invented."""

from waypost.home.demo.loading import DemoLogin, load, remove

__all__ = ["DemoLogin", "load", "remove"]
