"""The editions of guidance and their words.

The days are those on which guidance took effect nationally. 26 March 2015 and 15 April 2013 are general
knowledge; 29 June 2018, 29 September 2019 and 15 December 2023 were seen in public sources.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from wholestory.pathways.rules.editions import Axis, Edition, Reading
from wholestory.pathways.rules.terms import Evidence

TRANSITION_FROM = date(2018, 6, 29)
TRANSITION_ENDS = date(2019, 9, 29)
CDR_LATEST = date(2019, 9, 29)

_BOARD = {
    "body": "Board",
    "body_long": "Local Safeguarding Children Board",
    "head": "independent chair",
    "members": "Board partners",
    "practitioner": "professional",
    "review": "serious case review",
    "review_short": "SCR",
    "incident": "notifiable incident",
    "review_decided_by": "the independent chair",
    "national_body": "national panel of independent experts",
    "annual_account": "annual report",
    "information_power": "section 14B of the Children Act 2004",
    "death_response": "rapid response",
    "death_meeting": "final case discussion",
    "death_partners": "Local Safeguarding Children Board",
    "health_commissioner": "clinical commissioning group",
    "probation": "National Probation Service and community rehabilitation company",
    "online_safety": "e-safety",
    "assurance": "Quality and Effectiveness Group",
}
_TRANSITION = {**_BOARD, "national_body": "Child Safeguarding Practice Review Panel"}
_PARTNERSHIP = {
    **_BOARD,
    "body": "Partnership",
    "body_long": "Safeguarding Children Partnership",
    "head": "independent scrutineer",
    "members": "safeguarding partners and relevant agencies",
    "practitioner": "practitioner",
    "review": "local child safeguarding practice review",
    "review_short": "LCSPR",
    "incident": "serious incident",
    "review_decided_by": "the safeguarding partners",
    "national_body": "Child Safeguarding Practice Review Panel",
    "annual_account": "yearly report",
    "information_power": "section 16H of the Children Act 2004",
    "death_response": "Joint Agency Response",
    "death_meeting": "child death review meeting",
    "death_partners": "child death review partners",
    "online_safety": "online safety",
    "assurance": "quality assurance group",
}
_DELEGATED = {
    **_PARTNERSHIP,
    "members": "lead and delegated safeguarding partners and relevant agencies",
    "review_decided_by": "the delegated safeguarding partners",
    "health_commissioner": "integrated care board",
    "probation": "Probation Service",
}

_SECTION_11_2015 = (
    "Local authority",
    "District council",
    "NHS Commissioning Board (NHS England)",
    "Clinical commissioning group",
    "NHS trust or foundation trust",
    "Police and crime commissioner; in London the Mayor's Office for Policing and Crime",
    "Chief officer of police",
    "British Transport Police",
    "National Probation Service",
    "Community rehabilitation company",
    "Governor or director of a prison, young offender institution or secure training centre",
    "Youth offending team",
)
_SECTION_11_2018 = (
    *(name for name in _SECTION_11_2015 if name != "NHS Commissioning Board (NHS England)"),
    "NHS England",
    "General practices and independent-sector health providers",
)
_SECTION_11_2023 = (
    "Local authority",
    "District council",
    "NHS England",
    "Integrated care board",
    "NHS trust or foundation trust",
    "General practices and independent-sector health providers",
    "Police and crime commissioner; in London the Mayor's Office for Policing and Crime",
    "Chief officer of police",
    "British Transport Police",
    "Probation Service",
    "Governor or director of a prison, young offender institution or secure training centre",
    "Youth offending team",
)

EDITIONS: tuple[Edition, ...] = (
    Edition(
        key="WT2013",
        title="Working Together to Safeguard Children 2013",
        axis=Axis.WORKING_TOGETHER,
        from_on=date(2013, 4, 15),
        from_evidence=Evidence.KNOWN,
        reading=Reading.HISTORY,
        about="Held so that old reviews can be read as they were. Few of its limits were found.",
        review_decided_by="the chair of the Board",
        incident_told_to=("Ofsted", "national panel of independent experts (from June 2013)"),
        section_11=(),
        words=MappingProxyType(_BOARD),
    ),
    Edition(
        key="WT2015",
        title="Working Together to Safeguard Children, March 2015",
        axis=Axis.WORKING_TOGETHER,
        from_on=date(2015, 3, 26),
        from_evidence=Evidence.KNOWN,
        reading=Reading.PARTLY,
        about="The Board with its independent chair; serious case reviews under chapter 4.",
        review_decided_by="the chair of the Board",
        incident_told_to=("Ofsted", "Department for Education", "national panel of independent experts"),
        section_11=_SECTION_11_2015,
        words=MappingProxyType(_BOARD),
    ),
    Edition(
        key="TRANS",
        title="Transition: Working Together 2018 with the transitional guidance",
        axis=Axis.WORKING_TOGETHER,
        from_on=TRANSITION_FROM,
        from_evidence=Evidence.SEEN,
        reading=Reading.PARTLY,
        about="From 29 June 2018 until an area's new arrangements began, by 29 September 2019 at the latest. "
        "The Board still decides on serious case reviews; the new national Panel is told.",
        review_decided_by="the chair of the Board",
        incident_told_to=("Child Safeguarding Practice Review Panel",),
        section_11=_SECTION_11_2015,
        words=MappingProxyType(_TRANSITION),
    ),
    Edition(
        key="WT2018",
        title="Working Together to Safeguard Children 2018",
        axis=Axis.WORKING_TOGETHER,
        from_on=TRANSITION_ENDS,
        from_evidence=Evidence.SEEN,
        reading=Reading.PARTLY,
        about="Three safeguarding partners; a rapid review for every notified incident.",
        review_decided_by="the three safeguarding partners",
        incident_told_to=(
            "Child Safeguarding Practice Review Panel",
            "Department for Education",
            "Ofsted",
            "the safeguarding partners",
        ),
        section_11=_SECTION_11_2018,
        words=MappingProxyType(_PARTNERSHIP),
    ),
    Edition(
        key="WT2023",
        title="Working Together to Safeguard Children, December 2023",
        axis=Axis.WORKING_TOGETHER,
        from_on=date(2023, 12, 15),
        from_evidence=Evidence.SEEN,
        reading=Reading.PARTLY,
        about="Lead and delegated safeguarding partners; deaths of care leavers are notified too.",
        review_decided_by="the delegated safeguarding partners for the lead partners",
        incident_told_to=(
            "Child Safeguarding Practice Review Panel",
            "Department for Education",
            "Ofsted",
            "the safeguarding partners",
        ),
        section_11=_SECTION_11_2023,
        words=MappingProxyType(_DELEGATED),
    ),
    Edition(
        key="WT2026",
        title="Working Together to Safeguard Children 2026",
        axis=Axis.WORKING_TOGETHER,
        from_on=None,
        from_evidence=Evidence.SEEN,
        reading=Reading.UNREAD,
        about="It was seen cited; its text was not. No clock, list or date is claimed under it, and no record "
        "is put under it by date. The words are carried over from 2023 until it is read.",
        review_decided_by="not read",
        incident_told_to=(),
        section_11=(),
        words=MappingProxyType(_DELEGATED),
    ),
    Edition(
        key="CDR2018",
        title="Child death review statutory and operational guidance, October 2018",
        axis=Axis.CHILD_DEATH_REVIEW,
        from_on=None,
        from_evidence=Evidence.SEEN,
        reading=Reading.PARTLY,
        about="Child death review partners instead of the Board's panel, from each area's own day, by "
        "29 September 2019 at the latest. It runs beside the editions of Working Together.",
        review_decided_by="not applicable",
        incident_told_to=(),
        section_11=(),
        words=MappingProxyType(_PARTNERSHIP),
    ),
)
