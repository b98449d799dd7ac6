"""Django forms that draw themselves as design-system components.

A page writes `{{ form.name.as_field_group }}` and `{% error_summary form %}`; Django's own fields work too.
"""

from wholestory.govuk.forms.base import FilterForm, Form
from wholestory.govuk.forms.choices import (
    ConfirmField,
    ManyChoicesField,
    RadiosField,
    SelectField,
    YesNoField,
    offer,
)
from wholestory.govuk.forms.dates import DateField, PartialDateField
from wholestory.govuk.forms.files import FileField, FilesField
from wholestory.govuk.forms.look import Look
from wholestory.govuk.forms.renderer import Renderer
from wholestory.govuk.forms.text import (
    CodeField,
    DecimalField,
    EmailField,
    LongTextField,
    NumberField,
    PasswordField,
    PhoneField,
    TextField,
)

__all__ = [
    "CodeField",
    "ConfirmField",
    "DateField",
    "DecimalField",
    "EmailField",
    "FileField",
    "FilesField",
    "FilterForm",
    "Form",
    "LongTextField",
    "Look",
    "ManyChoicesField",
    "NumberField",
    "PartialDateField",
    "PasswordField",
    "PhoneField",
    "RadiosField",
    "Renderer",
    "SelectField",
    "TextField",
    "YesNoField",
    "offer",
]
