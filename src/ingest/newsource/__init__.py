"""A source for a site that has none: what names its articles, tried for real, written as TOML.

Start at ``survey.survey``; outside the street, it may use every room of it.
"""
