"""``ingest browse``: a web application that shows articles and records, and changes nothing but by a review."""
