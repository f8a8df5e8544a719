"""What a site says of itself, read from its pages; one file a kind of fact."""
