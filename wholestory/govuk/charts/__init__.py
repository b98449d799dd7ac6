"""Charts drawn on the server as SVG: no script, no style, and every number stands in a table beside them."""

from wholestory.govuk.charts.bars import Bar, bars
from wholestory.govuk.charts.funnel import Dot, funnel
from wholestory.govuk.charts.over_time import Point, over_time

__all__ = ["Bar", "Dot", "Point", "bars", "funnel", "over_time"]
