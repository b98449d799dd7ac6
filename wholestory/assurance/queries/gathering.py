"""Several small tables about one record in one query.

A return has its questions, its judgements, its signatures, its moves: a few rows in each of many tables. Asked for
one after another they cost a round trip each; asked for as arrays beside one another they cost one. The database's
rules hold inside it as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, QuerySet
from django.db.models.functions import JSONObject


@dataclass(frozen=True)
class Rows:
    """Rows of one table, tied to the outer record by OuterRef; ``also`` names columns of related rows to bring along
    (``by__full_name``, ``action__record__reference``)."""

    of: QuerySet[Any]
    also: tuple[str, ...] = ()


def gathered(outer: QuerySet[Any], **wanted: Rows) -> dict[str, list[Any]]:
    """The wanted rows beside the one record of ``outer``: one query. A column nobody asked for loads itself when it is
    read, as with ``only``. Empty lists when the record is not to be seen."""
    arrays = {
        f"gathered_{name}": ArraySubquery(rows.of.values(json=JSONObject(**_columns(rows))))
        for name, rows in wanted.items()
    }
    found = outer.order_by().values(**arrays).first()
    if found is None:
        return {name: [] for name in wanted}
    return {
        name: [_rebuilt(rows.of.model, values) for values in found[f"gathered_{name}"]]
        for name, rows in wanted.items()
    }


def _columns(rows: Rows) -> dict[str, Any]:
    own = [field.attname for field in rows.of.model._meta.concrete_fields]
    return {path: F(path) for path in dict.fromkeys((*own, *_keys_on_the_way(rows), *rows.also))}


def _keys_on_the_way(rows: Rows) -> list[str]:
    """``action__record_id`` for ``action__record__reference``: each row on the way needs its own key."""
    found = []
    for path in rows.also:
        steps = path.split("__")
        found += ["__".join((*steps[:at], f"{steps[at]}_id")) for at in range(1, len(steps) - 1)]
    return found


def _rebuilt(model: type[Model], values: Mapping[str, Any]) -> Any:
    nested: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        step, beyond, rest = path.partition("__")
        if beyond:
            nested.setdefault(step, {})[rest] = value
    known = [field for field in model._meta.concrete_fields if field.attname in values]
    made = model.from_db(
        "default",
        [field.attname for field in known],
        [field.to_python(values[field.attname]) for field in known],
    )
    for step, beyond_it in nested.items():
        field: Any = model._meta.get_field(step)
        key = values[field.attname]
        setattr(made, step, None if key is None else _rebuilt(field.related_model, {"id": key, **beyond_it}))
    return made
