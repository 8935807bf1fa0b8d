# hytegraph from R, with nothing but base R: the endpoint answers a query as CSV.
endpoint <- Sys.getenv("HYTEGRAPH_ENDPOINT", "http://127.0.0.1:8000/sparql")

ask <- function(query) {
  address <- paste0(endpoint, "?format=csv&query=", utils::URLencode(query, reserved = TRUE))
  utils::read.csv(address, encoding = "UTF-8")
}

parties <- ask('
PREFIX hyte: <https://w3id.org/hytegraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?party (COUNT(DISTINCT ?measure) AS ?measures) WHERE {
  ?measure a hyte:Measure ; hyte:responsibleAgent ?agent .
  ?agent rdfs:label ?party .
} GROUP BY ?agent ?party ORDER BY DESC(?measures)')

print(head(parties, 10))
barplot(head(parties$measures, 10), names.arg = head(parties$party, 10), horiz = TRUE, las = 1)
