"""Turns content/ into the province's portals and publishes those that the linter passes."""
