"""How gunicorn serves Wholestory: `gunicorn -c python:wholestory.config.serving wholestory.config.wsgi`.

Several processes with four threads each. A process keeps nothing that another needs, so more processes, or more
machines, are only more of the same.
"""

from typing import Any

from wholestory.config import logs
from wholestory.config.environment import current

_environment = current()

# The role decides what is served, and so where: the open pages have a port of their own.
_port = _environment.open_pages_port if _environment.role == "public" else _environment.port
bind = f"127.0.0.1:{_port}"
workers = _environment.web_processes
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 8
keepalive = 75
control_socket_disable = True
# One line for each request is written by the application itself, without addresses and query strings.
accesslog = None
errorlog = "-"
logconfig_dict: dict[str, Any] = logs.configuration(_environment)
