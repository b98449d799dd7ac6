"""Writes. Every function takes part in the caller's transaction, in which somebody acts (``access.acting``)."""

from wholestory.paperwork.operations.clashes import settle
from wholestory.paperwork.operations.drafts import Save, Saved, confirm_carried, save_draft
from wholestory.paperwork.operations.items import add_item, remove_item
from wholestory.paperwork.operations.loads import Chosen, apply_load, record_load, undo_load
from wholestory.paperwork.operations.refusals import (
    CannotUndo,
    FormChanged,
    NotAsRead,
    NotChosen,
    NotOpen,
    NotReady,
    NotYourPage,
    Overtaken,
)
from wholestory.paperwork.operations.sending import lock, lock_many, reopen, says, submit
from wholestory.paperwork.operations.starting import carry_forward, publish, start, start_many

__all__ = [
    "CannotUndo",
    "Chosen",
    "FormChanged",
    "NotAsRead",
    "NotChosen",
    "NotOpen",
    "NotReady",
    "NotYourPage",
    "Overtaken",
    "Save",
    "Saved",
    "add_item",
    "apply_load",
    "carry_forward",
    "confirm_carried",
    "lock",
    "lock_many",
    "publish",
    "record_load",
    "remove_item",
    "reopen",
    "save_draft",
    "says",
    "settle",
    "start",
    "start_many",
    "submit",
    "undo_load",
]
