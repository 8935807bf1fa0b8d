--+ summary: How many measures, figures, indicators, proposed changes, parties and measures without one a town has.
--+ sources: [amendment-lines, figure-cells, figures, indicator-rows, indicator-values, measure-rows, parties, without-party]
-- The name of a count is a text, so it ends in the separator that tells texts from IRIs.
WITH listed AS (
  SELECT town, indicator, "row",
    CASE
      WHEN indicator IN (SELECT indicator FROM "indicator-values") THEN 'indicators-value'
      WHEN MAX(realisation GLOB '*[0-9]*') THEN 'indicators-digits'
      ELSE 'indicators-none'
    END AS what
  FROM "indicator-rows"
  GROUP BY town, indicator, "row"
)
SELECT town, 'figures' || char(31) AS what, COUNT(DISTINCT figure) AS n FROM figures GROUP BY town
UNION ALL SELECT town, 'figure-cells' || char(31), COUNT(DISTINCT observation) FROM "figure-cells" GROUP BY town
UNION ALL
SELECT town, 'figures-ambiguous' || char(31), COUNT(DISTINCT figure) FROM figures
WHERE certainty LIKE '%#ambiguous' GROUP BY town
UNION ALL SELECT town, 'indicators' || char(31), COUNT(*) FROM listed GROUP BY town
UNION ALL SELECT town, what || char(31), COUNT(*) FROM listed GROUP BY town, what
UNION ALL SELECT town, 'proposals' || char(31), COUNT(DISTINCT proposal) FROM "amendment-lines" GROUP BY town
UNION ALL SELECT town, 'amendments' || char(31), COUNT(DISTINCT line) FROM "amendment-lines" GROUP BY town
UNION ALL SELECT town, 'parties' || char(31), COUNT(DISTINCT party) FROM parties GROUP BY town
UNION ALL SELECT town, 'unassigned' || char(31), COUNT(DISTINCT measure) FROM "without-party" GROUP BY town
UNION ALL SELECT town, 'measures' || char(31), COUNT(DISTINCT measure) FROM "measure-rows" GROUP BY town
