"""The people of the performance report, and a way to put figures in force."""

from __future__ import annotations

from tests.indicators.conftest import figures

__all__ = ["figures"]
