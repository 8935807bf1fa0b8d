--+ summary: How many claims of continuity a town has, by kind and review.
--+ sources: [continuity-claims]
SELECT town, kind, review, COUNT(DISTINCT claim) AS n FROM "continuity-claims" GROUP BY town, kind, review
