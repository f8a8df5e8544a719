"""Rules of WCAG and ACT that the DOM decides."""
