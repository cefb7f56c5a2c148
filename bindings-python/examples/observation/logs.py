"""Python's logging as lines of JSON."""

import json
import logging
from datetime import UTC, datetime

FIELDS = ("webhook", "delivery_id", "event_name", "record_id", "webhook_id", "workspace_id")


class JsonFormatter(logging.Formatter):
    """The receiver gives the fields as `extra`: the name of the webhook, and the others once a delivery is verified."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {field: value for field in FIELDS if (value := getattr(record, field, None)) is not None}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)
