"""What a person touches: the command `youju`, the web page, and what both show of an answer."""
