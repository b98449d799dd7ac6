"""The queue's own upkeep."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate import App, JobContext
from procrastinate.jobs import Status
from procrastinate.testing import InMemoryConnector

from wholestory.config import jobs, worker


@pytest.mark.parametrize(
    ("silent_for", "rescued"), [(worker.STALLED_SECONDS + 5, True), (worker.STALLED_SECONDS - 15, False)]
)
def test_a_job_whose_worker_died_goes_back_to_the_queue(silent_for: int, rescued: bool) -> None:
    memory = InMemoryConnector()
    app = App(connector=memory)

    @app.task(name="letters.send")
    def send() -> None: ...

    async def the_worker_dies() -> None:
        job_id = await send.defer_async()
        dead = await app.job_manager.register_worker()
        await app.job_manager.fetch_job(queues=None, worker_id=dead)
        memory.workers[dead] = datetime.now(UTC) - timedelta(seconds=silent_for)
        assert memory.jobs[job_id]["status"] == Status.DOING.value

        upkeep = await app.configure_task("upkeep", allow_unknown=True).defer_async()
        job = await app.job_manager.fetch_job(queues=None, worker_id=await app.job_manager.register_worker())
        assert job is not None
        assert job.id == upkeep
        context = JobContext(app=app, job=job, start_timestamp=0, abort_reason=lambda: None)
        await jobs.rescue_stalled_jobs.func(context, timestamp=0)
        expected = Status.TODO if rescued else Status.DOING
        assert memory.jobs[job_id]["status"] == expected.value

    # In a thread of its own: a browser test before this one may have left its loop running in ours.
    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, the_worker_dies()).result()
