"""The descriptions of the dataset and the service."""
