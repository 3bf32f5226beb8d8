"""Which layers train: plans from presets and ticks, applying them to a network, and the proof that they held."""
