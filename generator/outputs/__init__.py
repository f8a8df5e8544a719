"""Files made from the registry and the documents beside the pages; one file an output."""
