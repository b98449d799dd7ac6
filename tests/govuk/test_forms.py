"""Forms as a whole: what is asked only when opened, what is shown again, errors in order, sets and filters."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tests.govuk.test_fields import refused
from wholestory.govuk import forms
from wholestory.govuk.parts import ErrorSummary


class Asked(forms.Form):
    why = forms.RadiosField(
        label="Why?", choices=[("leave", "Leave"), ("other", "Other")], reveals={"other": "why_other"}
    )
    why_other = forms.TextField(label="Reason")
    ways = forms.ManyChoicesField(
        choices=[("post", "Post"), ("phone", "Phone")],
        reveals={"phone": "number", "post": "days"},
        required=False,
    )
    number = forms.PhoneField(label="Number")
    days = forms.ManyChoicesField(choices=[("mon", "Monday")], label="Days")


def test_what_was_not_opened_is_not_asked_and_its_answer_is_dropped() -> None:
    form = Asked(QueryDict("why=leave&why_other=left+over&number=x"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"why": "leave", "why_other": "", "ways": [], "number": "", "days": []}


def test_what_was_opened_is_required() -> None:
    form = Asked(QueryDict("why=other&ways=phone"))
    assert form.errors == {"why_other": ["Enter reason"], "number": ["Enter number"]}


def test_what_another_field_draws_is_not_drawn_twice() -> None:
    html = str(Asked())
    assert html.count('name="why_other"') == 1
    assert 'id="conditional-id_why-2"' in html


def test_what_was_typed_is_shown_again_and_cannot_break_out() -> None:
    class Typed(forms.Form):
        name = forms.TextField(label="<i>Name</i>", hint="<b>")
        text = forms.LongTextField()
        when = forms.DateField(label="Day")

    html = str(
        Typed(
            QueryDict("name=%22%3E%3Cscript%3E&text=%0A%3C/textarea%3E&when-day=x%22&when-month=2&when-year=")
        )
    )
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
    assert "&lt;i&gt;Name&lt;/i&gt;" in html
    assert "&lt;b&gt;" in html
    assert ">\n\n&lt;/textarea&gt;</textarea>" in html
    assert 'value="x&quot;"' in html


def test_passwords_and_files_never_come_back_and_a_lost_file_is_said() -> None:
    class Sent(forms.Form):
        password = forms.PasswordField()
        file = forms.FileField(label="Policy")
        name = forms.TextField(label="Name")

    files = MultiValueDict({"file": [SimpleUploadedFile("policy.pdf", b"x")]})
    html = str(Sent({"password": "hunter2 of the wold"}, files))
    assert "hunter2" not in html
    assert "Choose the file again" in html
    assert "Choose the file again" not in str(Sent())


def test_several_files_clean_to_a_list_and_one_empty_file_is_refused() -> None:
    one, empty = SimpleUploadedFile("a.pdf", b"x"), SimpleUploadedFile("b.pdf", b"")
    assert forms.FilesField(label="Files").clean([one]) == [one]
    assert forms.FilesField(required=False).clean([]) == []
    assert refused(forms.FilesField(), [one, empty]) == "The file you chose is empty"
    assert refused(forms.FilesField(), []) == "Choose a file"


def test_no_box_cuts_what_is_pasted_and_none_is_required_by_the_browser() -> None:
    class Limited(forms.Form):
        a = forms.TextField(max_length=5)
        b = django_forms.CharField(max_length=5)

    html = str(Limited())
    assert "maxlength" not in html
    assert " required" not in html


def test_errors_stand_in_the_order_of_the_page_and_lead_to_the_first_box() -> None:
    class Wrong(forms.Form):
        secret = django_forms.CharField(widget=django_forms.HiddenInput)
        when = forms.DateField(label="Day")
        kind = forms.RadiosField(label="Kind", choices=[("a", "A")])
        name = forms.TextField(label="Name")

        def clean(self) -> dict[str, Any]:
            self.add_error(None, "These do not go together")
            return super().clean()

    form = Wrong(QueryDict("when-day=1&when-month=&when-year=2016"), prefix="x")
    form = Wrong(QueryDict("x-when-day=1&x-when-month=&x-when-year=2016"), prefix="x")
    assert ErrorSummary((form,)).errors == [
        ("These do not go together", ""),
        ("Secret: This field is required.", ""),
        ("Day must include a month", "id_x-when-month"),
        ("Select kind", "id_x-kind"),
        ("Enter name", "id_x-name"),
    ]
    html = str(form)
    for _, link in ErrorSummary((form,)).errors:
        assert not link or f'id="{link}"' in html


def test_an_unsent_form_has_no_summary() -> None:
    assert str(ErrorSummary((Asked(), None, ""))) == ""


def test_formsets_are_summed_up_form_by_form() -> None:
    class Line(forms.Form):
        name = forms.TextField(label="Name")

    lines = django_forms.formset_factory(Line, extra=0, min_num=2, validate_min=True)
    sent = lines({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "", "form-1-name": ""})
    links = [link for _, link in ErrorSummary((sent,)).errors]
    assert links[-2:] == ["id_form-0-name", "id_form-1-name"]


class Narrow(forms.FilterForm):
    lookups = {"q": ("name__icontains", "reference"), "sector": "sector"}
    q = forms.TextField(label="Words")
    sector = forms.SelectField(label="Sector", choices=[("p", "Police")], prompt="All")
    since = forms.DateField(label="Since")


def test_a_filter_says_what_it_narrows_and_never_requires() -> None:
    form = Narrow(QueryDict("q=ash&sector=p&since-day=1&since-month=2&since-year=2016"))
    assert form.is_valid()
    assert form.chosen() == [
        ("q", "Words", "ash"),
        ("sector", "Sector", "Police"),
        ("since", "Since", "1 2 2016"),
    ]
    assert Narrow(QueryDict("")).is_valid()
    assert Narrow(QueryDict("")).chosen() == []
