"""Faces of dates, numbers, names, files and repeating groups."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms as django_forms

from wholestory.paperwork.faces.base import (
    Face,
    KeptBoxes,
    KeptDate,
    KeptFiles,
    KeptSelect,
    KeptText,
    Named,
    Posted,
)
from wholestory.paperwork.given import Given, Json
from wholestory.paperwork.questions.naming import PersonQ

_PARTS = ("day", "month", "year")


class DateFace(Face):
    """Three boxes, with "this date is approximate" where that is an answer."""

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        said = self.said()
        if not said["hint"]:
            said["hint"] = {
                "day": "For example, 27 3 2016",
                "month": "For example, 27 3 2016. Leave out the day if you only know the month.",
                "year": "For example, 27 3 2016. Leave out the day, or the day and month, if you do not know them.",
            }[self.question.coarsest]
        return {
            self.name: KeptDate(**said, may_be_unknown=False, may_be_approximate=self.question.approximate)
        }

    def main_posted(self, typed: Json) -> dict[str, list[str]]:
        held = typed if isinstance(typed, dict) else {}
        out = {f"{self.name}-{part}": [str(held.get(part) or "")] for part in _PARTS}
        if held.get("about"):
            out[f"{self.name}-approximate"] = ["on"]
        return out

    def read_main(self, posted: Posted, before: Given) -> Json:
        typed: dict[str, Json] = {
            part: str(posted.get(f"{self.name}-{part}") or "").strip() for part in _PARTS
        }
        if not any(typed.values()):
            return None
        return {**typed, "about": "1" if f"{self.name}-approximate" in posted else ""}


class NumberFace(Face):
    """A box with its unit."""

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        unit = self.question.unit
        around = {"prefix": unit} if unit == "£" else {"suffix": unit}
        mode = "numeric" if self.question.whole else "decimal"
        return {self.name: KeptText(**self.said(), **around, width=5, inputmode=mode, spellcheck=False)}


class NamedFace(Face):
    """A list of people or agencies, and perhaps a box for a name that is not in it."""

    def _on_offer(self) -> Named:
        source = self.offers.people if isinstance(self.question, PersonQ) else self.offers.agencies
        return source(self.question)

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        choices = list(self._on_offer())
        held = given.value if isinstance(given.value, dict) else {}
        if held.get("id") and held["id"] not in [value for value, _name in choices]:
            choices.append((str(held["id"]), str(held["name"])))
        fields: dict[str, django_forms.Field] = {self.name: KeptSelect(**self.said(), choices=choices)}
        if self.question.or_typed:
            label = "Or write the name, if it is not in the list"
            fields[f"{self.name}-typed"] = KeptText(label=label, required=False, width=30, label_size="")
        return fields

    def main_posted(self, typed: Json) -> dict[str, list[str]]:
        held = typed if isinstance(typed, dict) else {}
        if held.get("id"):
            return {self.name: [str(held["id"])]}
        return {self.name: [], f"{self.name}-typed": [str(held.get("name") or "")]}

    def read_main(self, posted: Posted, before: Given) -> Json:
        chosen, typed = str(posted.get(self.name) or ""), str(posted.get(f"{self.name}-typed") or "")
        if not chosen:
            return {"id": "", "name": typed} if typed.strip() else None
        held = before.value if isinstance(before.value, dict) else {}
        names = {str(held.get("id")): str(held.get("name")), **dict(self._on_offer())}
        # The name is looked up here, never taken from the browser: an id nobody offered has none, and is refused.
        return {"id": chosen, "name": names.get(chosen, "")}


class FileFace(Face):
    """The files that are there, each with a box to take it away, and a place to add more. The files that are sent are
    kept by ``views.files`` first; what is read here are the ones that stay."""

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        said = self.said()
        ends = ", ".join(end.upper() for end in self.question.accepts)
        if ends:
            said["hint"] = f"{said['hint']} " * bool(said["hint"]) + f"You can add {ends}."
        accept = ",".join(f".{end}" for end in self.question.accepts)
        fields: dict[str, django_forms.Field] = {}
        kept = self.kept(given)
        if kept:
            boxes = [(card["ref"], f"Take away {card['name']}") for card in kept]
            fields[f"{self.name}-away"] = KeptBoxes(
                label=f"Files kept: {self.question.label}", choices=boxes, small=True, required=False
            )
        if len(kept) < self.question.at_most:
            fields[self.name] = KeptFiles(**said, accept=accept)
        return fields

    def main_posted(self, typed: Json) -> dict[str, list[str]]:
        return {}

    def read_main(self, posted: Posted, before: Given) -> Json:
        away = set(posted.getlist(f"{self.name}-away"))
        left: list[Json] = [dict(card) for card in self.kept(before) if card["ref"] not in away]
        return left or None

    def kept(self, given: Given) -> list[dict[str, str]]:
        """The files that are there: reference and name."""
        cards = given.value if isinstance(given.value, list) else []
        return [
            {"ref": str(card["ref"]), "name": str(card["name"])} for card in cards if isinstance(card, dict)
        ]


class RepeatFace(Face):
    """A group has no field of its own: its items are drawn by the page, and added and taken away by buttons. Only a
    kind of nothing ("we were not visited") is said here."""

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        return {}

    def main_posted(self, typed: Json) -> dict[str, list[str]]:
        return {}

    def read_main(self, posted: Posted, before: Given) -> Json:
        return before.value

    def error_field(self, message: str = "") -> str:
        return f"{self.name}-nothing"
