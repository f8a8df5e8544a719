"""How authors write: what is a list, a text or a document is one for everybody."""
