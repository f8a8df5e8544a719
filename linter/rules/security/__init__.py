"""Rules on whether a site was broken into, and on what should not be public."""
