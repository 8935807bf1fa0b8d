--+ summary: Each decision once, with its date.
--+ sources: [decisions]
--+ indexes: [[date]]
SELECT town, decision, MAX(date) AS date FROM decisions GROUP BY town, decision
