"""Rules over sound and film, as a browser plays them."""
