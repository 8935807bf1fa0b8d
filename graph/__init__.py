"""The model and the store: IRIs, dataset, queries, validation, export; knows no document format and no HTTP."""
