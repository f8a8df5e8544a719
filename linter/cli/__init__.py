"""The linter's commands, one file each."""
