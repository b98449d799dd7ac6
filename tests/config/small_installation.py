"""A supervisor with a database and one idle process, for the tests that kill it: `python -m ... [PARENT]`.

With an argument it stops when the process of that number is no longer its parent.
"""

import sys
from contextlib import suppress

from wholestory.config.environment import current
from wholestory.config.supervisor.children import Child, die_with_parent
from wholestory.config.supervisor.cluster import Cluster
from wholestory.config.supervisor.keeping import StopAsked, Supervisor, clear_up
from wholestory.config.supervisor.locks import holding

IDLE = "import time; time.sleep(600)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + IDLE


def main() -> None:
    """Run until stopped; says `ready` when everything runs."""
    places = current().places
    parent = int(sys.argv[1]) if len(sys.argv) > 1 else None
    if parent:
        die_with_parent()
    supervisor = Supervisor(lambda line: print(line, flush=True), places.processes, parent)
    supervisor.listen()
    with holding(places.lock):
        clear_up(places.processes)
        try:
            cluster = Cluster(places)
            cluster.make()
            cluster.wait_until_ready(supervisor.keep(cluster.child()).process)
            supervisor.keep(Child("idle", (sys.executable, "-c", IDLE, "idle")))
            supervisor.keep(Child("deaf", (sys.executable, "-c", DEAF, "deaf"), stop_seconds=0.5))
            print("ready", flush=True)
            with suppress(StopAsked):
                supervisor.look_after()
        finally:
            supervisor.stop_all()


if __name__ == "__main__":
    main()
