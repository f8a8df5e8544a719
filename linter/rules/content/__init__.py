"""Rules of good and safe content."""
