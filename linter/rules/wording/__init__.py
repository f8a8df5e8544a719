"""Rules over words: whether a title, label, link or message says what it stands for."""
