"""The locks install anywhere: they are hashed, complete, and name no host."""

import re

import pytest

from wholestory.config.supervisor.places import CHECKOUT

REQUIREMENTS = CHECKOUT / "requirements"
LOCKS = sorted(path.name for path in REQUIREMENTS.glob("*.txt"))


def test_every_set_has_its_lock() -> None:
    assert LOCKS == ["base.txt", "bootstrap.txt", "dev.txt", "test.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name: str) -> None:
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    assert re.findall(r"(?m)^.*://.*$|^ *--(?:index|extra-index|find-links|trusted).*$", text) == []


@pytest.mark.parametrize("name", LOCKS)
def test_everything_in_a_lock_has_a_version_and_a_hash(name: str) -> None:
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"(?m)^ *#.*$\n?", "", text).strip())
    for entry in entries:
        assert "==" in entry.split("\n")[0], entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("name", ["base", "bootstrap", "dev", "test"])
def test_every_dependency_says_what_it_is_for(name: str) -> None:
    lines = (REQUIREMENTS / f"{name}.in").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line and not line.startswith(("#", "-c")):
            assert "#" in line or lines[number - 1].startswith("#"), line


def test_no_lock_that_records_hosts_is_kept() -> None:
    ignored = (CHECKOUT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"uv.lock", "pylock.toml"} <= set(ignored)
