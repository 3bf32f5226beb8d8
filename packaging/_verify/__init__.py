"""What `verify.py` does: an artefact is installed on a bare system, used as a person would, upgraded and removed."""
