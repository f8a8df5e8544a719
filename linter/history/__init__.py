"""Remembers what runs said: an append-only database, and what can be read off it."""
