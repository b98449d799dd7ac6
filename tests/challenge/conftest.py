"""The people of the performance report, who put challenges and answer them."""

from __future__ import annotations

from tests.indicators.conftest import figures

__all__ = ["figures"]
