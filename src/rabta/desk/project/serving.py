"""The server: gunicorn with threads, started from the command line."""

import socket
from typing import Any

from gunicorn.app.base import BaseApplication


def taken(host: str, port: int) -> bool:
    """Whether something listens there already; an old server would answer in our place."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


class Server(BaseApplication):
    """Gunicorn without a configuration file."""

    def __init__(self, options: dict[str, Any]):
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from rabta.desk.project.wsgi import application

        return application


def run(*, host: str, port: int, threads: int) -> None:
    """Serve until told to stop."""
    Server(
        {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": threads,
            "graceful_timeout": 20,
            # Gunicorn's access log holds addresses with their queries; ours holds none.
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
    ).run()
