"""Does the work: `celery --app tasks worker`, and once for all workers `celery --app tasks beat`."""

import os
from typing import Any

import psycopg
from celery import Celery
from twenty_webhook import Event

DATABASE = os.environ["DATABASE_URL"]

celery = Celery("tasks", broker=os.environ["REDIS_URL"])
celery.conf.update(
    # A task is acknowledged when it is done, and goes back into the queue if its process is killed.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    broker_transport_options={"socket_timeout": 4},
    beat_schedule={"send again": {"task": "tasks.send_again", "schedule": 30, "options": {"expires": 30}}},
)


@celery.task(autoretry_for=(Exception,), max_retries=10, retry_backoff=True)
def work(id: str) -> None:  # noqa: A002
    with psycopg.connect(DATABASE) as connection:  # Commits, or rolls back what failed.
        done = "UPDATE delivery SET done = now() WHERE id = %s AND done IS NULL RETURNING payload"
        row = connection.execute(done, [id]).fetchone()
        if row is not None:
            handle(Event.read(row[0]), connection)


def handle(event: Event, connection: psycopg.Connection[Any]) -> None:
    connection.execute("INSERT INTO change VALUES (%s, %s)", [event.name, event.record_id])


@celery.task
def send_again() -> None:
    """Redis may lose the task that a worker takes in the moment it is killed. The row is still there."""
    overdue = "sent < now() - interval '1 minute' AND done IS NULL"
    with psycopg.connect(DATABASE) as connection:
        rows = connection.execute(f"UPDATE delivery SET sent = now() WHERE {overdue} RETURNING id").fetchall()
    for (id,) in rows:  # noqa: A001
        work.delay(id)
