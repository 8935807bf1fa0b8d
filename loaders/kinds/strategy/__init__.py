"""The parts of the reader of strategy tables: pages, goals, columns, parties, sectors."""
