"""Every blueprint of the application, in the order in which their addresses are tried."""

from hytegraph.server.catalogue.routes import blueprint as catalogue
from hytegraph.server.catalogue.sitemap import blueprint as catalogue_sitemap
from hytegraph.server.catalogue.wellknown import blueprint as catalogue_wellknown
from hytegraph.server.openapi import blueprint as openapi
from hytegraph.server.pages.about.downloads import blueprint as about_downloads
from hytegraph.server.pages.about.glossary import blueprint as about_glossary
from hytegraph.server.pages.about.problem_pages import blueprint as about_problem_pages
from hytegraph.server.pages.about.routes import blueprint as about
from hytegraph.server.pages.compare.routes import blueprint as compare
from hytegraph.server.pages.decisions.routes import blueprint as decisions
from hytegraph.server.pages.editor.endpoint import blueprint as endpoint
from hytegraph.server.pages.editor.routes import blueprint as editor
from hytegraph.server.pages.figures.amendments import blueprint as figures_amendments
from hytegraph.server.pages.figures.figure import blueprint as figures_figure
from hytegraph.server.pages.figures.indicators import blueprint as figures_indicators
from hytegraph.server.pages.figures.routes import blueprint as figures
from hytegraph.server.pages.figures.table import blueprint as figures_table
from hytegraph.server.pages.follow_up.calendar import blueprint as calendar
from hytegraph.server.pages.follow_up.measures import blueprint as follow_up_measures
from hytegraph.server.pages.follow_up.routes import blueprint as follow_up
from hytegraph.server.pages.gaps.routes import blueprint as gaps
from hytegraph.server.pages.home.routes import blueprint as home
from hytegraph.server.pages.home.towns import blueprint as home_towns
from hytegraph.server.pages.periods.routes import blueprint as periods
from hytegraph.server.pages.plans.routes import blueprint as plans
from hytegraph.server.pages.plans.tree import blueprint as plans_tree
from hytegraph.server.pages.quality.routes import blueprint as quality
from hytegraph.server.pages.queries.questions import blueprint as queries_questions
from hytegraph.server.pages.queries.routes import blueprint as queries
from hytegraph.server.pages.releases.following import blueprint as releases_following
from hytegraph.server.pages.releases.routes import blueprint as releases
from hytegraph.server.pages.responsibility.party import blueprint as responsibility_party
from hytegraph.server.pages.responsibility.routes import blueprint as responsibility
from hytegraph.server.pages.results.routes import blueprint as results
from hytegraph.server.pages.sdg.routes import blueprint as sdg
from hytegraph.server.pages.search.routes import blueprint as search
from hytegraph.server.pages.source.routes import blueprint as source
from hytegraph.server.pages.summary.routes import blueprint as summary
from hytegraph.server.pages.themes.routes import blueprint as themes
from hytegraph.server.pages.things.routes import blueprint as things
from hytegraph.server.pages.trace.routes import blueprint as trace
from hytegraph.server.pages.vocabulary.routes import blueprint as vocabulary
from hytegraph.server.sparql.graph_store import blueprint as sparql_graph_store

BLUEPRINTS = (
    endpoint,
    editor,
    sparql_graph_store,
    catalogue,
    catalogue_sitemap,
    catalogue_wellknown,
    openapi,
    home,
    home_towns,
    search,
    plans,
    plans_tree,
    things,
    summary,
    trace,
    source,
    periods,
    sdg,
    themes,
    compare,
    figures,
    figures_table,
    figures_figure,
    figures_amendments,
    figures_indicators,
    responsibility,
    responsibility_party,
    results,
    queries,
    decisions,
    follow_up,
    follow_up_measures,
    calendar,
    gaps,
    about_downloads,
    releases,
    releases_following,
    about,
    about_glossary,
    queries_questions,
    quality,
    vocabulary,
    about_problem_pages,
)
