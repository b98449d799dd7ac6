"""The round of self-audits that front pages speak of."""

from tests.assurance.conftest import cycle_round, signed_school
from tests.documents.conftest import own_shelf

__all__ = ["cycle_round", "own_shelf", "signed_school"]
