--+ summary: The measures of documents that report, each with the goal and aim of its row and how far it has come.
--+ sources: [measure-rows, result-claims, report-claims]
--+ indexes: [[goal], [aim], [state]]
-- A state is a text, so it ends in the separator that tells texts from IRIs.
WITH reporting AS (
  SELECT DISTINCT town, document FROM "measure-rows" WHERE realisation IS NOT NULL
),
told AS (
  SELECT measure,
    MAX(result LIKE '%#done') AS done,
    MAX(result LIKE '%#step') AS step,
    MAX(result LIKE '%#notDone' OR result LIKE '%#notStarted') AS undone,
    MAX(result LIKE '%#inProgress' OR result LIKE '%#ongoing' OR result LIKE '%#partial') AS under
  FROM "result-claims"
  WHERE review LIKE '%#suggested' OR review LIKE '%#accepted'
  GROUP BY measure
),
-- A paragraph that speaks of a measure tells no status of it; one that may speak of it tells nothing.
spoken AS (
  SELECT DISTINCT target AS measure FROM "report-claims"
  WHERE (review LIKE '%#suggested' AND CAST(confidence AS REAL) >= 0.8) OR review LIKE '%#accepted'
)
SELECT listed.town, listed.measure, listed.label, listed.goal, listed.aim, listed.document, listed.start,
  CASE
    WHEN told.under OR (told.done AND told.undone) THEN 'underWay'
    WHEN told.done THEN 'done'
    WHEN told.undone THEN 'notDone'
    WHEN told.step THEN 'step'
    WHEN MAX(listed.realisation IS NOT NULL) OR spoken.measure IS NOT NULL THEN 'otherwise'
    ELSE 'notReported'
  END || char(31) AS state
FROM "measure-rows" AS listed
JOIN reporting USING (town, document)
LEFT JOIN told USING (measure)
LEFT JOIN spoken USING (measure)
GROUP BY listed.town, listed.measure, listed.goal, listed.aim, listed.document
