--+ summary: Each strategy and plan once, with its class, the first day of its period and its first name by letters.
--+ sources: [plans]
SELECT town, plan, MIN(class) AS class, MIN(start) AS start, MIN(label) AS label FROM plans GROUP BY town, plan
