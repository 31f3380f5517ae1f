"""The analysts' views: plain SQL views, for `ingest export` and for whatever program else asks the database.

They hold no rows, so they are no steps: after the steps they are made anew, as they stand here. A view that changes
needs a step all the same, an empty one, or an older database never hears of it. Articles that are no longer on their
page are in none of them.
"""

from sqlalchemy import Connection, text

from ingest.store.tables import RECORDS, Base

# Below this a record is on the review list: at .6 two in five are wrong, by what a rule's confidence is measured as.
DOUBTFUL = 0.6
_OF_ARTICLE = "a.key AS article_key, a.title AS article_title, a.published_on, a.source, a.address"
_PARAGRAPH = {
    "sqlite": "json_extract(a.paragraphs, '$[' || i.paragraph || ']')",
    "postgresql": "a.paragraphs ->> i.paragraph",
}
# An indicator is of the zone that is its subject; else of the only zone of its article, unless it says of another
# zone, or of all of them, how much they have (全国高新区).
_INDICATORS = f"""
SELECT i.key, z.name AS zone, CASE WHEN z.name = i.subject THEN 'subject' WHEN z.name IS NOT NULL THEN 'article' END
    AS zone_from, i.subject, i.name, i.value, i.value_high, i.unit, i.bound, i.aspect, i.period_start, i.period_end,
    i.restated, i.text AS evidence, {{paragraph}} AS paragraph_text, i.paragraph, i.span_start, i.span_end, i.method,
    i.confidence, {_OF_ARTICLE}
FROM indicator AS i JOIN article AS a ON a.key = i.article_key
LEFT JOIN search_place AS z ON z.article_key = i.article_key AND z.kind = 'zone'
    AND (z.name = i.subject OR (z.sole AND (i.subject IS NULL OR i.subject NOT LIKE '%高新区')))
WHERE a.withdrawn_at IS NULL
"""  # noqa: S608 - constants of ours, here and below
_ARTICLES = """
SELECT z.name AS zone, z.sole AS only_zone, a.key, a.title, z.published_on, a.published_at, a.publisher, a.kind,
    a.regions, a.source, a.address, a.revision, a.since
FROM search_place AS z JOIN article AS a ON a.key = z.article_key
WHERE z.kind = 'zone' AND a.withdrawn_at IS NULL
"""
# One organisation goes by its identity in all articles; where an article leaves open which one it means, by the name
# there. Its kind is the one that it is most often read as. The search_organisation index is on the same expression.
_KNOWN_AS = "coalesce({of}.identity, {of}.name)"
_ORGANISATIONS = """
SELECT g.name, {kind} AS kind, {aliases} AS aliases, g.articles, g.first_published_on, g.last_published_on
FROM (
    SELECT {known} AS name, count(DISTINCT o.article_key) AS articles,
        min(a.published_on) AS first_published_on, max(a.published_on) AS last_published_on
    FROM organisation AS o {join} article AS a ON a.key = o.article_key
    WHERE a.withdrawn_at IS NULL
    GROUP BY {known}
) AS g
"""
_KIND = "(SELECT s.kind FROM organisation AS s WHERE {theirs} GROUP BY s.kind ORDER BY count(*) DESC, s.kind LIMIT 1)"
_ALIASES = """(SELECT {gathered} FROM (
    SELECT j.value AS alias FROM organisation AS s, {each} WHERE {theirs} AND j.value <> g.name
    UNION SELECT s.name FROM organisation AS s WHERE {theirs} AND s.name <> g.name ORDER BY 1
) AS names)"""
_GATHERED = {"sqlite": "json_group_array(alias)", "postgresql": "coalesce(jsonb_agg(alias), '[]'::jsonb)"}
_EACH = {"sqlite": "json_each(s.aliases) AS j", "postgresql": "jsonb_array_elements_text(s.aliases) AS j (value)"}
# SQLite would begin with the articles and sort; a CROSS JOIN there keeps the order that is written.
_JOIN = {"sqlite": "CROSS JOIN", "postgresql": "JOIN"}
_REVIEW = f"""
SELECT '{{kind}}' AS kind, r.key, r.text, {{why}} AS why, r.confidence, r.paragraph, r.span_start, r.span_end,
    {_OF_ARTICLE}
FROM {{kind}} AS r {{join}} article AS a ON a.key = r.article_key
WHERE r.confidence < {DOUBTFUL} AND a.withdrawn_at IS NULL
"""  # noqa: S608
_WHY = "'read by: ' || r.method"
_WHY_INDICATOR = (
    "CASE WHEN r.subject IS NULL THEN 'nobody is named that it is of; ' ELSE '' END"
    " || CASE WHEN r.name = '' THEN 'nothing says what it counts; ' ELSE '' END || " + _WHY
)
_NAMES = ("indicators_by_zone", "articles_by_zone", "organisations_with_aliases", "review")


def names() -> tuple[str, ...]:
    """Return the names of the views."""
    return _NAMES


def drop(connection: Connection) -> None:
    """Remove the views: SQLite rebuilds no table that a view reads."""
    for name in _NAMES:
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))


def create(connection: Connection) -> None:
    """Make the views; there are none."""
    for name, query in zip(_NAMES, _queries(connection.dialect.name), strict=True):
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def _queries(engine: str) -> tuple[str, ...]:
    return (
        _INDICATORS.replace("{paragraph}", _PARAGRAPH[engine]),
        _ARTICLES,
        _organisations(engine),
        "UNION ALL".join(_review(str(model.__tablename__), engine) for model in RECORDS.values()),
    )


def _organisations(engine: str) -> str:
    theirs = f"{_KNOWN_AS.format(of='s')} = g.name"
    return _ORGANISATIONS.format(
        kind=_KIND.format(theirs=theirs),
        aliases=_ALIASES.format(gathered=_GATHERED[engine], each=_EACH[engine], theirs=theirs),
        known=_KNOWN_AS.format(of="o"),
        join=_JOIN[engine],
    )


def _review(table: str, engine: str) -> str:
    why = _WHY_INDICATOR if "subject" in Base.metadata.tables[table].columns else _WHY
    return _REVIEW.replace("{kind}", table).replace("{why}", why).replace("{join}", _JOIN[engine])
