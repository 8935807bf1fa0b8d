--+ summary: How many elements of a town are claimed to serve each Sustainable Development Goal, by review.
--+ sources: [sdg-claims]
SELECT town, goal, review, COUNT(DISTINCT element) AS n FROM "sdg-claims" GROUP BY town, goal, review
