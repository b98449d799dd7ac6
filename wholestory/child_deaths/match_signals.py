"""Keeps the index that finds who may be the same child in step with what is kept, whoever changes it.

Rows made many at once send no signal: whoever makes them calls ``match_keys.keep_children`` afterwards. The job
``child_deaths.keep_match_keys`` finds what nobody called it for: the open page's messages, made by the database itself.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from wholestory.child_deaths.models import Address, Case, Child, ChildName, Identifier, Notification, Relative
from wholestory.child_deaths.operations import match_keys


def message_kept(instance: Notification, created: bool, raw: bool = False, **_: Any) -> None:
    """A new message gets its keys; its answers never change afterwards."""
    if created and not raw:
        match_keys.keep_notification(instance)


def child_kept(instance: Child, created: bool, raw: bool = False, **_: Any) -> None:
    """A child that changed gets its keys anew; a new one has them once something else is known of it."""
    if not created and not raw:
        match_keys.keep_child(instance)


def part_kept(instance: Any, raw: bool = False, **_: Any) -> None:
    """A name, number, home, relative or case that changed changes the keys of its child."""
    if not raw:
        match_keys.keep_child(instance.child)


post_save.connect(message_kept, sender=Notification, dispatch_uid="child_deaths.keys_of_a_message")
post_save.connect(child_kept, sender=Child, dispatch_uid="child_deaths.keys_of_a_child")
for _model in (ChildName, Identifier, Address, Relative):
    post_save.connect(part_kept, sender=_model, dispatch_uid=f"child_deaths.keys_after_{_model.__name__}")
    post_delete.connect(part_kept, sender=_model, dispatch_uid=f"child_deaths.keys_without_{_model.__name__}")
post_save.connect(part_kept, sender=Case, dispatch_uid="child_deaths.keys_after_Case")
