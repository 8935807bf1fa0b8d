"""Rules, reasoners and proofs."""
