"""The catalogue of measures: what each figure is, as sealed data. Plain Python; also runs on a council's own machine.

Use ``load()`` for the definitions in force, ``version(code, number)`` for one of any time.
"""

from wholestory.indicators.catalogue.definition import Break, Breakdown, Definition, Label, Lag, Threshold
from wholestory.indicators.catalogue.reading import (
    Catalogue,
    CatalogueFault,
    breakdowns,
    from_fields,
    load,
)
from wholestory.indicators.catalogue.sealing import BadSeal, faults, from_json, seal, to_json, version

__all__ = [
    "BadSeal",
    "Break",
    "Breakdown",
    "Catalogue",
    "CatalogueFault",
    "Definition",
    "Label",
    "Lag",
    "Threshold",
    "breakdowns",
    "faults",
    "from_fields",
    "from_json",
    "load",
    "seal",
    "to_json",
    "version",
]
