"""The instruments as data, one file each, and the calendar their deadlines count by."""
