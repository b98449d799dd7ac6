"""Telling a panel of a death: Form A of 2015, and the notification form of the current set.

The open page asks the short form of this in the same keys. The list of professionals is the most useful part: it says
who is asked for a report.
"""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    ANSWERS,
    ONLY_WHAT_YOU_HOLD,
    Edition,
    account,
    any_of,
    day,
    number,
    one_of,
    own,
    pairs,
    text,
    yes,
    yes_no,
)
from wholestory.child_deaths.definitions.identity import baby, child, died, ethnicity, home
from wholestory.child_deaths.rules.code_lists import AGENCY_KINDS, PLACES_OF_DEATH, SEX
from wholestory.paperwork.definitions import AnyOf, Form, Page, Question, Repeat, Section, Text

_RELATIONS = (
    ("mother", "Mother"), ("father", "Father"), ("step_parent", "Step-parent"), ("grandparent", "Grandparent"),
    ("foster_carer", "Foster carer"), ("adoptive_parent", "Adoptive parent"), ("other", "Somebody else"),
)  # fmt: skip


def _people() -> tuple[Question, ...]:
    return (
        Repeat(
            "parents", "Parents, carers and others with parental responsibility",
            (
                Text("parent_name", "Name of this person", required=False, nothing=ANSWERS),
                one_of("parent_relation", "Relationship to the child", *_RELATIONS),
                day("parent_born_on", "Their date of birth"),
                yes_no("parent_responsibility", "Has parental responsibility"),
                text("parent_address", "Address, if it is another"),
            ),
            noun="person", nouns="people", required=False,
        ),
        text("carer_at_death", "Who was looking after the child when it happened"),
        Repeat(
            "children_of_household", "Other children of the household or family",
            (
                Text("sibling_name", "Name of this child", required=False, nothing=ANSWERS),
                day("sibling_born_on", "Date of birth of this child"),
                number("sibling_age", "Age, if the date is not known", "years", most=25),
                one_of("sibling_sex", "Sex of this child", *pairs(SEX)),
                text("sibling_school", "School or nursery of this child"),
            ),
            noun="child", nouns="children", required=False,
        ),
        account("significant_others", "Others who matter in the family", rows=3),
    )  # fmt: skip


def _professionals() -> tuple[Question, ...]:
    return (
        Repeat(
            "contacts", "Who cared for the child, in life and after the death",
            (
                one_of("contact_kind", "Kind of agency", *pairs(AGENCY_KINDS)),
                Text("contact_agency", "Agency they work for", required=False, nothing=ANSWERS),
                Text("contact_name", "Name of this contact", required=False, nothing=ANSWERS),
                text("contact_role", "What they do"),
                text("contact_reach", "Their telephone number or email"),
            ),
            noun="contact", required=False, at_most=60,
            hint="Whoever is on this list is asked what they know, so a long list is a good one.",
        ),
        account("professionals", "Others who knew the child", hint="One on each line", rows=4),
    )  # fmt: skip


def _risk() -> tuple[Question, ...]:
    return (
        any_of("told", "Who else has been told?", ("coroner", "The coroner or a coroner’s officer"),
               ("police", "The police"), ("gp", "The child’s GP"), ("social_care", "Children’s social care"),
               ("nobody", "Nobody that I know of")),
        text("told_words", "Names, numbers or references of those told"),
        yes_no("children_at_risk", "Might other children be at risk now?",
               hint="If so, telephone: do not wait for an answer to this form."),
        account("children_at_risk_words", "Which children may be at risk, and whom you have told",
                when=yes("children_at_risk"), rows=3),
    )  # fmt: skip


def _notifier() -> tuple[Question, ...]:
    return (
        own("notifier_name", "Your name", required=True),
        own("notifier_role", "What you do"),
        own("notifier_organisation", "Where you work, or how you know the child"),
        own("notifier_telephone", "Your telephone number"),
        own("notifier_email", "Your email address"),
    )


def _expected() -> Question:
    return one_of(
        "expected", "Was the death expected?", ("unexpected", "Unexpected"), ("expected", "Expected"),
        hint="Unexpected: nobody saw it as likely a day before, or an unforeseen collapse led to it.",
    )  # fmt: skip


def _story() -> tuple[Question, ...]:
    return (
        account("circumstances", "What happened, as far as you know",
                hint="A few lines are enough. Say what you saw, and what others told you."),
        text("suspected_cause", "What is thought to have caused it"),
    )  # fmt: skip


