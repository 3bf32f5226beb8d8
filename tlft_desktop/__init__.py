"""See, measure and decide: transfer learning and fine-tuning of image classifiers on your own computer."""

__version__ = "0.1.0"

APP_ID = "org.tlft.Desktop"
"""The name by which systems know the program: of its menu entry, its icon and its windows."""
