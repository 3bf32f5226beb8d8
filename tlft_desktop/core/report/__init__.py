"""The report about the runs of a project: one HTML file that needs nothing beside it."""
