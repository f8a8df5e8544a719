"""Judges any web site, a build or a live one, by accessibility and by law; knows no builder."""
