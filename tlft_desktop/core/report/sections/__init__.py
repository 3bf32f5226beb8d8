"""The parts of a report, each made of the facts alone."""
