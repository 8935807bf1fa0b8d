--+ summary: How many things with each kind of gap stand in each document.
--+ sources: [gaps]
SELECT town, gap, document, COUNT(*) AS n
FROM (SELECT DISTINCT town, gap, document, thing, detail FROM gaps WHERE document IS NOT NULL)
GROUP BY town, gap, document
