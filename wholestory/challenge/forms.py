"""Questions the question pages ask."""

from wholestory.govuk import forms


class AskForm(forms.Form):
    words = forms.LongTextField(
        label="What would you like to ask?",
        hint="In your own words. Do not name a child.",
        missing="Write your question",
        rows=5,
        max_length=4000,
    )


class AnswerForm(forms.Form):
    words = forms.LongTextField(label="Your answer", missing="Write an answer", rows=6, max_length=4000)
