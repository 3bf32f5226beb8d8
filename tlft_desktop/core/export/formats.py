"""The forms in which a trained network is handed to others; loads no torch, so that help answers at once."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """A form of a trained network."""

    BUNDLE = "bundle"
    """A folder with weights, configuration, model card and a program that uses them."""
    SAFETENSORS = "safetensors"
    """One file: the weights, with the configuration in its metadata."""
