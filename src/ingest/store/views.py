"""The analysts' views: plain SQL views, for `ingest export` and for whatever program else asks the database.

They hold no rows, so they are no steps: after the steps they are made anew, as they stand here. A view that changes
needs a step all the same, an empty one, or an older database never hears of it. Articles that are no longer on their
page are in none of them. What people decided on records (``reviews``) holds: rejected ones are left out, corrected ones
say what they were corrected to, with what was read beside it.
"""

from sqlalchemy import ClauseElement, Connection, Dialect, text

from ingest.store import review_columns
from ingest.store.copies_views import counted_once
from ingest.store.review_columns import DECISION
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
SELECT i.key, z.name AS zone, CASE WHEN z.name = {{subject}} THEN 'subject' WHEN z.name IS NOT NULL THEN 'article' END
    AS zone_from, {{columns}},
    i.restated, i.text AS evidence, {{paragraph}} AS paragraph_text, i.paragraph, i.span_start, i.span_end, i.method,
    i.confidence, {_OF_ARTICLE}, d.verdict, d.decided_by,
    CASE WHEN d.verdict = 'corrected' THEN d.said END AS as_read
FROM indicator AS i JOIN article AS a ON a.key = i.article_key
LEFT JOIN decision AS d ON {{decided}}
LEFT JOIN search_place AS z ON z.article_key = i.article_key AND z.kind = 'zone'
    AND (z.name = {{subject}} OR (z.sole AND ({{subject}} IS NULL OR {{subject}} NOT LIKE '%高新区')))
WHERE a.withdrawn_at IS NULL AND (d.verdict IS NULL OR d.verdict <> 'rejected')
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
# Those whose name was corrected count under what it was corrected to, in articles that do not name that anyhow.
_ORGANISATIONS = """
WITH corrected AS (
    SELECT {right} AS name, min(o.kind) AS kind, count(DISTINCT o.article_key) AS articles,
        min(a.published_on) AS first_published_on, max(a.published_on) AS last_published_on
    FROM decision AS d {join} organisation AS o ON {decided} {join} article AS a ON a.key = o.article_key
    WHERE d.kind = 'organisation' AND d.verdict = 'corrected' AND a.withdrawn_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM organisation AS s WHERE s.article_key = o.article_key AND {known_s} = {right} AND {standing_s})
    GROUP BY 1
)
SELECT g.name, {kind} AS kind, {aliases} AS aliases, g.articles + coalesce(c.articles, 0) AS articles,
    CASE WHEN g.first_published_on <= c.first_published_on OR c.first_published_on IS NULL
        THEN g.first_published_on ELSE c.first_published_on END AS first_published_on,
    CASE WHEN g.last_published_on >= c.last_published_on OR c.last_published_on IS NULL
        THEN g.last_published_on ELSE c.last_published_on END AS last_published_on
FROM (
    SELECT {known} AS name, count(DISTINCT o.article_key) AS articles,
        min(a.published_on) AS first_published_on, max(a.published_on) AS last_published_on
    FROM organisation AS o {join} article AS a ON a.key = o.article_key
    WHERE a.withdrawn_at IS NULL AND {standing}
    GROUP BY {known}
) AS g LEFT JOIN corrected AS c ON c.name = g.name
UNION ALL SELECT c.name, c.kind, {none} AS aliases, c.articles, c.first_published_on, c.last_published_on
FROM corrected AS c WHERE NOT EXISTS (
    SELECT 1 FROM organisation AS s {join} article AS a ON a.key = s.article_key
    WHERE {known_s} = c.name AND {standing_s} AND a.withdrawn_at IS NULL)
"""
_STANDING = "NOT EXISTS (SELECT 1 FROM decision AS d WHERE {decided} AND d.verdict IN ('rejected', 'corrected'))"
_NONE = {"sqlite": "'[]'", "postgresql": "'[]'::jsonb"}
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
    AND NOT EXISTS (SELECT 1 FROM decision AS d WHERE {{decided}})
"""  # noqa: S608
_WHY = "'read by: ' || r.method"
_WHY_INDICATOR = (
    "CASE WHEN r.subject IS NULL THEN 'nobody is named that it is of; ' ELSE '' END"
    " || CASE WHEN r.name = '' THEN 'nothing says what it counts; ' ELSE '' END || " + _WHY
)
_NAMES = ("indicators_by_zone", "articles_by_zone", "organisations_with_aliases", "review", "indicators_counted_once")


def names() -> tuple[str, ...]:
    """Return the names of the views."""
    return _NAMES


def drop(connection: Connection) -> None:
    """Remove the views: SQLite rebuilds no table that a view reads."""
    for name in reversed(_NAMES):  # the last one reads the first
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))


def create(connection: Connection) -> None:
    """Make the views; there are none."""
    for name, query in zip(_NAMES, _queries(connection.dialect), strict=True):
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def _queries(dialect: Dialect) -> tuple[str, ...]:
    return (
        _indicators(dialect),
        _ARTICLES,
        _organisations(dialect),
        "UNION ALL".join(_review(str(model.__tablename__), dialect) for model in RECORDS.values()),
        counted_once(dialect.name),
    )


def _indicators(dialect: Dialect) -> str:
    record, decision = Base.metadata.tables["indicator"].alias("i"), DECISION.alias("d")
    stands = {
        name: _sql(review_columns.stands(record, "indicator", name, decision), dialect)
        for name in review_columns.columns("indicator")
    }
    return _filled(
        _INDICATORS,
        columns=", ".join(f"{column} AS {name}" for name, column in stands.items()),
        subject=f"({stands['subject']})",
        paragraph=_PARAGRAPH[dialect.name],
        decided=_decided("indicator", "i", dialect),
    )


def _organisations(dialect: Dialect) -> str:
    engine = dialect.name
    record, decision = Base.metadata.tables["organisation"].alias("o"), DECISION.alias("d")
    right = (_sql(review_columns.stated(record, name, decision), dialect) for name in ("identity", "name"))
    standing = {of: _filled(_STANDING, decided=_decided("organisation", of, dialect)) for of in "os"}
    theirs = f"{_KNOWN_AS.format(of='s')} = g.name AND {standing['s']}"
    return _filled(
        _ORGANISATIONS,
        kind=_KIND.format(theirs=theirs),
        aliases=_ALIASES.format(gathered=_GATHERED[engine], each=_EACH[engine], theirs=theirs),
        known=_KNOWN_AS.format(of="o"),
        known_s=_KNOWN_AS.format(of="s"),
        standing=standing["o"],
        standing_s=standing["s"],
        decided=_decided("organisation", "o", dialect),
        right=f"coalesce({', '.join(right)})",
        join=_JOIN[engine],
        none=_NONE[engine],
    )


def _review(table: str, dialect: Dialect) -> str:
    why = _WHY_INDICATOR if "subject" in Base.metadata.tables[table].columns else _WHY
    return _filled(_REVIEW, kind=table, why=why, join=_JOIN[dialect.name], decided=_decided(table, "r", dialect))


def _decided(table: str, alias: str, dialect: Dialect) -> str:
    """Return the condition under which the decision ``d`` stands for a record."""
    return _sql(
        review_columns.same_reading(Base.metadata.tables[table].alias(alias), table, DECISION.alias("d")), dialect
    )


def _sql(clause: ClauseElement, dialect: Dialect) -> str:
    return str(clause.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _filled(query: str, **parts: str) -> str:
    for name, part in parts.items():
        query = query.replace(f"{{{name}}}", part)
    return query
