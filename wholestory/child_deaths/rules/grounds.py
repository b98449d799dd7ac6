"""Why a rule says what it says: its sentence, and how well anybody knows that it is so.

Every answer of these rules carries its ground. What was not read in a public source is never shown as a duty or as
statutory: ``may_be_cited`` is the one question a page asks before it says where a rule comes from.
"""

from __future__ import annotations

from dataclasses import dataclass

from wholestory.pathways.rules.terms import Evidence, Status

#: The public sources of the domain notes, under the numbers the notes give them.
SOURCES = {
    "S1": "the Peterborough Safeguarding Children Board’s page on child deaths",
    "S2": "the Cambridgeshire and Peterborough child death overview panel protocol",
    "S5": "the Cambridgeshire and Peterborough panel’s annual reports",
    "S6": "the Royal College of Anaesthetists’ page of key references",
    "S7": "Nottinghamshire’s child death review procedures",
    "S8": "Shropshire’s page on child deaths",
    "S9": "Working Together 2018, chapter 5",
    "S10": "St Helens’ page on child death overview",
    "S11": "Leeds’ child death review arrangements",
    "S12": "Buckinghamshire’s rapid response procedure",
    "S13": "Bracknell Forest’s unexpected child death process",
    "S14": "an audit of the panel covering East Berkshire",
    "S15": "North Yorkshire and York’s child death review process",
    "S16": "the Scottish Government’s summary of Working Together 2013",
    "S17": "Buckinghamshire’s overview panel procedure",
    "S18": "Norfolk’s page on managing child deaths",
    "S19": "the arrangements of Cornwall, Devon, and City and Hackney",
    "S20": "the Child Safeguarding Practice Review Panel’s questions and answers",
    "S21": "several areas’ serious incident procedures",
    "S22": "the child death review forms on GOV.UK",
    "S23": "the transitional arrangements on GOV.UK",
    "S24": "the National Child Mortality Database’s guidance on notification",
    "S25": "the national database’s note on form changes, April 2021",
    "S26": "the national database’s note on form updates, 2022",
    "S27": "the national database’s note on the 2020 to 2021 return",
    "S28": "the national database’s clarifications on category of death",
    "S30": "NHS England’s page on perinatal event notification",
    "S31": "the MBRRACE-UK technical manual",
    "S32": "the national database’s privacy notice",
    "S33": "the national database’s note on themed panels",
    "S34": "the parents’ child death review toolkit",
    "S35": "the national database’s data release of 2024",
    "S44": "the national figures for 2010 to 2012 on GOV.UK",
    "S45": "published copies of Form B",
    "S46": "a published copy of Form C",
    "S47": "Waltham Forest’s initial notification form",
    "S48": "one area’s child death notification dataset",
    "S49": "the Scottish steering group’s annexes",
    "S50": "Staffordshire’s definitions",
    "S52": "a study of a panel against a birth cohort, 2017",
    "S53": "a study of how panels classify deaths, 2011",
    "S57": "Lewisham and Greenwich’s, and Cumbria’s, child death review teams",
    "S58": "NHS England’s update from the National Medical Examiner, June 2024",
    "S60": "Norfolk’s guidance on sudden unexpected deaths",
    "S61": "Solihull’s page on notifications",
    "S62": "Portsmouth’s page on notifications",
    "S63": "North of Tyne’s out-of-hours rapid response",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One sentence a decision rests on. ``key`` is kept with the decision; ``words`` are for people."""

    key: str
    words: str
    evidence: Evidence
    sources: tuple[str, ...] = ()

    @property
    def may_be_cited(self) -> bool:
        """Whether it may be shown as coming from somewhere. False: it is a working rule nobody has checked."""
        return self.evidence is Evidence.SEEN

    @property
    def status(self) -> Status:
        """What may be said about it on screen."""
        if self.evidence is Evidence.SEEN:
            return Status.FOUND
        return Status.LOCAL if self.evidence is Evidence.DESIGN else Status.UNCHECKED

    @property
    def standing(self) -> str:
        """``Not checked against the guidance``, or where it was found."""
        if not self.may_be_cited or not self.sources:
            return self.status.label
        return f"{self.status.label}: {'; '.join(SOURCES[each] for each in self.sources)}"


def seen(key: str, words: str, *sources: str) -> Ground:
    """A rule read in public sources."""
    return Ground(key, words, Evidence.SEEN, sources)


def recalled(key: str, words: str) -> Ground:
    """A rule recalled from the guidance, not read again."""
    return Ground(key, words, Evidence.RECALLED)


def faint(key: str, words: str) -> Ground:
    """A rule recalled with little confidence."""
    return Ground(key, words, Evidence.FAINT)


def known(key: str, words: str) -> Ground:
    """General knowledge of the law or of practice."""
    return Ground(key, words, Evidence.KNOWN)


def ours(key: str, words: str) -> Ground:
    """A rule of our own, for a board to change."""
    return Ground(key, words, Evidence.DESIGN)
