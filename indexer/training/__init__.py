"""How the bundled embedding model is made: text pairs, tokenizer, measurement. Needed by developers only."""
