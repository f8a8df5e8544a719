"""Rules over ARIA: what may be said of an element to assistive technology."""
