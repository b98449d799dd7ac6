"""`wholestory start`: stands up an empty board and says how to go on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import OperationalError, ProgrammingError

from wholestory.access.directory.doors import Refusal
from wholestory.access.directory.operations.boards import BoardDetails
from wholestory.access.models import Account
from wholestory.config.start import founding, links
from wholestory.partners.editions import EDITIONS, NAMES
from wholestory.partners.importing.spreadsheets import NotASpreadsheet, read
from wholestory.partners.models import LONDON, Board, BoardKind
from wholestory.pathways import editions


class CannotStart(Exception):
    """What is missing or wrong, in a sentence."""


def main(argv: list[str]) -> int:
    """Stand up a board, or give its first person another link. Returns the exit status."""
    chosen = _parser().parse_args(argv)
    try:
        if chosen.link:
            return _another_link(chosen.link)
        return _start(chosen)
    except (CannotStart, Refusal, NotASpreadsheet) as problem:
        print(f"wholestory start: {problem}", file=sys.stderr)
    except OperationalError:
        print(
            "wholestory start: the database cannot be reached. Is it running, and is DATABASE_URL right?",
            file=sys.stderr,
        )
    except ProgrammingError:
        print(
            "wholestory start: the database has no tables yet. Run: wholestory database migrate",
            file=sys.stderr,
        )
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wholestory start",
        description="Stands up an empty board with its first person, who then goes on in a browser: areas, membership "
        "spreadsheet, team, framework, first cycle. What is not given is asked for.",
    )
    parser.add_argument("--board", metavar="NAME", help="the board's name")
    parser.add_argument("--short-name", metavar="NAME", help="what people call it, such as PSCB")
    parser.add_argument(
        "--kind",
        choices=[kind.value for kind in BoardKind],
        help="what kind of board it is (without it, what the guidance calls a children's one)",
    )
    parser.add_argument("--edition", choices=[key for key, _ in EDITIONS], help="the guidance it works under")
    parser.add_argument("--name", metavar="NAME", help="the business manager's full name")
    parser.add_argument("--email", metavar="ADDRESS", help="the business manager's own work address")
    parser.add_argument(
        "--membership", metavar="FILE", type=Path, help="the membership spreadsheet, for the first steps"
    )
    parser.add_argument("--another", action="store_true", help="when there is a board already")
    parser.add_argument(
        "--link", metavar="ADDRESS", help="only make another one-time link for somebody setting a board up"
    )
    return parser


def _start(chosen: argparse.Namespace) -> int:
    there = list(Board.objects.filter(is_example=False).order_by("name"))
    if there and not chosen.another:
        names = ", ".join(board.name for board in there)
        raise CannotStart(
            f"there is a board already ({names}). Add --another for one more, or --link ADDRESS to get in."
        )
    content = _read_spreadsheet(chosen.membership) if chosen.membership else b""
    today = _today()
    asked = _Asking()
    board = asked.text(chosen.board, "The board's name", "--board")
    short = asked.text(chosen.short_name, "What people call it, such as PSCB", "--short-name")
    edition = asked.one_of(chosen.edition, "The guidance it works under", "--edition", NAMES)
    name = asked.text(chosen.name, "The business manager's full name", "--name")
    email = asked.email(chosen.email, "Their own work address", "--email")
    asked.check()
    details = BoardDetails(
        name=board,
        short_name=short,
        kind=chosen.kind or _kind_under(edition),
        edition=edition,
        valid_from=today,
    )
    founded = founding.found(details=details, name=name, email=email, today=today)
    if content:
        founding.take_spreadsheet(founded, chosen.membership.name, content, today)
    print(f"\n{founded.board.name} is there, and empty.")
    print(f"{founded.person.full_name} holds the business manager's and the administrator's seat.")
    if content:
        print(f"{chosen.membership.name} waits to be looked through: nothing of it is in the directory yet.")
    _say_link(founded.account)
    return 0


def _kind_under(edition: str) -> BoardKind:
    """A children's board, or the partnership that some editions put in its place."""
    body = editions.word(editions.Word.BODY, edition).lower()
    return BoardKind.PARTNERSHIP if body == "partnership" else BoardKind.CHILDREN


def _read_spreadsheet(path: Path) -> bytes:
    """The file, checked before anything is made, so that a wrong file does not leave half a start behind."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotStart(f"{path} cannot be read: {error.strerror}") from error
    read(content)
    return content


def _another_link(email: str) -> int:
    account = Account.objects.filter(email=email.lower(), is_active=True).select_related("person").first()
    setting_up = Board.objects.filter(
        set_up_at=None, is_example=False, seats__person__account__email=email.lower()
    )
    if account is None or not setting_up.exists():
        raise CannotStart("nobody who is setting a board up has this address")
    _say_link(account)
    return 0


def _say_link(account: Account) -> None:
    hours = int(links.LIVES.total_seconds() // 3600)
    print(
        f"\nOpen this address to sign in and go on. It works once, within {hours} hours:\n\n  {links.make(account)}\n"
    )
    print(
        f"Afterwards they sign in with {account.email}. For another link: wholestory start --link {account.email}"
    )


def _today() -> date:
    from django.utils import timezone

    return timezone.now().astimezone(LONDON).date()


class _Asking:
    """Takes what was given on the command line, and asks for the rest when somebody is there to answer."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        self.somebody = sys.stdin is not None and sys.stdin.isatty()

    def text(self, given: str | None, question: str, option: str, check: Callable[[str], str] = str) -> str:
        """A line of text. Asks again while the answer does not hold; notes the option when nobody can answer."""
        answer = (given or "").strip()
        if answer:
            return check(answer)
        if not self.somebody:
            self.missing.append(option)
            return ""
        while True:
            answer = input(f"{question}: ").strip()
            try:
                if answer:
                    return check(answer)
            except CannotStart as problem:
                print(f"  {problem}")

    def email(self, given: str | None, question: str, option: str) -> str:
        """An e-mail address."""
        return self.text(given, question, option, _email)

    def one_of(self, given: str | None, question: str, option: str, choices: dict[str, str]) -> str:
        """One of several keys, which are listed with their names."""
        if not given and self.somebody:
            print("\n" + "\n".join(f"  {key:8} {name}" for key, name in choices.items()))

        def known(answer: str) -> str:
            if answer.upper() not in choices:
                raise CannotStart(f"“{answer}” is none of {', '.join(choices)}")
            return answer.upper()

        return self.text(given, question, option, known)

    def check(self) -> None:
        """Raise CannotStart naming everything that was neither given nor answered."""
        if self.missing:
            raise CannotStart(f"say also {', '.join(self.missing)} (nobody is there to answer)")


def _email(answer: str) -> str:
    try:
        validate_email(answer)
    except ValidationError as error:
        raise CannotStart(f"“{answer}” is not an e-mail address") from error
    return answer.lower()
