"""What happens by itself about notified deaths."""

from __future__ import annotations

from procrastinate.contrib.django import app

# The queue looks for a room's jobs in this module.
from wholestory.child_deaths import request_jobs as request_jobs
from wholestory.child_deaths import scan_jobs as scan_jobs
from wholestory.child_deaths import telling_jobs as telling_jobs
from wholestory.child_deaths.models import Panel
from wholestory.child_deaths.operations import figures, match_keys
from wholestory.partners.models import Board


@app.periodic(cron="* * * * *")
@app.task(
    name="child_deaths.keep_match_keys",
    queueing_lock="child_deaths.keep_match_keys",
    lock="child_deaths.keep_match_keys",
)
def keep_match_keys(timestamp: int) -> int:
    """Write the keys of messages and children that have none yet; how many. Run twice, the second finds less to do."""
    hosts = Board.objects.filter(pk__in=Panel.objects.filter(board__isnull=False).values("board"))
    return sum(match_keys.keep_missing(board) for board in hosts)


@app.periodic(cron="17 3 * * *")
@app.task(
    name="child_deaths.keep_figures",
    queueing_lock="child_deaths.keep_figures",
    lock="child_deaths.keep_figures",
)
def keep_figures(timestamp: int) -> int:
    """Bring every row of figures up to date; how many deaths are counted. Run twice, the second changes nothing."""
    return sum(figures.rebuild(panel) for panel in Panel.objects.filter(board__isnull=False))
