"""Where pages come from; each file makes a Snapshot."""
