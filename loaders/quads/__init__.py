"""Tables to quads: one module per layer of the model."""
