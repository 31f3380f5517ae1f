"""The view that counts each figure once: of a group of copies under its head, with all its witnesses.

Two articles of a group say the same figure if value and unit are the same: a spun copy has other words for the rest.
It counts in the first article of the group that has it, from the head on; of an article that is part of a longer one,
where the longer one does not have it. What contradicts the head in the same place does not count.
"""

_PART = "'part'"  # place of an article as a part of another's group: behind the group's own, which begin with a year
# Arrays of keys, as each engine makes them.
_WITNESSES = {
    "sqlite": "json_group_array(DISTINCT article_key)",
    "postgresql": "jsonb_agg(DISTINCT article_key)",
}
_SAME = "{a}.head_key = {b}.head_key AND {a}.value = {b}.value AND {a}.high = {b}.high AND {a}.unit = {b}.unit"
_COUNTED_ONCE = f"""
WITH placed AS (
    SELECT article_key, group_key AS head_key, standing AS place FROM copymember
    UNION ALL
    SELECT a.key, a.key, '' FROM article AS a
    WHERE NOT EXISTS (SELECT 1 FROM copymember AS m WHERE m.article_key = a.key)
    UNION ALL
    SELECT DISTINCT p.part_key, coalesce(m.group_key, p.whole_key), {_PART}
    FROM copypart AS p LEFT JOIN copymember AS m ON m.article_key = p.whole_key
),
seen AS (
    SELECT v.key, v.article_key, v.value, coalesce(v.value_high, v.value) AS high, v.unit, p.head_key, p.place
    FROM indicators_by_zone AS v JOIN placed AS p ON p.article_key = v.article_key
    WHERE NOT EXISTS (
        SELECT 1 FROM contradiction AS c WHERE c.article_key = v.article_key AND c.paragraph = v.paragraph
            AND c.span_start < v.span_end AND v.span_start < c.span_end)
),
figures AS (
    SELECT head_key, value, high, unit, min(place) AS place, {{witnesses}} AS witnesses,
        count(DISTINCT article_key) AS witness_count
    FROM seen GROUP BY head_key, value, high, unit
)
SELECT f.head_key, f.witness_count, f.witnesses, v.*
FROM seen AS s JOIN figures AS f ON {_SAME.format(a="f", b="s")} AND f.place = s.place
JOIN indicators_by_zone AS v ON v.key = s.key
WHERE s.place < {_PART} AND NOT EXISTS (
    SELECT 1 FROM seen AS t JOIN figures AS g ON {_SAME.format(a="g", b="t")}
    WHERE t.key = s.key AND t.place = {_PART} AND g.place < {_PART})
"""  # noqa: S608 - constants of ours


def counted_once(engine: str) -> str:
    """Return the query of the view ``indicators_counted_once``."""
    return _COUNTED_ONCE.replace("{witnesses}", _WITNESSES[engine])
