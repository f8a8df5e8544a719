"""The rules, one file each in a folder a family; the catalogue finds them by walking."""
