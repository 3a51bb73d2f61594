"""Drafts: from comparisons, answers and plans to the blocks of a document, each number with its source."""
