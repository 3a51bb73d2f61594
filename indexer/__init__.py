"""From a file to reports, passages and figures, kept as records and found by a search index."""
