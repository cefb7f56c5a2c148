"""One server: `python server.py <framework> <ours|theirs>`, as its example is served. Tells its port."""

import logging
import socket
import sys
from collections.abc import Callable
from typing import Any

from applications import APPLICATIONS

LOCALHOST = "127.0.0.1"


def main(framework: str, side: str) -> None:
    logging.disable(logging.WARNING)  # A forged delivery is sent on purpose.
    server, application = APPLICATIONS[framework]
    (under_uvicorn if server == "uvicorn" else under_gunicorn)(lambda: application(side))


def under_uvicorn(make: Callable[[], Any]) -> None:
    import uvicorn

    class Uvicorn(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            tell_port(self.servers[0].sockets[0])

    # Not with a line in the log for each request, which no other server here writes.
    Uvicorn(uvicorn.Config(make(), LOCALHOST, 0, access_log=False, log_level="warning")).run()


def under_gunicorn(make: Callable[[], Any]) -> None:
    from gunicorn.app.base import BaseApplication

    class Gunicorn(BaseApplication):
        def load_config(self) -> None:
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return make()

    settings = {
        "bind": f"{LOCALHOST}:0",
        "threads": 8,
        "loglevel": "warning",
        "when_ready": lambda arbiter: tell_port(arbiter.LISTENERS[0].sock),
        # Its place is one for all servers of a user, and several are measured.
        "control_socket_disable": True,
    }
    Gunicorn().run()


def tell_port(listener: Any) -> None:
    print(listener.getsockname()[1], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
