"""Files people send. What a file really is gets checked where it is stored, not here."""

from __future__ import annotations

from typing import Any

from django import forms

from wholestory.govuk.forms.look import Looking


class FileField(Looking, forms.FileField):
    """One file. `accept` narrows what the browser offers (".pdf,.docx"); it is a courtesy, not a check."""

    verb = "Choose"
    widget = forms.FileInput
    default_error_messages = {
        "missing": "Choose a file",
        "empty": "The file you chose is empty",
        "invalid": "Choose a file",
    }

    def __init__(self, *args: Any, accept: str = "", **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        if accept:
            self.widget.attrs["accept"] = accept

    def _missing(self, label: str) -> str:
        return "Choose a file"


class SeveralFiles(forms.FileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class FilesField(FileField):
    """Several files; cleans to a list, empty when none was chosen. Each one is checked as `FileField` checks one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The list of files. Raises ValidationError for the first that does not hold."""
        chosen = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not chosen:
            super().clean(None, initial)
            return []
        return [super(FilesField, self).clean(one, initial) for one in chosen]
