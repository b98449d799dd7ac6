"""The command line itself."""

import subprocess
import sys

import pytest

from wholestory.config import commands
from wholestory.config.supervisor.places import CHECKOUT


def test_without_a_command_the_list_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main([]) == 2
    shown = capsys.readouterr().out
    for name, command in commands.COMMANDS.items():
        assert name in shown
        assert command.about in shown


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["dmeo"]) == 2
    assert "no command “dmeo”" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(commands.COMMANDS))
def test_every_command_is_there(name: str) -> None:
    assert callable(commands.resolve(commands.COMMANDS[name].target))


def test_outside_the_demo_it_says_what_is_missing_instead_of_a_traceback() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "wholestory", "worker"],
        cwd=CHECKOUT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "DATABASE_URL_WORKER is not set" in ran.stderr
    assert "Traceback" not in ran.stderr
