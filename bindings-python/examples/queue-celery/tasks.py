"""Does the work: `celery --app tasks worker`."""

import os

from celery import Celery
from twenty_webhook import Event

LONGEST_TASK_SECONDS = 60

celery = Celery("twenty", broker=os.environ["REDIS_URL"])
celery.conf.update(
    # A task is acknowledged when it is done, and goes back into the queue if its process is killed.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # If the whole worker is killed, its tasks go back after this time. A task that takes longer runs twice.
    broker_transport_options={"visibility_timeout": LONGEST_TASK_SECONDS, "unacked_restore_throttle": 1},
    task_ignore_result=True,
)


@celery.task(autoretry_for=(Exception,), max_retries=10, retry_backoff=True)
def work(payload: str) -> None:
    event = Event.read(payload)
    print(f"handled {event.name} {event.record_id}", flush=True)
