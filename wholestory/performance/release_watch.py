"""A release of published figures that a report was frozen with is not taken back."""

from __future__ import annotations

import json

from wholestory.indicators.models import Release
from wholestory.indicators.operations import releases
from wholestory.performance.models import ReportFigures


def in_a_report(release: Release) -> str:
    """Which report shows a figure of this release, in words; empty when none does.

    Only reports that whoever asks may see are found. Another board's report keeps what it was frozen with as well: a
    release that is taken back is kept.
    """
    written = json.dumps(release.name, ensure_ascii=False)[1:-1]
    found = (
        ReportFigures.objects.filter(figures__icontains=written)
        .select_related("report")
        .order_by("at")
        .last()
    )
    return f"the report “{found.report.label}” shows figures of it" if found else ""


releases.USES.append(in_a_report)
