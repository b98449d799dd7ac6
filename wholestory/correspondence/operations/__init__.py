"""Everything this room does, for the other rooms: write, send, say what became of it; letters to sign."""

from wholestory.correspondence.operations.changing import cancel, change, send, send_again, stop_about
from wholestory.correspondence.operations.letters import (
    change_letter,
    prepare_letter,
    send_letter,
    sign_letter,
    withdraw_letter,
)
from wholestory.correspondence.operations.outcomes import mark_sent_by_hand, record_bounce, settle
from wholestory.correspondence.operations.writing import (
    CannotSend,
    Note,
    compose,
    compose_many,
    draft,
    write_plain,
)

__all__ = [
    "CannotSend",
    "Note",
    "cancel",
    "change",
    "change_letter",
    "compose",
    "compose_many",
    "draft",
    "mark_sent_by_hand",
    "prepare_letter",
    "record_bounce",
    "send",
    "send_again",
    "send_letter",
    "settle",
    "sign_letter",
    "stop_about",
    "withdraw_letter",
    "write_plain",
]
