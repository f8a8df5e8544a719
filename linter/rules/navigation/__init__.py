"""Rules over the ways past what every page repeats."""
