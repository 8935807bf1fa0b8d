"""How well documents of other towns are read: invented documents with gold rows, and what hytegraph makes of them."""
