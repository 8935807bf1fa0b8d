"""How true the suggested links are: against the labels of two readers of this project."""
