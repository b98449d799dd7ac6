"""What every part has in common."""

from __future__ import annotations

from typing import ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Part:
    """Something that draws itself from its own template, which sees it as `part`. Text in it is escaped there."""

    template: ClassVar[str]

    def __html__(self) -> SafeString:
        # No white space around it: a full stop may follow a link.
        return SafeString(render_to_string(self.template, {"part": self}).strip())

    def __str__(self) -> str:
        return self.__html__()
