"""What a language model is told: package data, see README.md."""
