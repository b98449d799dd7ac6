"""Settings of the test run, in place before Django reads its own: pytest loads this first (see pyproject.toml)."""

import os
import sys

from wholestory.config.supervisor.places import CHECKOUT

TEST_DATA = CHECKOUT / ".data" / "test"
"""Where the shared test database server and the tests' files live."""

for name in [name for name in os.environ if name.startswith(("WHOLESTORY_", "DATABASE_URL", "SECRET_KEY"))]:
    # A developer's own settings must not reach the tests, except those that choose a server or a browser.
    if name not in {"WHOLESTORY_BROWSER", "WHOLESTORY_TEST_DATABASE_URL"}:
        del os.environ[name]

os.environ["WHOLESTORY_DEMO"] = "on"
os.environ["WHOLESTORY_DATA"] = str(TEST_DATA)
os.environ["WHOLESTORY_LOG_LEVEL"] = "WARNING"
# One process answers everything in tests; what runs apart is tried in tests/config/test_open_process.py.
os.environ["WHOLESTORY_OPEN_PAGES"] = "together"
# Tests with a real browser run their own event loop beside the database calls of the test.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# Every worker, and each of the dozens of processes tests start, would compile hundreds of modules anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
