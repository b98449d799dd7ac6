"""Charts drawn on the server as SVG: no script, no style, and every number stands in a table beside them."""

from wholestory.child_deaths.charts.bars import Bar, bars
from wholestory.child_deaths.charts.funnel import Dot, funnel
from wholestory.child_deaths.charts.over_time import Point, over_time

__all__ = ["Bar", "Dot", "Point", "bars", "funnel", "over_time"]
