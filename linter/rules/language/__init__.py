"""Rules over the language that a text is written in and the one that it is marked as."""
