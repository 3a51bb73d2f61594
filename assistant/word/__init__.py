"""Word documents in the layout of GB/T 9704, written part by part with real footnotes and native charts."""
