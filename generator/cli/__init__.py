"""The generator's commands, one file each."""
