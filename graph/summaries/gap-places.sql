--+ summary: Where the things with a gap stand, a row for each document; `first` is 1 in one row of each thing.
--+ sources: [gaps]
--+ indexes: [[gap, first], [gap, document]]
WITH places AS (
  SELECT town, gap, thing, detail, document, MIN(lineStart) AS start, MAX(lineEnd) AS "end"
  FROM gaps
  GROUP BY town, gap, thing, detail, document
)
SELECT
  town, gap, document, start, "end", thing, detail,
  (
    ROW_NUMBER() OVER (PARTITION BY town, gap, thing, detail ORDER BY document NULLS LAST, start) = 1
  ) AS first
FROM places
