"""An article's particulars and its records."""
