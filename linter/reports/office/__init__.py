"""Writes what the history tells as papers: reports in the form of administrative documents."""
