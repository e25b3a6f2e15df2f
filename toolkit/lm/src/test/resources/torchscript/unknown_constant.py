"""A name that layout.py does not define."""

from . import layout


class UnknownConstant:
    def wrong(self) -> int:
        return layout.HAED
