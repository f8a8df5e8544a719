"""Tells a Report; one pure function a format."""
