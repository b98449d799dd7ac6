"""A page of results as a tagged PDF."""

from __future__ import annotations

from wholestory.assurance.reports.base import Report, shown
from wholestory.kernel.generated import Stamp, render

_SOURCE = """
#set text(size: 9.5pt)
#for line in data.headline [#par(text(size: 11pt, line))]
#for grid in data.grids {
  heading(level: 1, grid.title)
  for line in grid.said { par(line) }
  if grid.rows.len() == 0 { par(grid.empty) } else {
    table(
      columns: (2.2fr,) + (1fr,) * (grid.heads.len() - 1),
      inset: 4pt, stroke: 0.5pt + gray,
      align: (x, y) => if grid.numeric.at(x) { right + top } else { left + top },
      table.header(..grid.heads.map(h => [*#h*])),
      ..grid.rows.flatten().map(c => [#c])
    )
  }
}
= How these figures are made
#for line in data.made [#par(line)]
"""
#: From so many columns on a page lies on its side.
_WIDE = 6


def pdf(report: Report, *, stamp: Stamp) -> bytes:
    """An accessible PDF (PDF/UA-1), each table with its header row."""
    data = {
        "headline": list(report.headline),
        "made": list(report.made),
        "grids": [
            {
                "title": grid.title,
                "said": list(grid.said),
                "empty": grid.empty,
                "heads": [col.label for col in grid.columns],
                "numeric": [col.kind.is_number for col in grid.columns],
                "rows": [
                    [shown(col.kind, value) for col, value in zip(grid.columns, row, strict=True)]
                    for row in grid.rows
                ],
            }
            for grid in report.grids
        ],
    }
    title = f"{report.title}: {report.of}"
    return render(_SOURCE, data, stamp=stamp, title=title, landscape=report.widest >= _WIDE)
