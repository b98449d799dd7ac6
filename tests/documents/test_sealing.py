"""A stored file cannot be read, changed, cut, reordered or swapped without its keys."""

from __future__ import annotations

import base64
import io
import os
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wholestory.documents.sealing import PIECE, KeyMissing, Keys, Tampered, new_key, opened, sealed

FILE = uuid4()
KEY = new_key()


def fresh() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def seal(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(sealed(io.BytesIO(content), key, FILE))


def unseal(content: bytes, key: bytes = KEY, file_id: object = FILE) -> bytes:
    return b"".join(opened(io.BytesIO(content), key, file_id))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17])
def test_what_goes_in_comes_out_and_is_not_there_in_clear(size: int) -> None:
    content = (b"Willow Lane Academy " * (size // 20 + 1))[:size]
    stored = seal(content)
    assert unseal(stored) == content
    assert b"Willow" not in stored


def test_the_same_content_never_looks_the_same() -> None:
    assert seal(b"same") != seal(b"same")


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, PIECE + 200), bit=st.integers(0, 7))
def test_any_changed_bit_is_noticed(at: int, bit: int) -> None:
    stored = bytearray(seal(b"x" * (PIECE + 100)))
    stored[at % len(stored)] ^= 1 << bit
    with pytest.raises(Tampered):
        unseal(bytes(stored))


def test_pieces_cannot_be_cut_off_reordered_or_added() -> None:
    stored = seal(b"a" * PIECE + b"b" * PIECE + b"c" * 10)
    head, step = stored[:11], PIECE + 16
    first, second, third = stored[11 : 11 + step], stored[11 + step : 11 + 2 * step], stored[11 + 2 * step :]
    for wrong in (
        head + first + second,
        head + second + first + third,
        head + first + third,
        stored + third,
        head,
        b"",
    ):
        with pytest.raises(Tampered):
            unseal(wrong)


def test_another_file_or_key_does_not_open_it() -> None:
    with pytest.raises(Tampered):
        unseal(seal(b"content"), file_id=uuid4())
    with pytest.raises(Tampered):
        unseal(seal(b"content"), key=new_key())


def test_the_first_key_wraps_and_all_unwrap() -> None:
    old, new = fresh(), fresh()
    before = Keys((old,)).wrap(KEY, FILE)
    both = Keys((new, old))
    assert both.unwrap(before, FILE) == KEY
    assert not both.wrapped_by_first(before)
    after = both.wrap(both.unwrap(before, FILE), FILE)
    assert both.wrapped_by_first(after)
    assert Keys((new,)).unwrap(after, FILE) == KEY
    with pytest.raises(KeyMissing):
        Keys((new,)).unwrap(before, FILE)


def test_a_wrapped_key_serves_one_file_and_cannot_be_changed() -> None:
    keys = Keys((fresh(),))
    wrapped = keys.wrap(KEY, FILE)
    with pytest.raises(Tampered):
        keys.unwrap(wrapped, uuid4())
    with pytest.raises(Tampered):
        keys.unwrap(wrapped[:-1] + bytes([wrapped[-1] ^ 1]), FILE)
    with pytest.raises(Tampered):
        keys.unwrap(b"", FILE)
    assert KEY not in wrapped


def test_a_large_file_is_sealed_piece_by_piece() -> None:
    class Endless:
        """Fifty megabytes that are nowhere."""

        left, most = 50 * 1024 * 1024, 0

        def read(self, size: int = -1, /) -> bytes:
            self.most = max(self.most, size)
            given = min(size, self.left)
            self.left -= given
            return b"z" * given

    content, total = Endless(), 0
    for piece in sealed(content, KEY, FILE):
        assert len(piece) <= PIECE + 16
        total += len(piece)
    assert total > 50 * 1024 * 1024
    assert content.most == PIECE
