"""Figures: finding every number of a report with its unit, and reading what it counts."""

from __future__ import annotations

from indexer.figures.extract import Grammar, extract_figures
from indexer.figures.quantities import Quantity, read_quantities
from indexer.figures.units import UnitTable

__all__ = ["Grammar", "Quantity", "UnitTable", "extract_figures", "read_quantities"]
