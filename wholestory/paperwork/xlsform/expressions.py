"""The expressions of an XLSForm (relevant, constraint, calculation): XPath 1.0, with ``${name}`` for an answer.

They are read into a small tree and never run. Source: XPath 1.0 recommendation, section 3; the XLSForm reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

DEEPEST = 60
LONGEST = 10_000


class CannotRead(ValueError):
    """The expression is not one. The message says where it stops making sense."""


@dataclass(frozen=True)
class Ref:
    """The answer to the question with this name."""

    name: str


@dataclass(frozen=True)
class Here:
    """The answer to the question itself: ``.``"""


@dataclass(frozen=True)
class Words:
    """A text in quotation marks."""

    text: str


@dataclass(frozen=True)
class Num:
    """A number."""

    amount: Decimal


@dataclass(frozen=True)
class Call:
    """A function with what it is given."""

    name: str
    given: tuple[Node, ...]


@dataclass(frozen=True)
class Op:
    """Two parts with ``and or = != < <= > >= + - * div mod |`` between them."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Minus:
    """The negative of a part."""

    part: Node


@dataclass(frozen=True)
class Path:
    """A path through the form's own structure; ``last`` is its last step."""

    text: str
    last: str


Node: TypeAlias = "Ref | Here | Words | Num | Call | Op | Minus | Path"

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<ref>\$\{\s*(?:last-saved\#)?[^${}]*\})
    | (?P<words>"[^"]*"|'[^']*')
    | (?P<num>\d+(?:\.\d*)?|\.\d+)
    | (?P<path>(?:\.\.|/|\./)[^\s()=!<>+*|,'"$]*)
    | (?P<here>\.)
    | (?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)
    | (?P<sign>!=|<=|>=|[=<>+\-*|,()\[\]@])
    )""",
    re.VERBOSE,
)
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"),
)  # fmt: skip
_BETWEEN = frozenset({"or", "and", "div", "mod"})


def read(text: str) -> Node:
    """The tree of an expression. Raises CannotRead."""
    if len(text) > LONGEST:
        raise CannotRead("it is too long")
    return _Reader(_tokens(text.translate(_STRAIGHT))).whole()


def refs(node: Node) -> tuple[str, ...]:
    """Every name the expression speaks of, in order."""
    found: list[str] = []
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Ref):
            found.append(each.name)
        elif isinstance(each, Call):
            waiting += reversed(each.given)
        elif isinstance(each, Op):
            waiting += [each.right, each.left]
        elif isinstance(each, Minus):
            waiting.append(each.part)
    return tuple(found)


def parts_of(node: Node, sign: str) -> tuple[Node, ...]:
    """What ``and`` (or ``or``, ``+``) stands between, as one row of parts."""
    found: list[Node] = []
    while isinstance(node, Op) and node.sign == sign:
        found.append(node.right)
        node = node.left
    return (node, *reversed(found))


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        token = _TOKEN.match(text, at)
        if token is None:
            rest = text[at:].strip()
            if rest[0] in "'\"":
                raise CannotRead(f"the quotation mark before “{rest[1:30]}” is never closed")
            if rest.startswith("${"):
                raise CannotRead(f"“{rest[:30]}” is not closed with a curly bracket")
            raise CannotRead(f"it stops making sense at “{rest[:30]}”")
        kind = str(token.lastgroup)
        found.append((kind, token[kind]))
        at = token.end()
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.deep = tokens, 0, 0

    def whole(self) -> Node:
        if not self.tokens:
            raise CannotRead("it is empty")
        node = self.level(0)
        if self.at < len(self.tokens):
            raise CannotRead(f"“{self.tokens[self.at][1]}” is not expected there")
        return node

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self, expected: str = "") -> tuple[str, str]:
        kind, text = self.peek()
        if not kind or (expected and text != expected):
            wanted = f"“{expected}”" if expected else "something more"
            raise CannotRead(f"{wanted} is missing" + (f" before “{text}”" if text else " at its end"))
        self.at += 1
        return kind, text

    def level(self, number: int) -> Node:
        if number == len(_LEVELS):
            return self.negative()
        node = self.level(number + 1)
        while self.peek()[1] in _LEVELS[number] and self.peek()[0] in ("sign", "name"):
            sign = self.take()[1]
            node = Op(sign, node, self.level(number + 1))
        return node

    def negative(self) -> Node:
        if self.peek() == ("sign", "-"):
            self.take()
            self.deeper()
            part = self.negative()
            self.deep -= 1
            return Num(-part.amount) if isinstance(part, Num) else Minus(part)
        node = self.single()
        while self.peek() == ("sign", "|"):
            self.take()
            node = Op("|", node, self.single())
        return node

    def deeper(self) -> None:
        self.deep += 1
        if self.deep > DEEPEST:
            raise CannotRead("its brackets are too deep")

    def single(self) -> Node:
        kind, text = self.take()
        if kind == "ref":
            name = text[2:-1].strip()
            if not name:
                raise CannotRead("“${}” names no question")
            return Ref(name)
        if kind == "words":
            return Words(text[1:-1])
        if kind == "num":
            return Num(Decimal(text))
        if kind == "here":
            return Here()
        if kind == "path":
            return Path(text, text.rstrip("/").rpartition("/")[2])
        if kind == "name":
            return self.call(text) if self.peek() == ("sign", "(") else self.bare(text)
        if text == "(":
            self.deeper()
            node = self.level(0)
            self.take(")")
            self.deep -= 1
            return node
        raise CannotRead(f"“{text}” is not expected there")

    def bare(self, text: str) -> Node:
        if text in _BETWEEN:
            raise CannotRead(f"“{text}” is not expected there")
        return Path(text, text)

    def call(self, name: str) -> Node:
        self.take("(")
        self.deeper()
        given: list[Node] = []
        if self.peek() != ("sign", ")"):
            given.append(self.level(0))
            while self.peek() == ("sign", ","):
                self.take()
                given.append(self.level(0))
        self.take(")")
        self.deep -= 1
        return Call(name, tuple(given))
