"""The sample reports: package data, see README.md."""
