"""Rules over what our own probes measured in a browser."""
