"""See, measure and decide: transfer learning and fine-tuning of image classifiers on your own computer."""

__version__ = "0.1.0"
