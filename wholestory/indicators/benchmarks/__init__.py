"""Published figures to compare with: which tables are known, how a file of one is read, how areas are compared.

Plain Python. What is read is kept by ``indicators.operations.benchmarks``, each release beside the ones before it.
"""

from wholestory.indicators.benchmarks.comparing import best_quarter, neighbour_mean, place
from wholestory.indicators.benchmarks.figures import (
    ENGLAND,
    Fault,
    NeighbourSet,
    Published,
    PublishedFigure,
    Reading,
)
from wholestory.indicators.benchmarks.reading import read, recognise
from wholestory.indicators.benchmarks.tables import Table, published, tables

__all__ = [
    "ENGLAND",
    "Fault",
    "NeighbourSet",
    "Published",
    "PublishedFigure",
    "Reading",
    "Table",
    "best_quarter",
    "neighbour_mean",
    "place",
    "published",
    "read",
    "recognise",
    "tables",
]
