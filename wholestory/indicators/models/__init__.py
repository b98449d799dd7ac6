"""What agencies are asked for, what they sent, and what it is compared with."""

from wholestory.indicators.models.asking import Asked, Collection
from wholestory.indicators.models.benchmarks import Benchmark, Neighbours, Release
from wholestory.indicators.models.children import (
    MOST_DAYS,
    ChildFiles,
    ChildSource,
    ErasedBecause,
    FileRole,
    LawfulBasis,
    LoadState,
    SealedFile,
)
from wholestory.indicators.models.decisions import Rebase, Target
from wholestory.indicators.models.measures import OwnMeasure
from wholestory.indicators.models.returns import AgencyReturn, Commentary, ReturnStage, ReturnStep
from wholestory.indicators.models.values import (
    Mark,
    Nothing,
    Problem,
    Source,
    Submission,
    SubmissionState,
    Value,
)

__all__ = [
    "MOST_DAYS",
    "AgencyReturn",
    "Asked",
    "Benchmark",
    "ChildFiles",
    "ChildSource",
    "Collection",
    "Commentary",
    "ErasedBecause",
    "FileRole",
    "LawfulBasis",
    "LoadState",
    "Mark",
    "Neighbours",
    "Nothing",
    "OwnMeasure",
    "Problem",
    "Rebase",
    "Release",
    "ReturnStage",
    "ReturnStep",
    "SealedFile",
    "Source",
    "Submission",
    "SubmissionState",
    "Target",
    "Value",
]
