--+ summary: How many documents a town has of each kind (the IRI of its code) and year.
--+ sources: [documents]
SELECT town, code, year, COUNT(DISTINCT document) AS n FROM documents GROUP BY town, code, year