def form_a() -> Form:
    """The notification form of 2015."""
    edition = Edition.FORMS_2015
    return Form(
        "notification_2015", 1, "Notification of a child’s death (Form A)",
        (
            Page("child", "The child", (*child(edition), ethnicity(edition), *home(), *baby())),
            Page("family", "The family", _people()),
            Page(
                "death", "The death",
                (
                    *died(edition),
                    one_of("place_kind", "What kind of place that was", *pairs(PLACES_OF_DEATH)),
                    *_story(),
                    _expected(),
                    yes_no("expected_confirmed", "Has the designated doctor confirmed that?"),
                    text("senior_doctor", "Senior doctor present"),
                    text("consultant", "Consultant"),
                    yes_no("examination_needed", "Is a post-mortem needed?"),
                    yes_no("certificate_issued", "Has a certificate of cause of death been issued?"),
                    text("cause_ia", "Cause of death, I (a)", when=yes("certificate_issued")),
                    text("cause_ib", "Cause of death, I (b)", when=yes("certificate_issued")),
                    text("cause_ic", "Cause of death, I (c)", when=yes("certificate_issued")),
                    text("cause_ii", "Cause of death, II", when=yes("certificate_issued")),
                    account("other_reviews", "Other reviews, and what has been done so far", rows=4),
                    yes_no("follow_up_arranged", "Has a follow-up appointment for the family been arranged?"),
                    text("follow_up_with", "Follow-up appointment: with whom, and when",
                         when=yes("follow_up_arranged")),
                ),
            ),
            Page("professionals", "Who knew the child", (*_professionals(), *_risk())),
            Page("you", "You", (*_notifier(), day("referred_on", "Date of this notification"))),
        ),
        intro=ONLY_WHAT_YOU_HOLD,
    )  # fmt: skip


def current(edition: Edition, version: int) -> Form:
    """The notification form of an edition of the current set."""
    alert = (
        "A product, a medicine or a place that may harm other children. Covid-19 is no longer asked for here."
        if edition >= Edition.APRIL_2022
        else "A product, a medicine, a place or an illness that may harm other children."
    )
    return Form(
        "notification", version, "Child death notification form",
        (
            Page(
                "child", "The child",
                (
                    *child(edition), *home(), ethnicity(edition),
                    text("religion", "Religion"),
                    text("education", "School, nursery or college"),
                    number("gestation_weeks", "For a baby: completed weeks of pregnancy at birth", "weeks", most=45),
                    *baby(),
                ),
            ),
            Page("family", "The family", _people()),
            Page(
                "death", "The death",
                (
                    *died(edition),
                    one_of("place_kind", "What kind of place that was", *pairs(PLACES_OF_DEATH)),
                    *_story(), _expected(),
                ),
            ),
            Page(
                "decisions", "What has been decided",
                (
                    Section("The first hours", (
                        yes_no("response_opened", "Is there a joint agency response?"),
                        text("response_reason", "Why there is a response, or why not"),
                        yes_no("certificate_issued", "Will a doctor certify the cause of death?"),
                        yes_no("coroner_told", "Has the coroner been told?"),
                        yes_no("examination_needed", "Is there a post-mortem?"),
                        one_of("examination_kind", "Which kind of post-mortem", ("coroner", "For the coroner"),
                               ("hospital", "By the hospital, with consent"), when=yes("examination_needed")),
                        yes_no("safeguarding_concern", "Is there a safeguarding concern?"),
                        account("other_reviews", "Other investigations", rows=3),
                    )),
                    *_risk(),
                ),
            ),
            Page("professionals", "Who knew the child", _professionals()),
            Page(
                "you", "Alert, key worker, and you",
                (
                    yes_no("national_alert", "Could this death be a warning for the whole country?", hint=alert),
                    account("national_alert_words", "What the warning is about", when=AnyOf("national_alert",
                            ("yes", "not_known")),
                            rows=3),
                    text("key_worker", "Key worker for the family"),
                    text("medical_lead", "Medical lead"),
                    *_notifier(),
                ),
            ),
        ),
        intro=ONLY_WHAT_YOU_HOLD,
    )  # fmt: skip


NOTIFICATION_2015 = form_a()
NOTIFICATIONS = (
    current(Edition.APRIL_2019, 1), current(Edition.APRIL_2021, 2), current(Edition.APRIL_2022, 3)
)  # fmt: skip
