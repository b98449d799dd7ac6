"""Runs what pages left to the queue, in the test's own transaction."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def run_waiting() -> list[str]:
    """Run every waiting job once, oldest first; the names of their tasks."""
    ran = []
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        app.tasks[job.task_name].func(**job.args)
        ran.append(job.task_name)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where status = 'todo'")
    return ran
