"""Shows pages to a real Chromium and leaves the evidence on them."""
