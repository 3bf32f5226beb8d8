"""The plots of a report, as SVG inside its page."""
