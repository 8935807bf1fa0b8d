--+ summary: How many things of a town are claimed to be about each theme or for each target group, by review.
--+ sources: [theme-claims]
SELECT town, concept, review, COUNT(DISTINCT node) AS n FROM "theme-claims" GROUP BY town, concept, review
