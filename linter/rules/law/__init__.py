"""Rules that run only where an instrument asks for them, with its parameters."""
