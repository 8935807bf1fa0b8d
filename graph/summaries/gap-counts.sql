--+ summary: How many things of a town have each kind of gap.
--+ sources: [gaps]
SELECT town, gap, COUNT(*) AS n FROM (SELECT DISTINCT town, gap, thing, detail FROM gaps) GROUP BY town, gap
