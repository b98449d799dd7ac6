"""The queue's own upkeep, run by whichever worker gets to it first."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app

from wholestory.config.worker import STALLED_SECONDS

log = logging.getLogger("wholestory.worker")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue_stalled_jobs", lock="rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a worker that died back to the queue. Jobs are therefore written to be safe to run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        log.warning("a job was taken from a dead worker", extra={"job": job.id or 0, "task": job.task_name})
        await manager.retry_job(job)
