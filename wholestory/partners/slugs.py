"""Names for addresses that nobody has yet."""

from __future__ import annotations

from django.utils.text import slugify

from wholestory.partners.models import Agency, Board, Group


def free_slug(
    model: type[Agency] | type[Board] | type[Group], text: str, taken: set[str] | None = None
) -> str:
    """A slug made from ``text`` that no row of ``model`` has, nor anything in ``taken``, to which it is added."""
    base = slugify(text)[:44].strip("-") or model.__name__.lower()
    used = taken if taken is not None else set()
    used |= set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in used:
        number += 1
        slug = f"{base}-{number}"
    used.add(slug)
    return slug
