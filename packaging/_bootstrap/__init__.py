"""The parts of bootstrap.py: interpreter, environment, packages, system libraries, and the words that use them."""
